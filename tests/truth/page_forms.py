"""Page lines, section breaks and what was printed around them."""

from collections.abc import Callable

from truth.form import MODERN, UNSURE, Piece, Writer, Zone, rows
from truth.scene import Scene

PAGES = Zone("pages")

# Where the composer puts the lines: inside a sentence of a plain paragraph, between two passages, between the items
# of a list, behind a hyphen, or above a heading.
SENTENCE, BETWEEN, ITEMS, HYPHEN, ABOVE_HEADING = "sentence", "between", "items", "hyphen", "above-heading"

# Stands for the header of a section, which the composer writes.
SECTION_HEADER = "<section header>"

_MODERN = tuple(sorted(MODERN - {"newspaper"}))
_WORDS = {"UNCLASSIFIED": "UNCLASSIFIED", "LIMITED OFFICIAL USE": "LIMITED OFFICIAL USE"}


def level_word(scene: Scene) -> str:
    """The level as it is printed above and below a page."""
    return _WORDS.get(scene.level, scene.level)


def _page(scene: Scene, number: str = "002", total: str = "002") -> str:
    return f"{scene.post.name} {scene.serial:08d}  {number} OF {total}"


def _old_page(scene: Scene, middle: str = "") -> str:
    return f"PAGE 02        {scene.post.name[:6]}  {scene.serial:05d}  {middle}{scene.sent:%d%H%M}Z"


def _at(
    place: str, write: Callable[[Scene], list[str]], *, told: bool | None = None, **truth: object
) -> Writer:
    """A row: where the lines stand, and the lines."""
    return lambda scene: Piece(lines=tuple(write(scene)), truth={"place": place} | truth, told=told)


def _none(scene: Scene) -> Piece:
    return Piece(lines=(), truth={"place": None})


PAGES.add("none", _none, "1966", "1980", "1990", "2005", "newspaper", "extract")
rows(
    PAGES,
    {
        "blanks-on-both-sides": _at(SENTENCE, lambda s: ["", _page(s), ""]),
        "text-on-both-sides": _at(SENTENCE, lambda s: [_page(s)]),
        "blank-above": _at(SENTENCE, lambda s: ["", _page(s)]),
        "blank-below": _at(SENTENCE, lambda s: [_page(s), ""]),
        "two-blanks": _at(SENTENCE, lambda s: ["", "", _page(s), "", ""]),
        "part-number": _at(SENTENCE, lambda s: ["", _page(s, "002.2"), ""]),
        "trailing-blanks": _at(SENTENCE, lambda s: ["", _page(s) + "   ", ""]),
        "caption-repeated": _at(SENTENCE, lambda s: ["", _page(s), "", "SIPDIS", ""]),
        "captions-repeated": _at(SENTENCE, lambda s: ["", _page(s), "", "SENSITIVE", "SIPDIS", ""]),
        "level-repeated": _at(SENTENCE, lambda s: ["", _page(s), "", level_word(s), ""]),
        "missing-page": _at(SENTENCE, lambda s: ["", _page(s, "003", "003"), ""], told=True),
        "out-of-order": _at(
            SENTENCE, lambda s: ["", _page(s, "003", "003"), "", _page(s, "002", "003"), ""], told=True
        ),
        "between": _at(BETWEEN, lambda s: ["", _page(s), ""]),
        "between-without-blanks": _at(BETWEEN, lambda s: [_page(s)]),
        "between-items": _at(ITEMS, lambda s: ["", _page(s), ""]),
        "behind-a-hyphen": _at(HYPHEN, lambda s: ["", _page(s), ""]),
        "above-a-heading": _at(ABOVE_HEADING, lambda s: ["", _page(s), ""]),
        # The number is another telegram's, so the line is text.
        "of-another-telegram": _at(
            BETWEEN, lambda s: ["", f"{s.other.name} {s.serial + 1:08d}  002 OF 003", ""], body=UNSURE
        ),
        "section": _at(SENTENCE, lambda s: ["", SECTION_HEADER, ""]),
        "section-end-marked": _at(SENTENCE, lambda s: ["", "END OF SECTION 01", "", SECTION_HEADER, ""]),
        "section-final-marked": _at(
            SENTENCE, lambda s: ["", f"FINAL SECTION OF {s.sections:02d}", "", SECTION_HEADER, ""]
        ),
    },
    *_MODERN,
)
rows(
    PAGES,
    {
        "old-page": _at(SENTENCE, lambda s: [level_word(s), "", level_word(s), "", _old_page(s), ""]),
        "old-page-tight": _at(SENTENCE, lambda s: [level_word(s), _old_page(s), level_word(s)]),
        "old-page-section": _at(SENTENCE, lambda s: ["", level_word(s), "", _old_page(s, "01 OF 01  "), ""]),
        "old-page-form-feed": _at(
            SENTENCE, lambda s: [level_word(s), "\x0c", level_word(s), "", _old_page(s), ""]
        ),
        "old-page-nnn": _at(SENTENCE, lambda s: [level_word(s), "NNN", "", level_word(s), _old_page(s), ""]),
        "old-page-between": _at(
            BETWEEN, lambda s: ["", level_word(s), "", level_word(s), "", _old_page(s), ""]
        ),
        "old-page-alone": _at(SENTENCE, lambda s: ["", _old_page(s), ""]),
        "stamp": _at(
            SENTENCE,
            lambda s: [
                level_word(s),
                "Rosa Whitcombe Declassified/Released US Department of State EO Systematic Review 20 MAR 2014",
                "",
                level_word(s),
                _old_page(s),
                "",
            ],
        ),
        "stamp-on-two-lines": _at(
            SENTENCE,
            lambda s: [
                level_word(s),
                "Rosa Whitcombe Declassified/Released US Department of State EO Systematic Review",
                "20 MAR 2014",
                "",
                _old_page(s),
                "",
            ],
        ),
    },
    "1973",
)
rows(
    PAGES,
    {
        "old-page-of-1980": _at(SENTENCE, lambda s: ["", _old_page(s), ""]),
        "old-page-with-level": _at(SENTENCE, lambda s: [level_word(s), _old_page(s), level_word(s)]),
    },
    "1966",
    "1980",
)
