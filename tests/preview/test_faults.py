"""What is broken, as it is shown."""

from datetime import date
from pathlib import Path

import pytest
from site_tools import telegram, write_files

from generator.build.report import BuildFailed, BuildRefused
from generator.lexicon import builtin_lexicon
from generator.preview.edited import EditedSources, Reading, problems_of
from generator.preview.faults import (
    Fault,
    Line,
    excerpt_around,
    faults_of_error,
    faults_of_problems,
    in_order,
    in_short,
)
from generator.preview.places import Places
from generator.problem import Problem
from generator.release.ledger import LedgerError, load_ledger, read_ledger
from generator.render.template_files import TemplateProblem
from generator.settings import SettingsError, load_settings

MEND = "mend it and save; until then the last good pages are shown"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "content").mkdir()
    return Places(project=tmp_path, content=tmp_path / "content", templates=tmp_path / "templates")


def lines(*texts: str, first: int, meant: int) -> tuple[Line, ...]:
    return tuple(
        Line(number=number, text=text, is_meant=number == meant)
        for number, text in enumerate(texts, start=first)
    )


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (1, lines("a", "b", "c", first=1, meant=1)),
        (3, lines("a", "b", "c", "d", "e", first=1, meant=3)),
        (6, lines("d", "e", "f", first=4, meant=6)),
        (0, ()),
        (7, ()),
    ],
)
def test_an_excerpt_has_two_lines_around_the_one_that_is_meant(line: int, shown: tuple[Line, ...]) -> None:
    assert excerpt_around("a\nb\nc\nd\ne\nf", line) == shown


def test_a_long_line_is_cut() -> None:
    (line,) = excerpt_around("x" * 5000, 1)
    assert line.text == "x" * 200 + " ..."


def test_a_template_is_told_with_its_lines(places: Places) -> None:
    write_files(places.project, {"templates/parts/cable.html": "one\r\ntwo\r\n{{ thre }}\r\n"})
    error = TemplateProblem(
        "parts/cable.html", "'thre' is undefined", file=places.templates / "parts/cable.html", line=3
    )
    assert faults_of_error(error, places, is_private=True) == (
        Fault(
            severity="error",
            place="templates/parts/cable.html:3",
            message="'thre' is undefined",
            excerpt=lines("one", "two", "{{ thre }}", "", first=1, meant=3),
            next_step=MEND,
        ),
    )


def test_a_template_that_is_not_there_is_told_by_its_name(places: Places) -> None:
    (fault,) = faults_of_error(
        TemplateProblem("cable.html", "no template was found"), places, is_private=True
    )
    assert (fault.place, fault.excerpt) == ("templates/cable.html", ())


def settings_error(places: Places, text: str) -> SettingsError:
    write_files(places.project, {"cablepress.toml": text})
    with pytest.raises(SettingsError) as caught:
        load_settings(places.project)
    return caught.value


def test_each_wrong_setting_is_told_with_its_line(places: Places) -> None:
    error = settings_error(places, '# ours\ntitel = "x"\nrows_per_page = 1\n')
    first, second = faults_of_error(error, places, is_private=True)
    assert first == Fault(
        severity="error",
        place="cablepress.toml:2",
        message="unknown key 'titel'; did you mean 'title'?",
        excerpt=lines("# ours", 'titel = "x"', "rows_per_page = 1", "", first=1, meant=2),
        next_step=MEND,
    )
    assert second.place == "cablepress.toml:3"


@pytest.mark.parametrize(
    ("text", "place"), [("a = [", "cablepress.toml:1"), ('a = "é\n', "cablepress.toml:1")]
)
def test_settings_that_are_no_toml_are_told_with_their_line(places: Places, text: str, place: str) -> None:
    (fault,) = faults_of_error(settings_error(places, text), places, is_private=True)
    assert fault.place == place


def test_settings_in_two_files_are_told_without_a_line(places: Places) -> None:
    write_files(places.project, {"pyproject.toml": '[tool.cablepress]\ntitle = "x"\n'})
    (fault,) = faults_of_error(settings_error(places, 'title = "y"\n'), places, is_private=True)
    assert (fault.place, fault.excerpt) == ("", ())
    assert fault.message.startswith(
        "cablepress.toml and [tool.cablepress] in pyproject.toml both hold settings"
    )


@pytest.mark.parametrize("is_private", [True, False])
def test_a_ledger_is_quoted_to_its_editor_only(places: Places, *, is_private: bool) -> None:
    write_files(places.content, {"release.toml": '[[redact]]\ntrem = "Grabar"\n'})
    with pytest.raises(LedgerError) as caught:
        load_ledger(places.content)
    faults = faults_of_error(caught.value, places, is_private=is_private)
    assert faults[0].place.startswith("content/release.toml:")
    assert any("Grabar" in line.text for fault in faults for line in fault.excerpt) is is_private


@pytest.mark.parametrize(
    "error", [BuildFailed("site: No space left"), BuildRefused("there is no folder content")]
)
def test_a_build_that_ends_says_why(places: Places, error: Exception) -> None:
    (fault,) = faults_of_error(error, places, is_private=True)
    assert (fault.place, fault.message) == ("", str(error))


