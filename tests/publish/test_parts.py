"""A split archive on its branches: each part in a repository of its own, and the portal over all."""

import shutil
from pathlib import Path

import pytest
from git_tools import git
from publish_tools import SETTINGS, Archive, new_archive
from site_tools import snapshot, telegram, write_files

SPLIT = f"""\
site_url = "https://ruritania.github.io/papers/"

{SETTINGS}
[publish]
split = "year"
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """An archive of two years, with a repository for each."""
    remotes = tmp_path / "papers-{part}.git"
    archive = new_archive(
        tmp_path,
        {
            "cablepress.toml": f'{SPLIT}part_remote = "{remotes}"\n',
            "content/2.txt": telegram(7, dtg="141230Z FEB 07"),
        },
    )
    for part in ("2007", "2008"):
        git(tmp_path, "init", "--quiet", "--bare", str(remotes).replace("{part}", part))
    return archive


def part_of(archive: Archive, name: str) -> Archive:
    """The repository of a part."""
    return Archive(archive.folder, archive.remote.parent / f"papers-{name}.git")


def test_each_part_goes_to_its_own_repository_and_the_portal_to_the_remote(archive: Archive) -> None:
    said = archive.publish()
    assert (said.status, said.err) == (0, "")
    folders = {path.name: path for path in (archive.folder / "parts").iterdir()}
    assert sorted(folders) == ["papers", "papers-2007", "papers-2008"]
    assert archive.published() == {**snapshot(folders["papers"]), ".nojekyll": b""}
    for year in ("2007", "2008"):
        published = part_of(archive, year).published()
        assert published == {**snapshot(folders[f"papers-{year}"]), ".nojekyll": b""}
    lines = said.out.splitlines()
    assert [line.split(",")[0] for line in lines if line.startswith("part ") and " files, " in line] == [
        "part      2007",
        "part      2008",
    ]
    assert [line for line in lines if "published: " in line or line.startswith("Open ")] == [
        "part      2007 is published: https://ruritania.github.io/papers-2007/",
        "part      2008 is published: https://ruritania.github.io/papers-2008/",
        "Open https://ruritania.github.io/papers/",
    ]
    assert not (archive.folder / ".cablepress/publish").exists()


def test_a_part_that_is_refused_is_told_beside_those_that_are_published(archive: Archive) -> None:
    hooks = part_of(archive, "2008").remote / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "pre-receive").write_text("#!/bin/sh\nexit 1\n")
    (hooks / "pre-receive").chmod(0o755)
    said = archive.publish()
    assert said.status == 3
    assert said.err.endswith("\nthese parts are published: 2007; publish again to send the others\n")
    assert part_of(archive, "2007").published() is not None
    assert archive.published() is None
    (hooks / "pre-receive").unlink()
    said = archive.publish()
    assert said.status == 0
    assert said.out.count("2007 is published already: ") == 1
    assert archive.published() is not None


def test_no_part_is_sent_where_one_must_not_be(archive: Archive) -> None:
    other = part_of(archive, "2008").remote
    git(archive.folder, "push", "--quiet", str(other), "main:gh-pages")
    said = archive.publish()
    assert said.status == 2
    assert said.err.startswith(
        f"cablepress: the branch gh-pages of {other} holds 1 commit that cablepress has not made"
    )
    shutil.rmtree(archive.folder / "parts/papers-2008")
    (archive.folder / "parts/papers-2008").symlink_to(archive.site)
    said = archive.publish()
    assert (said.status, said.err) == (
        3,
        "cablepress: the parts of the archive are not whole: parts/papers-2008: a link stands where a folder of the site belongs; "
        "remove it\n",
    )
    assert part_of(archive, "2007").published() is None
    assert archive.published() is None


def test_without_repositories_for_its_parts_it_says_how_to_name_them(archive: Archive) -> None:
    write_files(archive.folder, {"cablepress.toml": SPLIT})
    archive.build()
    said = archive.publish()
    assert (said.status, said.err) == (
        2,
        "cablepress: the settings do not say where the parts of the archive are pushed to; set `part_remote` under [publish], "
        'such as "https://github.com/OWNER/REPOSITORY-{part}.git"\n',
    )
