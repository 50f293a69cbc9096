"""Who a telegram is for: the TO and INFO lists."""

from typing import Any

from truth.form import UNSURE, Piece, Writer, Zone, line, rows
from truth.scene import POSTS, Post, Scene

ACTION = Zone("action")
INFO = Zone("info")

_OLD = ("1966", "1973", "1980")
_NEW = ("1990", "2005")


def entry(
    routing: str | None, name: str, precedence: str | None = None, serial: str | None = None, *excluded: str
) -> dict[str, Any]:
    """An addressee as `Cable.to_dict()` shows it."""
    fields: dict[str, Any] = {"routing": routing, "name": name, "precedence": precedence, "serial": serial}
    return fields | ({"excluded": list(excluded)} if excluded else {})


def _to(written: str, *parts: str | None, told: bool | None = False) -> Writer:
    return lambda _: line(f"TO {written}", action=[entry(*parts)], told=told)  # type: ignore[arg-type]


_WASHDC = "SECSTATE WASHDC"

rows(
    ACTION,
    {
        "name-and-serial": _to("SECSTATE WASHDC 4567", None, _WASHDC, None, "4567"),
        "name-alone": _to("SECSTATE WASHDC", None, _WASHDC),
        "name-precedence": _to("SECSTATE WASHDC IMMEDIATE 4567", None, _WASHDC, "IMMEDIATE", "4567"),
        "name-niact": _to("SECSTATE WASHDC NIACT IMMEDIATE 412", None, _WASHDC, "NIACT IMMEDIATE", "412"),
        "name-five-digits": _to("SECSTATE WASHDC PRIORITY 45678", None, _WASHDC, "PRIORITY", "45678"),
    },
    *_OLD,
    "1990",
)
rows(
    ACTION,
    {
        "full": _to("RUEHC/SECSTATE WASHDC PRIORITY 0456", "RUEHC", _WASHDC, "PRIORITY", "0456"),
        "without-precedence": _to("RUEHC/SECSTATE WASHDC 0456", "RUEHC", _WASHDC, None, "0456"),
        "without-serial": _to("RUEHC/SECSTATE WASHDC ROUTINE", "RUEHC", _WASHDC, "ROUTINE", None),
        "bare": _to("RUEHC/SECSTATE WASHDC", "RUEHC", _WASHDC),
        "flash": _to("RUEHC/SECSTATE WASHDC FLASH 0456", "RUEHC", _WASHDC, "FLASH", "0456"),
        "niact-immediate": _to(
            "RUEHC/SECSTATE WASHDC NIACT IMMEDIATE 0456", "RUEHC", _WASHDC, "NIACT IMMEDIATE", "0456"
        ),
        "mistyped-precedence": _to(
            "RUEHC/SECSTATE WASHDC PIORITY 0456", "RUEHC", _WASHDC, "PRIORITY", "0456", told=None
        ),
        "mistyped-immediate": _to(
            "RUEHC/SECSTATE WASHDC IMEDIATE 0456", "RUEHC", _WASHDC, "IMMEDIATE", "0456", told=None
        ),
        "three-digits": _to("RUEHC/SECSTATE WASHDC 456", "RUEHC", _WASHDC, None, "456"),
        "six-digits": _to("RUEHC/SECSTATE WASHDC 001456", "RUEHC", _WASHDC, None, "001456"),
    },
    *_NEW,
)


def _several(count: int) -> Writer:
    def write(scene: Scene) -> Piece:
        posts = scene.rng.sample(POSTS, k=count)
        serials = [f"{scene.rng.randrange(10000):04d}" for _ in posts]
        written = [
            f"{post.routing}/{post.plad} IMMEDIATE {serial}"
            for post, serial in zip(posts, serials, strict=True)
        ]
        entries = [
            entry(post.routing, post.plad, "IMMEDIATE", serial)
            for post, serial in zip(posts, serials, strict=True)
        ]
        return line(f"TO {written[0]}", *written[1:], action=entries)

    return write


def _to_below(scene: Scene) -> Piece:
    return line(
        "TO", "RUEHC/SECSTATE WASHDC PRIORITY 0456", action=[entry("RUEHC", _WASHDC, "PRIORITY", "0456")]
    )


def _to_office(scene: Scene) -> Piece:
    name = "DEPT OF PORTS WASHINGTON DC//ABC//1234"
    return line(f"TO RUEAPW/{name}", action=[entry("RUEAPW", name)])


def _to_office_and_serial(scene: Scene) -> Piece:
    name = "DEPT OF PORTS WASHINGTON DC//ABC//"
    return line(f"TO RUEAPW/{name} PRIORITY 0456", action=[entry("RUEAPW", name, "PRIORITY", "0456")])


