"""What copying did to the characters of a text that says the same as before."""

from collections.abc import Callable

from truth.form import Piece, Writer, Zone, rows

ENCODING = Zone("encoding")

Change = Callable[[str], str]


def _change(change: Change, *, told: bool | None = None, pilcrow: bool = False) -> Writer:
    """A row: the change of the whole text; `pilcrow` asks for numbers with a paragraph sign to change."""
    return lambda _: Piece(lines=(), truth={"change": change, "pilcrow": pilcrow}, told=told)


def _alternate(text: str) -> str:
    """Line ends of three kinds in turn."""
    lines = text.split("\n")
    ends = ["\n", "\r\n", "\r"]
    return "".join(words + ends[at % 2] for at, words in enumerate(lines[:-1])) + lines[-1]


def _inside_words(mark: str) -> Change:
    """Put an invisible sign into a word of the body."""
    return lambda text: text.replace("harb", f"har{mark}b").replace("HARB", f"HAR{mark}B")


def _first_blank(text: str) -> str:
    """No-break blanks in the place of every other blank of the body's words."""
    return text.replace(" the ", "\u00a0the\u00a0").replace(" THE ", "\u00a0THE\u00a0")


rows(
    ENCODING,
    {
        "clean": _change(lambda text: text, told=False),
        "crlf": _change(lambda text: text.replace("\n", "\r\n"), told=False),
        "cr": _change(lambda text: text.replace("\n", "\r"), told=False),
        "mixed-line-ends": _change(_alternate, told=False),
        "no-last-line-end": _change(lambda text: text.rstrip("\n"), told=False),
        "blank-lines-above": _change(lambda text: "\n\n" + text, told=False),
        "trailing-blanks": _change(lambda text: text.replace("\n", "   \n"), told=False),
        "no-break-blanks": _change(_first_blank, told=False),
        "soft-hyphens": _change(_inside_words("\u00ad")),
        "zero-width-blanks": _change(_inside_words("\u200b")),
        "byte-order-mark": _change(lambda text: "\ufeff" + text),
        "nul": _change(_inside_words("\x00"), told=None),
        "escape": _change(_inside_words("\x1b"), told=None),
        "delete": _change(_inside_words("\x7f"), told=None),
        "end-of-file-sign": _change(lambda text: text + "\x1a", told=None),
        "pilcrow-entity": _change(lambda text: text.replace("¶", "&#182;"), pilcrow=True),
        "pilcrow-named-entity": _change(lambda text: text.replace("¶", "&para;"), pilcrow=True),
        "pilcrow-mojibake": _change(lambda text: text.replace("¶", "Â¶"), pilcrow=True),
        "apostrophe-mojibake": _change(lambda text: text.replace("\u2019", "â€™")),
        "markdown-escapes": _change(lambda text: text.replace("_", "\\_").replace("1. (", "1\\. (")),
    },
)
