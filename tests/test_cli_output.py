"""The end of a build in words, as it stands on a terminal of 80 columns."""

import pytest

from generator.build.report import BuildReport, StageTime
from generator.output.build import print_report, profile_table
from generator.problem import Problem, ProblemGroup, Severity

LONG = "1974/from-the-second-box/of-the-third-shelf/with-a-name-that-goes-on-and-on/74STRELSAU1873.txt"


def group(severity: Severity, code: str, count: int, example: Problem) -> ProblemGroup:
    return ProblemGroup(code=code, severity=severity, count=count, example=example)


def told(
    code: str,
    severity: Severity,
    source: str = "a.txt",
    message: str = "it is so",
    excerpt: str = "",
    column: int | None = None,
) -> Problem:
    return Problem(
        code=code, severity=severity, source=source, line=3, column=column, message=message, next_step="mend it", excerpt=excerpt
    )  # fmt: skip


SMALL = BuildReport(
    cables=1,
    withheld=0,
    pages=1,
    written=1,
    removed=0,
    size=900,
    foreign=(),
    foreign_count=0,
    problems=(),
)
LARGE = BuildReport(
    cables=251_275,
    withheld=12,
    redacted=1,
    pages=262_004,
    written=1_204,
    removed=3,
    size=2_481_000_000,
    folder="cable/",
    folder_size=1_904_000_000,
    foreign=("CNAME", "googleb3a1f5.html"),
    foreign_count=14,
    problems=(
        group("error", "unreadable", 1, told("unreadable", "error", LONG)),
        group(
            "warning",
            "paragraph-number-missing",
            40_112,
            told(
                "paragraph-number-missing",
                "warning",
                message="no paragraph 2 was found before paragraph 3, and none behind it either, as far as one can see",
                excerpt="3. (U) " + "x" * 200,
                column=1,
            ),
        ),
        group("info", "tag-repaired", 1_200, told("tag-repaired", "info")),
        group("info", "dtg-repaired", 4, told("dtg-repaired", "info")),
    ),
)


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_a_small_site_in_the_singular(capsys: pytest.CaptureFixture[str]) -> None:
    print_report(SMALL, "site", 0.04, quiet=False)
    assert capsys.readouterr() == (
        """\
cables    1 published
site      1 written, 0 unchanged, 0 removed
budget    1 file, 1 kB
          under 0.1% of what GitHub Pages takes, some 15 s to deploy by estimate

Built in 0.0 s
Open site/index.html
""",
        "",
    )


def test_a_large_one_with_all_there_is_to_tell(capsys: pytest.CaptureFixture[str]) -> None:
    print_report(LARGE, "site", 312.44, quiet=False)
    report, wrong = capsys.readouterr()
    assert (
        report
        == """\
cables    251,275 published, 12 sources withheld, 1 place redacted
site      1,204 written, 260,800 unchanged, 3 removed
          14 files not written by cablepress, left alone: CNAME,
          googleb3a1f5.html, ...
problems  1 error, 40,112 warnings, 1,204 notes; all of them in
          .cablepress/problems.jsonl
notes     tag-repaired 1,200, dtg-repaired 4
budget    262,004 files, 2,481.0 MB, 1,904.0 MB of it in cable/
          248.1% of what GitHub Pages takes, which is too much, some 14 min to
          deploy by estimate
          what to leave out, and how to split it: cablepress check

Built in 312.4 s
Open site/index.html
"""
    )
    assert (
        wrong
        == f"""\
error unreadable
    {LONG}:3:
        it is so; mend it

warning paragraph-number-missing, 40,112 times
    a.txt:3:1: no paragraph 2 was found before paragraph 3, and none behind it
        either, as far as one can see; mend it
        3. (U) {"x" * 65}
        ^

"""
    )


def test_quiet_leaves_only_warnings_and_errors(capsys: pytest.CaptureFixture[str]) -> None:
    print_report(LARGE, "site", 312.44, quiet=True)
    report, wrong = capsys.readouterr()
    assert report == ""
    assert wrong.startswith("error unreadable\n")


def test_a_profile_tells_where_the_time_went() -> None:
    stages = (StageTime(name="find", seconds=0.5), StageTime(name="read and release", seconds=1234.5))
    assert profile_table(stages, 2000.0) == (
        """\
stage                seconds   share
find                    0.50    0.0%
read and release    1,234.50   61.7%
not accounted for     765.00   38.2%
in all              2,000.00  100.0%
"""
    )


def test_a_build_without_stages_accounts_for_nothing() -> None:
    assert profile_table((), 0.0).splitlines()[1:] == [
        "not accounted for       0.00    0.0%",
        "in all                  0.00    0.0%",
    ]
