"""The TAGS line, and what befell it."""

from collections.abc import Sequence

from truth.form import UNSURE, Piece, Writer, Zone, line, rows
from truth.scene import Scene

from generator.lexicon import builtin_lexicon

TAGS = Zone("tags")

_CODES = sorted(builtin_lexicon().tags)
_SUBJECTS = "PGOV PREL ECON ETRD EFIN PHUM PTER MARR ENRG SNAR".split()
_PLACES = "KZ AU SP SW IS RS".split()


def _codes(scene: Scene, count: int = 4) -> list[str]:
    chosen = scene.rng.sample(_SUBJECTS, k=count - 1)
    return [*chosen, scene.rng.choice(_PLACES)]


def _joined(separator: str, label: str = "TAGS: ") -> Writer:
    """A row: the codes with a separator."""

    def write(scene: Scene) -> Piece:
        codes = _codes(scene)
        return line(label + separator.join(codes), tags=codes)

    return write


def _written(text: str, codes: Sequence[str], told: bool | None = False, *more: str) -> Writer:
    """A row: the items as written, and the codes they mean."""
    return lambda _: line(f"TAGS: {text}", *more, tags=list(codes), told=told)


def _table(scene: Scene) -> Piece:
    """Any five codes of the whole table."""
    codes = scene.rng.sample(_CODES, k=5)
    return line(f"TAGS: {' '.join(codes)}", tags=codes)


def _table_by_comma(scene: Scene) -> Piece:
    codes = scene.rng.sample(_CODES, k=5)
    return line(f"TAGS: {', '.join(codes)}", tags=codes)


def _two_lines(end: str) -> Writer:
    def write(scene: Scene) -> Piece:
        codes = _codes(scene, 6)
        separator = ", " if end else " "
        return line(f"TAGS: {separator.join(codes[:4])}{end}", separator.join(codes[4:]), tags=codes)

    return write


def _before_1973(scene: Scene) -> Piece:
    return line(tags=[])


TAGS.add("before-tags", _before_1973, "1966")
_SINCE = ("1973", "1980", "1990", "2005", "newspaper", "extract")
rows(
    TAGS,
    {
        "blanks": _joined(" "),
        "commas": _joined(", "),
        "commas-glued": _joined(","),
        "semicolons": _joined("; "),
        "mixed": _written("PGOV, PREL ECON;KZ", ["PGOV", "PREL", "ECON", "KZ"]),
        "wide-blanks": _joined("  "),
        "without-colon": _joined(", ", "TAGS "),
        "semicolon-label": _joined(" ", "TAGS; "),
        "comma-label": _joined(" ", "TAGS, "),
        "tag-singular": _joined(" ", "TAG: "),
        "lower-case-label": _joined(" ", "Tags: "),
        "no-blank-behind-label": _joined(" ", "TAGS:"),
        "from-the-table": _table,
        "from-the-table-by-comma": _table_by_comma,
        "two-lines-comma": _two_lines(","),
        "two-lines": _two_lines(""),
        "three-lines": _written(
            "PGOV, PREL,", ["PGOV", "PREL", "ECON", "ETRD", "KZ"], False, "ECON, ETRD,", "KZ"
        ),
        "markdown": _written("[PGOV](#) [PREL](#) [KZ](#)", ["PGOV", "PREL", "KZ"]),
        "markdown-address": _written("[PGOV](/tag/PGOV) [KZ](/tag/KZ_0.html)", ["PGOV", "KZ"]),
        "markdown-comma": _written("[PGOV](#), [PREL](#)", ["PGOV", "PREL"]),
        "html": _written(
            "<a href='/tag/PGOV_0.html'>PGOV</a> <a href='/tag/KZ_0.html'>KZ</a>", ["PGOV", "KZ"]
        ),
        "person-in-parentheses": _written("PGOV (WHITCOMBE, ALAN) KZ", ["PGOV", "WHITCOMBE, ALAN", "KZ"]),
        "two-people": _written(
            "PREL KZ (WHITCOMBE, ALAN) (PELHAM, ROSA)", ["PREL", "KZ", "WHITCOMBE, ALAN", "PELHAM, ROSA"]
        ),
        "company-in-parentheses": _written("EIND (TARLENHEIM STEEL)", ["EIND", "TARLENHEIM STEEL"]),
        "person-at-the-end": _written("PGOV KZ WHITCOMBE, ALAN", ["PGOV", "KZ", "WHITCOMBE, ALAN"]),
        "person-after-commas": _written("PGOV, KZ, WHITCOMBE, ALAN", ["PGOV", "KZ", "WHITCOMBE, ALAN"]),
        "organisations": _written("PREL NATO EUN UNSC AU-1", ["PREL", "NATO", "EUN", "UNSC", "AU-1"]),
        "organisation-with-slash": _written("PREL UNGA/C-1", ["PREL", "UNGA/C-1"]),
        "glued": _written("PGOVPREL KZ", ["PGOV", "PREL", "KZ"], True),
        "glued-country": _written("ECONKZ PREL", ["ECON", "KZ", "PREL"], True),
        "glued-three": _written("ETRDEINVKZ", ["ETRD", "EINV", "KZ"], True),
        "split": _written("P GOV PREL", ["PGOV", "PREL"], True),
        "letters-swapped": _written("PGVO PREL", ["PGOV", "PREL"], True),
        "letter-doubled": _written("EECON PREL", ["ECON", "PREL"], True),
        "letter-added": _written("KDEMQ PREL", ["KDEM", "PREL"], True),
        "wrong-case": _written("pgov prel", ["PGOV", "PREL"], None),
        "mixed-case": _written("Pgov Prel KZ", ["PGOV", "PREL", "KZ"], None),
        "unknown-program": _written("PREL KXQZ", ["PREL", "KXQZ"], True),
        "unknown-country": _written("PREL QQ", ["PREL", "QQ"], True),
        "sipdis-swept-in": _written("PREL SIPDIS KZ", ["PREL", "KZ"], True),
        "noforn-swept-in": _written("PREL NOFORN", ["PREL"], True),
        "reasons-swept-in": _written("PREL REASONS", ["PREL"], True),
        "number-swept-in": _written("PREL 14 KZ", ["PREL", "KZ"], True),
        "page-swept-in": _written("PREL PAGE KZ", ["PREL", "KZ"], True),
        "repeated": _written("PREL PGOV PREL", ["PREL", "PGOV"], None),
        "on-the-eo-line": _joined(", "),  # the composer puts it there
        "empty": lambda _: line("TAGS:", tags=[], told=True),
        "absent": lambda _: line(tags=[], told=None),
    },
    *_SINCE,
)
rows(
    TAGS,
    {
        "old-set": _written("PFOR, PINT, XX", ["PFOR", "PINT", "XX"], None),
        "old-set-known": _written("PFOR, PINT, KZ", ["PFOR", "PINT", "KZ"], None),
        "abbreviated-country": lambda _: line("TAGS: PREL RUR", tags=UNSURE, told=None),
    },
    "1973",
    "1980",
)
