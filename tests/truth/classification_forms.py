"""The classification line with the message number; captions; passing lines; what stands above them."""

from collections.abc import Sequence
from typing import Any

from truth.form import MODERN, OLD, UNSURE, AnyOf, Piece, Writer, Zone, line, rows
from truth.scene import Scene

CLASSIFICATION = Zone("classification")
CAPTIONS = Zone("captions")
PASSING = Zone("passing")

# Of these the composer makes `handling` and `captions`, from the line and from the block below it.
HANDLING = "line_handling"
CAPTION = "line_captions"

SPELLED = {
    "UNCLASSIFIED": "UNCLAS",
    "CONFIDENTIAL": "C O N F I D E N T I A L",
    "SECRET": "S E C R E T",
    "TOP SECRET": "T O P  S E C R E T",
}


def _mrn(scene: Scene, digits: int = 6) -> str:
    return f"{scene.post.name} {scene.serial:0{digits}d}"


def _line(
    scene: Scene,
    written: str,
    level: str,
    *,
    handling: object = (),
    captions: Sequence[str] = (),
    told: bool | None = False,
    **truth: Any,
) -> Piece:
    scene.level = level
    fields: dict[str, Any] = {
        "classification": level,
        "post": scene.post.key,
        "serial": scene.serial,
        "sections": scene.sections,
        HANDLING: handling if isinstance(handling, AnyOf) else list(handling),  # type: ignore[call-overload]
        CAPTION: list(captions),
    }
    return line(written, told=told, **(fields | truth))


def _sections(scene: Scene) -> str:
    """The section words, written or not."""
    scene.sections = scene.rng.choice([1, 1, 2, 3])
    return f"SECTION 01 OF {scene.sections:02d} " if scene.sections > 1 else ""


def _plain(scene: Scene) -> Piece:
    """The level as is usual for it, with sections in one of two cables."""
    digits = 4 if scene.is_old else 6
    return _line(scene, f"{SPELLED[scene.level]} {_sections(scene)}{_mrn(scene, digits)}", scene.level)


def _spelled(words: str, level: str, **more: Any) -> Writer:
    """A row: the words before the message number."""

    def write(scene: Scene) -> Piece:
        return _line(scene, f"{words} {_sections(scene)}{_mrn(scene)}", level, **more)

    return write


def _behind(level: str, tail: str, **more: Any) -> Writer:
    """A row: the words behind the message number."""

    def write(scene: Scene) -> Piece:
        return _line(scene, f"{SPELLED[level]} {_sections(scene)}{_mrn(scene)} {tail}", level, **more)

    return write


def _section(words: str, total: int, told: bool | None = False) -> Writer:
    def write(scene: Scene) -> Piece:
        scene.sections = total
        return _line(scene, f"{SPELLED[scene.level]} {words} {_mrn(scene)}", scene.level, told=told)

    return write


def _digits(count: int) -> Writer:
    return lambda scene: _line(scene, f"{SPELLED[scene.level]} {_mrn(scene, count)}", scene.level)


def _above(*lines: str) -> Writer:
    """A row: lines of a word processor's copy above the classification line."""

    def write(scene: Scene) -> Piece:
        piece = _plain(scene)
        return Piece(lines=(*lines, *piece.lines), truth=piece.truth, told=None)

    return write


def _party(word: str) -> Writer:
    """In cables of the Secretary's party the series stands in the place of the post."""
    return lambda scene: _line(
        scene, f"{SPELLED[scene.level]} {word} {scene.serial:06d}", scene.level, post=word
    )


def _missing(scene: Scene) -> Piece:
    """The level from the security warning, else the portion markings; the id from the file's name."""
    return line(
        classification="missing",
        sections=1,
        told=True,
        **{HANDLING: [], CAPTION: []},
    )


def _without_number(scene: Scene) -> Piece:
    return line(
        SPELLED[scene.level],
        classification=scene.level,
        post="missing",
        sections=1,
        told=True,
        **{HANDLING: [], CAPTION: []},
    )


def _lower(scene: Scene) -> Piece:
    return _line(scene, f"S e c r e t {_mrn(scene).lower()}", "SECRET", told=None)


