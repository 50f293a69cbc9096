import contextlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.intake.find import Found, find_sources, readable_name
from generator.problem import Problem


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")


@contextmanager
def deep_folder(folder: Path, name: str, *, depth: int) -> Iterator[None]:
    """Folders in folders, with a.txt in the innermost; taken away again level by level."""
    with contextlib.chdir(folder):
        for _ in range(depth):
            Path(name).mkdir()
            os.chdir(name)
        write(Path(), "a.txt")
    try:
        yield
    finally:
        with contextlib.chdir(folder):
            for _ in range(depth):
                os.chdir(name)
            Path("a.txt").unlink()
            for _ in range(depth):
                os.chdir("..")
                Path(name).rmdir()


def paths(found: Found) -> list[str]:
    return [file.path for file in found.files]


def problems(found: Found) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.severity, problem.source) for problem in found.problems]


def test_sources_are_found_at_any_depth_in_the_order_of_their_paths(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.txt", "a/b/c/d.cable", "about.md", "a.txt")
    assert paths(find_sources(tmp_path)) == ["a.txt", "a/b/c/d.cable", "a/z.txt", "about.md", "b.txt"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("08STRELSAU777.txt", "cable"),
        ("08STRELSAU777.TXT", "cable"),
        ("08STRELSAU777.cable", "cable"),
        ("about.md", "markdown"),
        ("map.png", "asset"),
        ("paper.pdf", "asset"),
        ("txt", "asset"),
        ("notes", "asset"),
    ],
)
def test_a_name_says_what_a_file_is(tmp_path: Path, name: str, kind: str) -> None:
    write(tmp_path, name)
    (file,) = find_sources(tmp_path).files
    assert file.kind == kind


def test_a_source_has_what_tells_whether_it_changed(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (file,) = find_sources(tmp_path).files
    status = (tmp_path / "a.txt").stat()
    assert Path(file.absolute).read_text(encoding="utf-8") == "text"
    assert (file.size, file.mtime_ns, file.inode) == (4, status.st_mtime_ns, status.st_ino)


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, ".hidden.txt", ".git/a.txt", "a/.b/c.txt", "seen.txt")
    found = find_sources(tmp_path)
    assert paths(found) == ["seen.txt"]
    assert found.problems == ()


@pytest.mark.parametrize("name", ["dump.html", "cables.CSV", "all.zip", "all.tar", "all.tar.gz", "all.tgz"])
def test_a_dump_is_a_problem_that_names_the_command_for_it(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    found = find_sources(tmp_path)
    assert found.files == ()
    assert problems(found) == [("dump-in-content", "warning", name)]
    assert "cablepress import" in found.problems[0].next_step


def test_a_folder_may_be_named_like_a_cable(tmp_path: Path) -> None:
    write(tmp_path, "08STRELSAU777.txt/section1.txt")
    found = find_sources(tmp_path)
    assert paths(found) == ["08STRELSAU777.txt/section1.txt"]
    assert problems(found) == [("folder-named-like-a-cable", "info", "08STRELSAU777.txt")]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert find_sources(tmp_path / "content") == Found(
        files=(),
        problems=(
            Problem(
                code="unreadable",
                severity="error",
                source=".",
                message="cannot be read: No such file or directory",
                next_step="mend the link or the permission, then build again",
            ),
        ),
    )


def test_a_link_to_nothing_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    write(tmp_path, "here.txt")
    found = find_sources(tmp_path)
    assert paths(found) == ["here.txt"]
    assert problems(found) == [("unreadable", "error", "gone.txt")]


def test_a_link_to_itself_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "self.txt").symlink_to("self.txt")
    assert problems(find_sources(tmp_path)) == [("unreadable", "error", "self.txt")]


def test_a_folder_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    # No permission keeps root out, but a path can be too long for anyone.
    write(tmp_path, "here.txt")
    name = "d" * 200
    with deep_folder(tmp_path, name, depth=25):
        found = find_sources(tmp_path)
    assert paths(found) == ["here.txt"]
    ((code, severity, source),) = problems(found)
    assert (code, severity) == ("unreadable", "error")
    assert set(source.split("/")) == {name}


