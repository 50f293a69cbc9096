"""Citations in prose: Chicago (note and bibliography), MLA, APA.

    Embassy Astana to Secretary of State, telegram 08ASTANA2165, “Subject,” 3 November 2008, https://...

The note follows The Chicago Manual of Style as its editors apply it to the Foreign Relations of the United States; the
others their handbooks (MLA 9, APA 7). Titles keep their letters. Where the address is unknown, the title of the archive
stands in its place. `assets/cite.js` has the same functions, and a test compares what they make.
"""

import re

from generator.render.citing.citation import Citation, number_of_paragraph, recipients_in_words
from generator.render.words import MONTH_NAMES

# Of MLA, which writes May, June and July out.
_SHORT_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()

# A straight quotation mark opens at the start, and behind a blank, a bracket, a stroke or a dash.
_OPENING = re.compile('(?<![^ (\\[/\u2013\u2014-])"')
_INNER = str.maketrans({"\u201c": "\u2018", "\u201d": "\u2019", '"': "\u2019"})

# What follows a name in these letters would be shown on its wrong side, figures above all.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)
_LEFT_TO_RIGHT_MARK = "\u200e"

_STOPS = (".", "?", "!")
_BEHIND_A_STOP = "\u2019\u201d\u200e"


class Prose:
    """The citations of a cable, or of its paragraph at an anchor, '7', in prose."""

    def __init__(self, citation: Citation, paragraph: str = "") -> None:
        self._one = one = citation
        self._paragraph = paragraph
        self._sender = _turned(one.sender)
        self._archive = _turned(one.archive)
        self._url = f"{one.url}#par{paragraph}" if one.url and paragraph else one.url
        self._what = f"{one.genre} {one.number}" if one.number else one.genre  # 'Telegram 08ASTANA2165'
        self._to = _recipients(one)
        self._title = _nested(one.title) if one.has_subject else ""
        self._par = f", par. {number_of_paragraph(paragraph)}" if paragraph else ""

    def chicago_note(self) -> str:
        """A note of the Chicago style."""
        what, to = self._what, self._to
        head = f"{self._sender}{to}, {what[0].lower()}{what[1:]}" if self._sender else what + to
        title = f" \u201c{self._title},\u201d" if self._title else ""
        day = _day_in_words(self._one.date) or "n.d."
        return _stopped(f"{head},{title} {day}{self._par}, {self._url or self._archive}")

    def chicago_bibliography(self) -> str:
        """An entry of a bibliography of the Chicago style."""
        day = _day_in_words(self._one.date) or "n.d."
        return self._entry(f"{self._what}{self._to}, {day}", self._url or self._archive)

    def mla(self) -> str:
        """An entry of a list of works cited, as the MLA has it."""
        day = _day_in_short(self._one.date)
        described = f"{self._what}{self._to}, {day}" if day else self._what + self._to
        return self._entry(described, f"{self._archive}, {self._url}" if self._url else self._archive)

    def apa(self) -> str:
        """An entry of a list of references, as the APA has it."""
        par = f", para. {number_of_paragraph(self._paragraph)}" if self._paragraph else ""
        title = self._what + self._to + par
        if self._title:
            title = f"{_turned(self._one.title)} ({title})"
        day = f"({_day_after_year(self._one.date) or 'n.d.'})"
        first = f"{_stopped(self._sender)} {day}. {_stopped(title)}" if self._sender else f"{title} {day}."
        text = f"{first} {_stopped(self._archive)}"
        return f"{text} {self._url}" if self._url else text

    def _entry(self, described: str, place: str) -> str:
        sender = f"{_stopped(self._sender)} " if self._sender else ""
        title = f"\u201c{_stopped(self._title)}\u201d " if self._title else ""
        return f"{sender}{title}{_stopped(described + self._par)} {_stopped(place)}"


def _recipients(one: Citation) -> str:
    """' to Secretary of State and 4 others', '' where nobody is known."""
    names = recipients_in_words(one)
    if not names:
        return ""
    *others, last = map(_turned, names)
    return f" to {', '.join(others)} and {last}" if others else f" to {last}"


def _nested(title: str) -> str:
    """A title within quotation marks: its own are single ones."""
    if title.isascii() and '"' not in title:
        return title
    return _turned(_OPENING.sub("\u2018", title).translate(_INNER))


def _turned(name: str) -> str:
    """A name and, where it has letters that run from right to left, a mark that turns the direction back behind it."""
    return name if name.isascii() or _RIGHT_TO_LEFT.search(name) is None else name + _LEFT_TO_RIGHT_MARK


def _stopped(text: str) -> str:
    """A text with a full stop, unless it ends in a sign that stands for one, within quotation marks or not."""
    if text[-1:] not in _BEHIND_A_STOP:
        return text if text[-1:] in _STOPS else f"{text}."
    return text if text.rstrip(_BEHIND_A_STOP)[-1:] in _STOPS else f"{text}."


def _day_in_words(date: tuple[int, ...]) -> str:
    """'3 November 2008', '1975'."""
    return f"{date[2]} {MONTH_NAMES[date[1] - 1]} {date[0]}" if date[1:] else _year(date)


def _day_in_short(date: tuple[int, ...]) -> str:
    """'3 Nov. 2008', '1975'."""
    return f"{date[2]} {_SHORT_MONTHS[date[1] - 1]} {date[0]}" if date[1:] else _year(date)


def _day_after_year(date: tuple[int, ...]) -> str:
    """'2008, November 3', '1975'."""
    return f"{date[0]}, {MONTH_NAMES[date[1] - 1]} {date[2]}" if date[1:] else _year(date)


def _year(date: tuple[int, ...]) -> str:
    return str(date[0]) if date else ""
