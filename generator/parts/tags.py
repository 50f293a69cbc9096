"""The addresses in the tags of a page, as a browser finds them; never what looks like one in its text.

Pages are read as bytes, once from the front to the end, and nothing of them is kept but where a value stands. It takes what
our templates write (attributes without quotes, end tags left out) and what they would not write: a tag that does not end is
no tag, and nothing behind it is, as it is to a browser.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple

# The names of attributes that hold addresses, or say what is in one that does.
_WANTED = rb"(?:href|xlink:href|src|srcset|action|formaction|poster|cite|data|content|http-equiv)"
# Elements in which no tag begins but their own end.
_RAW = rb"(?:script|style|title|textarea|xmp|iframe|noembed|noframes)"

# No part of a tag can be read in two ways, so that reading is linear. In these, 'W' is a blank, as HTML has it.
_VALUE = rb"""[W]*+=[W]*+(?:"[^"]*+"|'[^']*+'|[^W>"'][^W>]*+|(?=>))"""
_BEHIND_NAME = rb"(?:" + _VALUE + rb"|(?![W]*+=))"
_NAME = rb"[^W/>][^W/>=]*+"
_ATTRIBUTES = rb"(?:[W/]*+" + _NAME + _BEHIND_NAME + rb")*+"
_OTHER_ATTRIBUTES = rb"(?:[W/]*+(?!" + _WANTED + rb"[W=])" + _NAME + _BEHIND_NAME + rb")*+"
_BETWEEN = (
    rb"(?:[^<]++"
    rb"|<(?!" + _RAW + rb"[W/>])[a-z][^W/>]*+" + _OTHER_ATTRIBUTES + rb"[W/]*+>"
    rb"|</[a-z][^W/>]*+" + _ATTRIBUTES + rb"[W/]*+>"
    rb"|<!--(?:-?>|.*?(?:--!?>|\Z))"
    rb"|<(?:!(?!--)|\?|/(?![a-z]))[^>]*+(?:>|\Z)"
    rb"|<(?![a-z!?/]))*+"
)
_TAG = rb"<([a-z][^W/>]*+)(" + _ATTRIBUTES + rb")[W/]*+>"
_ATTRIBUTE = (
    rb"[W/]*+(" + _NAME + rb""")(?:[W]*+=[W]*+(?:"([^"]*+)"|'([^']*+)'|([^W>"'][^W>]*+)|(?=>))|(?![W]*+=))"""
)


def _compiled(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern.replace(b"W", rb"\t\n\f\r "), re.IGNORECASE | re.DOTALL)


# All that lies before a tag of interest, and the tag.
_next_tag = _compiled(_BETWEEN + _TAG)
_attribute = _compiled(_ATTRIBUTE)
_is_wanted = _compiled(_WANTED).fullmatch
_is_raw = _compiled(_RAW).fullmatch
_needs_quotes = _compiled(rb"""[W"'=<>`]""").search
_UNQUOTED = 4  # the group of an attribute that has a value without quotes


class Value(NamedTuple):
    """The value of an attribute, and where it stands in the page, quotes included."""

    start: int
    end: int
    is_quoted: bool
    text: str  # as a browser reads it


class Tag(NamedTuple):
    """A start tag."""

    name: str  # in small letters
    values: dict[str, Value]  # by the name of the attribute, in small letters; the first of each


def start_tags(page: bytes) -> Iterator[Tag]:
    """The start tags of a page that hold addresses, in order, with the attributes that do."""
    at = 0
    while found := _next_tag.match(page, at):
        at = found.end()
        name = found[1].lower()
        if values := _values(page, found.start(2), found.end(2)):
            yield Tag(name.decode("utf-8", "surrogateescape"), values)
        if _is_raw(name):
            closed = re.compile(rb"</" + name + rb"(?=[\t\n\f\r />])", re.IGNORECASE).search(page, at)
            at = closed.start() if closed else len(page)


def _values(page: bytes, start: int, end: int) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for found in _attribute.finditer(page, start, end):
        group = found.lastindex
        if group is None or group == 1 or not _is_wanted(found[1]):
            continue
        text = found[group].decode("utf-8", "surrogateescape")
        is_quoted = group != _UNQUOTED
        value = Value(
            found.start(group) - is_quoted,
            found.end(group) + is_quoted,
            is_quoted,
            unescape(text) if "&" in text else text,
        )
        values.setdefault(found[1].decode().lower(), value)
    return values


def as_value(text: str, *, is_quoted: bool) -> bytes:
    """A text as the value of an attribute: in quotes where the one before it was, or where it needs them."""
    data = escape(text, quote=True).encode("utf-8", "surrogateescape")
    return b'"%b"' % data if is_quoted or not data or _needs_quotes(data) else data