def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    write(tmp_path, "outside/a.txt")
    content = tmp_path / "content"
    content.mkdir()
    (content / "b.txt").symlink_to(tmp_path / "outside/a.txt")
    assert paths(find_sources(content)) == ["b.txt"]


def test_a_link_to_a_folder_elsewhere_is_followed_once(tmp_path: Path) -> None:
    write(tmp_path, "outside/a.txt", "content/b.txt")
    (tmp_path / "content/one").symlink_to(tmp_path / "outside")
    (tmp_path / "content/two").symlink_to(tmp_path / "outside")
    found = find_sources(tmp_path / "content")
    assert paths(found) == ["b.txt", "one/a.txt"]
    assert problems(found) == [("folder-twice", "warning", "two")]


def test_a_source_has_its_path_from_the_folder_it_lies_in_and_not_from_a_link(tmp_path: Path) -> None:
    write(tmp_path, "z/a.txt", "z/y/b.txt")
    (tmp_path / "first").symlink_to("z")
    (tmp_path / "a-deep-one").symlink_to("z/y")
    found = find_sources(tmp_path)
    assert paths(found) == ["z/a.txt", "z/y/b.txt"]
    assert problems(found) == [
        ("folder-twice", "warning", "a-deep-one"),
        ("folder-twice", "warning", "first"),
    ]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path, "content/a/b.txt")
    (tmp_path / "content/a/up").symlink_to("..")
    (tmp_path / "content/out").symlink_to(tmp_path)
    found = find_sources(tmp_path / "content")
    assert paths(found) == ["a/b.txt"]
    assert problems(found) == [
        ("folder-twice", "warning", "a/up"),
        ("folder-twice", "warning", "out/content"),
    ]


def test_pipes_and_sockets_are_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket must be short
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket.txt")
        found = find_sources(tmp_path)
    assert found.files == ()
    assert problems(found) == [("not-a-file", "warning", "pipe.txt"), ("not-a-file", "warning", "socket.txt")]


def test_folders_may_lie_deeper_than_a_program_may_call_itself(tmp_path: Path) -> None:
    depth = 1500
    with deep_folder(tmp_path, "d", depth=depth):
        assert paths(find_sources(tmp_path)) == ["d/" * depth + "a.txt"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("plain name.txt", "plain name.txt"),
        ('it\'s "quoted" <b>.txt', 'it\'s "quoted" <b>.txt'),
        ("Zürich.txt", "Zürich.txt"),
        ("100%.txt", "100%.txt"),
        ("100%.txt\n", "100%.txt%0A"),
        ("two\nlines.txt", "two%0Alines.txt"),
        ("two%0Alines.txt", "two%250Alines.txt"),
        ("two%250Alines.txt", "two%25250Alines.txt"),
        ("a\u202eb.txt", "a%E2%80%AEb.txt"),
        (os.fsdecode(b"Z\xfcrich.txt"), "Z%FCrich.txt"),
    ],
)
def test_every_name_can_be_printed_and_is_no_other(name: str, shown: str) -> None:
    assert readable_name(name) == shown
    assert shown.encode()


def test_strange_names_are_found_and_can_be_read(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    os.mkdir(os.path.join(folder, b"a\nb"))  # noqa: PTH102, PTH118 - a name of bytes
    for name in (b"a\nb/c%0A\n.txt", b"quote\"'.txt", b"\xff.txt"):
        with open(os.path.join(folder, name), "wb") as file:  # noqa: PTH118, PTH123
            file.write(b"text")
    found = find_sources(tmp_path)
    assert paths(found) == ["%FF.txt", "a%0Ab/c%250A%0A.txt", "quote\"'.txt"]
    assert [Path(file.absolute).read_bytes() for file in found.files] == [b"text"] * 3
