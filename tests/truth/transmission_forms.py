"""The transmission header: identification, routing, station, security, date-time group, originator, break."""

from datetime import timedelta

from truth.form import SENT, Piece, Writer, Zone, line, rows
from truth.scene import MONTHS, Scene

IDENTIFICATION = Zone("identification")
ROUTING = Zone("routing")
STATION = Zone("station")
SECURITY = Zone("security")
DTG = Zone("dtg")
FROM = Zone("from")
BREAK = Zone("break")

_WIRED = ("1980", "1990", "2005")
_PRECEDENCES = {"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}


def _number(scene: Scene) -> str:
    return f"{scene.rng.randrange(10000):04d}"


def _identification(channel: str, rest: str = "", below: int = 0) -> Writer:
    def write(scene: Scene) -> Piece:
        name = f"VZCZC{channel}{_number(scene)}"
        return line(name + rest, *[""] * below, message_id=name)

    return write


def _absent(scene: Scene) -> Piece:
    return line()


rows(
    IDENTIFICATION,
    {
        "xro": _identification("XRO"),
        "xyz": _identification("XYZ"),
        "other-channel": _identification("A"),
        "with-rest": _identification("XRO", " RR RUEHC"),
        "blank-line-below": _identification("XRO", below=1),
        "trailing-blanks": _identification("XYZ", "   "),
        "absent": _absent,
    },
    *_WIRED,
)


def _pair(scene: Scene) -> str:
    return scene.precedence * 2


rows(
    ROUTING,
    {
        "one": lambda scene: line(f"{_pair(scene)} RUEHC"),
        "web": lambda scene: line(f"{_pair(scene)} RUEHWEB"),
        "several": lambda scene: line(f"{_pair(scene)} RUEHQK RUEHQE RUEHQT RUEHQZ"),
        "wrapped": lambda scene: line(
            f"{_pair(scene)} RUEHQK RUEHQE RUEHQT RUEHQZ", "RUEHAA RUEHBB RUEHCC RUEHDD", "RUEHEE RUEHFF"
        ),
        "wrapped-five": lambda scene: line(f"{_pair(scene)} RUEHQK", "RUEHAA", "RUEHBB", "RUEHCC", "RUEHDD"),
        "trailing-blanks": lambda scene: line(f"{_pair(scene)} RUEHQK RUEHQE  ", "RUEHAA RUEHBB "),
        "signal-inside": lambda scene: line(f"{_pair(scene)} RUEHQK RUEHQE ZDK"),
        "blank-line-below": lambda scene: line(f"{_pair(scene)} RUEHC", ""),
        "long-indicator": lambda scene: line(f"{_pair(scene)} RUEHQKA RUEKJCS RHEHNSC"),
    },
    *_WIRED,
)


def _station(tail: str = "/01", blank: str = "") -> Writer:
    def write(scene: Scene) -> Piece:
        filed = scene.filed
        return line(f"DE {scene.post.routing} #{scene.serial % 10000:04d}{tail} {filed:%j%H%M}{blank}")

    return write


def _station_section(scene: Scene) -> Piece:
    """The section stands on the line; how many there are is for the classification line to say."""
    filed = scene.filed
    return line(f"DE {scene.post.routing} #{scene.serial % 10000:04d}/02 {filed:%j%H%M}")


def _station_next_day(scene: Scene) -> Piece:
    scene.filed = scene.sent + timedelta(days=3)
    return line(f"DE {scene.post.routing} #{scene.serial % 10000:04d}/01 {scene.filed:%j%H%M}", told=True)


rows(
    STATION,
    {
        "section-one": _station(),
        "no-section": _station(""),
        "section-two": _station_section,
        "trailing-blank": _station(blank=" "),
        "days-later": _station_next_day,
    },
    *_WIRED,
)

_LETTERS = {
    "UNCLASSIFIED": "ZNR UUUUU",
    "LIMITED OFFICIAL USE": "ZNY EEEEE",
    "RESTRICTED": "ZNY CCCCC",
    "CONFIDENTIAL": "ZNY CCCCC",
    "SECRET": "ZNY SSSSS",
    "TOP SECRET": "ZNY TTTTT",
}

rows(
    SECURITY,
    {
        "zzh": lambda scene: line(f"{_LETTERS[scene.level]} ZZH"),
        "short": lambda scene: line(_LETTERS[scene.level]),
        "repeated": lambda scene: line(f"{_LETTERS[scene.level]} ZZH ZDK"),
        "correction": lambda scene: line(f"{_LETTERS[scene.level]} ZZH ZDS"),
        "service-remark": lambda scene: line(f"{_LETTERS[scene.level]} ZZH ZUI RUEHQS 0123 0451230"),
        "remark-in-parentheses": lambda scene: line(
            f"{_LETTERS[scene.level]} ZZH (CCY AD0A1B2C MSI1234-695)"
        ),
        "efto": lambda scene: line(
            "ZNY EEEEE ZZH" if scene.level == "UNCLASSIFIED" else f"{_LETTERS[scene.level]} ZZH"
        ),
    },
    *_WIRED,
)


def _dated(scene: Scene, written: str, precedence: str | None, told: bool | None = False) -> Piece:
    date = f"{scene.sent:%Y-%m-%dT%H:%M:00Z}"
    return line(written, date=date, date_precision="minute", precedence=precedence, told=told)


def _plain_dtg(scene: Scene) -> Piece:
    return _dated(scene, f"{scene.precedence} {scene.dtg()}", _PRECEDENCES[scene.precedence])


def _with(letters: str, tail: str = "") -> Writer:
    def write(scene: Scene) -> Piece:
        return _dated(scene, f"{letters} {scene.dtg()}{tail}", _PRECEDENCES[letters[0]])

    return write


def _zone(letter: str, hours: int) -> Writer:
    def write(scene: Scene) -> Piece:
        local = scene.sent + timedelta(hours=hours)
        written = scene.dtg(local).replace("Z ", f"{letter} ")
        return _dated(scene, f"{scene.precedence} {written}", _PRECEDENCES[scene.precedence], told=True)

    return write


def _impossible(day: str | None = None, hour: str | None = None, minute: str | None = None) -> Writer:
    """A moment that does not exist; the composer takes the date from the filing time, if there is one."""

    def write(scene: Scene) -> Piece:
        sent = scene.sent
        group = f"{day or f'{sent:%d}'}{hour or f'{sent:%H}'}{minute or f'{sent:%M}'}Z"
        month = "FEB" if day == "31" else MONTHS[sent.month - 1]
        written = f"{scene.precedence} {group} {month} {sent:%y}"
        return line(
            written,
            date=None,
            date_precision="impossible",
            precedence=_PRECEDENCES[scene.precedence],
            told=True,
        )

    return write


def _no_dtg(scene: Scene) -> Piece:
    return line(date=None, date_precision=None, precedence=None, told=True)


_ZONES = {letter: hours for hours, letter in enumerate("ABCDEFGHI", start=1)}
_ZONES |= {letter: hours for hours, letter in enumerate("KLM", start=10)}
_ZONES |= {letter: -hours for hours, letter in enumerate("NOPQRSTUVWXY", start=1)}
_ZONES |= {"J": 0}  # local time of an unknown place

DTG.add("plain", _plain_dtg, *SENT)
DTG.add("absent", _no_dtg)
rows(
    DTG,
    {
        "two-precedences": _with("O P"),
        "two-precedences-routine": _with("P R"),
        "flash": _with("Z"),
        "niact": _with("O NIACT"),
        **{
            f"signal-{signal.lower()}": _with("P", f" {signal}")
            for signal in ("ZDK", "ZDS", "ZFD", "ZFF", "ZFR")
        },
        "free-remark": _with("R", " CTG COPY"),
        "four-digit-year": lambda scene: _dated(scene, f"P {scene.dtg()[:-2]}{scene.year}", "PRIORITY"),
        "wide-blanks": lambda scene: _dated(scene, f"P {scene.dtg().replace(' ', '  ')}", "PRIORITY"),
        "mixed-case-month": lambda scene: _dated(
            scene, f"P {scene.dtg()[:8]}{scene.dtg()[8:].title()}", "PRIORITY"
        ),
        "day-31-of-february": _impossible(day="31"),
        "hour-24": _impossible(hour="24"),
        "minute-60": _impossible(minute="60"),
        **{f"zone-{letter.lower()}": _zone(letter, hours) for letter, hours in _ZONES.items()},
    },
    *SENT,
)
DTG.add(
    "no-precedence-mixed-case",
    lambda scene: _dated(scene, f"{scene.dtg()[:8]}{scene.dtg()[8:].title()}", None),
    "extract",
)

rows(
    FROM,
    {
        "post": lambda scene: line(f"FM {scene.post.plad}", origin=scene.post.plad),
        "two-blanks": lambda scene: line(f"FM  {scene.post.plad}", origin=scene.post.plad),
    },
)
rows(BREAK, {"stripped": _absent, "bt": lambda scene: line("BT")})
