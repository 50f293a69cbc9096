"""Related cables in whole sites: after an edit every page is that of a clean build, and no more was written than it needs."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from site_tools import TODAY, build, nothing, snapshot, telegram, write_files

from generator.build.engine import Engine
from generator.build.workers import InThisProcess
from generator.settings import load_settings

TEXTS = [
    "The ferry carries salt to the tollhouse.",
    "The tollhouse asks the ferry for salt.",
    "A beaver dams the brook by the barn.",
    "The beaver has left the barn and the brook.",
    "Herring came late to the harbour.",
    "The harbour counts its herring.",
    "A tuba was lent to the garrison.",
    "The garrison keeps the tuba.",
    "Snow lies on the poles of the ridge.",
    "Poles stand along the ridge in snow.",
]


def cable(number: int, text: str, **others: str) -> str:
    return telegram(
        number, dtg=f"{number:02d}1230Z FEB 08", subject=f"REPORT {number}", text=f"1. (U) {text}", **others
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten cables, two and two of which speak of the same, and their site."""
    project = tmp_path_factory.mktemp("built")
    write_files(
        project,
        {f"content/08STRELSAU{n}.txt": cable(n, text) for n, text in enumerate(TEXTS, 1)},
    )
    build(project)
    return project


@pytest.fixture
def project(tmp_path: Path, built: Path) -> Path:
    """A copy of them, to be edited."""
    shutil.copytree(built, tmp_path / "project")
    return tmp_path / "project"


def page(project: Path, number: int) -> str:
    return (project / f"site/cable/2008/02/08STRELSAU{number}.html").read_text("utf-8")


def related(project: Path, number: int) -> list[str]:
    """The lines of a page's related cables."""
    section = re.search(r'<section class="after kin">(.*?)</section>', page(project, number), re.DOTALL)
    return re.findall(r"<dd class=quiet>(.*)", section[1]) if section else []


def clean(project: Path) -> dict[str, bytes]:
    """The site that a build from nothing makes of a project."""
    copy = project.parent / "clean"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns(".cablepress", "site", "preview"))
    build(copy)
    return snapshot(copy / "site")


