"""What keeps a site from being published: each a sentence with the next step, and nothing is sent."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from git_tools import git
from publish_tools import SETTINGS, Archive
from site_tools import telegram, write_files

from generator.archive.state import State
from generator.build.lock import locked
from generator.build.look import REPORT
from generator.build.standing import Finished
from generator.publish.branch import Branch
from generator.publish.publication import Publication, plan_publication
from generator.publish.refusals import PublishRefused, next_step
from generator.publish.remote import Repository
from generator.publish.repository import Remote
from generator.settings import Settings
from generator.settings.publish import PublishSettings

BUILD = "build the site: cablepress build\n"
Change = Callable[[Archive], object]


def hook(repository: Path, name: str, script: str) -> None:
    file = repository / "hooks" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def settings(archive: Archive, text: str) -> str:
    write_files(archive.folder, {"cablepress.toml": SETTINGS + text})
    return text


def forget_the_report(archive: Archive) -> None:
    state = State(archive.folder / ".cablepress/state.sqlite")
    state.remember(REPORT, None)
    state.close()


def link(path: Path, to: str) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.symlink_to(to)


def make_a_file_of(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("x")


def empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


# What is wrong with a site, and the whole of what is said; all of it ends with the next step.
SITES: dict[str, tuple[Change, str]] = {
    "there is none": (lambda it: shutil.rmtree(it.site), f"there is no folder site; {BUILD}"),
    "a file in its place": (
        lambda it: make_a_file_of(it.site), f"site is a file; remove it, and {BUILD}",
    ),
    "an empty folder": (lambda it: empty(it.site), f"site is empty; {BUILD}"),
    "never built": (
        lambda it: shutil.rmtree(it.folder / ".cablepress"),
        f"site is not what was built last in this folder, as far as .cablepress tells; {BUILD}",
    ),
    "a build that was not finished": (forget_the_report, f"the last build was not finished, and site holds a part of it; {BUILD}"),
    "a source was changed": (
        lambda it: write_files(it.folder, {"content/1.txt": telegram(subject="SALT"), "content/2.txt": telegram(2)}),
        f"site is out of date: 2 sources changed since it was built; {BUILD}",
    ),
    "a source has gone": (lambda it: (it.folder / "content/1.txt").unlink(), f"site is out of date: 1 source changed since it was built; {BUILD}"),
    "settings": (
        lambda it: settings(it, "[feeds]\nenabled = false\n"),
        f"site is out of date: the settings or the options of the build changed since it was built; {BUILD}",
    ),
    "another remote, and so another address": (
        lambda it: (
            git(it.folder, "remote", "set-url", "origin", "https://github.com/ruritania/papers.git"),
            git(it.folder, "config", f"url.{it.remote}.insteadOf", "https://github.com/ruritania/papers.git"),
        ),
        f"site is out of date: the settings or the options of the build changed since it was built; {BUILD}",
    ),
    "other options": (
        lambda it: (it.run("build", "--site-url", "https://example.org/")),
        f"site is out of date: the settings or the options of the build changed since it was built; {BUILD}",
    ),
    "a ledger": (
        lambda it: write_files(it.folder, {"content/release.toml": "[[withhold]]\ncable = '08STRELSAU123'\n"}),
        f"site is out of date: the ledger or what its embargoes say on this day changed since it was built; {BUILD}",
    ),
    "a template": (
        lambda it: write_files(it.folder, {"templates/home.html": "<p>x"}),
        f"site is out of date: the templates changed since it was built; {BUILD}",
    ),
    "a page was edited": (
        lambda it: (it.site / "index.html").write_text("x"),
        f"site/index.html is not as the build has written it; remove that file, and {BUILD}",
    ),
    "a page is missing": (lambda it: (it.site / "index.html").unlink(), f"1 file of site is missing, such as index.html; {BUILD}"),
    "a link in the place of a page": (
        lambda it: link(it.site / "index.html", "/etc/passwd"),
        f"site/index.html is a link, and what it leads to is not the site's; remove it, and {BUILD}",
    ),
    "a link in the place of a folder": (
        lambda it: link(it.site / "tag", "/etc"), f"site/tag is a link, and what it leads to is not the site's; remove it, and {BUILD}",
    ),
    "a link of somebody's": (
        lambda it: link(it.site / "private", str(Path.home())),
        f"site/private is a link, and what it leads to is not the site's; remove it, and {BUILD}",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), SITES.values(), ids=SITES)
def test_a_site_that_is_not_what_a_build_would_make_is_not_published(
    archive: Archive, change: Change, said: str
) -> None:
    change(archive)
    finished = archive.publish()
    assert (finished.status, finished.out, finished.err) == (2, "", f"cablepress: {said}")
    assert archive.published() is None


def test_a_preview_is_not_published(archive: Archive) -> None:
    folder = ".cablepress/preview/published/site"
    write_files(archive.folder, {f"{folder}/index.html": "x"})
    said = archive.publish("--site", folder)
    assert (said.status, said.err) == (
        2,
        f"cablepress: {folder} is a preview, which cablepress serve has made; {BUILD}",
    )


def test_a_site_of_another_day_is_not_published_where_an_embargo_depends_on_it(archive: Archive) -> None:
    embargoed = f"---\nembargo: 2026-11-28\n---\n{telegram(2)}"
    write_files(archive.folder, {"content/2.txt": embargoed})
    archive.build("--date", "2026-11-30")
    said = archive.publish(SOURCE_DATE_EPOCH=str(1795824000 - 86_400))
    assert said.status == 2
    assert "out of date: the day that decides an embargo changed since it was built" in said.err
    assert archive.published() is None


def test_a_ledger_that_cannot_be_read_stops_it(archive: Archive) -> None:
    write_files(archive.folder, {"content/release.toml": "[[withold]]\n"})
    said = archive.publish()
    assert said.status == 2
    assert said.err.startswith("cablepress: the release ledger cannot be used\n")


def test_nothing_is_published_while_a_build_is_at_work(archive: Archive) -> None:
    with locked(archive.folder / ".cablepress", "another build"):
        said = archive.publish()
    assert (said.status, said.err) == (2, "cablepress: a build is at work in .cablepress\n")


# What is wrong with the repository here, and what is said; {folder} and {remote} stand for where they are.
REPOSITORIES: dict[str, tuple[Change, str]] = {
    "none": (
        lambda it: shutil.rmtree(it.folder / ".git"),
        "{folder} lies in no git repository; make one, and say where it is published:\n  git init\n"
        "  git remote add origin https://github.com/OWNER/REPOSITORY.git\n",
    ),
    "no remote": (
        lambda it: git(it.folder, "remote", "remove", "origin"),
        "there is no git remote origin; say where the site is published:\n"
        "  git remote add origin https://github.com/OWNER/REPOSITORY.git\n",
    ),
    "other remotes": (
        lambda it: (git(it.folder, "remote", "rename", "origin", "web"), git(it.folder, "remote", "add", "copy", "x")),
        "there is no git remote origin; name one of these with --remote, or in the settings: copy, web\n",
    ),
    "a remote of two addresses": (
        lambda it: git(it.folder, "remote", "set-url", "--add", "--push", "origin", "a")
        + git(it.folder, "remote", "set-url", "--add", "--push", "origin", "b"),
        "the git remote origin pushes to 2 addresses, and a site is published at one; add a remote with one address, and name it with --remote\n",
    ),
    "the branch is checked out": (
        lambda it: git(it.folder, "checkout", "--quiet", "-b", "gh-pages"),
        "the branch gh-pages is checked out in {folder}, and a publication replaces all that is in a branch; "
        "name another, which holds the site alone: --branch gh-pages\n",
    ),
    "the branch is checked out elsewhere": (
        lambda it: git(it.folder, "worktree", "add", "--quiet", "-b", "gh-pages", "../tree"),
        "the branch gh-pages is checked out in {tree}, and a publication replaces all that is in a branch; "
        "name another, which holds the site alone: --branch gh-pages\n",
    ),
    "main has the sources": (
        lambda it: (git(it.folder, "checkout", "--quiet", "-b", "work"), settings(it, "[publish]\nbranch = 'main'\n")),
        "the branch main holds the sources of this repository, and a publication replaces all that is in a branch; "
        "name another, which holds the site alone: --branch gh-pages\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), REPOSITORIES.values(), ids=REPOSITORIES)
def test_a_repository_that_does_not_serve_is_told_with_the_next_step(
    archive: Archive, change: Change, said: str
) -> None:
    change(archive)
    finished = archive.publish()
    words = said.format(
        folder=archive.folder, remote=archive.remote, tree=(archive.folder / "../tree").resolve()
    )
    assert (finished.status, finished.out, finished.err) == (2, "", f"cablepress: {words}")
    assert archive.published() is None


@pytest.mark.parametrize("name", ["-x", "a..b", "@{-1}", "a b", "", "refs/heads/", "x.lock"])
@pytest.mark.parametrize("kind", ["remote", "branch"])
def test_a_name_that_is_none_is_refused(archive: Archive, kind: str, name: str) -> None:
    if (kind, name) in (("remote", "a..b"), ("remote", "x.lock"), ("remote", "refs/heads/")):
        return  # of a remote, these may be names
    said = archive.publish(f"--{kind}={name}")
    assert said.status == 2
    assert said.err.startswith(f"cablepress: --{kind} must be the name of a git {kind}, such as ")
    assert said.err.endswith(f", not {name!r}\n")


def test_without_git_it_says_where_to_get_it(archive: Archive) -> None:
    said = archive.publish(PATH=str(archive.site))
    assert (said.status, said.err) == (
        2,
        "cablepress: git is not installed, and it is git that sends a site to its branch; install it: "
        "https://git-scm.com/downloads\n",
    )


def test_a_git_that_is_too_old_is_named(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\necho git version 2.20.1\n")
    (tmp_path / "git").chmod(0o755)
    said = archive.publish(PATH=str(tmp_path))
    assert (said.status, said.err) == (2, "cablepress: git 2.20 is too old; 2.25 or later is needed\n")


def test_who_commits_must_be_known(archive: Archive) -> None:
    said = archive.publish(GIT_COMMITTER_NAME="", GIT_COMMITTER_EMAIL="", HOME=str(archive.site))
    assert (said.status, said.err) == (
        2,
        "cablepress: git does not know who you are, and a commit has a name; say it:\n"
        '  git config --global user.name "Your Name"\n  git config --global user.email you@example.org\n',
    )


# What a remote has against it, and what is said.
REMOTES: dict[str, tuple[Change, str]] = {
    "not there": (
        lambda it: shutil.rmtree(it.remote),
        "the remote origin ({remote}) cannot be reached; there is no such repository, or you may not see it; make it, or mend "
        "the address: git remote set-url\n"
        "  fatal: '{remote}' does not appear to be a git repository\n"
        "  fatal: Could not read from remote repository.\n"
        "  Please make sure you have the correct access rights\n"
        "  and the repository exists.\n",
    ),
    "a hook that declines": (
        lambda it: hook(it.remote, "pre-receive", 'printf "no\\033[2J sites\\007 here\\n" >&2; exit 1'),
        "origin ({remote}) has not taken the branch gh-pages, which is as it was; a hook over there has declined it, for the "
        "reason that is given\n"
        "  remote: no[2J sites here\n"
        "  To {remote}\n"
        "   ! [remote rejected] {commit} -> gh-pages (pre-receive hook declined)\n"
        "  error: failed to push some refs to '{remote}'\n",
    ),
    "nothing can be written": (
        lambda it: link(it.remote / "objects", "/proc/sys"),
        "origin ({remote}) has not taken the branch gh-pages, which is as it was; you may not push there; ask for write "
        "access, or name another remote: --remote\n",
    ),
    "a hook of one's own": (
        lambda it: hook(it.folder / ".git", "pre-push", "echo not on a Sunday >&2; exit 1"),
        "origin ({remote}) has not taken the branch gh-pages, which is as it was\n"
        "  not on a Sunday\n"
        "  error: failed to push some refs to '{remote}'\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), REMOTES.values(), ids=REMOTES)
def test_a_remote_that_refuses_is_told_in_its_own_words(archive: Archive, change: Change, said: str) -> None:
    change(archive)
    finished = archive.publish()
    commit = "".join(word for word in finished.err.split() if len(word) == 40)
    words = f"cablepress: {said.format(remote=archive.remote, commit=commit)}"
    assert finished.status == 3
    assert finished.err.startswith(words)
    assert finished.err == words or said.count("\n") == 1
    assert not archive.remote.exists() or archive.published() is None


def test_a_branch_that_may_only_grow_is_published_with_history(archive: Archive) -> None:
    git(archive.remote, "config", "receive.denyNonFastForwards", "true")
    assert archive.publish().status == 0
    tip = archive.tip()
    archive.edit()
    said = archive.publish()
    assert said.status == 3
    assert said.err.startswith(
        f"cablepress: origin ({archive.remote}) has not taken the branch gh-pages, which is as it was; the branch is protected, "
        "or may only grow; allow force pushes to it, or publish with --history\n"
    )
    assert archive.tip() == tip
    assert archive.publish("--history").status == 0


def test_a_branch_that_is_checked_out_over_there_is_told(archive: Archive) -> None:
    over_there = archive.remote.parent / "over there"
    git(archive.folder, "init", "--quiet", "--initial-branch=gh-pages", str(over_there))
    git(archive.folder, "remote", "set-url", "origin", str(over_there))
    said = archive.publish()
    assert said.status == 3
    assert "; over there the branch is checked out; publish to a bare repository\n" in said.err


def test_a_push_of_somebody_else_meanwhile_is_not_overwritten(archive: Archive) -> None:
    archive.publish()
    with archive.clone() as clone:
        git(clone, "commit", "--quiet", "--allow-empty", "--message=By hand")
        hand = git(clone, "rev-parse", "HEAD")
        hook(archive.folder / ".git", "pre-push", f"env -u GIT_DIR git -C '{clone}' push --quiet")
        archive.edit()
        said = archive.publish()
    assert said.status == 3
    assert "somebody has changed the branch meanwhile; look at what is there, and publish again\n" in said.err
    assert archive.tip() == hand


@pytest.mark.parametrize("above", [True, False])
def test_work_of_others_is_named_and_kept(archive: Archive, above: bool) -> None:
    if above:
        archive.publish()
    else:
        git(archive.folder, "push", "--quiet", "origin", "main:gh-pages")
    with archive.clone() as clone:
        write_files(clone, {"by hand.html": "x"})
        git(clone, "add", ".")
        git(clone, "commit", "--quiet", "--date=2026-11-27T12:00:00Z", "--message=A page of mine")
        git(clone, "push", "--quiet")
    tip = archive.tip()
    archive.edit()
    said = archive.publish()
    day = git(archive.remote, "log", "-1", "--format=%cs", "gh-pages")
    below = "" if above else f"  {git(archive.folder, 'rev-parse', 'HEAD')[:10]} {day} Fritz: The papers\n"
    count = "1 commit" if above else "2 commits"
    assert (said.status, said.out) == (2, "")
    assert said.err == (
        f"cablepress: the branch gh-pages of origin holds {count} that cablepress has not made, and a publication would "
        f"replace what is in them:\n  {tip[:10]} {day} Fritz: A page of mine\n{below}"
        "publish to another branch, which is made for it: --branch NAME; or, if nobody needs them, remove this one first:\n"
        "  git push origin --delete gh-pages\n"
    )
    assert archive.tip() == tip
    assert archive.publish("--branch", "site").status == 0


def test_passwords_of_an_address_are_never_shown(archive: Archive) -> None:
    git(archive.folder, "remote", "set-url", "origin", "http://fritz:Rosa@127.0.0.1:1/papers.git")
    said = archive.publish()
    assert said.status == 3
    assert said.err.startswith(
        "cablepress: the remote origin (http://127.0.0.1:1/papers.git) cannot be reached; the host does not answer; "
        "try again later\n  fatal: unable to access 'http://127.0.0.1:1/papers.git/': "
    )
    assert "Rosa" not in said.err


def test_nobody_is_asked_for_a_password_where_nobody_is(archive: Archive, tmp_path: Path) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text('#!/bin/sh\necho "$@" >&2\necho "$GIT_TERMINAL_PROMPT" >&2\nexit 255\n')
    ssh.chmod(0o755)
    git(archive.folder, "remote", "set-url", "origin", "git@nowhere.example:papers.git")
    said = archive.publish(GIT_SSH_COMMAND=f"{ssh} -4")
    assert said.status == 3
    assert "\n  -4 -o BatchMode=yes" in said.err
    assert "\n  0\n" in said.err


def test_a_secret_in_a_site_keeps_it_from_being_published(archive: Archive) -> None:
    write_files(archive.folder, {"content/release.toml": "[[redact]]\nterm = 'Rosa Rassendyll'\n"})
    archive.build()
    page = archive.site / "index.html"
    text = page.read_bytes()
    page.write_bytes(text.replace(b"The Salt Papers", b"Rosa Rassendyll", 1))
    assert len(text) == page.stat().st_size
    said = archive.publish()
    assert said.status == 1
    assert said.err.startswith("leak: index.html: byte ")
    assert said.err.endswith(
        "\ncablepress: the site holds what the ledger holds back, and nothing was published\n"
    )
    assert archive.published() is None


def test_a_page_of_the_same_size_and_other_words_is_not_published(archive: Archive) -> None:
    page = archive.site / "index.html"
    page.write_bytes(page.read_bytes().replace(b"Salt", b"salt", 1))
    said = archive.publish()
    assert (said.status, said.err) == (
        2,
        "cablepress: index.html is not as the build has written it, and manifest-sha256.txt would not hold for it; remove that "
        f"file, and {BUILD}",
    )
    assert archive.published() is None


def test_a_broken_link_keeps_a_site_from_being_published(archive: Archive) -> None:
    page = archive.site / "index.html"
    page.write_bytes(page.read_bytes().replace(b"tag/PGOV.html", b"tag/PGOX.html", 1))
    said = archive.publish()
    assert said.status == 1
    assert said.err.startswith("error link-broken\n    index.html:")
    assert said.err.endswith(
        "\ncablepress: the site is broken, and nothing was published; all that is wrong: "
        ".cablepress/check/site-problems.jsonl\n"
    )
    assert archive.published() is None


def test_errors_of_the_archive_keep_it_from_being_published_and_warnings_do_not(archive: Archive) -> None:
    write_files(archive.folder, {"content/letter.txt": "Dear Rosa,\n"})
    (archive.folder / "content/broken.txt").symlink_to("nowhere")
    archive.build()
    said = archive.publish()
    assert (said.status, said.err) == (
        1,
        "cablepress: the archive has 1 error, and nothing was published; see them, and mend them: cablepress check\n",
    )
    (archive.folder / "content/broken.txt").unlink()
    archive.build()
    assert archive.publish("--dry-run").status == 0


# The plan, without a repository.


def plan(
    *files: tuple[str, int],
    over_limit: bool = False,
    cname: str | None = None,
    settings: Settings | None = None,
    said: str | None = "as settings say",
) -> Publication:
    settings = settings or Settings()
    return plan_publication(
        Remote(name="origin", address="x", repository=Repository(owner="ruritania", name="papers")),
        Branch(name="gh-pages", cname=cname),
        Finished(files=files or (("index.html", 1),), foreign=()),
        settings,
        said_address=said and settings.site_url,
        keeps_history=False,
        over_limit=over_limit,
    )


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            [(f"{number}.html", 100_000_000) for number in range(11)],
            "the site has 1.10 GB, and GitHub Pages takes 1 GB; leave out the data files or the search ([data] and [search] of the "
            "settings), split it by time or origin (`split` under [publish]), or, for a host that takes more, publish with "
            "--over-limit",
        ),
        (
            [("data/cables.jsonl", 104_857_601)],
            "data/cables.jsonl has 104.9 MB, and GitHub takes no file of more than 104.8 MB; leave it out, or, for a host that "
            "takes more, publish with --over-limit",
        ),
    ],
)  # fmt: skip
def test_what_is_too_large_is_refused_unless_it_is_meant(files: list[tuple[str, int]], said: str) -> None:
    with pytest.raises(PublishRefused) as refused:
        plan(*files)
    assert str(refused.value) == said
    plan(*files, over_limit=True)


@pytest.mark.parametrize("name", ["a\nb.png", 'a"b.png', "a\\b.png", ".git/config", "CNAME"])
def test_a_name_that_git_or_github_would_take_for_something_else_is_refused(name: str) -> None:
    with pytest.raises(PublishRefused, match=r"rename its source|has a file CNAME of its own"):
        plan((name, 1))


A, B = "a.example.org", "b.example.org"


@pytest.mark.parametrize(
    ("address", "domain", "cname", "outcome"),
    [
        (None, "", None, None),
        (None, A, None, A),
        (None, A, A, A),
        (None, "", A, A),
        (f"https://{A}/", "", A, A),
        (f"https://{A}/", A, None, A),
        (f"https://{A}/", "", None, None),
        (None, A, B, "CNAME on the branch gh-pages of origin says b.example.org, and `domain` under [publish] of the settings says a.example.org; "),
        (f"https://{A}/", "", B, "CNAME on the branch gh-pages of origin says b.example.org, and `site_url` of the settings says a.example.org; "),
        (f"https://{B}/", A, A, "the settings disagree: `site_url` is at b.example.org, and `domain` under [publish] is a.example.org; "),
    ],
)  # fmt: skip
def test_all_that_is_known_of_a_domain_must_agree(
    address: str | None, domain: str, cname: str | None, outcome: str | None
) -> None:
    wished = Settings(site_url=address, publish=PublishSettings(domain=domain))
    if outcome is None or " " not in outcome:
        assert plan(settings=wished, cname=cname).domain == outcome
        return
    with pytest.raises(PublishRefused) as refused:
        plan(settings=wished, cname=cname)
    assert str(refused.value).startswith(outcome)


@pytest.mark.parametrize(
    ("address", "cname", "note"),
    [
        (None, None, []),
        ("https://ruritania.github.io/papers/", None, []),
        ("https://ruritania.github.io/letters/", None, []),  # as it was said
        (
            "https://papers.example.org/", None,
            ["no domain is set for the branch; if GitHub Pages is to serve papers.example.org, set `domain = \"papers.example.org\"` under [publish]"],
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_noted(address: str | None, cname: str | None, note: list[str]) -> None:
    assert list(plan(settings=Settings(site_url=address), cname=cname).warnings) == note


def test_old_addresses_that_github_does_not_read_are_noted() -> None:
    settings = Settings(publish=PublishSettings(redirects=True))
    assert list(plan(settings=settings).warnings) == [
        "GitHub Pages does not read _redirects, so that old addresses lead nowhere there; set `redirects = false` under "
        "[publish], and build"
    ]


def test_a_site_that_was_built_for_another_address_says_so() -> None:
    publication = plan(settings=Settings(site_url="https://ruritania.github.io/letters/"), cname=A, said=None)
    assert publication.address == f"https://{A}/"
    assert publication.warnings == (
        f"the addresses in the site say https://ruritania.github.io/letters/, and it is served at https://{A}/; "
        f'set `domain = "{A}"` under [publish], and build',
    )
    publication = plan(settings=Settings(site_url="https://ruritania.github.io/letters/"), said=None)
    assert publication.warnings == (
        "the addresses in the site say https://ruritania.github.io/letters/, and it is served at "
        'https://ruritania.github.io/papers/; set `site_url = "https://ruritania.github.io/papers/"`, and build',
    )


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ("remote: error: GH006: Protected branch update failed for refs/heads/gh-pages.", "the branch is protected"),
        ("ERROR: Permission to ruritania/papers.git denied to fritz.", "you may not push there"),
        ("remote: Write access to repository not granted.\nfatal: ... The requested URL returned error: 403", "you may not push there"),
        ("git@github.com: Permission denied (publickey).", "give ssh a key"),
        ("remote: Repository not found.\nfatal: repository 'https://github.com/x/y/' not found", "there is no such repository"),
        ("fatal: could not read Username for 'https://github.com': terminal prompts disabled", "log in first"),
        ("fatal: unable to access 'https://github.com/': Could not resolve host: github.com", "the host does not answer"),
        ("remote: error: File a.bin is 120.00 MB; this exceeds GitHub's file size limit of 100.00 MB", "the repository takes no file"),
        ("! [rejected] gh-pages -> gh-pages (stale info)", "somebody has changed the branch"),
        ("fatal: detected dubious ownership in repository at '/papers'", "the folder belongs to somebody else"),
        ("fatal: something that nobody has heard of", ""),
    ],
)  # fmt: skip
def test_what_git_says_has_its_next_step(said: str, step: str) -> None:
    assert next_step(said).startswith(step)
    assert bool(next_step(said)) == bool(step)
