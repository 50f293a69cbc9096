"""A text in every way it can be read: without its tags, inside them, with entities and escapes decoded.

Each view is made of an earlier one, and can tell for each of its characters where in the file's own text that character
stands: its edits are gone through once more for that. A whole site is read without them, by a few calls that are fast.
"""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# What stands in a view where markup was: between letters of a word, or between words.
INLINE = "\x01"
BLOCK = "\x02"

# A decoded text may hold what decodes again: a feed holds HTML in XML, a data file HTML in JSON.
_ROUNDS = 4

Edit = tuple[int, int, str]  # start, end, what stands there instead

# A tag ends at the next '>', whatever quotes say: each sign is read once, and what is left of an attribute counts as
# text, which is searched too.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|</?(?P<name>[A-Za-z][^\s/<>]*+)[^<>]*+>|<[!?][^<>]*+>", re.DOTALL
)
_ANY_TAG = re.compile(f"({_TAG.pattern})", re.DOTALL)
_INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub "
    "sup time tt u var wbr".split()
)

_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")

# Escapes of JSON and scripts, of URLs, and of our own file names ('VUKAN_2C_20IVO').
# It begins with one set of signs, by which the places that may be one are found at once.
_ESCAPE = re.compile(
    r"[\\%_](?:(?<=\\)(?:(?P<sign>[nrtbfv0\"'/\\`])|u\{(?P<braced>[0-9a-fA-F]{1,6})\}"
    r"|(?P<unicode>(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})(?:\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}))*))"
    r"|(?<=%)(?P<percent>[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*)"
    r"|(?<=_)(?P<name>[0-9A-F]{2}(?:_[0-9A-F]{2})*))"
)
_CODE_UNIT = re.compile(r"[0-9a-fA-F]{4}|(?<=x)[0-9a-fA-F]{2}")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}

_MARKUP = re.compile(r"\s*(?:<!doctype\s+html|<html|<\?xml|<svg|<rss|<feed)", re.IGNORECASE)
_LAST_CODE_POINT = 0x10FFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A reading of a text."""

    text: str
    earlier: "View | None" = None  # what it was made of
    edits: Callable[[str], Iterator[Edit]] | None = None

    def places(self, indexes: Sequence[int]) -> list[int]:
        """Where in the first text the characters at some indexes come from; these are in order, and so are those."""
        if self.earlier is None or self.edits is None:
            return list(indexes)
        found: list[int] = []
        shift = 0  # how much longer this view is than the earlier one so far
        for start, end, instead in self.edits(self.earlier.text):
            while len(found) < len(indexes) and indexes[len(found)] < start + shift + len(instead):
                found.append(min(indexes[len(found)] - shift, start))
            if len(found) == len(indexes):
                break
            shift += len(instead) - (end - start)
        found += [index - shift for index in indexes[len(found) :]]
        return self.earlier.places(found)


def views(text: str, *, at_start: bool = True) -> Iterator[View]:
    """Every reading of a text that differs from those before; `at_start` where it is the beginning of a file.

    Of a page the text and the insides of tags are two views, so that nothing is read twice; of any other text the
    first view is the text itself.
    """
    whole = View(text=text)
    seen: set[str] = set()
    starts = [whole]
    if "<" in text:
        page = at_start and _MARKUP.match(text) is not None
        pieces = _ANY_TAG.split(text)
        if page:
            starts = [_made(whole, _join_insides(pieces), _inside_tags)]
        starts.append(_made(whole, _join_texts(pieces), _without_tags))
    for start in starts:
        for view in _decoded(start):
            if view.text not in seen:
                seen.add(view.text)
                yield view


def _decoded(view: View) -> Iterator[View]:
    """A view decoded once, twice and so on; where entities have made tags, without these too."""
    # The letters of an entity's name are no text of anyone's, so what has entities is read only without them.
    for _ in range(_ROUNDS):
        before = view
        view = _without_entities(view)
        yield view
        view = _made(view, _decode_escapes(view.text), _escapes)
        if view.text != before.text:
            yield view
        if "<" in view.text and view is not before:
            bare = _made(view, _join_texts(_ANY_TAG.split(view.text)), _without_tags)
            yield _without_entities(bare)
        if view is before:
            return


def _without_entities(view: View) -> View:
    if "&" not in view.text:
        return view
    return _made(view, _ENTITY.sub(lambda entity: _decode_entity(entity[0]), view.text), _entities)


def _made(view: View, text: str, edits: Callable[[str], Iterator[Edit]]) -> View:
    """What edits make of a view; itself where that is the same."""
    return view if text == view.text else View(text=text, earlier=view, edits=edits)


# The views as whole texts. `pieces` are a text, a tag, its name and so on, a text last.


def _join_texts(pieces: Sequence[str]) -> str:
    joined = [*pieces[::3], *pieces[1::3]]
    joined[::2] = pieces[::3]
    joined[1::2] = map(_mark_of, pieces[2::3])
    return "".join(joined)


def _join_insides(pieces: Sequence[str]) -> str:
    joined = [*pieces[::3], *pieces[1::3]]
    joined[::2] = [BLOCK if text else "" for text in pieces[::3]]
    joined[1::2] = pieces[1::3]
    return "".join(joined)


@lru_cache(maxsize=1024)
def _mark_of(name: str | None) -> str:
    """What stands where a tag was. A comment, which has no name, parts no word either."""
    return INLINE if name is None or name.lower() in _INLINE_TAGS else BLOCK


@lru_cache(maxsize=1024)
def _decode_entity(entity: str) -> str:
    return html.unescape(entity)


def _decode_escapes(text: str) -> str:
    if "\\" not in text and "%" not in text and "_" not in text:
        return text
    return _ESCAPE.sub(_unescaped, text)


# The same as edits: start, end, what stands there instead.


def _without_tags(text: str) -> Iterator[Edit]:
    for tag in _TAG.finditer(text):
        yield tag.start(), tag.end(), _mark_of(tag["name"])


def _inside_tags(text: str) -> Iterator[Edit]:
    at = 0
    for tag in _TAG.finditer(text):
        if at < tag.start():
            yield at, tag.start(), BLOCK
        at = tag.end()
    if at < len(text):
        yield at, len(text), BLOCK


def _entities(text: str) -> Iterator[Edit]:
    for entity in _ENTITY.finditer(text):
        if (character := html.unescape(entity[0])) != entity[0]:
            yield entity.start(), entity.end(), character


def _escapes(text: str) -> Iterator[Edit]:
    for escape in _ESCAPE.finditer(text):
        yield escape.start(), escape.end(), _unescaped(escape)


def _unescaped(escape: re.Match[str]) -> str:
    match escape.lastgroup:
        case "unicode":
            units = [int(unit, 16) for unit in _CODE_UNIT.findall(escape[0])]
            # Two halves of a pair become the one character they mean.
            pairs = b"".join(unit.to_bytes(2, "little") for unit in units)
            return (
                pairs.decode("utf-16-le", "surrogatepass") if _is_paired(units) else "".join(map(chr, units))
            )
        case "braced":
            code = int(escape["braced"], 16)
            return chr(code) if code <= _LAST_CODE_POINT else ""
        case "sign":
            return _SIGNS.get(escape["sign"], escape["sign"])
        case _:
            return bytes.fromhex(escape[0].replace("%", "").replace("_", "")).decode(
                "utf-8", "surrogateescape"
            )


def _is_paired(units: list[int]) -> bool:
    return any(0xD800 <= unit < 0xDC00 for unit in units)  # Unicode's high surrogates
