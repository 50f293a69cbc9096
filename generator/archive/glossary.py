"""What a glossary asks of the archive: which words its cables use, how many use each, and which were the first.

It is asked of all cables at once, in one walk through them in the order of their dates. Only counts and the first cables
of each word are kept meanwhile, which are as many as the lexicon has words.
"""

from collections.abc import Mapping

import msgspec

from generator.archive.catalogue import Catalogue
from generator.archive.words import parted_uses


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
    headers: dict[str, int] = {}  # most cables use the same words above their texts as others
    addressed: dict[str, int] = {}
    for name, address, uses, posts in catalogue.db.execute(
        "SELECT name, address, uses, addressed FROM cable ORDER BY place"
    ):
        in_text, above = parted_uses(uses)
        for anchor in in_text.split():
            _note(words, anchor, name, address, 1, examples)
        before = headers.get(above, 0)
        headers[above] = before + 1
        if before < examples:
            for anchor in above.split():
                _note(words, anchor, name, address, 0, examples)
        for post in posts.split():
            addressed[post] = addressed.get(post, 0) + 1
    for above, count in headers.items():
        for anchor in above.split():
            words[anchor].count += count
    return WordUses(words=words, addressed=addressed)


def _note(words: dict[str, WordUse], anchor: str, name: str, address: str, count: int, examples: int) -> None:
    """Note that a cable uses a word, to be counted now or later."""
    use = words.get(anchor)
    if use is None:
        use = words[anchor] = WordUse()
    use.count += count
    if len(use.first) < examples:
        use.first.append((name, address))
