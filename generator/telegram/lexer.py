"""A Pygments lexer for telegrams.

It colours, it does not parse: a line is known by its own shape and by the zone it stands in (transmission
header, message header, body), so that a word such as TO or REF means something in its own zone only. The
pages use it for the transmission header; as a Pygments plugin it highlights telegrams anywhere.

A rule takes a whole line. Its quantifiers are possessive wherever two could share the same characters, so
that the time taken is proportional to the length of the text, whatever the text.

The rules are Pygments' own, but the loop that tries them is not: each cable has a header, and to try the rules of a
state as one pattern takes half the time.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, ClassVar, NamedTuple

from pygments.lexer import RegexLexer, default, include
from pygments.token import (
    STANDARD_TYPES,
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
    _TokenType,
)

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


class _ByGroup:
    """A token for each group of a rule, as `bygroups` of Pygments has it, but one that tells their kinds."""

    def __init__(self, *kinds: _TokenType) -> None:
        self.kinds = kinds

    def __call__(self, _: RegexLexer, found: re.Match[str]) -> Iterator[tuple[int, _TokenType, str]]:
        """What Pygments would call, in a loop of its own."""
        for group, kind in enumerate(self.kinds, start=1):
            if found[group]:
                yield found.start(group), kind, found[group]


class Rule(NamedTuple):
    """What a rule makes of its line, and the state it leads to."""

    kinds: tuple[_TokenType, ...]  # of its tokens
    classes: tuple[str, ...]  # what stylesheets call these kinds, '' for plain text
    groups: tuple[int, ...]  # the tokens in the pattern of the state; () where the whole is one, or none
    new_state: Any  # as Pygments has it: names to push, a number to pop, None to stay


class _State(NamedTuple):
    """The rules of a state as one pattern."""

    pattern: re.Pattern[str]
    rules: dict[int, Rule]  # by the group that a rule is


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

    def get_tokens_unprocessed(
        self, text: str, stack: Iterable[str] = ("root",)
    ) -> Iterator[tuple[int, _TokenType, str]]:
        """Place, kind and text of each token, in order."""
        at = 0
        for rule, words in self.apply_rules(text, stack):
            for kind, word in zip(rule.kinds, words, strict=False):
                if word:
                    yield at, kind, word
                    at += len(word)

    def apply_rules(
        self, text: str, stack: Iterable[str] = ("root",)
    ) -> Iterator[tuple[Rule, Sequence[str | None]]]:
        """The rules that find something, in order, and the tokens that each has found; '' or None is no token."""
        states = list(stack)
        pattern, rules = _state(states[-1])
        at = 0
        # There is a rule for every line, so that none is found behind the last one only.
        while found := pattern.match(text, at):
            rule = rules[found.lastindex or 0]
            yield rule, found.group(*rule.groups) if rule.groups else (found[0],)
            at = found.end()
            if rule.new_state is not None:
                if isinstance(rule.new_state, int):
                    del states[rule.new_state :]
                else:
                    states.extend(rule.new_state)
                pattern, rules = _state(states[-1] if states else "root")

    tokens: ClassVar[dict[str, list[Any]]] = {
        # The transmission header. The commonest line stands first.
        "root": [
            include("addressee"),
            include("blank"),
            (
                r"(TO|INFO)([ \t]++)",
                _ByGroup(Keyword.Reserved, Whitespace),
                ("addressees", "first-addressee"),
            ),
            (r"(TO|INFO)" + _END, _ByGroup(Keyword.Reserved, Whitespace), "addressees"),
            (r"(FM)([ \t]++)" + _REST, _ByGroup(Keyword.Reserved, Whitespace, Name.Class)),
            (
                r"(ZZ|OO|PP|RR|YY)([ \t]++)(R[A-Z]{3,7}\b[^\n]*+(?:\n|\Z))",
                _ByGroup(Keyword, Whitespace, Name.Namespace),
            ),
            (
                r"(DE)([ \t]++)(R[A-Z]{3,7})([ \t]++)(#\d{1,6}(?:/\d\d)?)([ \t]++)(\d{7})" + _REST,
                _ByGroup(
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
                _ByGroup(Keyword.Reserved, Whitespace, Keyword.Type, Text),
            ),
            (
                rf"((?:[ZOPRY](?:[ ]NIACT)?[ ]++){{0,3}}+)(\d{{6}}[A-Z][ ]++{_MONTH}[ ]++\d\d(?:\d\d)?+)(?!\d)"
                + _REST,
                _ByGroup(Keyword, Literal.Date, Text),
            ),
            (r"VZCZC[^\n]*+(?:\n|\Z)", Name.Label),
            (r"R[A-Z]{3,7}(?:[ \t]++R[A-Z]{3,7}+)*+[ \t]*+(?:\n|\Z)", Name.Namespace),
            (r"(XMT)([ \t]++)" + _REST, _ByGroup(Keyword.Reserved, Whitespace, Name.Class)),
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
                _ByGroup(*_NAME_TOKENS),
            ),
            default("#pop"),
        ],
        "first-addressee": [
            (r"(R[A-Z]{3,7})(/)", _ByGroup(Name.Namespace, Punctuation)),
            (_NAME_AND_TAIL, _ByGroup(*_NAME_TOKENS), "#pop"),
            default("#pop"),
        ],
        "addressee": [
            (
                r"(R[A-Z]{3,7})(/)" + _NAME_AND_TAIL,
                _ByGroup(Name.Namespace, Punctuation, *_NAME_TOKENS),
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
            (r"([A-Z][A-Z0-9/-]*+)([ \t]*+)", _ByGroup(Name.Tag, Whitespace)),
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
                rf"({_SPACED}|{_SOLID})(?![A-Za-z])([^\n\d]*+)(\d\d?+)([ ]OF[ ])(\d\d?+)"
                r"(?:([^\n\d]*+)(\d{1,7}))?+" + _REST,
                _ByGroup(
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
                _ByGroup(Keyword.Type, Name.Class, Number.Integer, Text),
                "message",
            ),
            (rf"({_SPACED}|{_SOLID})" + _END, _ByGroup(Keyword.Type, Whitespace)),
        ],
        "label": [
            (
                r"(TAGS?(?![A-Z])[ \t]*+[:;,]?+)([ \t]*+)",
                _ByGroup(Keyword.Reserved, Whitespace),
                ("message", "tags"),
            ),
            (
                r"(SUBJ(?:ECT)?+(?![A-Z])[ \t]*+:?+)([ \t]*+)",
                _ByGroup(Keyword.Reserved, Whitespace),
                ("message", "subject"),
            ),
            (
                r"(E\.?[ ]?O\.?[ \t]*+:?[ \t]*+\d{5})" + _REST,
                _ByGroup(Keyword.Reserved, Text),
                "message",
            ),
            (r"(REF(?:S|TELS?)?[ \t]*+:)" + _REST, _ByGroup(Keyword.Reserved, Text), "message"),
            (
                r"(C(?:LASSIFIED BY|lassified By)[ \t]*+:?)" + _REST,
                _ByGroup(Keyword.Reserved, Text),
                "message",
            ),
        ],
        "paragraph": [
            (
                r"([ ]{0,3}+\xb6?+\d{1,3}+[.])([ \t]*+)(\((?:TS|LOU|SBU|[UCS])(?:[/-][A-Z/, -]{1,60}+)?+\))?"
                + _REST,
                _ByGroup(Generic.Subheading, Whitespace, Name.Decorator, Text),
                "body",
            ),
        ],
        "page-line": [
            (r"[A-Z][A-Z .'-]{1,40}?[ ]\d{8}[ ]++\d{3}(?:\.\d)?+[ ]++OF[ ]++\d{3}" + _END, Comment),
            (r"PAGE[ ]\d\d[ ][^\n]*+(?:\n|\Z)", Comment),
        ],
    }


@cache
def _state(name: str) -> _State:
    lexer: Any = TelegramLexer  # Pygments works a lexer's rules out when it makes the first one
    rules: dict[int, Rule] = {}
    patterns: list[str] = []
    group = 1
    for match, action, new_state in lexer._tokens[name]:  # noqa: SLF001 - as every lexer with a loop of its own does
        pattern = match.__self__
        kinds: tuple[_TokenType, ...] = ()
        groups: tuple[int, ...] = ()
        if isinstance(action, _ByGroup):
            kinds = action.kinds
            groups = tuple(range(group + 1, group + 1 + len(kinds)))
        elif action is not None:
            kinds = (action,)
        classes = tuple(STANDARD_TYPES[kind] for kind in kinds)
        rules[group] = Rule(kinds=kinds, classes=classes, groups=groups, new_state=new_state)
        patterns.append(f"({pattern.pattern})")
        group += 1 + pattern.groups
    return _State(pattern=re.compile("|".join(patterns), lexer.flags), rules=rules)