def edit(number: int, old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        file = project / f"content/08STRELSAU{number}.txt"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")

    return change


def put(number: int, text: str, **others: str) -> Callable[[Path], None]:
    return lambda project: write_files(
        project, {f"content/08STRELSAU{number}.txt": cable(number, text, **others)}
    )


def remove(number: int) -> Callable[[Path], None]:
    return lambda project: (project / f"content/08STRELSAU{number}.txt").unlink()


def settings_of(text: str) -> Callable[[Path], None]:
    return lambda project: write_files(project, {"cablepress.toml": text})


def ledger(text: str) -> Callable[[Path], None]:
    return lambda project: write_files(project, {"content/release.toml": text})


def test_a_page_names_what_is_kin_and_why(project: Path) -> None:
    # A word that is used once in both is worth what another is; the rest of the order is that of their numbers.
    (line,) = related(project, 1)
    about, _, reason = line.partition(": both speak of ")
    assert about == "08STRELSAU2, 2008-02-02"
    assert set(re.findall(r"\w+", reason)) == {"ferry", "salt", "tollhouse", "and"}


def test_what_cites_a_cable_is_not_listed_but_what_cites_the_same_is(project: Path) -> None:
    for number in (1, 3, 5):
        put(number, TEXTS[number - 1], ref="08 STRELSAU 10")(project)
    build(project)
    assert [line.partition(",")[0] for line in related(project, 10)] == ["08STRELSAU9"]
    assert "08STRELSAU3, 2008-02-03: both cite 08STRELSAU10" in related(project, 1)


def test_rare_tags_are_a_reason(project: Path) -> None:
    put(1, TEXTS[0], tags="PGOV, EFIS, KCRM")(project)
    put(5, TEXTS[4], tags="PGOV, EFIS, KCRM")(project)
    build(project)
    assert any(
        re.fullmatch(r"08STRELSAU5, 2008-02-05: both have the rare TAGS (EFIS and KCRM|KCRM and EFIS)", line)
        for line in related(project, 1)
    )


def test_a_word_of_a_redaction_relates_nothing_and_is_nowhere(project: Path) -> None:
    ledger('[[redact]]\nterm = "tollhouse"\n')(project)
    build(project)
    assert any(line.startswith("08STRELSAU2") for line in related(project, 1))
    assert not any(b"tollhouse" in data.lower() for data in snapshot(project / "site").values())
    assert snapshot(project / "site") == clean(project)


EDITS = {
    "a word that others have": edit(3, "barn", "tollhouse"),
    "all that two have in common": put(2, "Nothing is left of it."),
    "a subject": edit(2, "REPORT 2", "REPORT TWO"),
    "a day": edit(2, "021230Z", "201230Z"),
    "a citation": put(1, TEXTS[0], ref="08 STRELSAU 2"),
    "a cable that comes": put(11, "The ferry and the beaver share the tollhouse and the brook."),
    "a cable that goes": remove(2),
    "so many that rarities are others": lambda project: [
        put(number, "A tuba, a beaver, a barn.")(project) for number in range(11, 18)
    ],
    "a cable that is withheld": ledger('[[withhold]]\ncable = "08STRELSAU2"\nshow = "card"\nreason = "-"\n'),
    "a copy, so that addresses are others": lambda project: write_files(
        project, {"content/copy.txt": cable(2, TEXTS[1])}
    ),
    "the setting": settings_of("[related]\nenabled = false\n"),
    "no search": settings_of("[search]\nenabled = false\n"),
    "a search of something else": settings_of('[search]\nfields = ["signer"]\n'),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edit_and_its_opposite_all_pages_are_those_of_a_clean_build(
    project: Path, name: str
) -> None:
    before = snapshot(project / "content")
    first = snapshot(project / "site")
    EDITS[name](project)
    build(project)
    assert snapshot(project / "site") == clean(project)
    shutil.rmtree(project / "content")
    (project / "cablepress.toml").unlink(missing_ok=True)
    write_files(project / "content", before)
    build(project)
    assert snapshot(project / "site") == first


@pytest.mark.parametrize(
    "name", ["a word that others have", "a subject", "a cable that comes", "a cable that goes"]
)
def test_a_preview_comes_to_the_same_once_it_rests(project: Path, name: str) -> None:
    engine = preview(project)
    engine.build(today=TODAY, progress=nothing)
    EDITS[name](project)
    changed = [project / f"content/08STRELSAU{number}.txt" for number in (2, 3, 11)]
    engine.build(today=TODAY, progress=nothing, changed=changed, defers_search=True)
    engine.build(today=TODAY, progress=nothing, changed=())
    assert snapshot(project / "preview/site") == clean(project)


def preview(project: Path) -> Engine:
    return Engine(
        project,
        load_settings(project),
        content=project / "content",
        site=project / "preview/site",
        state=project / "preview/state",
        executor=InThisProcess(),
        workers=1,
        is_lasting=False,
    )


@pytest.mark.parametrize(
    ("change", "written"),
    [
        pytest.param(edit(3, "barn", "granary"), {3, 4}, id="a word of two cables: the pages of both"),
        pytest.param(edit(2, "REPORT 2", "REPORT TWO"), {2, 1}, id="a subject: where it is listed"),
        pytest.param(edit(9, "Snow", "Some snow"), {9}, id="a word that counts nothing: its page alone"),
    ],
)
def test_no_other_cable_is_written(project: Path, change: Callable[[Path], None], written: set[int]) -> None:
    before = {number: stamp(project, number) for number in range(1, 11)}
    change(project)
    build(project)
    assert {number for number in before if stamp(project, number) != before[number]} == written


def stamp(project: Path, number: int) -> tuple[int, int]:
    status = (project / f"site/cable/2008/02/08STRELSAU{number}.html").stat()
    return status.st_mtime_ns, status.st_ino


@pytest.mark.parametrize("kind", ["counts-*", "table-*", "0-*"])
def test_what_was_kept_and_is_lost_is_made_again(project: Path, kind: str) -> None:
    (file,) = (project / ".cablepress/kin").glob(kind)
    file.write_bytes(file.read_bytes()[:-5])
    edit(3, "barn", "tollhouse")(project)
    build(project)
    assert snapshot(project / "site") == clean(project)
    assert len(list((project / ".cablepress/kin").iterdir())) == 3


def test_an_archive_of_a_handful_has_no_related_cables(tmp_path: Path) -> None:
    write_files(
        tmp_path, {f"content/{n}.txt": cable(n, "The same ferry, the same toll.") for n in range(1, 8)}
    )
    build(tmp_path)
    assert not any(b"Related cables" in data for data in snapshot(tmp_path / "site").values())
