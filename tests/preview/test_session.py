"""Whole previews: a project on disk, the real watcher, the real server."""

import os
import shutil
import threading
from pathlib import Path

import pytest
from preview_tools import Preview, Said, ask, running_preview, wait_until
from site_tools import TODAY, broken_links, snapshot, telegram, write_files

from generator.preview import PreviewRefused, Session, Wishes
from generator.preview.rebuilding import Rebuilder

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"

CABLE = "cable/2008/02/08STRELSAU123.html"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(
        tmp_path,
        {
            "content/08STRELSAU123.txt": telegram(123),
            "content/2008/08STRELSAU124.txt": telegram(124, dtg="151230Z MAR 08"),
            "content/plan.md": "---\ndraft: true\n---\n# The plan",
            "site/index.html": "published before",
            "site/CNAME": "cables.example",
        },
    )
    return tmp_path


def test_the_site_is_built_served_and_built_again_when_a_cable_changes(project: Path) -> None:
    with running_preview(project) as preview:
        assert "THE SALT ROAD" in preview.page(CABLE)
        assert list(broken_links(preview.site)) == []
        write_files(project, {"content/08STRELSAU123.txt": telegram(123, subject="THE TIN ROAD")})
        preview.wait_for(CABLE, "THE TIN ROAD")
        preview.wait_for("tag/PGOV.html", "THE TIN ROAD")
        preview.wait_for_rest()
    first, second = preview.said.builds
    assert first.startswith("2 cables: ")
    assert second.startswith("content/08STRELSAU123.txt: ")


def test_it_says_where_it_serves_and_what_it_watches(project: Path) -> None:
    with running_preview(project) as preview:
        pass
    assert preview.said.lines[:2] == [
        f"Serving {preview.url} (Ctrl-C ends it)",
        "Watching content/, templates/, cablepress.toml, pyproject.toml; the browser reloads",
    ]


def test_the_published_site_is_never_touched(project: Path) -> None:
    before = snapshot(project / "site")
    with running_preview(project, Wishes(port=0, drafts=True)) as preview:
        write_files(project, {"content/08STRELSAU123.txt": telegram(123, subject="THE TIN ROAD")})
        wait_until(lambda: len(preview.said.builds) == 2)
    assert snapshot(project / "site") == before
    assert {path.name for path in project.iterdir()} == {"content", "site", ".cablepress"}
    assert {path.name for path in (project / ".cablepress").iterdir()} == {"preview"}


def test_the_script_is_in_no_file(project: Path) -> None:
    with running_preview(project) as preview:
        assert "/-/preview.js" in preview.page("index.html")
        assert not any(b"preview.js" in data for data in snapshot(preview.site).values())


def test_drafts_are_shown_only_where_they_are_asked_for(project: Path) -> None:
    for drafts in (True, False, True):
        with running_preview(project, Wishes(port=0, drafts=drafts)) as preview:
            assert ("The plan" in preview.page("plan.html")) is drafts
            assert preview.news()["drafts"] is drafts


def test_a_save_that_changes_nothing_is_not_built(project: Path) -> None:
    cable = project / "content/08STRELSAU123.txt"
    with running_preview(project) as preview:
        build = preview.news()["build"]
        for _ in range(3):
            cable.write_text(telegram(123))
            preview.wait_for_rest()
        assert preview.news()["build"] == build
        # The first save is looked at, since nothing was known of the file.
        assert preview.said.builds[1:] == ["content/08STRELSAU123.txt: nothing to do"]


def save_by_rename(file: Path, text: str) -> None:
    new = file.with_name(f"{file.name}.new")
    new.write_text(text)
    new.replace(file)


def save_like_vim(file: Path, text: str) -> None:
    probe, backup = file.with_name("4913"), file.with_name(f"{file.name}~")
    probe.touch()
    probe.unlink()
    file.rename(backup)
    file.write_text(text)
    backup.unlink()


def save_like_emacs(file: Path, text: str) -> None:
    lock = file.with_name(f".#{file.name}")
    lock.symlink_to("rosa@strelsau.4711")
    shutil.copy(file, file.with_name(f"{file.name}~"))
    file.write_text(text)
    lock.unlink()
    file.with_name(f"{file.name}~").unlink()


