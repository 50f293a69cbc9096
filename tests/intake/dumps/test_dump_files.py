import io
import os
import stat
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
from dump_tools import codes, filed, imported, page, record, row, run_import, tarred, zipped
from hypothesis import given
from hypothesis import strategies as st
from site_tools import telegram, write_files

from generator.intake.dumps import import_dumps, member
from generator.lexicon import builtin_lexicon

FILES: dict[str, str | bytes] = {
    "a/08STRELSAU1.html": page(telegram(1), id_="08STRELSAU1"),
    "b/cables.csv": row(telegram(2), id_="08STRELSAU2"),
    "b/c/three.txt": telegram(3),
    "b/c/1975.txt": record(4) + record(5),
    "d/six.md": "```\n" + telegram(6) + "```\n",
    "d/README.md": "# About these cables",
}

FOUND = {
    "1975/02/75STRELSAU4.txt": "b/c/1975.txt#1975STRELS00004",
    "1975/02/75STRELSAU5.txt": "b/c/1975.txt#1975STRELS00005",
    "2008/02/08STRELSAU1.txt": "a/08STRELSAU1.html",
    "2008/02/08STRELSAU2.txt": "b/cables.csv#1",
    "2008/02/08STRELSAU3.txt": "b/c/three.txt",
    "2008/02/08STRELSAU6.txt": "d/six.md",
}


def found(project: Path) -> dict[str, object]:
    return {path: source.fields["source"] for path, source in imported(project).items()}


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("dump.zip", zipped(FILES)),
        ("dump.tar", tarred(FILES)),
        ("dump.tar.gz", tarred(FILES, "w:gz")),
        ("dump.tgz", tarred(FILES, "w:gz")),
        ("dump.tar.bz2", tarred(FILES, "w:bz2")),
        ("dump.tar.xz", tarred(FILES, "w:xz")),
        ("named-otherwise", zipped(FILES)),
    ],
)
def test_an_archive_is_read_like_the_folder_it_was_made_of(tmp_path: Path, name: str, data: bytes) -> None:
    write_files(tmp_path, {name: data})
    report = run_import(tmp_path, name)
    assert found(tmp_path) == {path: f"{name}/{source}" for path, source in FOUND.items()}
    assert codes(report) == {"no-telegram": 1}  # the page about the cables


def test_a_folder_is_read_at_any_depth_with_the_archives_in_it(tmp_path: Path) -> None:
    write_files(tmp_path, {f"dump/{name}": data for name, data in FILES.items()})
    write_files(tmp_path, {"dump/e/more.zip": zipped({"seven.txt": telegram(7)})})
    run_import(tmp_path, "dump")
    assert found(tmp_path) == {
        **{path: f"dump/{source}" for path, source in FOUND.items()},
        "2008/02/08STRELSAU7.txt": "dump/e/more.zip/seven.txt",
    }


@pytest.mark.parametrize(
    "name", ["../../x.txt", "a/../../x.txt", "/etc/x.txt", "C:\\x.txt", "a\\..\\..\\x.txt"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_member_whose_name_leads_out_is_refused(tmp_path: Path, name: str, pack: object) -> None:
    assert callable(pack)
    write_files(tmp_path, {"project/dump": pack({name: telegram(1), "good.txt": telegram(2)})})
    report = run_import(tmp_path / "project", "dump")
    assert codes(report) == {"refused": 1}
    assert report.problems[0].example.message == "its name leads out of the archive"
    assert list(imported(tmp_path / "project")) == ["2008/02/08STRELSAU2.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["project"]


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
)
def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, kind: bytes) -> None:
    write_files(
        tmp_path, {"dump.tar": tarred({"a.txt": telegram()}, special=[special("b.txt", kind, "a.txt")])}
    )
    report = run_import(tmp_path, "dump.tar")
    assert (codes(report), filed(report)) == ({"refused": 1}, {"written": 1})


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    write_files(tmp_path, {"dump.zip": made.getvalue()})
    assert codes(run_import(tmp_path, "dump.zip")) == {"refused": 1}
    assert imported(tmp_path) == {}


def test_links_and_pipes_in_a_folder_are_refused_and_not_waited_for(tmp_path: Path) -> None:
    write_files(tmp_path, {"dump/a.txt": telegram(), "secret.txt": telegram(9)})
    (tmp_path / "dump/link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "dump/loop").symlink_to(tmp_path / "dump")
    os.mkfifo(tmp_path / "dump/pipe.txt")
    report = run_import(tmp_path, "dump")
    assert (codes(report), filed(report)) == ({"refused": 3}, {"written": 1})


def test_the_dump_itself_may_be_a_link(tmp_path: Path) -> None:
    write_files(tmp_path, {"disk/dump/a.txt": telegram()})
    (tmp_path / "link").symlink_to(tmp_path / "disk/dump")
    assert filed(run_import(tmp_path, "link")) == {"written": 1}


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": telegram()}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    write_files(tmp_path, {"dump.zip": bytes(data)})
    assert codes(run_import(tmp_path, "dump.zip")) == {"refused": 1}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cut.zip", zipped(FILES)[:-30]),
        ("cut.tar.gz", tarred(FILES, "w:gz")[:-300]),
        ("cut.tar", tarred(FILES)[:1500]),
        ("no-tar.gz", b"\x1f\x8b" + bytes(100)),
        ("cut.tar.xz", tarred(FILES, "w:xz")[:-300]),
        ("cut.tar.bz2", tarred(FILES, "w:bz2")[:-300]),
    ],
)
def test_an_archive_that_is_damaged_is_told_and_the_next_dump_is_read(
    tmp_path: Path, name: str, data: bytes
) -> None:
    write_files(tmp_path, {name: data, "good.txt": telegram(9)})
    report = run_import(tmp_path, name, "good.txt")
    assert codes(report).get("archive-damaged") == 1
    assert "2008/02/08STRELSAU9.txt" in imported(tmp_path)


