"""The E.O. line: which order, and until when the text is classified."""

from datetime import datetime

from truth.form import MODERN, OLD, UNSURE, AnyOf, Piece, Writer, Zone, line, rows
from truth.scene import Scene

ORDER = Zone("executive-order")


def number_of(scene: Scene) -> str:
    """The order in force."""
    orders = ((1972, "10501"), (1978, "11652"), (1982, "12065"), (1995, "12356"), (2010, "12958"))
    return next((order for until, order in orders if scene.year < until), "13526")


def _iso(day: datetime | None) -> str | None:
    return f"{day:%Y-%m-%d}" if day else None


def _order(
    scene: Scene, value: str, until: object = None, *, label: str = "E.O. {}: ", told: bool | None = False
) -> Piece:
    number = number_of(scene)
    return line(f"{label.format(number)}{value}", executive_order=number, declassify_on=until, told=told)


def _value(value: str, until: object = None, told: bool | None = False) -> Writer:
    """A row: a value without a date."""
    return lambda scene: _order(scene, value, until, told=told)


def _dated(shape: str, label: str = "E.O. {}: ", years: int = 10) -> Writer:
    """A row: a value with a date; `shape` is of strftime, with %m and %d that lose their zeros at '%-m'."""

    def write(scene: Scene) -> Piece:
        day = scene.later_day(years)
        return _order(scene, day.strftime(shape), _iso(day), label=label)

    return write


def _swapped(scene: Scene) -> Piece:
    day = scene.later_day().replace(day=scene.rng.randint(13, 28))
    return _order(scene, f"DECL: {day:%d/%m/%Y}", _iso(day), told=True)


def _before(scene: Scene) -> Piece:
    day = scene.later_day(-8)
    return _order(scene, f"DECL: {day:%m/%d/%Y}", told=True)


def _wrong_number(scene: Scene) -> Piece:
    day = scene.later_day()
    number = AnyOf(("13958", "12958"))
    return line(
        f"E.O. 13958: DECL: {day:%m/%d/%Y}", executive_order=number, declassify_on=_iso(day), told=None
    )


def _absent(scene: Scene) -> Piece:
    return line(executive_order=None, declassify_on=None, told=None)


def _wrapped(scene: Scene) -> Piece:
    day = scene.later_day()
    number = number_of(scene)
    return line(
        f"E.O. {number}: DECL:", f"{day:%m/%d/%Y}", executive_order=number, declassify_on=_iso(day), told=None
    )


rows(
    ORDER,
    {"gp": _value("GP-3"), "group": _value("GROUP 4"), "no-order": _absent, "gp-na": _value("N/A")},
    "1966",
)
rows(
    ORDER,
    {
        "gds": _value("GDS"),
        "xgds": _value("XGDS-1"),
        "xgds-three": _value("XGDS-3"),
        "ads": _value("ADS"),
        "na-1973": _value("N/A"),
        "without-dots-gds": lambda scene: _order(scene, "GDS", label="EO {}: "),
    },
    "1973",
)
rows(
    ORDER,
    {
        "gds-date": _dated("GDS %-m/%-d/%y (PELHAM, J.) OR-M", years=6),
        "oadr": _value("DECL: OADR"),
        "na-1980": _value("N/A"),
        # The day of a review is no day on which the classification ends.
        "rds": lambda scene: _order(
            scene, f"RDS-1 {scene.later_day(20):%-m/%-d/%y} (PELHAM, J.) OR-M", UNSURE
        ),
        "gds-date-alone": _dated("GDS %-m/%-d/%y", years=6),
    },
    "1980",
)
rows(
    ORDER,
    {
        "decl": _dated("DECL: %m/%d/%Y"),
        "na": _value("N/A"),
        "year-first": _dated("DECL: %Y/%m/%d"),
        "short": _dated("DECL: %-m/%-d/%y"),
        "short-year": _dated("DECL: %m/%d/%y"),
        "one-digit": _dated("DECL: %-m/%-d/%Y"),
        "iso": _dated("DECL: %Y-%m-%d"),
        "without-decl": _dated("%m/%d/%Y"),
        "lower-case": _dated("decl: %m/%d/%Y", label="e.o. {}: "),
        "declassify-on": _dated("Declassify on %-m/%-d/%Y"),
        "declassify-on-colon": _dated("Declassify on: %m/%d/%Y"),
        "without-dots": _dated("DECL: %m/%d/%Y", label="EO {}: "),
        "without-colon": _dated("DECL: %m/%d/%Y", label="E.O. {} "),
        "newspaper": _dated("DECL: %m/%d/%Y", label="EO {} "),
        "blank-inside": _dated("DECL: %m/%d/%Y", label="E. O. {}: "),
        "no-blank": _dated("DECL:%m/%d/%Y", label="E.O.{}:"),
        "blank-before-colon": _dated("DECL: %m/%d/%Y", label="E.O. {} : "),
        "twenty-five-years": _dated("DECL: %m/%d/%Y", years=25),
        "swapped": _swapped,
        "before-the-telegram": _before,
        "no-such-day": lambda scene: _order(scene, f"DECL: 02/30/{scene.year + 10}", told=True),
        "downgrade": lambda scene: _order(scene, f"DNG: CO {scene.later_day():%m/%d/%Y}"),
        "mandatory-review": _value("DECL: MR"),
        "mr": _value("MR"),
        "oadr-modern": _value("DECL: OADR"),
        "event": _value("DECL: UPON TREATY SIGNATURE"),
        "event-words": _value("DECL: AFTER THE ELECTION"),
        "x1": _value("DECL: X1"),
        "x1-x6": _value("DECL: X1, X6"),
        "x8": _value("DECL: X8"),
        "archive": _value("DECLASSIFIED BY NARA 03/04/2009", UNSURE, told=None),
        "as-amended": _value("AS AMENDED; DECLASSIFIED 03/04/2009", UNSURE, told=None),
        "redacted": _value("DECL: XXXXXXXXXXXX"),
        "wrong-number": _wrong_number,
        "wrapped": _wrapped,
        "absent": _absent,
    },
    *MODERN,
)
assert all(ORDER.of_era(era) for era in OLD | MODERN)
