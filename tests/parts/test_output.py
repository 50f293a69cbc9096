"""What a build says of the parts of an archive."""

from pathlib import Path

import pytest

from generator.build.report import BuildReport
from generator.output.build import print_report
from generator.output.parts import print_parts
from generator.parts.cutting import CutReport, Part


def part(name: str, size: int) -> Part:
    url = f"https://example.org/cables-{name}/"
    return Part(name=name, folder=Path(f"parts/cables-{name}"), url=url, remote="", files=1200, size=size)


def report(*parts: Part, nothing_to_do: bool = False) -> CutReport:
    return CutReport(parts=parts, written=3600, removed=2, nothing_to_do=nothing_to_do)


def test_each_part_is_told_with_its_share_of_a_gigabyte(capsys: pytest.CaptureFixture[str]) -> None:
    print_parts(report(part("", 250_000_000), part("1970s", 81_300_000)), quiet=False)
    said = capsys.readouterr()
    assert said.out == (
        "\n2 parts, 3,600 files written, 2 removed\n\n"
        "part    folder                  files         MB  of 1 GB\n"
        "portal  parts/cables-           1,200      250.0    25.0%\n"
        "1970s   parts/cables-1970s      1,200       81.3     8.1%\n"
    )
    assert said.err == ""


def test_of_many_parts_the_largest_and_the_portal_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    parts = [part(str(year), year * 1000) for year in range(1970, 2000)]
    print_parts(report(part("", 1), *parts, nothing_to_do=True), quiet=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "31 parts, up to date"
    assert [line.split()[0] for line in lines[4:-1]] == ["portal", *map(str, range(1990, 2000))]
    assert lines[-1] == "and 20 smaller parts"


def test_a_part_that_is_too_large_is_told_with_what_to_do_even_quietly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_parts(report(part("", 1_200_000_000), part("1970s", 1_500_000_000)), quiet=True)
    said = capsys.readouterr()
    assert said.out == ""
    words = " ".join(said.err.split())
    assert "warning: the portal has 1,200 MB, more than the 1 GB that GitHub Pages takes as one site" in words
    assert "warning: the part 1970s has 1,500 MB" in words
    assert 'next: smaller parts, split = "year" or "origin"' in words


def test_the_whole_of_a_split_site_is_too_large_for_no_host(capsys: pytest.CaptureFixture[str]) -> None:
    whole = BuildReport(
        cables=60_000,
        withheld=0,
        pages=70_000,
        written=70_000,
        removed=0,
        size=2_000_000_000,
        foreign=(),
        foreign_count=0,
        problems=(),
    )
    print_report(whole, "site", 1.0, quiet=False)
    assert "too much" in capsys.readouterr().out
    print_report(whole, "site", 1.0, quiet=False, is_split=True)
    said = capsys.readouterr().out
    assert "budget    70,000 files, 2,000.0 MB" in said
    assert "too much" not in said
