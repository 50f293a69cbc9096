"""What a glossary asks of the archive: which words its cables use, how many use each, and which were the first.

It is asked of all cables at once, in one walk through them in the order of their dates. Only counts and the first cables
of each word are kept meanwhile, which are as many as the lexicon has words.
"""

from collections.abc import Mapping

import msgspec

from generator.archive.catalogue import Catalogue


class WordUse(msgspec.Struct, kw_only=True):
    """How a word is used in the archive."""

    count: int = 0  # cables
    first: list[tuple[str, str]] = []  # name and address of the first cables that use it, by date


class WordUses(msgspec.Struct, frozen=True, kw_only=True):
    """What the cables of an archive use of all that can be explained."""

    words: Mapping[str, WordUse]  # by anchor
    addressed: Mapping[str, int]  # key of a post -> how many cables were sent to it


def word_uses(catalogue: Catalogue, *, examples: int) -> WordUses:
    """Walk through all cables; of each word the first `examples` are named."""
    words: dict[str, WordUse] = {}
    addressed: dict[str, int] = {}
    for name, address, uses, posts in catalogue.db.execute(
        "SELECT name, address, uses, addressed FROM cable ORDER BY place"
    ):
        for anchor in set(uses.split()):
            use = words.get(anchor)
            if use is None:
                use = words[anchor] = WordUse()
            use.count += 1
            if use.count <= examples:
                use.first.append((name, address))
        for post in posts.split():
            addressed[post] = addressed.get(post, 0) + 1
    return WordUses(words=words, addressed=addressed)