def test_a_member_that_is_damaged_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    files = {"a.txt": telegram(1), "b.txt": telegram(2)}
    data = bytearray(zipped(files))
    data[40] ^= 0xFF
    write_files(tmp_path, {"dump.zip": bytes(data)})
    report = run_import(tmp_path, "dump.zip")
    assert codes(report) == {"archive-damaged": 1}
    assert list(imported(tmp_path)) == ["2008/02/08STRELSAU2.txt"]


def test_an_archive_in_an_archive_is_left_for_its_owner_to_unpack(tmp_path: Path) -> None:
    write_files(tmp_path, {"dump.zip": zipped({"inner.zip": zipped(FILES), "inner.tar": tarred(FILES)})})
    assert codes(run_import(tmp_path, "dump.zip")) == {"archive-in-archive": 2}


def test_a_bomb_is_not_unpacked_beyond_its_limit(tmp_path: Path) -> None:
    bomb = zipped({"bomb.txt": b"1. SNOW. " * 4_000_000, "good.txt": telegram()})
    assert len(bomb) < 100_000
    write_files(tmp_path, {"dump.zip": bomb})
    report = run_import(tmp_path, "dump.zip")
    assert (codes(report), filed(report)) == ({"too-large": 1}, {"written": 1})


def test_what_one_member_may_unpack_to_is_limited() -> None:
    opened = member.Member("a", io.BytesIO(bytes(300_000)), largest=200_000)
    with pytest.raises(member.TooLargeError):
        list(opened.chunks())


def test_names_of_any_bytes_are_kept_readable(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"Bücher/a\nb.txt": telegram()}
    write_files(tmp_path, {"dump.tar": tarred(files)})
    run_import(tmp_path, "dump.tar")
    assert list(found(tmp_path).values()) == ["dump.tar/Bücher/a%0Ab.txt"]


def test_the_bytes_read_are_counted_up_to_all_there_are(tmp_path: Path) -> None:
    write_files(tmp_path, {"dump.tar.gz": tarred(FILES, "w:gz"), "cables.csv": row()})
    size = sum((tmp_path / name).stat().st_size for name in ("dump.tar.gz", "cables.csv"))
    shown: list[tuple[str, int, int]] = []
    import_dumps(
        [tmp_path / "dump.tar.gz", tmp_path / "cables.csv"],
        tmp_path / "content",
        lexicon=builtin_lexicon(),
        progress=lambda stage, done, total: shown.append((stage, done, total)),
    )
    assert shown[-1] == ("Importing", size, size)
    assert shown == sorted(shown)


@given(
    name=st.sampled_from(["a.csv", "a.html", "a.json", "a.txt", "a.md", "a.zip", "a.tar", "a"]),
    data=st.one_of(
        st.binary(max_size=200),
        st.builds(
            lambda start, rest: start + rest,
            st.sampled_from(
                [
                    b'"1","2/14/2008 12:30","08STRELSAU1",',
                    b"<table class='cable'><tr><th>Created</th></tr><tr><td>",
                    b"<html><pre>",
                    b'{"canonical id": "x", "content": ',
                    b"Message Text\nPAGE 01  S\nMessage Attributes\n",
                    b"---\ndraft: ",
                    b"VZCZCXRO1\nVZCZCXRO2\n",
                    zipped(FILES)[:400],
                    tarred(FILES)[:700],
                    tarred(FILES, "w:gz")[:200],
                ]
            ),
            st.binary(max_size=200),
        ),
    ),
)
def test_no_bytes_whatever_stop_an_import(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        write_files(project, {name: data, "good.txt": telegram(9)})
        assert run_import(project, name, "good.txt").tallies
        assert "2008/02/08STRELSAU9.txt" in imported(project)
