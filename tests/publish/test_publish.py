"""A site on its branch: what is published is the site, byte for byte, and nothing else is touched."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from git_tools import OF_NOBODY, git
from publish_tools import SETTINGS, Archive, site_of
from site_tools import snapshot, write_files
from terminal import on_a_terminal

from generator.output.budget import budget_in_a_line

PROGRAM = Path(sys.executable).with_name("cablepress")
PLAN = """\
remote    origin, {remote}
branch    gh-pages, {becomes}
address   not known, since the remote is not at GitHub; `site_url` may say it
site      {budget}
source    commit {head}

"""


def plan_of(archive: Archive, becomes: str = "which is made") -> str:
    site = site_of(archive)
    budget = budget_in_a_line(len(site), sum(map(len, site.values())), "", 0)
    head = git(archive.folder, "rev-parse", "HEAD")[:10]
    plan = PLAN.format(remote=archive.remote, becomes=becomes, budget=budget, head=head)
    return flat(plan)


def flat(text: str) -> str:
    """A text without the ends of its lines, of which a terminal has others."""
    return " ".join(text.split())


def refs_of(folder: Path) -> str:
    return git(folder, "for-each-ref") + git(folder, "count-objects", "-v") + git(folder, "status", "--short")


def hook(repository: Path, name: str, script: str) -> None:
    file = repository / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def test_what_is_published_is_the_site_byte_for_byte(archive: Archive) -> None:
    before = refs_of(archive.folder)
    said = archive.publish()
    assert (said.status, said.err) == (0, "")
    assert flat(said.out).startswith(plan_of(archive))
    assert said.out.splitlines()[-1].startswith("Published in ")
    assert said.out.endswith(" s: the branch gh-pages of origin\n")
    with archive.clone() as clone:
        shutil.rmtree(clone / ".git")
        assert snapshot(clone) == {**site_of(archive), ".nojekyll": b""}
    assert archive.published() == {**site_of(archive), ".nojekyll": b""}
    assert refs_of(archive.folder) == before
    assert not (archive.folder / ".cablepress/publish").exists()


def test_the_commit_says_who_made_it_and_of_what(archive: Archive) -> None:
    archive.publish()
    head = git(archive.folder, "rev-parse", "HEAD")
    shown = git(archive.remote, "log", "-1", "--format=%an <%ae> %ct%n%B", "gh-pages")
    assert shown == (
        "Fritz <fritz@example.org> 1795824000\nPublish The Salt Papers\n\nPublished-by: cablepress 0.1.0\n"
        f"Source: {head}"
    )
    archive.edit()
    archive.publish("--message", "-- A new day")
    message = git(archive.remote, "log", "-1", "--format=%B", "gh-pages")
    assert message.startswith("-- A new day\n\nPublished-by: cablepress ")
    assert message.endswith(f"Source: {head} and changes that are not committed")


def test_the_branch_keeps_no_history_unless_it_is_told_to(archive: Archive) -> None:
    assert archive.publish().status == 0
    archive.edit("1. (U) It thawed.")
    said = archive.publish()
    assert "branch    gh-pages, in place of what was published before\n" in said.out
    assert archive.published() == {**site_of(archive), ".nojekyll": b""}
    assert git(archive.remote, "rev-list", "--count", "gh-pages") == "1"
    for number in (2, 3):
        archive.edit(f"1. (U) It rained on day {number}.")
        said = archive.publish("--history")
        assert (said.status, said.err) == (0, "")
        assert "branch    gh-pages, on top of what was published before\n" in said.out
        assert git(archive.remote, "rev-list", "--count", "gh-pages") == str(number)
        assert archive.published() == {**site_of(archive), ".nojekyll": b""}
        # From now on as GitHub does: only what is asked for is brought here.
        git(archive.remote, "config", "uploadpack.allowFilter", "true")
        git(archive.remote, "config", "uploadpack.allowAnySHA1InWant", "true")
        git(archive.folder, "remote", "set-url", "origin", archive.remote.as_uri())
    git(archive.remote, "fsck", "--strict", "--no-dangling")


def test_the_settings_may_keep_history_and_name_remote_and_branch(archive: Archive) -> None:
    git(archive.folder, "remote", "rename", "origin", "web")
    settings = f'{SETTINGS}\n[publish]\nremote = "web"\nbranch = "pages/live"\nhistory = true\n'
    write_files(archive.folder, {"cablepress.toml": settings})
    assert archive.publish().status == 0
    archive.edit()
    assert archive.publish().status == 0
    assert git(archive.remote, "rev-list", "--count", "pages/live") == "2"
    assert archive.publish("--no-history", "--branch", "here", "--remote", "web").status == 0
    assert git(archive.remote, "rev-list", "--count", "here") == "1"


def test_what_is_published_already_is_not_sent_again(archive: Archive) -> None:
    archive.publish()
    tip = archive.tip()
    said = archive.publish()
    assert said.status == 0
    assert said.out.endswith("\nNothing to do: the branch gh-pages of origin holds this very site already\n")
    assert archive.tip() == tip


def test_a_dry_run_says_and_checks_all_and_sends_nothing(archive: Archive) -> None:
    said = archive.run("publish", "--dry-run")
    assert (said.status, said.err) == (0, "")
    assert flat(said.out) == f"{plan_of(archive)} Nothing was sent, since this is a dry run."
    assert archive.published() is None


def test_files_that_are_not_ours_are_left_out_and_named(archive: Archive) -> None:
    ours = site_of(archive)
    write_files(archive.site, {"tag/letter from home.txt": "private", ".DS_Store": "x", ".git/config": "x"})
    said = archive.publish()
    assert "left out  2 files not written by cablepress: .DS_Store, tag/letter from home.txt\n" in said.out
    assert archive.published() == {**ours, ".nojekyll": b""}


def test_nothing_is_told_by_the_branch_of_what_git_ignores_converts_or_signs(archive: Archive) -> None:
    for key, value in (
        ("core.autocrlf", "true"),
        ("core.safecrlf", "true"),
        ("commit.gpgSign", "true"),
        ("push.followTags", "true"),
        ("tag.gpgSign", "true"),
        ("core.bigFileThreshold", "1k"),
        ("core.quotePath", "true"),
        ("log.showSignature", "true"),
        ("fetch.fsckObjects", "true"),
    ):
        git(archive.folder, "config", key, value)
    write_files(archive.folder, {".gitattributes": "* text=auto eol=crlf\n*.html filter=none\n"})
    assert archive.publish().status == 0
    assert archive.publish("--history").status == 0
    assert archive.published() == {**site_of(archive), ".nojekyll": b""}


# Where a project may lie: what makes the place from an archive, and the folder that is the project's then.


def _without_a_commit(archive: Archive) -> None:
    shutil.rmtree(archive.folder / ".git")
    git(archive.folder, "init", "--quiet")
    git(archive.folder, "remote", "add", "origin", "../the remote.git")


def _shallow(archive: Archive) -> None:
    git(archive.folder, "commit", "--quiet", "--allow-empty", "--message=again")
    tip = git(archive.folder, "rev-parse", "HEAD")
    (archive.folder / ".git/shallow").write_text(f"{tip}\n")


def _worktree(archive: Archive) -> None:
    main = archive.remote.parent / "main"
    git(archive.folder, "worktree", "add", "--quiet", "--detach", "../tree")
    (archive.folder / ".git").rename(main)
    shutil.copy(main.parent / "tree/.git", archive.folder / ".git")
    (archive.folder / ".git").write_text(f"gitdir: {main}/worktrees/tree\n")
    (main / "worktrees/tree/gitdir").write_text(f"{archive.folder}/.git\n")
    git(main, "config", "core.bare", "true")


def _submodule(archive: Archive) -> None:
    around = archive.folder.parent
    (archive.folder / ".git").rename(around / "modules")
    git(around / "modules", "config", "core.worktree", str(archive.folder))
    (archive.folder / ".git").write_text("gitdir: ../modules\n")


def _below_a_repository(archive: Archive) -> None:
    (archive.folder / ".git").rename(archive.folder.parent / ".git")
    git(archive.folder.parent, "remote", "set-url", "origin", "the remote.git")


def _with_sha256(archive: Archive) -> None:
    for folder, bare in ((archive.folder / ".git", []), (archive.remote, ["--bare"])):
        shutil.rmtree(folder)
        git(
            folder.parent,
            *("init", "--quiet", "--object-format=sha256", *bare),
            str(folder if bare else folder.parent),
        )
    git(archive.folder, "remote", "add", "origin", str(archive.remote))


def _with_a_hook(archive: Archive) -> None:
    hook(
        archive.folder / ".git",
        "pre-push",
        "git rev-parse --show-toplevel && read -r _ id _ _ && git cat-file -e $id",
    )


def _bare(archive: Archive) -> None:
    git(archive.folder, "config", "core.bare", "true")


def _over_a_url(archive: Archive) -> None:
    git(archive.folder, "remote", "set-url", "origin", archive.remote.as_uri())


@pytest.mark.parametrize(
    "place",
    [
        _without_a_commit, _shallow, _worktree, _submodule, _below_a_repository, _with_sha256, _with_a_hook, _over_a_url, _bare,
    ],
)  # fmt: skip
def test_wherever_a_project_lies_it_is_published(archive: Archive, place: Callable[[Archive], None]) -> None:
    place(archive)
    said = archive.publish()
    assert (said.status, said.err) == (0, "")
    assert archive.published() == {**site_of(archive), ".nojekyll": b""}


def test_a_detached_head_is_told_and_its_commit_recorded(archive: Archive) -> None:
    git(archive.folder, "checkout", "--quiet", "--detach")
    head = git(archive.folder, "rev-parse", "HEAD")
    assert f"source    commit {head[:10]}, of a detached head\n" in archive.publish().out
    assert f"Source: {head}\n" in git(archive.remote, "log", "-1", "--format=%B", "gh-pages") + "\n"


def test_at_github_it_ends_with_the_address_and_the_switch_for_the_first_time(archive: Archive) -> None:
    git(archive.folder, "remote", "set-url", "origin", "https://github.com/ruritania/papers.git")
    git(
        archive.folder, "config", f"url.{archive.remote}.insteadOf", "https://github.com/ruritania/papers.git"
    )
    archive.build()
    said = archive.publish()
    assert "\naddress   https://ruritania.github.io/papers/\n" in said.out
    assert said.out.splitlines()[-3:] == [
        "The first time, switch it on at https://github.com/ruritania/papers/settings/pages: under Build and",
        "deployment choose Deploy from a branch, gh-pages, / (root)",
        "Open https://ruritania.github.io/papers/ in a minute or two",
    ]
    archive.edit()
    last = archive.publish().out.splitlines()[-2:]
    assert last[0].startswith("Published in ")
    assert last[1] == "Open https://ruritania.github.io/papers/ in a minute or two"


def test_a_domain_of_the_settings_becomes_cname_and_one_of_the_branch_is_kept(archive: Archive) -> None:
    settings = f'{SETTINGS}\n[publish]\ndomain = "papers.example.org"\n'
    write_files(archive.folder, {"cablepress.toml": settings})
    archive.build()
    said = archive.publish()
    assert "\ndomain    papers.example.org, from the settings\n" in said.out
    assert said.out.endswith("\nOpen https://papers.example.org/\n")
    assert archive.published() == {**site_of(archive), ".nojekyll": b"", "CNAME": b"papers.example.org"}
    write_files(archive.folder, {"cablepress.toml": SETTINGS})
    archive.build()
    said = archive.publish()
    assert "\ndomain    papers.example.org, as the branch has it\n" in said.out
    assert (archive.published() or {})["CNAME"] == b"papers.example.org"


def test_a_domain_that_was_set_at_github_is_no_work_of_others(archive: Archive) -> None:
    archive.publish()
    with archive.clone() as clone:
        write_files(clone, {"CNAME": "papers.example.org\n"})
        git(clone, "add", ".")
        git(clone, "commit", "--quiet", "--message=Create CNAME")
        git(clone, "push", "--quiet")
    archive.edit()
    assert archive.publish().status == 0
    assert (archive.published() or {})["CNAME"] == b"papers.example.org"


def test_a_publication_that_is_killed_leaves_no_branch_and_the_next_goes_through(archive: Archive) -> None:
    hook(archive.folder / ".git", "pre-push", "kill -9 0")
    environment = {**os.environ, **OF_NOBODY, "SOURCE_DATE_EPOCH": "1795824000"}
    killed = subprocess.run(
        [str(PROGRAM), "publish", "--yes"],
        cwd=archive.folder, env=environment, capture_output=True, start_new_session=True, check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    assert (archive.folder / ".cablepress/publish").is_dir()
    assert archive.published() is None
    (archive.folder / ".git/hooks/pre-push").unlink()
    assert archive.publish().status == 0
    assert archive.published() == {**site_of(archive), ".nojekyll": b""}
    assert not (archive.folder / ".cablepress/publish").exists()


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("\n", 1)])
def test_a_person_is_asked_and_the_answer_counts(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    for name, value in {**OF_NOBODY, "SOURCE_DATE_EPOCH": "1795824000"}.items():
        monkeypatch.setenv(name, value)
    ended = on_a_terminal(
        str(PROGRAM), "publish",
        folder=archive.folder,
        answers={"Check the site, and publish it? [y/N]: ": answer},
    )  # fmt: skip
    assert ended.status == status, ended.shown
    assert ended.shown.startswith(f"remote    origin, {str(archive.remote)[:20]}")
    assert ("cablepress: nothing was published\n" in ended.shown) == (status == 1)
    assert (archive.published() is not None) == (status == 0)


def test_where_nobody_is_there_to_say_yes_it_wants_to_be_told(archive: Archive) -> None:
    said = archive.run("publish")
    assert said.status == 2
    assert flat(said.out) == plan_of(archive)
    assert said.err == (
        "cablepress: nobody is there to say yes, and nothing was published; to publish this, add --yes\n"
    )
    assert archive.published() is None
