"""A text in every way it can be read: without its tags, inside them, with entities and escapes decoded.

Each view is made of an earlier one by edits, and can tell for each of its characters where in the file's own text
that character stands.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

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
_INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q s samp small span strike strong sub "
    "sup time tt u var wbr".split()
)

_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")

# Escapes of JSON and scripts, of URLs, and of our own file names ('VUKAN_2C_20IVO').
_ESCAPE = re.compile(
    r"(?P<unicode>(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2})+)|\\u\{(?P<braced>[0-9a-fA-F]{1,6})\}"
    r"|\\(?P<sign>[nrtbfv0\"'/\\`])|(?P<percent>(?:%[0-9a-fA-F]{2})+)|(?P<name>(?:_[0-9A-F]{2})+)"
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

    def place(self, index: int) -> int:
        """Where in the first text the character at `index` comes from."""
        if self.earlier is None or self.edits is None:
            return index
        shift = 0  # how much longer this view is than the earlier one so far
        for start, end, instead in self.edits(self.earlier.text):
            if start + shift + len(instead) > index:
                if start + shift <= index:
                    return self.earlier.place(start)
                break
            shift += len(instead) - (end - start)
        return self.earlier.place(index - shift)


def views(text: str, *, at_start: bool = True) -> Iterator[View]:
    """Every reading of a text that differs from those before; `at_start` where it is the beginning of a file.

    Of a page the text and the insides of tags are two views, so that nothing is read twice; of any other text the
    first view is the text itself.
    """
    whole = View(text=text)
    seen: set[str] = set()
    tags = "<" in text
    page = tags and at_start and _MARKUP.match(text) is not None
    starts = [_edited(whole, _inside_tags) if page else whole]
    if tags:
        starts.append(_edited(whole, _without_tags))
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
        view = _edited(view, _entities) if "&" in view.text else view
        yield view
        view = _edited(view, _escapes)
        if view.text != before.text:
            yield view
        if "<" in view.text and view is not before:
            bare = _edited(view, _without_tags)
            yield _edited(bare, _entities) if "&" in bare.text else bare
        if view is before:
            return


def _edited(view: View, edits: Callable[[str], Iterator[Edit]]) -> View:
    """The view with edits made; itself where there are none."""
    text = view.text
    pieces: list[str] = []
    at = 0
    for start, end, instead in edits(text):
        pieces.append(text[at:start])
        pieces.append(instead)
        at = end
    if not at:
        return view
    pieces.append(text[at:])
    return View(text="".join(pieces), earlier=view, edits=edits)


def _without_tags(text: str) -> Iterator[Edit]:
    for tag in _TAG.finditer(text):
        # A comment, which has no name, parts no word either.
        inline = tag["name"] is None or tag["name"].lower() in _INLINE_TAGS
        yield tag.start(), tag.end(), INLINE if inline else BLOCK


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
    if "\\" not in text and "%" not in text and "_" not in text:
        return
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
