"""The addressees of a cable on its page: posts by what they are called, and to whom it went in a few words."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from generator.archive.address import facet_address, relative
from generator.archive.surroundings import Surroundings
from generator.lexicon import Lexicon
from generator.release.cleared import ClearedCable
from generator.render.text.terms import Explainer
from generator.render.words import counted
from generator.telegram.cable import Addressee

# A longer list of addressees is folded away.
UNFOLDED = 6
MOST_ADDRESSEES = 60  # of TO and of INFO; all of them stand in the header as sent


class AddresseeLine(Struct, frozen=True, kw_only=True):
    """An addressee as the page lists it."""

    name: str  # what the post is called; of another, and of a post that nobody knows, the name as it was sent
    href: str  # page of the post, where the archive has cables from it
    post: str  # key of the post, where a popover may explain it
    anchor: str  # id of that popover, where it does
    note: str  # its precedence, where that is not the telegram's, and what is excluded


# A few hundred posts are what most cables are addressed to.
@lru_cache(maxsize=5000)
def _post_key(name: str, lexicon: Lexicon) -> str:
    return lexicon.post_key(name)


def addressee_lines(
    addressees: Sequence[Addressee],
    precedence: str | None,
    top: str,
    catalogue: Surroundings,
    lexicon: Lexicon,
) -> tuple[AddresseeLine, ...]:
    """The first addressees of a list; `precedence` is the telegram's own."""
    return tuple(
        [
            _addressee(addressee, precedence, top, catalogue, lexicon)
            for addressee in addressees[:MOST_ADDRESSEES]
        ]
    )


def explained(lines: Iterable[AddresseeLine], explainer: Explainer) -> tuple[AddresseeLine, ...]:
    """The same with popovers for posts that have no page."""
    return tuple(
        [
            replace(line, anchor=anchor)
            if line.post and (anchor := explainer.explain_post(line.post))
            else line
            for line in lines
        ]
    )


def _addressee(
    addressee: Addressee, precedence: str | None, top: str, catalogue: Surroundings, lexicon: Lexicon
) -> AddresseeLine:
    name = addressee.name
    key = _post_key(name, lexicon)
    post = key if catalogue.has_post(key) else None
    own = addressee.precedence if addressee.precedence != precedence else None
    return _addressee_line(name, own, addressee.excluded, post, top, lexicon)


@lru_cache(maxsize=5000)
def _addressee_line(
    name: str,
    precedence: str | None,
    excluded: tuple[str, ...],
    post: str | None,
    top: str,
    lexicon: Lexicon,
) -> AddresseeLine:
    """An addressee on a page; it leads to the page of `post`, `top` is the way to the top of the site."""
    key = _post_key(name, lexicon)
    notes = [precedence] if precedence else []
    if excluded:
        notes.append(f"without {', '.join(excluded)}")
    return AddresseeLine(
        name=lexicon.posts[key].name if key in lexicon.posts else name,
        href=top + relative("", facet_address("origin", post)) if post else "",
        post="" if post else key,
        anchor="",
        note=", ".join(notes),
    )


def recipient_in_words(cable: ClearedCable, lexicon: Lexicon) -> str:
    """To whom a cable was sent, in words."""
    everybody = len(cable.action) + len(cable.info)
    if not everybody:
        return ""
    first = (cable.action or cable.info)[0].name
    others = everybody - 1
    known = lexicon.posts.get(_post_key(first, lexicon))
    name = known.name if known else first
    return f"{name} and {counted(others, 'other')}" if others else name