CLASSIFICATION.add("plain", _plain)
rows(
    CLASSIFICATION,
    {
        "unclassified": _spelled("UNCLASSIFIED", "UNCLASSIFIED"),
        "unclas-spaced": _spelled("U N C L A S", "UNCLASSIFIED"),
        "unclas-spaced-long": _spelled("U N C L A S S I F I E D", "UNCLASSIFIED"),
        "confidential-solid": _spelled("CONFIDENTIAL", "CONFIDENTIAL"),
        "secret-solid": _spelled("SECRET", "SECRET"),
        "top-secret": _spelled("T O P  S E C R E T", "TOP SECRET"),
        "top-secret-even": _spelled("T O P S E C R E T", "TOP SECRET"),
        "top-secret-solid": _spelled("TOP SECRET", "TOP SECRET"),
        "limited-official-use": _spelled(
            "LIMITED OFFICIAL USE", "LIMITED OFFICIAL USE", handling=AnyOf(([], ["LOU"]))
        ),
        "limited-spaced": _spelled(
            "L I M I T E D  O F F I C I A L  U S E", "LIMITED OFFICIAL USE", handling=AnyOf(([], ["LOU"]))
        ),
        "restricted": _spelled("RESTRICTED", "RESTRICTED"),
        "efto": _spelled("UNCLAS EFTO", "UNCLASSIFIED", handling=["EFTO"]),
        "efto-spaced": _spelled("UNCLAS E F T O", "UNCLASSIFIED", handling=["EFTO"]),
        "sensitive-on-line": _spelled("UNCLAS SENSITIVE", "UNCLASSIFIED", handling=["SENSITIVE"]),
        "sbu-on-line": _spelled("UNCLAS SBU", "UNCLASSIFIED", handling=["SENSITIVE"]),
        "fouo-slashes": _spelled("UNCLAS//FOUO", "UNCLASSIFIED", handling=["FOUO"]),
        "fouo-written-out": _spelled(
            "UNCLASSIFIED//FOR OFFICIAL USE ONLY", "UNCLASSIFIED", handling=AnyOf((["FOUO"], ["SENSITIVE"]))
        ),
        "noforn-on-line": _spelled("S E C R E T NOFORN", "SECRET", handling=["NOFORN"]),
        "noforn-slashes": _spelled("C O N F I D E N T I A L//NOFORN", "CONFIDENTIAL", handling=["NOFORN"]),
        "noforn-spaced": _spelled("S E C R E T N O F O R N", "SECRET", handling=["NOFORN"]),
        "nocontract-orcon": _spelled(
            "S E C R E T NOCONTRACT ORCON", "SECRET", handling=["NOCONTRACT", "ORCON"]
        ),
        "propin": _spelled("C O N F I D E N T I A L PROPIN", "CONFIDENTIAL", handling=["PROPIN"]),
        "noforn-behind": _behind("SECRET", "NOFORN", handling=["NOFORN"]),
        "slash-noforn-behind": _behind("SECRET", "//NOFORN", handling=["NOFORN"]),
        "sipdis-behind": _behind("CONFIDENTIAL", "SIPDIS", captions=["SIPDIS"]),
        "both-behind": _behind("SECRET", "NOFORN SIPDIS", handling=["NOFORN"], captions=["SIPDIS"]),
        "double": _spelled("S E C R E T SECRET", "SECRET", told=None),
        "lost-first-letter": _spelled("E C R E T", "SECRET", told=True),
        "lost-first-letter-long": _spelled("O N F I D E N T I A L", "CONFIDENTIAL", told=True),
        "lost-inner-letter": _spelled("C O N F I D E N T A L", "CONFIDENTIAL", told=True),
        "swapped-letters": _spelled("UNLCAS", "UNCLASSIFIED", told=True),
        "mixed-case": _lower,
    },
)
rows(
    CLASSIFICATION,
    {
        "section-without-zero": _section("SECTION 1 OF 2", 2),
        "section-of-two": _section("SECTION 01 OF 02", 2),
        "section-of-nine": _section("SECTION 01 OF 09", 9),
        "secion": _section("SECION 01 OF 02", 2, told=None),
        "sction": _section("SCTION 01 OF 03", 3, told=None),
        "sectio": _section("SECTIO 01 OF 02", 2, told=None),
        "sectin": _section("SECTIN 01 OF 02", 2, told=None),
        "four-digits": _digits(4),
        "five-digits": _digits(5),
        "tosec-behind": _behind("SECRET", "TOSEC 140001"),
        "secto-behind": _behind("SECRET", "SECTO 0007"),
        "secto-for-the-post": _party("SECTO"),
        "parto-for-the-post": _party("PARTO"),
        "null-above": _above("null"),
        "cable-text-above": _above("Cable Text:", ""),
        "labels-above": _above(
            "CHARGE: HARBOR", "DRAFTED: POL:RHENTZAU", "APPROVED: DCM:APELHAM", "CLEARED: NONE", ""
        ),
        "missing": _missing,
        "without-number": _without_number,
    },
)


