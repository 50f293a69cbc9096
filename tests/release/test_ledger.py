"""The ledger file: what may be written in it, and what is told of a wrong one."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from generator.release import ledger as ledger_module
from generator.release.ledger import Ledger, LedgerError, load_ledger, read_ledger
from generator.release.rule import Conditions, Rule

EXAMPLE = """\
[release]
highest = "unclas"
portions = true

[[withhold]]
cable = "08 Strelsau 000123"
reason = "names a source"
by = "F. Tarlenheim"
when = 2026-03-01

[[embargo]]
origin = "Amembassy Zenda"
tag = ["pter", "PGOV"]
until = 2030-01-01

[[redact]]
term = "Rassendyll"
show_reason = true
show_count = true

[[redact]]
regex = 'gate \\d+'
source = "2008/*"

[[withdraw]]
cables = "07SLAVNA*"
"""


def test_a_ledger_says_what_its_author_wrote() -> None:
    ledger = read_ledger(EXAMPLE)
    assert (ledger.highest, ledger.highest_line, ledger.portions) == ("UNCLASSIFIED", 2, True)
    assert ledger.rules == (
        Rule(
            deed="withhold",
            line=5,
            applies=Conditions(cable=("08STRELSAU123",)),
            reason="names a source",
            by="F. Tarlenheim",
            when=date(2026, 3, 1),
        ),
        Rule(
            deed="embargo",
            line=11,
            applies=Conditions(origin=("AMEMBASSYZENDA",), tag=("PTER", "PGOV")),
            until=date(2030, 1, 1),
        ),
        Rule(deed="redact", line=16, term="Rassendyll", show_reason=True, show_count=True),
        Rule(deed="redact", line=21, regex=r"gate \d+", applies=Conditions(source=("2008/*",))),
        Rule(deed="withdraw", line=25, applies=Conditions(cables=("07SLAVNA*",)), show="card"),
    )


def test_the_example_of_the_documentation_is_a_ledger() -> None:
    lines = [
        line[4:] for line in (ledger_module.__doc__ or "").split("\n") if line.startswith("    ") or not line
    ]
    ledger = read_ledger("\n".join(lines))
    assert [rule.deed for rule in ledger.rules] == ["withhold", "embargo", "redact", "redact", "withdraw"]


def test_without_a_ledger_there_is_no_rule(tmp_path: Path) -> None:
    assert load_ledger(tmp_path) == Ledger()
    assert load_ledger(tmp_path).rules == ()
    assert load_ledger(tmp_path / "nowhere") == Ledger()


def test_a_ledger_is_read_from_the_folder_of_the_cables(tmp_path: Path) -> None:
    (tmp_path / "release.toml").write_text(EXAMPLE, encoding="utf-8")
    assert load_ledger(tmp_path) == read_ledger(EXAMPLE)


def test_a_changed_ledger_is_another_ledger() -> None:
    digests = {read_ledger(text).digest for text in ("", EXAMPLE, EXAMPLE.replace("Rassendyll", "Sapt"))}
    assert len(digests) == 3
    assert Ledger() == read_ledger("")
    assert pickle.loads(pickle.dumps(read_ledger(EXAMPLE))) == read_ledger(EXAMPLE)


@pytest.mark.parametrize(
    ("written", "messages"),
    [
        ("[[withhold]\n", ["1: is not valid TOML: expected ']]' at the end of an array declaration"]),
        ("[[withold]]\ncable = '08ZENDA1'", ["1: unknown table 'withold'; did you mean 'withhold'?"]),
        (
            "\nnotes = 1",
            ["2: unknown table 'notes'; the tables are release, withhold, embargo, redact, withdraw"],
        ),
        ("release = 1", ["1: release must be a table, [release], not 1"]),
        ("[release]\nhigest = 'SECRET'", ["2: unknown key 'higest' in [release]; did you mean 'highest'?"]),
        ("[release]\nhighest = 'SECRT'", ["2: highest in [release] must be 'SECRET', not \"SECRT\""]),
        (
            "[release]\nhighest = 'SECRET//NOFORN'",
            ["2: highest in [release] must be 'SECRET', not \"SECRET//NOFORN\""],
        ),
        (
            "[release]\nhighest = 3",
            [
                "2: highest in [release] must be one of UNCLASSIFIED, LIMITED OFFICIAL USE, RESTRICTED, CONFIDENTIAL,"
                " SECRET, TOP SECRET, not 3"
            ],
        ),
        ("[release]\nportions = true", ["2: portions in [release] has no effect without 'highest'"]),
        (
            "[release]\nhighest='SECRET'\nportions = 1",
            ["3: portions in [release] must be true or false, not 1"],
        ),
        (
            "[withhold]\ncable = '08ZENDA1'",
            ["1: withhold must be written [[withhold]], once for each rule, not a table"],
        ),
        (
            "withhold = ['08ZENDA1']",
            ['1: withhold must be written [[withhold]], once for each rule, not "08ZENDA1"'],
        ),
        (
            "[[withhold]]\nreason = 'x'",
            [
                "1: [[withhold]] names no cable; give it one of cable, cables, tag, origin, classification, source"
            ],
        ),
        (
            "[[withhold]]\ncabel = '08ZENDA1'",
            ["2: unknown key 'cabel' in [[withhold]]; did you mean 'cable'?"],
        ),
        (
            "[[withhold]]\ncable = '08ZENDA*'",
            [
                "2: cable in [[withhold]] must be a reference id such as '08STRELSAU123'; a pattern of ids goes under"
                " 'cables', not \"08ZENDA*\""
            ],
        ),
        (
            "[[withhold]]\ncables = '*'",
            ["2: cables in [[withhold]] must be a pattern of ids such as '08STRELSAU*', not \"*\""],
        ),
        ("[[withhold]]\ntag = []", ["2: tag in [[withhold]] must be a text in quotes, not a list"]),
        (
            "[[withhold]]\ntag = 'X'\nshow = 'cards'",
            ["3: show in [[withhold]] must be 'card', not \"cards\""],
        ),
        (
            "[[withhold]]\ntag = 'X'\nwhen = 2026-01-01T10:00:00",
            [
                "3: when in [[withhold]] must be a day such as 2030-01-01, without a time, not 2026-01-01 10:00:00"
            ],
        ),
        (
            "[[embargo]]\ntag = 'X'",
            [
                "1: [[embargo]] has no 'until'; say the day from which the cable is cleared, until = 2030-01-01"
            ],
        ),
        (
            "[[embargo]]\ntag = 'X'\nuntil = '2030-02-30'",
            ['3: until in [[embargo]] must be a day that exists, such as 2030-01-01, not "2030-02-30"'],
        ),
        (
            "[[redact]]\nreason = 'x'",
            ["1: [[redact]] does not say what to redact; give it one of term, passage, regex, paragraph"],
        ),
        (
            "[[redact]]\nterm = 'x'\nregex = 'x'",
            ["3: [[redact]] has term and regex; give it one of term, passage, regex, paragraph"],
        ),
        (
            "[[redact]]\nterm = '--'",
            ['2: term in [[redact]] must be a text with a letter or a digit in it, not "--"'],
        ),
        (
            "[[redact]]\nregex = '('",
            ['2: regex in [[redact]] must be a regular expression that RE2 can read (missing ): (), not "("'],
        ),
        (
            "[[redact]]\nregex = '(?=x)x'",
            [
                "2: regex in [[redact]] must be a regular expression that RE2 can read (invalid perl operator: (?=),"
                ' not "(?=x)x"'
            ],
        ),
        (
            "[[redact]]\nregex = 'x*'",
            ['2: regex in [[redact]] must be a regular expression that cannot match an empty text, not "x*"'],
        ),
        (
            "[[redact]]\nparagraph = 7",
            ["2: a paragraph in [[redact]] needs 'cable' or 'source' to say whose it is"],
        ),
        (
            "[[redact]]\nterm = 'x'\nshow_reasons = true\n\n[[redact]]\ntrem = 'y'",
            [
                "3: unknown key 'show_reasons' in [[redact]]; did you mean 'show_reason'?",
                "6: unknown key 'trem' in [[redact]]; did you mean 'term'?",
            ],
        ),
    ],
)
def test_every_fault_is_told_with_its_line_and_what_would_be_right(written: str, messages: list[str]) -> None:
    with pytest.raises(LedgerError) as caught:
        read_ledger(written)
    assert list(caught.value.messages) == [f"release.toml:{message}" for message in messages]


@pytest.mark.parametrize("name", ["relase.toml", "release.TOML", "Release.toml", "releases.toml"])
def test_a_ledger_of_a_misspelled_name_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("", encoding="utf-8")
    if (tmp_path / "release.toml").exists():
        pytest.skip("this file system does not tell capitals from small letters")
    with pytest.raises(LedgerError, match=r"did you mean 'release\.toml'"):
        load_ledger(tmp_path)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[release]\nx = '\xff'", b"[[redact"])
def test_a_ledger_that_cannot_be_read_is_no_empty_ledger(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "release.toml").write_bytes(content)
    with pytest.raises(LedgerError):
        load_ledger(tmp_path)


def test_a_ledger_that_is_a_folder_or_a_broken_link_stops(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/release.toml").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "b/release.toml").symlink_to(tmp_path / "gone")
    for folder in ("a", "b"):
        with pytest.raises(LedgerError):
            load_ledger(tmp_path / folder)