def save_after_deleting(file: Path, text: str) -> None:
    file.unlink()
    file.write_text(text)


@pytest.mark.parametrize("save", [save_by_rename, save_like_vim, save_like_emacs, save_after_deleting])
@pytest.mark.parametrize("poll", [False, True])
def test_one_save_is_one_build_however_an_editor_saves(project: Path, save: object, *, poll: bool) -> None:
    assert callable(save)
    with running_preview(project, Wishes(port=0, poll=poll)) as preview:
        for subject in ("THE TIN ROAD", "THE LEAD ROAD"):
            before = len(preview.said.builds)
            save(project / "content/08STRELSAU123.txt", telegram(123, subject=subject))
            preview.wait_for(CABLE, subject)
            preview.wait_for_rest()
            assert len([line for line in preview.said.builds[before:] if "nothing to do" not in line]) == 1
        assert all(line.startswith("content/08STRELSAU123.txt: ") for line in preview.said.builds[1:])


def test_what_is_deleted_goes_and_comes_back(project: Path) -> None:
    cable = project / "content/08STRELSAU123.txt"
    with running_preview(project) as preview:
        cable.unlink()
        wait_until(lambda: not preview.page(CABLE))
        cable.write_text(telegram(123))
        preview.wait_for(CABLE, "THE SALT ROAD")