def _to_comma(scene: Scene) -> Piece:
    name = "RIVER OFFICE, STRELSAU"
    return line(f"TO RUEHQS/{name} ROUTINE 0456", action=[entry("RUEHQS", name, "ROUTINE", "0456")])


def _to_page_line(scene: Scene) -> Piece:
    return line(
        "TO RUEHC/SECSTATE WASHDC PRIORITY 0456",
        f"PAGE 02 {scene.post.name} {scene.serial:06d} {scene.sent:%d%H%M}Z",
        "RUEHQD/USMISSION DANOR COMMISSION PRIORITY 0012",
        action=[
            entry("RUEHC", _WASHDC, "PRIORITY", "0456"),
            entry("RUEHQD", "USMISSION DANOR COMMISSION", "PRIORITY", "0012"),
        ],
        told=True,
    )


rows(
    ACTION,
    {
        "two": _several(2),
        "five": _several(5),
        "list-below": _to_below,
        "office-ends-it": _to_office,
        "office-and-serial": _to_office_and_serial,
        "comma-in-the-name": _to_comma,
        "page-line-among": _to_page_line,
        "empty": lambda _: line("TO", action=[], told=True),
    },
    *_NEW,
)


def _absent(scene: Scene) -> Piece:
    return line(info=[])


def _post(post: Post, serial: str) -> tuple[str, dict[str, Any]]:
    return f"{post.routing}/{post.plad} {serial}", entry(post.routing, post.plad, None, serial)


def _info(count: int) -> Writer:
    def write(scene: Scene) -> Piece:
        posts = scene.rng.sample(POSTS, k=count)
        entries = [_post(post, f"{scene.rng.randrange(10000):04d}") for post in posts]
        written = [words for words, _ in entries]
        return line(f"INFO {written[0]}", *written[1:], info=[fields for _, fields in entries])

    return write


def _info_old(scene: Scene) -> Piece:
    posts = scene.rng.sample(POSTS, k=3)
    names = [post.plad for post in posts]
    return line(f"INFO {names[0]}", *names[1:], info=[entry(None, name) for name in names])


def _info_old_precedence(scene: Scene) -> Piece:
    posts = scene.rng.sample(POSTS, k=2)
    return line(
        f"INFO {posts[0].plad} PRIORITY 123",
        f"{posts[1].plad} NIACT IMMEDIATE",
        info=[
            entry(None, posts[0].plad, "PRIORITY", "123"),
            entry(None, posts[1].plad, "NIACT IMMEDIATE"),
        ],
    )


rows(
    INFO,
    {
        "old-absent": _absent,
        "names": _info_old,
        "names-with-precedence": _info_old_precedence,
    },
    *_OLD,
)
rows(INFO, {"posts": _info(3), "absent": _absent, "one": _info(1), "six": _info(6)}, *_NEW)


def _names(*written: str) -> Writer:
    """A row of an INFO list, its entries as routing and name."""
    pairs = [text.split("/", 1) if "/" in text.split(" ")[0] else [None, text] for text in written]
    entries = [entry(routing, str(name)) for routing, name in pairs]
    return lambda _: line(f"INFO {written[0]}", *written[1:], info=entries)


rows(
    INFO,
    {
        "collective": _names("RUCNRUR/RURITANIA COLLECTIVE"),
        "dipl-posts": _names("RUEHZR/RURITANIA DIPL POSTS"),
        "all-posts": _names("RUEHZX/ALL DIPLOMATIC AND CONSULAR POSTS"),
        "member-states": _names("RUCNDAN/DANOR COMMISSION MEMBER STATES"),
        "collective-without-routing": _names("RURITANIA COLLECTIVE"),
        "consulate-general": _names("RUEHQH/AMCONGEN HENTZAU"),
        "mission": _names("RUEHQD/USMISSION DANOR COMMISSION"),
        "interests-section": _names("RUEHQI/USINT STRELSAU"),
        "liaison-office": _names("RUEHQL/USLO SLAVNA"),
        "office": _names("RUEHQO/USOFFICE ZENDA"),
        "delegation": _names("RUEHQP/USDEL RIVER TALKS"),
        "agencies": _names("RUEKJCS/JOINT STAFF WASHINGTON DC", "RHEHNSC/NSC WASHDC", "RUEAIIA/CIA WASHDC"),
    },
    *_NEW,
)

_COLLECTIVE = "RURITANIA COLLECTIVE"


