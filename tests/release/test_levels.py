"""What lies above the highest level that may be published."""

import pytest
from msgspec.structs import replace
from release_tools import TELEGRAM, all_strings, cleared, outcome, parsed

from generator.release.cleared import MARK, WITHHELD_GAP, Withheld
from generator.release.levels import highest_mark_in, level_named, rank
from generator.release.release import HIGHEST
from generator.telegram.cable import Block, ListItem

UNCLASSIFIED = TELEGRAM.replace("C O N F I D E N T I A L", "UNCLAS").replace("(C)", "(U)")


def highest(level: str, *, portions: bool = False) -> str:
    return f'[release]\nhighest = "{level}"\nportions = {str(portions).lower()}\n'


@pytest.mark.parametrize(
    ("line", "mark", "level", "is_cleared"),
    [
        ("UNCLAS", "U", "UNCLASSIFIED", True),
        ("UNCLAS", "SBU", "UNCLASSIFIED", True),  # a handling word is no level
        ("UNCLAS", "C", "UNCLASSIFIED", False),
        ("UNCLAS", "S//NF", "CONFIDENTIAL", False),
        ("C O N F I D E N T I A L", "U", "UNCLASSIFIED", False),
        ("C O N F I D E N T I A L", "C/NF", "CONFIDENTIAL", True),
        ("C O N F I D E N T I A L", "S", "CONFIDENTIAL", False),
        ("S E C R E T", "S", "TOP SECRET", True),
        ("S E C R E T", "TS", "SECRET", False),
        ("LIMITED OFFICIAL USE", "LOU", "UNCLASSIFIED", False),
        ("LIMITED OFFICIAL USE", "LOU", "RESTRICTED", True),
    ],
)
def test_the_higher_of_line_and_portion_decides(line: str, mark: str, level: str, is_cleared: bool) -> None:
    cable = parsed(UNCLASSIFIED.replace("UNCLAS ", f"{line} ").replace("2. (U)", f"2. ({mark})"))
    released = outcome(cable, highest(level))
    assert (released.cleared is not None) is is_cleared
    assert released.withheld == (None if is_cleared else Withheld())
    assert released.uses == ({} if is_cleared else {HIGHEST: 1})


@pytest.mark.parametrize("level", ["UNCLASSIFIED", "TOP SECRET"])
@pytest.mark.parametrize("portions", [False, True])
def test_a_level_that_cannot_be_read_is_above_every_other(level: str, portions: bool) -> None:
    for classification in (None, "COSMIC"):
        cable = replace(parsed(UNCLASSIFIED), classification=classification)
        assert outcome(cable, highest(level, portions=portions)).withheld == Withheld()


@pytest.mark.parametrize(
    ("text", "is_above"),
    [
        ("He agreed. (S) He did not.", True),
        ("He agreed. (S//NF) He did not.", True),
        ("He agreed. ( C ) He did not.", True),
        ("CONFIDENTIAL - ENTIRE TEXT", True),
        ("(LIMITED OFFICIAL USE) He did not.", True),
        ("The report(s) and cable(s)", False),
        ("Three points: (a) one, (b) two, (c) three", False),
        ("(SBU) and (U) alike", False),
        ("a (Secretary) of state", False),
    ],
)
def test_a_mark_inside_a_text_counts(text: str, is_above: bool) -> None:
    assert (highest_mark_in(text) > rank("UNCLASSIFIED")) is is_above
    cable = parsed(UNCLASSIFIED.replace("The end of the matter.", text))
    assert (outcome(cable, highest("UNCLASSIFIED")).cleared is None) is is_above


def test_a_mark_of_an_item_or_a_quoted_block_counts() -> None:
    def block(**fields: object) -> Block:
        return Block(line=1, last_line=1, **fields)  # type: ignore[arg-type]

    listed = block(kind="list", items=(ListItem(marker="--", text="(S) x"),))
    quoted = block(kind="quote", blocks=(block(kind="paragraph", text="x", marking="S"),))
    for inner in (listed, quoted, block(kind="paragraph", text="x", marking="S")):
        cable = replace(parsed(UNCLASSIFIED), body=(inner,))
        assert outcome(cable, highest("CONFIDENTIAL")).cleared is None
        assert outcome(replace(cable, parts=()), highest("CONFIDENTIAL")).cleared is None


def test_portions_leave_a_gap_for_each_part_above_the_level() -> None:
    released = outcome(parsed(), highest("UNCLASSIFIED", portions=True))
    cable = released.cleared
    assert cable is not None
    assert [(block.kind, block.number, block.text) for block in cable.body] == [
        ("paragraph", 1, "SUMMARY: Salt and tin. END SUMMARY."),
        ("gap", None, WITHHELD_GAP),  # the heading has no mark, and takes the cable's level
        ("gap", 2, WITHHELD_GAP),
        ("paragraph", 3, "The end of the matter."),
    ]
    assert released.uses == {HIGHEST: 2}
    assert (cable.subject, cable.summary, cable.warnings) == ("SALT", None, ())
    assert not any(word in text for text in all_strings(cable) for word in ("Three", "one", "count"))


def test_a_gap_does_not_tell_how_long_it_is() -> None:
    longer = parsed(TELEGRAM.replace("-- one", "-- one\n\n-- one more\n\n   and more of it\n"))
    rule = highest("UNCLASSIFIED", portions=True)
    assert cleared(longer, rule) == cleared(parsed(), rule)


@pytest.mark.parametrize(
    ("subject", "shown"),
    [("(U) SALT", "SALT"), ("(C) SALT", MARK), ("SALT", MARK), ("(S) SALT", MARK)],
)
def test_a_subject_has_a_mark_of_its_own_or_the_cables_level(subject: str, shown: str) -> None:
    cable = cleared(
        parsed(TELEGRAM.replace("(U) SALT\n", f"{subject}\n")), highest("UNCLASSIFIED", portions=True)
    )
    assert cable.subject == shown
    assert any("SUBJECT" in part.text for part in cable.parts) is (shown == "SALT")


def test_a_subject_made_of_the_text_goes_with_it() -> None:
    cable = parsed(TELEGRAM.replace("SUBJECT: (U) SALT\n", ""))
    assert cable.subject
    assert cleared(cable, highest("UNCLASSIFIED", portions=True)).subject == MARK


def test_a_cable_of_which_nothing_would_be_left_is_withheld() -> None:
    secret = parsed(TELEGRAM.replace("(U)", "(C)"))
    assert outcome(secret, highest("UNCLASSIFIED", portions=True)).withheld == Withheld()


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("unclas", "UNCLASSIFIED"),
        ("Top  Secret", "TOP SECRET"),
        ("LOU", "LIMITED OFFICIAL USE"),
        ("NOFORN", None),
    ],
)
def test_levels_have_names(written: str, level: str | None) -> None:
    assert level_named(written) == level