def test_a_folder_that_is_moved_in_renamed_and_moved_out_is_followed(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write_files(
        elsewhere,
        {
            f"more/{serial % 7}/09ZENDA{serial}.txt": telegram(
                serial, post="ZENDA", dtg="010000Z MAR 09", subject=f"SHEEP {serial}"
            )
            for serial in range(1, 101)
        },
    )
    with running_preview(project) as preview:
        shutil.move(elsewhere / "more", project / "content/more")
        preview.wait_for("cable/2009/03/09ZENDA100.html", "SHEEP 100")
        preview.wait_for_rest()
        assert len(list(preview.site.glob("cable/2009/03/*.html"))) == 100
        write_files(
            project,
            {"content/more/3/09ZENDA3.txt": telegram(3, post="ZENDA", dtg="010000Z MAR 09", subject="GOATS")},
        )
        preview.wait_for("cable/2009/03/09ZENDA3.html", "GOATS")
        (project / "content/more").rename(project / "content/fewer")
        preview.wait_for_rest()
        (project / "content/fewer").rename(elsewhere / "gone")
        wait_until(lambda: not list(preview.site.glob("cable/2009/03/*.html")))
        assert "THE SALT ROAD" in preview.page(CABLE)


def sheep(serial: int, *, animal: str = "SHEEP") -> str:
    return telegram(serial, post="ZENDA", dtg="010000Z MAR 09", subject=f"{animal} {serial}")


@pytest.mark.parametrize(
    ("poll", "count"), [(False, 5000), (True, 1000)] if IS_PROOF else [(False, 1500), (True, 500)]
)
def test_thousands_of_files_at_once_are_one_change(project: Path, *, poll: bool, count: int) -> None:
    """As `git checkout` leaves them: most are new, some other than before, some gone, some written as they were."""
    names = {serial: f"content/{serial % 50}/09ZENDA{serial}.txt" for serial in range(1, count + 1)}
    held = range(1, count + 1, 20)
    write_files(project, {names[serial]: sheep(serial) for serial in held})
    with running_preview(project, Wishes(port=0, poll=poll)) as preview:
        for serial, name in names.items():
            if serial in held and serial % 3 == 0:
                (project / name).unlink()
            elif serial in held and serial % 3 == 1:
                save_after_deleting(project / name, sheep(serial))
            else:
                write_files(project, {name: sheep(serial, animal="GOAT")})
        left = [serial for serial in names if serial not in held or serial % 3]
        last = f"cable/2009/03/09ZENDA{count}.html"
        wait_until(lambda: f"GOAT {count}" in preview.page(last), seconds=120)
        preview.wait_for_rest()
        pages = {path.stem: path for path in preview.site.glob("cable/2009/03/*.html")}
        assert set(pages) == {f"09ZENDA{serial}" for serial in left}
        for serial in left[::7]:
            animal = "SHEEP" if serial in held and serial % 3 == 1 else "GOAT"
            assert f"{animal} {serial}" in pages[f"09ZENDA{serial}"].read_text("utf-8")
        # One, or two where the machine held its breath while the files were written.
        assert len(preview.said.builds) - 1 <= 3


def test_settings_templates_ledger_and_assets_are_followed(project: Path) -> None:
    with running_preview(project) as preview:
        for name, text, address, words in (
            ("cablepress.toml", 'title = "Danor papers"\n', "index.html", "Danor papers"),
            ("templates/withheld.html", "", "index.html", "Danor papers"),
            ("templates/page.html", "Mine: {{ page.title }}", "about.html", ""),
            ("content/about.md", "# About sheep", "about.html", "Mine: About sheep"),
            ("templates/page.html", "Ours: {{ page.title }}", "about.html", "Ours: About sheep"),
            ("templates/assets/cablepress.css", "p { color: red }", "assets/cablepress.css", "color: red"),
            (
                "content/release.toml",
                '[[redact]]\nterm = "SALT"\n',
                CABLE,
                "\u2590\u2588\u2588\u2588\u258c ROAD",
            ),
        ):
            write_files(project, {name: text})
            if words:
                preview.wait_for(address, words)
        (project / "content/release.toml").unlink()
        preview.wait_for(CABLE, "THE SALT ROAD")
        write_files(project, {"telegrams/a.txt": telegram(9, post="ZENDA", subject="ELSEWHERE")})
        write_files(project, {"cablepress.toml": 'content = "telegrams"\n'})
        preview.wait_for("cable/2008/02/08ZENDA9.html", "ELSEWHERE")
        write_files(project, {"telegrams/a.txt": telegram(9, post="ZENDA", subject="SOMEWHERE")})
        preview.wait_for("cable/2008/02/08ZENDA9.html", "SOMEWHERE")


BREAKS = {
    "template": ("templates/cable.html", "line\n{{ page.subjcet }}\n", "templates/cable.html:2"),
    "syntax": ("templates/base.html", "{% if %}", "templates/base.html:1"),
    "settings": ("cablepress.toml", "\ntitel = 1\n", "cablepress.toml:2"),
    "project": ("pyproject.toml", "[tool.cablepress\n", "pyproject.toml:1"),
    "ledger": ("content/release.toml", '[[withold]]\ncable = "x"\n', "content/release.toml:1"),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_what_is_broken_is_told_and_the_last_good_pages_are_served(project: Path, kind: str) -> None:
    name, text, place = BREAKS[kind]
    with running_preview(project) as preview:
        good = preview.news()["build"]
        write_files(project, {name: text})
        wait_until(lambda: preview.news()["is_failed"])
        news = preview.news()
        assert news["faults"][0]["place"] == place
        assert any(line["is_meant"] for line in news["faults"][0]["excerpt"])
        assert news["build"] == good
        assert "THE SALT ROAD" in preview.page(CABLE)
        wait_until(lambda: preview.said.lines[-1].startswith(f"  {place}: "))
        # What changes meanwhile is not forgotten.
        write_files(project, {"content/08STRELSAU123.txt": telegram(123, subject="THE TIN ROAD")})
        wait_until(lambda: len(preview.said.builds) == 3)
        (project / name).unlink()
        preview.wait_for(CABLE, "THE TIN ROAD")
        wait_until(lambda: not preview.news()["is_building"])
        assert (preview.news()["is_failed"], preview.news()["faults"]) == (False, [])
        assert preview.news()["build"] != good


@pytest.mark.parametrize("kind", ["template", "settings", "ledger"])
def test_a_preview_can_begin_with_something_broken(project: Path, kind: str) -> None:
    name, text, place = BREAKS[kind]
    write_files(project, {name: text})
    with running_preview(project) as preview:
        status, _, body = ask(preview.port, "/")
        assert (status, b"Building the site" in body) == (503, True)
        assert preview.news()["faults"][0]["place"] == place
        (project / name).unlink()
        preview.wait_for(CABLE, "THE SALT ROAD")


def test_a_folder_of_telegrams_that_goes_away_leaves_the_last_good_pages(project: Path) -> None:
    with running_preview(project) as preview:
        (project / "content").rename(project / "elsewhere")
        wait_until(lambda: preview.news()["is_failed"])
        assert "there is no folder" in preview.news()["faults"][0]["message"]
        assert "THE SALT ROAD" in preview.page(CABLE)
        (project / "elsewhere").rename(project / "content")
        wait_until(lambda: not preview.news()["is_failed"])
        write_files(project, {"content/08STRELSAU123.txt": telegram(123, subject="THE TIN ROAD")})
        preview.wait_for(CABLE, "THE TIN ROAD")


def test_a_disk_that_refuses_is_told_and_recovered_from(project: Path) -> None:
    with running_preview(project) as preview:
        shutil.rmtree(preview.site / "tag")
        (preview.site / "tag").write_text("a file")
        write_files(project, {"content/08STRELSAU123.txt": telegram(123, subject="THE TIN ROAD")})
        wait_until(lambda: preview.news()["is_failed"])
        assert "tag" in preview.news()["faults"][0]["message"]
        (preview.site / "tag").unlink()
        write_files(project, {"content/08STRELSAU123.txt": telegram(123, subject="THE LEAD ROAD")})
        preview.wait_for("tag/PGOV.html", "THE LEAD ROAD")


def test_what_is_doubtful_in_a_cable_is_told_until_it_is_mended(project: Path) -> None:
    with running_preview(project) as preview:
        assert preview.news()["faults"] == []
        write_files(project, {"content/08STRELSAU123.txt": telegram(123, tags="PGOV, 12")})
        wait_until(lambda: preview.news()["faults"])
        news = preview.news()
        assert (news["is_failed"], news["faults"][0]["place"]) == (False, "content/08STRELSAU123.txt:11:13")
        assert news["faults"][0]["excerpt"] == [{"number": 11, "text": "TAGS: PGOV, 12", "is_meant": True}]
        write_files(project, {"content/08STRELSAU123.txt": telegram(123)})
        wait_until(lambda: not preview.news()["faults"])


def test_a_preview_begins_with_the_pages_of_the_last(project: Path) -> None:
    with running_preview(project):
        pass
    with running_preview(project) as preview:
        assert preview.said.builds[0] == "2 cables: nothing to do"
        assert "THE SALT ROAD" in preview.page(CABLE)


def refused(project: Path, wishes: Wishes) -> str:
    session = Session(project, wishes, Said(), today=lambda: TODAY)
    with pytest.raises(PreviewRefused) as caught:
        session.run(started=lambda _: session.stop())
    return str(caught.value)


def test_two_previews_of_one_folder_would_undo_each_other(project: Path) -> None:
    with running_preview(project) as preview:
        said = refused(project, Wishes(port=0))
        assert said == f"cablepress serve is running for this folder already, at {preview.url}"
        with running_preview(
            project, Wishes(port=0, drafts=True)
        ) as other:  # this one has a folder of its own
            assert "The plan" in other.page("plan.html")
    with running_preview(project):
        pass


def test_a_call_that_cannot_be_served_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, Wishes(port=0)).startswith("there is no folder ")
    assert list(tmp_path.iterdir()) == []
    write_files(tmp_path, {"content/a.txt": telegram()})
    assert "is no address of this machine" in refused(tmp_path, Wishes(host="no.such.host.invalid"))


def test_telegrams_around_the_preview_would_read_what_it_writes(project: Path) -> None:
    session = Session(project, Wishes(port=0, content=Path()), Said(), today=lambda: TODAY)
    with pytest.raises(PreviewRefused, match="must not lie in each other"):
        session.run()


def test_a_taken_port_moves_on_and_that_is_said(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    write_files(other, {"content/a.txt": telegram()})
    with running_preview(project) as one, running_preview(other, Wishes(port=one.port)) as two:
        assert two.port > one.port
        assert two.said.lines[0] == f"Port {one.port} is taken; this is {two.port}"


def test_a_session_that_ends_in_a_build_ends_at_once_and_the_next_repairs_it(project: Path) -> None:
    write_files(
        project,
        {
            f"content/{serial}.txt": telegram(serial, post="ZENDA", dtg="010000Z MAR 09")
            for serial in range(1, 400)
        },
    )
    said = Said()
    session = Session(project, Wishes(port=0), said, today=lambda: TODAY)
    session.run(started=lambda _: session.stop())
    assert said.builds == []
    assert "building" not in {thread.name for thread in threading.enumerate()}
    with running_preview(project) as preview:
        assert preview.said.builds[0].startswith("401 cables: ")
        assert list(broken_links(preview.site)) == []


def reader(preview: Preview, stop: threading.Event, seen: list[bytes]) -> None:
    while not stop.is_set():
        status, _, body = ask(preview.port, f"/{CABLE}")
        seen.append(body if status == 200 else b"%d" % status)


def test_while_a_page_is_replaced_a_reader_sees_the_old_or_the_new_one_whole(project: Path) -> None:
    stop, seen = threading.Event(), list[bytes]()
    with running_preview(project, Wishes(port=0, reload=False)) as preview:
        thread = threading.Thread(target=reader, args=(preview, stop, seen))
        thread.start()
        wholes = {(preview.site / CABLE).read_bytes()}
        for number in range(8):
            write_files(
                project,
                {"content/08STRELSAU123.txt": telegram(123, text="1. (U) Sheep. " * 2000 * (number + 1))},
            )
            wait_until(lambda number=number: len(preview.said.builds) == number + 2)  # type: ignore[misc]
            wholes.add((preview.site / CABLE).read_bytes())
        stop.set()
        thread.join()
    assert len(seen) > 8
    assert set(seen) <= wholes


def test_a_name_that_is_no_text_is_built_and_said(project: Path) -> None:
    with running_preview(project) as preview:
        name = os.fsencode(project / "content") + b"/\xff.txt"
        Path(os.fsdecode(name)).write_text("Dear Rosa,\n")
        wait_until(lambda: len(preview.said.builds) == 2)
        assert preview.said.builds[1].startswith("content/\ufffd.txt: ")
        assert preview.news()["faults"][0]["place"] == "content/%FF.txt"


def test_a_doubtful_cable_is_forgotten_with_its_folder(project: Path) -> None:
    with running_preview(project) as preview:
        write_files(project, {"content/08STRELSAU123.txt": telegram(123, tags="PGOV, 12")})
        wait_until(lambda: preview.news()["faults"])
        write_files(project, {"telegrams/a.txt": telegram(9, post="ZENDA", subject="ELSEWHERE")})
        write_files(project, {"cablepress.toml": 'content = "telegrams"\n'})
        preview.wait_for("cable/2008/02/08ZENDA9.html", "ELSEWHERE")
        wait_until(lambda: not preview.news()["faults"])


def test_a_fault_of_the_program_itself_ends_no_preview(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with running_preview(project) as preview:

        def broken(*_: object) -> None:
            raise KeyError("sheep")

        with monkeypatch.context() as patched:
            patched.setattr(Rebuilder, "build", broken)
            write_files(project, {"content/08STRELSAU123.txt": telegram(123, subject="THE TIN ROAD")})
            wait_until(lambda: preview.news()["is_failed"])
        assert "cablepress itself went wrong: KeyError: 'sheep'" in preview.news()["faults"][0]["message"]
        assert "THE SALT ROAD" in preview.page(CABLE)
        write_files(project, {"content/08STRELSAU123.txt": telegram(123, subject="THE LEAD ROAD")})
        preview.wait_for(CABLE, "THE LEAD ROAD")
    assert "KeyError: 'sheep'" in capfd.readouterr().err


def test_telegrams_may_lie_outside_the_project(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    write_files(elsewhere, {"a.txt": telegram(9, post="ZENDA", subject="ELSEWHERE")})
    with running_preview(project, Wishes(port=0, content=elsewhere)) as preview:
        assert "ELSEWHERE" in preview.page("cable/2008/02/08ZENDA9.html")
        write_files(elsewhere, {"a.txt": telegram(9, post="ZENDA", subject="SOMEWHERE")})
        preview.wait_for("cable/2008/02/08ZENDA9.html", "SOMEWHERE")
        wait_until(lambda: preview.said.builds[-1].startswith(f"{elsewhere}/a.txt: "))


def test_what_it_builds_into_may_be_deleted_while_it_runs(project: Path) -> None:
    with running_preview(project) as preview:
        shutil.rmtree(project / ".cablepress")
        write_files(project, {"content/new/a.txt": telegram(9, post="ZENDA", subject="ELSEWHERE")})
        preview.wait_for("cable/2008/02/08ZENDA9.html", "ELSEWHERE")
        preview.wait_for(CABLE, "THE SALT ROAD")
