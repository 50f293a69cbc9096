"""What stands around the message: records, weekday lines, notices, notes of copyists; and the order of the fields."""

from truth.form import Piece, Writer, Zone, line, rows
from truth.page_forms import level_word
from truth.scene import Scene

PREAMBLE = Zone("preamble")
WEEKDAY = Zone("weekday")
NOTE = Zone("copyist-note")
ORDER_OF_FIELDS = Zone("field-order")
SPACING = Zone("spacing")
NAME = Zone("file-name")

_DASHES = "                     ---------------------     012345"


def _record(scene: Scene, *block: str, first: tuple[str, ...] = ()) -> Piece:
    return line(
        *first,
        level_word(scene),
        "",
        f"PAGE 01        {scene.post.name[:6]}  {scene.serial:05d}  {scene.filed:%d%H%M}Z",
        "",
        "15",
        *block,
        _DASHES,
    )


_ACTION = ("ACTION EUR-12", "", "INFO  OCT-01  ISO-00  SS-15  CIAE-00  INR-07  /056 W")


def _outgoing(scene: Scene) -> Piece:
    return _record(
        scene,
        "ORIGIN EUR-12",
        "",
        "INFO  OCT-01  ISO-00  /026 R",
        "",
        "DRAFTED BY EUR/RUR:ALINDQVIST:XY",
        "APPROVED BY EUR - C ASHCROFT",
        "EB/TT - R PELHAM (INFO)",
        "S/S - MR. KESTREL",
    )


rows(
    PREAMBLE,
    {
        "record": lambda scene: _record(scene, *_ACTION),
        "record-message-text": lambda scene: _record(scene, *_ACTION, first=("Message Text", "")),
        "record-outgoing": _outgoing,
        "record-dashes-with-time": lambda scene: _record(
            scene, *_ACTION, f"------------------123456  {scene.filed:%d%H%M}Z /45"
        ),
        "record-wrapped-info": lambda scene: _record(
            scene,
            "ACTION EUR-12",
            "",
            "INFO  OCT-01  ISO-00  SS-15  CIAE-00  INR-07  NSAE-00  L-03  NSC-05",
            "      PA-01  PRS-01  USIA-06  TRSE-00  /090 W",
        ),
    },
    "1973",
)
PREAMBLE.add("none", lambda _: line(), "1966", "1980", "1990", "2005", "newspaper")
_NOTICE = "This record is a partial extract of the original cable. The full text of the original cable is not available."
rows(
    PREAMBLE,
    {"extract": lambda _: line(_NOTICE, ""), "extract-short": lambda _: line(_NOTICE[:56])},
    "extract",
)
PREAMBLE.add("action-block", lambda _: line("ACTION EUR-00", "", "INFO LOG-00 EUR-00 /001W"), "1980", "1990")


def _weekday(pattern: str) -> Writer:
    return lambda scene: line(
        f"{scene.sent:{pattern}}", date=f"{scene.sent:%Y-%m-%dT00:00:00Z}", date_precision="day"
    )


rows(
    WEEKDAY,
    {
        "with-time": _weekday("%A, %d %B %Y, %H:%M"),
        "one-digit-day": _weekday("%A, %-d %B %Y, %H:%M"),
        "without-time": _weekday("%A, %d %B %Y"),
        "no-weekday-line": lambda _: line(),
    },
    "newspaper",
)
WEEKDAY.add("no-weekday-line-else", lambda _: line(), "1966", "1973", "1980", "1990", "2005", "extract")
WEEKDAY.add("in-a-full-telegram", _weekday("%A, %d %B %Y, %H:%M"), "2005", "extract")

NOTE.add("none", lambda _: line())
NOTE.add(
    "declassified",
    lambda _: line(
        "This document has been declassified and is kept in the archive,",
        "record group 99, file POL 15 RUR.",
        told=None,
    ),
    "1966",
)

_FIELDS = ("executive-order", "tags", "subject", "references", "classified-by")


def _order(*names: str) -> Writer:
    return lambda _: Piece(lines=(), truth={"order": names})


rows(
    ORDER_OF_FIELDS,
    {
        "usual": _order(*_FIELDS),
        "classified-by-before-ref": _order(
            "executive-order", "tags", "subject", "classified-by", "references"
        ),
        "ref-before-subject": _order("executive-order", "tags", "references", "subject", "classified-by"),
        "tags-first": _order("tags", "executive-order", "subject", "references", "classified-by"),
        "subject-first": _order("subject", "executive-order", "tags", "references", "classified-by"),
        "subject-last": _order("executive-order", "tags", "references", "classified-by", "subject"),
    },
)


def _spacing(name: str) -> Writer:
    return lambda _: Piece(lines=(), truth={"spacing": name})


rows(
    SPACING,
    {"usual": _spacing("usual"), "everywhere": _spacing("everywhere"), "double": _spacing("double")},
    "1990",
    "2005",
    "extract",
)
rows(
    SPACING, {"tight": _spacing("tight"), "old-usual": _spacing("usual")}, "1966", "1973", "1980", "newspaper"
)
SPACING.add("tight-modern", _spacing("tight"), "1990", "2005", "extract")


def _named(pattern: str) -> Writer:
    """A row: the name of the file; the composer fills in the id's parts."""
    return lambda _: Piece(lines=(), truth={"name": pattern})


rows(
    NAME,
    {
        "id": _named("{yy}{key}{serial}.txt"),
        "in-a-folder": _named("2008/02/{yy}{key}{serial}.txt"),
        "lower-case": _named("{yy}{lower}{serial}.txt"),
        "padded": _named("{yy}{key}{serial:06d}.txt"),
        "four-digit-year": _named("{yyyy}{key}{serial}.txt"),
        "section-inside": _named("{yy}SECTIN01OF02{key}{serial}.txt"),
        "section-inside-whole": _named("{yy}SECTION01OF02{key}{serial}.txt"),
        "efto-inside": _named("{yy}EFTO{key}{serial}.txt"),
        "embassy-inside": _named("{yy}AMEMBASSY{key}{serial}.txt"),
        "noforn-inside": _named("{yy}NOFORN{key}{serial}.txt"),
        "tosec-behind": _named("{yy}{key}{serial}TOSEC123.txt"),
        "zfr-behind": _named("{yy}{key}{serial}ZFR124.txt"),
        "duplicate-behind": _named("{yy}{key}{serial}SUSPECTEDDUPLICATE.txt"),
        "unnamed": _named("<string>"),
    },
)
