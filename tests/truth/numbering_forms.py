"""How paragraphs are numbered and marked, and how both were damaged."""

from collections.abc import Callable

from truth.draft import Marking, Numbering, level_mark
from truth.form import ERAS, MODERN, OLD, Piece, Writer, Zone, rows
from truth.scene import Scene

NUMBERING = Zone("numbering")
MARKING = Zone("marking")


def _numbering(
    sign: Callable[[int], str],
    number: Callable[[int], int | None] = lambda ordinal: ordinal,
    *,
    least: int = 0,
    told: bool | None = False,
    alone: bool = False,
    indent: str = "",
) -> Writer:
    how = Numbering(sign=sign, number=number, least=least, alone=alone, indent=indent)
    return lambda _: Piece(lines=(), truth={"numbering": how}, told=told)


def _lost(ordinal: int) -> str:
    """The paragraph sign before one digit has become a 1."""
    return f"1{ordinal}. " if ordinal < 10 else f"¶{ordinal}. "


def _half_lost(ordinal: int) -> str:
    return f"1{ordinal}. " if ordinal < 5 else f"¶1{ordinal}. " if ordinal < 10 else f"¶{ordinal}. "


def _one_gap(ordinal: int) -> int:
    return ordinal if ordinal < 3 else ordinal + 1


def _one_twice(ordinal: int) -> int:
    return ordinal if ordinal < 3 else ordinal - 1


rows(
    NUMBERING,
    {
        "plain": _numbering(lambda n: f"{n}. "),
        "pilcrow": _numbering(lambda n: f"¶{n}. "),
        "pilcrow-blank": _numbering(lambda n: f"¶ {n}. "),
        "two-blanks": _numbering(lambda n: f"{n}.  "),
        "parenthesis": _numbering(lambda n: f"{n}) ", least=3),
        "colon": _numbering(lambda n: f"{n}: ", least=3),
        "twelve-paragraphs": _numbering(lambda n: f"{n}. ", least=12),
        "lost-sign-to-eleven": _numbering(_lost, least=11, told=None),
        "lost-everywhere": _numbering(lambda n: f"1{n}. ", least=11, told=None),
        "half-lost": _numbering(_half_lost, least=11, told=None),
        "number-missing": _numbering(lambda n: f"{_one_gap(n)}. ", _one_gap, least=5, told=None),
        "number-twice": _numbering(lambda n: f"{_one_twice(n)}. ", _one_twice, least=5, told=None),
        "indented": _numbering(lambda n: f"{n}. ", indent="  "),
        "alone-on-its-line": _numbering(lambda n: f"{n}. ", alone=True, least=3),
    },
)
# An extract may begin at paragraph 11, so a few numbers alone do not tell.
NUMBERING.add("lost-sign", _numbering(_lost, least=3, told=None), *ERAS[:6])
rows(
    NUMBERING,
    {"glued": _numbering(lambda n: f"{n}."), "pilcrow-glued": _numbering(lambda n: f"¶{n}.")},
    *MODERN,
)
# Copies that have neither blank lines nor numbers do not tell where a paragraph ends.
NUMBERING.add("none", _numbering(lambda _: "", lambda _: None), *ERAS[:5], "extract")
NUMBERING.add(
    "begins-at-four",
    _numbering(lambda n: f"{n + 3}. ", lambda n: n + 3, least=3, told=None),
    "extract",
)

Mark = Callable[[Scene, int], Marking]


def _mark(written: str, value: str | None = None, *, level: str | None = None) -> Writer:
    """A row: a marking written with '{}' for the level's letters, and what it means."""

    def mark(scene: Scene, ordinal: int) -> Marking:
        letters = level or level_mark(scene)
        return Marking(written=written.format(letters) + " ", value=(value or "{}").format(letters))

    return lambda _: Piece(lines=(), truth={"mark": mark})


def _unmarked(scene: Scene, ordinal: int) -> Marking:
    return Marking(written="", value=None)


def _some(scene: Scene, ordinal: int) -> Marking:
    """Every third paragraph has none; nothing is inherited."""
    letters = level_mark(scene)
    return _unmarked(scene, ordinal) if ordinal % 3 == 2 else Marking(written=f"({letters}) ", value=letters)


def _mixed(scene: Scene, ordinal: int) -> Marking:
    letters = ["U", "SBU", level_mark(scene)][ordinal % 3]
    return Marking(written=f"({letters}) ", value=letters)


MARKING.add("none", lambda _: Piece(lines=(), truth={"mark": _unmarked}), *OLD)
rows(
    MARKING,
    {
        "plain": _mark("({})"),
        "some-missing": lambda _: Piece(lines=(), truth={"mark": _some}),
        "mixed": lambda _: Piece(lines=(), truth={"mark": _mixed}),
        "sbu": _mark("(SBU)", "SBU"),
        "noforn-slash": _mark("({}/NF)", "{}//NF"),
        "noforn-slashes": _mark("({}//NF)", "{}//NF"),
        "noforn-long": _mark("({}/NOFORN)", "{}//NF"),
        "sbu-noforn": _mark("(SBU/NF)", "SBU//NF"),
        "fouo": _mark("(U//FOUO)", "U//FOUO"),
        "lou": _mark("(LOU)", "LOU"),
        "rel": _mark("(S/REL RURITANIA)", "S//REL RURITANIA"),
        "rel-list": _mark("(S//REL RURITANIA, KRAVONIA)", "S//REL RURITANIA, KRAVONIA"),
        "fgi": _mark("(S//FGI//NF)", "S//FGI//NF"),
        "top-secret": _mark("(TS)", "TS"),
        "blanks-inside": _mark("( {} )"),
        "blank-behind": _mark("({} )"),
        "hyphen": _mark("(S-NF)", "S//NF"),
        "swapped": _mark("(N/SF)", "S//NF"),
        "glued": _mark("(SNF)", "S//NF"),
        "unmarked": lambda _: Piece(lines=(), truth={"mark": _unmarked}),
    },
    *MODERN,
)
rows(MARKING, {"old-marks": _mark("({})"), "old-lou": _mark("(LOU)", "LOU")}, "1980")