def _double(scene: Scene) -> Piece:
    return line("INFO RUEHC/SECSTATE WASHDC 0012", info=[entry("RUEHC", _WASHDC, None, "0012")])


rows(
    INFO,
    {
        "xmt-on-the-line": lambda _: line(
            f"INFO RUCNRUR/{_COLLECTIVE}, XMT AMCONSUL ZENDA",
            info=[entry("RUCNRUR", _COLLECTIVE, None, None, "AMCONSUL ZENDA")],
        ),
        "xmt-below": lambda _: line(
            f"INFO RUCNRUR/{_COLLECTIVE}",
            "XMT AMCONSUL ZENDA",
            info=[entry("RUCNRUR", _COLLECTIVE, None, None, "AMCONSUL ZENDA")],
        ),
        "xmt-two": lambda _: line(
            f"INFO RUCNRUR/{_COLLECTIVE}",
            "XMT AMCONSUL ZENDA",
            "XMT AMEMBASSY SLAVNA",
            info=[entry("RUCNRUR", _COLLECTIVE, None, None, "AMCONSUL ZENDA", "AMEMBASSY SLAVNA")],
        ),
        "xmt-then-a-post": lambda _: line(
            f"INFO RUCNRUR/{_COLLECTIVE}",
            "XMT AMCONSUL ZENDA",
            "RUEHQK/AMEMBASSY SLAVNA 0012",
            info=[
                entry("RUCNRUR", _COLLECTIVE, None, None, "AMCONSUL ZENDA"),
                entry("RUEHQK", "AMEMBASSY SLAVNA", None, "0012"),
            ],
        ),
        "xmt-without-collective": lambda _: line("INFO XMT AMCONSUL ZENDA", info=UNSURE, told=True),
        "wrapped-name": lambda _: line(
            "INFO RUEHQK/AMEMBASSY SLAVNA 0012",
            "RUEAPW/DEPARTMENT OF HARBORS AND",
            "WATERWAYS WASHDC",
            "RUEHQE/AMEMBASSY EDELWEISS 0013",
            # Not joined: the tail is probably a name of its own.
            info=[
                entry("RUEHQK", "AMEMBASSY SLAVNA", None, "0012"),
                entry("RUEAPW", "DEPARTMENT OF HARBORS AND"),
                entry(None, "WATERWAYS WASHDC"),
                entry("RUEHQE", "AMEMBASSY EDELWEISS", None, "0013"),
            ],
            told=True,
        ),
        "page-line-among": lambda scene: line(
            "INFO RUEHQK/AMEMBASSY SLAVNA 0012",
            f"PAGE 02 {scene.post.name} {scene.serial:06d} {scene.sent:%d%H%M}Z",
            "RUEHQE/AMEMBASSY EDELWEISS 0013",
            info=[
                entry("RUEHQK", "AMEMBASSY SLAVNA", None, "0012"),
                entry("RUEHQE", "AMEMBASSY EDELWEISS", None, "0013"),
            ],
            told=True,
        ),
        "listed-twice": _double,
        "list-below": lambda _: line(
            "INFO", "RUEHQK/AMEMBASSY SLAVNA 0012", info=[entry("RUEHQK", "AMEMBASSY SLAVNA", None, "0012")]
        ),
        "mixed": lambda _: line(
            "INFO RUEHQK/AMEMBASSY SLAVNA PRIORITY 0012",
            "AMCONSUL HENTZAU",
            "RUEHQE/AMEMBASSY EDELWEISS",
            info=[
                entry("RUEHQK", "AMEMBASSY SLAVNA", "PRIORITY", "0012"),
                entry(None, "AMCONSUL HENTZAU"),
                entry("RUEHQE", "AMEMBASSY EDELWEISS"),
            ],
            told=None,
        ),
        "empty": lambda _: line("INFO", info=[], told=True),
        "two-offices": lambda _: line(
            "INFO RUEAPW/HARBOR OFFICE WASHINGTON DC//PH1/PH2//",
            info=[entry("RUEAPW", "HARBOR OFFICE WASHINGTON DC//PH1/PH2//")],
        ),
        "port-is-no-priority": lambda _: line(
            "INFO RUEHQT/AMEMBASSY PORT TARLENHEIM 0012",
            info=[entry("RUEHQT", "AMEMBASSY PORT TARLENHEIM", None, "0012")],
        ),
        "trailing-blanks": lambda _: line(
            "INFO RUEHQK/AMEMBASSY SLAVNA 0012   ", info=[entry("RUEHQK", "AMEMBASSY SLAVNA", None, "0012")]
        ),
    },
    *_NEW,
)