def _none(scene: Scene) -> Piece:
    return line(handling=[], captions=[])


def _block(
    *written: str, captions: Sequence[str] = (), handling: object = (), told: bool | None = False
) -> Writer:
    """A row: lines of the caption block."""
    hands = handling if isinstance(handling, AnyOf) else list(handling)  # type: ignore[call-overload]
    return lambda _: line(*written, captions=list(captions), handling=hands, told=told)


_REL = AnyOf(
    (
        ["REL"],
        ["REL TO RURITANIA, KRAVONIA"],
        ["REL RURITANIA, KRAVONIA"],
        ["RELEASABLE TO RURITANIA, KRAVONIA"],
    )
)

CAPTIONS.add("none", _none, *OLD)
CAPTIONS.add("sipdis", _block("SIPDIS", captions=["SIPDIS"]), *MODERN)
rows(
    CAPTIONS,
    {
        "exdis": _block("EXDIS", captions=["EXDIS"]),
        "nodis": _block("NODIS", captions=["NODIS"]),
        "stadis": _block("STADIS", captions=["STADIS"]),
        "limdis": _block("LIMDIS", captions=["LIMDIS"]),
        "noforn": _block("NOFORN", handling=["NOFORN"]),
        "noforn-spaced": _block("N O F O R N", handling=["NOFORN"]),
        "roger-channel": _block("ROGER CHANNEL", captions=["ROGER CHANNEL"]),
        "terrep": _block("TERREP", captions=["TERREP"]),
        "codel": _block("CODEL ASHCROFT", captions=["CODEL ASHCROFT"]),
        "staffdel": _block("STAFFDEL MONTAGU", captions=["STAFFDEL MONTAGU"]),
        "aidac": _block("AIDAC", captions=["AIDAC"]),
        "visas": _block("VISAS", captions=["VISAS"]),
        "visas-donkey": _block("VISAS DONKEY", captions=["VISAS DONKEY"]),
        "visas-viper": _block("VISAS VIPER", captions=["VISAS VIPER"]),
        "secto": _block("SECTO 0007", captions=["SECTO 0007"]),
        "tosec": _block("TOSEC 140001", captions=["TOSEC 140001"]),
        "parto": _block("PARTO 0003", captions=["PARTO 0003"]),
        "ds-channel": _block("DS CHANNEL", captions=["DS CHANNEL"]),
        "dissent-channel": _block("DISSENT CHANNEL", captions=["DISSENT CHANNEL"]),
        "med-channel": _block("MED CHANNEL", captions=["MED CHANNEL"]),
        "other-channel": _block("HARBOR CHANNEL", captions=["HARBOR CHANNEL"], told=None),
        "kimberley": _block("KIMBERLEY", captions=["KIMBERLEY"]),
        "humint": _block("HUMINT", captions=["HUMINT"]),
        "corrected-copy": _block("CORRECTED COPY", captions=["CORRECTED COPY"]),
        "corrected-copy-spaced": _block(
            "C O R R E C T E D   C O P Y (ADDING TAGS)", captions=["CORRECTED COPY"]
        ),
        "cancel": _block("CANCEL THIS MESSAGE", captions=["CANCEL THIS MESSAGE"], told=None),
        "unknown-word": _block("BEECHWOOD", captions=["BEECHWOOD"], told=None),
        "fouo": _block("FOUO", handling=["FOUO"]),
        "fouo-written-out": _block("FOR OFFICIAL USE ONLY", handling=["FOUO"]),
        "lou": _block("LOU", handling=AnyOf((["LOU"], ["LIMITED OFFICIAL USE"]))),
        "orcon": _block("ORCON", handling=["ORCON"]),
        "two-lines": _block("NODIS", "TERREP", captions=["NODIS", "TERREP"]),
        "two-by-blank": _block("EXDIS TERREP", captions=["EXDIS", "TERREP"]),
        "two-by-comma": _block("EXDIS, TERREP", captions=["EXDIS", "TERREP"]),
        "two-by-slash": _block("EXDIS/TERREP", captions=["EXDIS", "TERREP"]),
        "twice": _block("LIMDIS", "LIMDIS", captions=["LIMDIS"]),
        "blank-line-between": _block("NODIS", "", "TERREP", captions=["NODIS", "TERREP"]),
    },
)
rows(
    CAPTIONS,
    {
        "sensitive-sipdis": _block("SENSITIVE", "SIPDIS", captions=["SIPDIS"], handling=["SENSITIVE"]),
        "sensitive-and-sipdis": _block("SENSITIVE SIPDIS", captions=["SIPDIS"], handling=["SENSITIVE"]),
        "sbu": _block("SBU", "SIPDIS", captions=["SIPDIS"], handling=["SENSITIVE"]),
        "noforn-sipdis": _block("NOFORN", "SIPDIS", captions=["SIPDIS"], handling=["NOFORN"]),
        "noforn-slash-sipdis": _block("NOFORN/SIPDIS", captions=["SIPDIS"], handling=["NOFORN"]),
        "noforn-slash": _block("NOFORN/", "SIPDIS", captions=["SIPDIS"], handling=["NOFORN"]),
        "sipdis-twice": _block("SIPDIS", "", "SIPDIS", captions=["SIPDIS"]),
        "not-for-internet": _block(
            "SIPDIS", "NOT FOR INTERNET DISTRIBUTION", captions=["SIPDIS", "NOT FOR INTERNET DISTRIBUTION"]
        ),
        "rel-to": _block("REL TO RURITANIA, KRAVONIA", handling=_REL),
        "releasable-to": _block("RELEASABLE TO RURITANIA, KRAVONIA", handling=_REL),
        "modern-none": _none,
    },
    *MODERN,
)


