import pytest
from case_files import Case, read_cases

from generator.lexicon import builtin_lexicon
from generator.telegram.reference_id import make_id, read_id, split_id

LEXICON = builtin_lexicon()


def show(case: Case) -> list[str]:
    """Each id in its one form, and whether it was repaired."""
    shown: list[str] = []
    for line in case.lines:
        found = read_id(line, LEXICON)
        shown.append("no id" if found is None else f"{found.id}{' (repaired)' if found.repaired else ''}")
    return shown


@pytest.mark.parametrize("case", read_cases("reference_id"))
def test_ids(case: Case) -> None:
    assert show(case) == list(case.expected)


@pytest.mark.parametrize(
    ("year", "post", "serial", "id_"),
    [(2008, "ASTANA", 2165, "08ASTANA2165"), (1966, "STRELSAU", 1, "66STRELSAU1")],
)
def test_an_id_falls_apart_into_what_it_was_made_of(year: int, post: str, serial: int, id_: str) -> None:
    assert make_id(year, post, serial) == id_
    assert split_id(id_) == (year, post, serial)


@pytest.mark.parametrize("id_", ["", "08ASTANA", "08astana1", "08ASTANA01", "ASTANA1", "2008ASTANA1"])
def test_only_a_canonical_id_is_split(id_: str) -> None:
    with pytest.raises(ValueError, match="no canonical reference id"):
        split_id(id_)