def test_what_is_the_programs_own_fault_is_called_so(places: Places) -> None:
    (fault,) = faults_of_error(KeyError("x"), places, is_private=True)
    assert fault.message == "cablepress itself went wrong: KeyError: 'x'"


def test_a_problem_keeps_its_place_its_line_and_its_next_step(places: Places) -> None:
    problem = Problem(
        code="tag-unknown",
        severity="warning",
        source="a.txt",
        line=38,
        column=12,
        excerpt="TAGS: PREL PGV KZ",
        message="PGV is not in the TAGS table",
        next_step="perhaps PGOV",
    )
    note = Problem(code="fence", severity="info", source="a.txt", message="x")
    (fault,) = faults_of_problems([problem, note], places)
    assert fault == Fault(
        severity="warning",
        place="content/a.txt:38:12",
        message="PGV is not in the TAGS table",
        excerpt=(Line(number=38, text="TAGS: PREL PGV KZ", is_meant=True),),
        column=12,
        next_step="perhaps PGOV",
    )
    assert in_short(fault) == "content/a.txt:38:12: PGV is not in the TAGS table"


def test_errors_stand_first() -> None:
    one, two = (Fault(severity=severity, place="", message="") for severity in ("warning", "error"))
    assert in_order([one, two]) == (two, one)


# Cables that are being edited


def reading(ledger: str = "", *, drafts: bool = False) -> Reading:
    return Reading(
        lexicon=builtin_lexicon(), ledger=read_ledger(ledger), today=date(2026, 1, 1), drafts=drafts
    )


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("08STRELSAU123.txt", telegram(), []),
        ("08STRELSAU123.txt", telegram(tags="PGOV, 12"), ["tag-rejected"]),
        ("letter.txt", "Dear Rosa,\n", ["not-a-telegram"]),
        ("empty.txt", "", ["empty"]),
        ("about.md", "---\na: [\n---\n# About\n", ["front-matter"]),
        ("about.md", "# About\n", []),
        ("about.md", "---\ntitel: About\n---\n# About\n", ["front-matter-key"]),
        ("note.md", "---\nkind: note\nparagraph: two\n---\n", ["note-cable", "note-paragraph", "note-empty"]),
        ("about.md", "# About\n\n[[lsit tag:PGOV]]\n\n[[list PGOV]]\n", ["block-unread", "query-unread"]),
        ("about.md", "---\ndraft: true\n---\n[[lsit tag:PGOV]]\n", []),
        ("salt.md", "---\nkind: collection\ncables: [salt]\n---\n", ["collection-itself"]),
        ("picture.svg", "<svg/>", []),
        ("draft.txt", "---\ndraft: true\n---\n" + telegram(dtg="321230Z FEB 08"), []),  # not a word of what is held back
        ("held.txt", "---\nembargo: soon\n---\n" + telegram(tags="ZZQX"), ["release-unreadable"]),
    ],
)  # fmt: skip
def test_of_an_edited_source_is_told_what_a_build_tells(
    places: Places, name: str, text: str, codes: list[str]
) -> None:
    write_files(places.content, {name: text})
    told = [
        problem
        for problem in problems_of(places.content / name, places, reading())
        if problem.severity != "info"
    ]
    assert [problem.code for problem in told] == codes
    assert all(problem.source == name for problem in told)


def test_what_the_ledger_redacts_is_in_no_excerpt(places: Places) -> None:
    write_files(places.content, {"08STRELSAU123.txt": telegram(tags="PGOV, 12, ZZQX")})
    ledger = '[[redact]]\nterm = "ZZQX"\n'
    told = list(problems_of(places.content / "08STRELSAU123.txt", places, reading(ledger)))
    assert "tag-rejected" in [problem.code for problem in told]
    assert "ZZQX" not in repr(told)


def test_a_draft_that_is_shown_is_told_of(places: Places) -> None:
    write_files(places.content, {"draft.txt": "---\ndraft: true\n---\n" + telegram(tags="ZZQX")})
    told = problems_of(places.content / "draft.txt", places, reading(drafts=True))
    assert "tag-unknown" in [problem.code for problem in told]


def test_what_is_wrong_stays_until_it_is_mended(places: Places) -> None:
    one, two = places.content / "1.txt", places.content / "2.txt"
    edited = EditedSources()

    def after(paths: list[Path]) -> list[str]:
        edited.look_at(paths, places, reading())
        return sorted({problem.source for problem in edited.problems})

    write_files(places.content, {"1.txt": "Dear Rosa,\n", "2.txt": "Dear Flavia,\n"})
    assert after([one]) == ["1.txt"]
    assert after([two]) == ["1.txt", "2.txt"]
    one.write_text(telegram())
    assert after([one]) == ["2.txt"]
    two.unlink()
    assert after([two]) == []


def test_of_many_files_at_once_nothing_is_told(places: Places) -> None:
    files = {f"{number}.txt": "Dear Rosa,\n" for number in range(21)}
    write_files(places.content, files)
    edited = EditedSources()
    edited.look_at([places.content / name for name in files], places, reading())
    assert edited.problems == ()