def _passing(*written: str, **truth: Any) -> Writer:
    fields = {"attention": list(written)} | truth
    return lambda _: line(*written, **fields)


PASSING.add("none", lambda _: line(attention=[]))
rows(
    PASSING,
    {
        "state-for": _passing("STATE FOR EUR/RUR"),
        "dept-for": _passing("DEPT FOR EUR/RUR, EEB/TPP"),
        "department-for": _passing("DEPARTMENT FOR EUR/RUR"),
        "nsc-for": _passing("NSC FOR WHITCOMBE"),
        "treasury-for": _passing("TREASURY FOR OASIA"),
        "usdoc-for": _passing("USDOC FOR ITA/MAC"),
        "post-for": _passing("ZENDA FOR POLOFF"),
        "post-also-for": _passing("ZENDA ALSO FOR CONSUL"),
        "dept-pass": _passing("DEPT PASS USTR FOR J. PELHAM"),
        "dept-pass-to": _passing("DEPT PASS TO THE PORTS OFFICE"),
        "state-please-pass": _passing("STATE PLEASE PASS USAID"),
        "please-pass-to": _passing("PLEASE PASS TO USAID"),
        "for-from": _passing("FOR THE AMBASSADOR FROM EUR A/S"),
        "from-ambassador": _passing("FROM AMBASSADOR"),
        "two-lines": _passing("STATE FOR EUR/RUR", "NSC FOR WHITCOMBE"),
        "two-blocks": lambda _: line(
            "STATE FOR EUR/RUR",
            "",
            "TREASURY FOR OASIA",
            attention=["STATE FOR EUR/RUR", "TREASURY FOR OASIA"],
        ),
        "wrapped": lambda _: line(
            "STATE FOR EUR/RUR, EEB/TPP, INL/AAE, G/TIP,",
            "DRL, INR/EU",
            attention=AnyOf(
                (
                    ["STATE FOR EUR/RUR, EEB/TPP, INL/AAE, G/TIP,", "DRL, INR/EU"],
                    ["STATE FOR EUR/RUR, EEB/TPP, INL/AAE, G/TIP, DRL, INR/EU"],
                )
            ),
        ),
        "wrapped-without-comma": lambda _: line(
            "STATE FOR EUR/RUR, EEB/TPP, INL/AAE AND",
            "DRL/PHD",
            attention=AnyOf(
                (
                    ["STATE FOR EUR/RUR, EEB/TPP, INL/AAE AND", "DRL/PHD"],
                    ["STATE FOR EUR/RUR, EEB/TPP, INL/AAE AND DRL/PHD"],
                )
            ),
        ),
        "mixed-case": _passing("State for EUR/RUR"),
        "unknown-office": lambda _: line("ATTN: HARBOR DESK", attention=UNSURE, told=None),
    },
)
