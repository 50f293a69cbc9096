"""A Pygments lexer for telegrams.

It colours, it does not parse: a line is known by its own shape and by the zone it stands in (transmission
header, message header, body), so that a word such as TO or REF means something in its own zone only. The
pages use it for the transmission header; as a Pygments plugin it highlights telegrams anywhere.

A rule takes a whole line. Its quantifiers are possessive wherever two could share the same characters, so
that the time taken is proportional to the length of the text, whatever the text.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from pygments.lexer import RegexLexer, bygroups, default, include
from pygments.token import (
    Comment,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Punctuation,
    String,
    Text,
    Whitespace,
)

_by_group: Callable[..., Any] = bygroups  # the stubs leave it untyped

_END = r"([ \t]*+(?:\n|\Z))"
_REST = r"([^\n]*+(?:\n|\Z))"
_PRECEDENCE = r"(?:NIACT[ ])?(?:FLASH|IMMEDIATE|PRIORITY|ROUTINE)"
_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
_SOLID = r"UNCLAS(?:SIFIED)?|LIMITED OFFICIAL USE|RESTRICTED|CONFIDENTIAL|SECRET|TOP SECRET"
_SPACED = r"(?:T O P {1,3})?S E C R E T|C O N F I D E N T I A L|U N C L A S"

# What may stand behind the name of an addressee, looked for behind each of its words.
_NAME_AND_TAIL = (
    r"((?:[ \t]*+[^ \t\n]++)*?)"
    rf"(?:([ \t]++)({_PRECEDENCE})(?![^ \t\n]))?"
    r"(?:([ \t]++)(\d{3,6}))?" + _END
)
_NAME_TOKENS = (Name.Class, Whitespace, Keyword, Whitespace, Number.Integer, Whitespace)


class TelegramLexer(RegexLexer):
    """Telegrams of the US foreign service, 1966 to 2010."""

    name = "Telegram"
    url = "https://en.wikipedia.org/wiki/Diplomatic_cable"
    aliases: ClassVar[list[str]] = ["telegram"]
    filenames: ClassVar[list[str]] = ["*.cable"]
    mimetypes: ClassVar[list[str]] = []
    version_added = ""

    def __init__(self, **options: Any) -> None:
        # What comes in goes out: Pygments would drop blank lines at both ends and add a line end.
        super().__init__(**({"stripnl": False, "ensurenl": False} | options))

    tokens: ClassVar[dict[str, list[Any]]] = {
        # The transmission header. The commonest line stands first.
        "root": [
            include("addressee"),
            include("blank"),
            (
                r"(TO|INFO)([ \t]++)",
                _by_group(Keyword.Reserved, Whitespace),
                ("addressees", "first-addressee"),
            ),
            (r"(TO|INFO)" + _END, _by_group(Keyword.Reserved, Whitespace), "addressees"),
            (r"(FM)([ \t]++)" + _REST, _by_group(Keyword.Reserved, Whitespace, Name.Class)),
            (
                r"(ZZ|OO|PP|RR|YY)([ \t]++)(R[A-Z]{3,7}\b[^\n]*+(?:\n|\Z))",
                _by_group(Keyword, Whitespace, Name.Namespace),
            ),
            (
                r"(DE)([ \t]++)(R[A-Z]{3,7})([ \t]++)(#\d{1,6}(?:/\d\d)?)([ \t]++)(\d{7})" + _REST,
                _by_group(
                    Keyword.Reserved,
                    Whitespace,
                    Name.Namespace,
                    Whitespace,
                    Number.Integer,
                    Whitespace,
                    Literal.Date,
                    Text,
                ),
            ),
            (
                r"(ZN[RY])([ \t]++)([A-Z]{5})\b" + _REST,
                _by_group(Keyword.Reserved, Whitespace, Keyword.Type, Text),
            ),
            (
                rf"((?:[ZOPRY](?:[ ]NIACT)?[ ]++){{0,3}}+)(\d{{6}}[A-Z][ ]++{_MONTH}[ ]++\d\d(?:\d\d)?+)(?!\d)"
                + _REST,
                _by_group(Keyword, Literal.Date, Text),
            ),
            (r"VZCZC[^\n]*+(?:\n|\Z)", Name.Label),
            (r"R[A-Z]{3,7}(?:[ \t]++R[A-Z]{3,7}+)*+[ \t]*+(?:\n|\Z)", Name.Namespace),
            (r"(XMT)([ \t]++)" + _REST, _by_group(Keyword.Reserved, Whitespace, Name.Class)),
            (r"BT" + _END, Keyword.Reserved),
            include("classification"),
            include("label"),
            include("paragraph"),
            include("page-line"),
            (r"[^\n]++\n?+", Text),
        ],
        # Below TO or INFO, where an older telegram lists addressees without routing indicators.
        "addressees": [
            include("addressee"),
            (
                r"(?=[A-Z][A-Z])(?!(?:TO|INFO|FM|BT|PAGE|TAGS?|SUBJ(?:ECT)?|REF(?:S|TELS?)?|CLASSIFIED BY)\b)"
                rf"(?!{_SOLID})" + _NAME_AND_TAIL,
                _by_group(*_NAME_TOKENS),
            ),
            default("#pop"),
        ],
        "first-addressee": [
            (r"(R[A-Z]{3,7})(/)", _by_group(Name.Namespace, Punctuation)),
            (_NAME_AND_TAIL, _by_group(*_NAME_TOKENS), "#pop"),
            default("#pop"),
        ],
        "addressee": [
            (
                r"(R[A-Z]{3,7})(/)" + _NAME_AND_TAIL,
                _by_group(Name.Namespace, Punctuation, *_NAME_TOKENS),
            ),
        ],
        # Captions, passing lines, E.O., TAGS, SUBJECT, REF.
        "message": [
            include("blank"),
            include("label"),
            include("paragraph"),
            include("classification"),
            include("page-line"),
            (r"(?![^\n]*\b(?:FOR|PASS)\b)(?:[A-Z]{2,12}[ \t,/]*+){1,4}+(?:\n|\Z)", Name.Decorator),
            (r"[^\n]++\n?+", Text),
        ],
        "tags": [
            (r"[A-Z][A-Z0-9/-]*+", Name.Tag),
            (r"[ \t]++", Whitespace),
            (r"\n", Whitespace, "#pop"),
            (r"[^A-Z \t\n]++", Punctuation),
        ],
        # A subject runs on until a blank line or the next label.
        "subject": [
            (r"\n", Whitespace, "#pop"),
            (r"(?!(?:REF(?:S|TELS?)?|TAGS?|CLASSIFIED BY|Classified By)\b)[^\n]++\n?+", String),
            default("#pop"),
        ],
        # Words in capitals at the start of a line mean nothing here.
        "body": [
            include("blank"),
            include("paragraph"),
            include("page-line"),
            (r"[-=]{4,}+" + _END, Punctuation),
            (r"[^\n]++\n?+", Text),
        ],
        "blank": [(r"[ \t]*+\n", Whitespace)],
        "classification": [
            (
                rf"({_SPACED}|{_SOLID})(?![A-Za-z])([^\n\d]*+)(\d\d?)([ ]OF[ ])(\d\d?)([^\n\d]*+)(\d{{1,7}})"
                + _REST,
                _by_group(
                    Keyword.Type,
                    Text,
                    Number.Integer,
                    Text,
                    Number.Integer,
                    Name.Class,
                    Number.Integer,
                    Text,
                ),
                "message",
            ),
            (
                rf"({_SPACED}|{_SOLID})(?![A-Za-z])([^\n\d]*+)(\d{{1,7}})" + _REST,
                _by_group(Keyword.Type, Name.Class, Number.Integer, Text),
                "message",
            ),
            (rf"({_SPACED}|{_SOLID})" + _END, _by_group(Keyword.Type, Whitespace)),
        ],
        "label": [
            (
                r"(TAGS?(?![A-Z])[ \t]*+[:;,]?+)([ \t]*+)",
                _by_group(Keyword.Reserved, Whitespace),
                ("message", "tags"),
            ),
            (
                r"(SUBJ(?:ECT)?+(?![A-Z])[ \t]*+:?+)([ \t]*+)",
                _by_group(Keyword.Reserved, Whitespace),
                ("message", "subject"),
            ),
            (
                r"(E\.?[ ]?O\.?[ \t]*+:?[ \t]*+\d{5})" + _REST,
                _by_group(Keyword.Reserved, Text),
                "message",
            ),
            (r"(REF(?:S|TELS?)?[ \t]*+:)" + _REST, _by_group(Keyword.Reserved, Text), "message"),
            (
                r"(C(?:LASSIFIED BY|lassified By)[ \t]*+:?)" + _REST,
                _by_group(Keyword.Reserved, Text),
                "message",
            ),
        ],
        "paragraph": [
            (
                r"([ ]{0,3}+\xb6?+\d{1,3}+[.])([ \t]*+)(\((?:TS|LOU|SBU|[UCS])(?:[/-][A-Z/, -]{1,60}+)?+\))?"
                + _REST,
                _by_group(Generic.Subheading, Whitespace, Name.Decorator, Text),
                "body",
            ),
        ],
        "page-line": [
            (r"[A-Z][A-Z .'-]{1,40}?[ ]\d{8}[ ]++\d{3}(?:\.\d)?+[ ]++OF[ ]++\d{3}" + _END, Comment),
            (r"PAGE[ ]\d\d[ ][^\n]*+(?:\n|\Z)", Comment),
        ],
    }
