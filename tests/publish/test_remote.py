"""Which repository the address of a remote names, and where its pages are served."""

from pathlib import Path

import pytest
from git_tools import git

from generator.publish.git import quoted_folder, shown, without_password
from generator.publish.remote import github_repository, pages_address_of

PAPERS = "https://ruritania.github.io/papers/"


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("https://github.com/ruritania/papers.git", PAPERS),
        ("https://github.com/ruritania/papers", PAPERS),
        ("https://github.com/ruritania/papers/", PAPERS),
        ("http://github.com/ruritania/papers.git", PAPERS),
        ("https://www.github.com/ruritania/papers", PAPERS),
        ("HTTPS://GitHub.com/Ruritania/papers", PAPERS),  # hosts have small letters
        ("https://github.com/ruritania/Papers", "https://ruritania.github.io/Papers/"),  # paths do not
        ("https://fritz@github.com/ruritania/papers.git", PAPERS),
        ("https://fritz:secret@github.com/ruritania/papers.git", PAPERS),
        ("https://x-access-token:ghs_123@github.com/ruritania/papers", PAPERS),
        ("git://github.com/ruritania/papers.git", PAPERS),
        ("ssh://git@github.com/ruritania/papers.git", PAPERS),
        ("ssh://git@github.com:22/ruritania/papers", PAPERS),
        ("ssh://git@ssh.github.com:443/ruritania/papers.git", PAPERS),
        ("git+ssh://git@github.com/ruritania/papers.git", PAPERS),
        ("git@github.com:ruritania/papers.git", PAPERS),
        ("git@github.com:ruritania/papers", PAPERS),
        ("git@github.com:/ruritania/papers.git", PAPERS),
        ("org-1234@github.com:ruritania/papers.git", PAPERS),
        ("github.com:ruritania/papers.git", PAPERS),
        ("https://github.com/ruritania/pa.pers.git", "https://ruritania.github.io/pa.pers/"),
        # The site of an owner stands at the root.
        ("https://github.com/ruritania/ruritania.github.io.git", "https://ruritania.github.io/"),
        ("git@github.com:Ruritania/ruritania.github.io", "https://ruritania.github.io/"),
        ("https://github.com/ruritania/zenda.github.io", "https://ruritania.github.io/zenda.github.io/"),
        # Nobody knows where these are served.
        ("https://github.example.org/ruritania/papers.git", None),
        ("https://notgithub.com/ruritania/papers.git", None),
        ("https://github.com.example.org/ruritania/papers.git", None),
        ("https://example.org/github.com/ruritania/papers.git", None),
        ("git@example.org:github.com/papers.git", None),
        ("https://gist.github.com/ruritania/papers", None),
        ("https://gitlab.com/ruritania/papers.git", None),
        ("git@work:ruritania/papers.git", None),
        ("https://github.com/ruritania", None),
        ("https://github.com/ruritania/papers/wiki", None),
        ("https://github.com/ruritania/..", None),
        ("https://github.com/-x/papers", None),
        ("/srv/git/papers.git", None),
        ("../papers.git", None),
        ("file:///srv/git/github.com/papers.git", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_address_of_the_pages_follows_from_that_of_the_remote(remote: str, address: str | None) -> None:
    repository = github_repository(remote)
    assert (repository.pages_address if repository else None) == address


def test_a_folder_below_a_repository_has_the_address_of_its_remote(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    archive = tmp_path / "papers of ruritania/archive"
    archive.mkdir(parents=True)
    assert pages_address_of(archive, "origin") is None
    git(tmp_path, "remote", "add", "origin", "git@github.com:ruritania/papers.git")
    git(tmp_path, "remote", "add", "copy", "git@example.org:ruritania/papers.git")
    assert pages_address_of(archive, "origin") == PAPERS
    assert pages_address_of(archive, "copy") is None
    assert pages_address_of(archive, "nobody") is None


def test_an_address_that_git_is_told_to_replace_is_replaced(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", "hub:ruritania/papers")
    git(tmp_path, "config", "url.https://github.com/.insteadOf", "hub:")
    assert pages_address_of(tmp_path, "origin") == PAPERS


def test_a_folder_outside_of_every_repository_has_none(tmp_path: Path) -> None:
    assert pages_address_of(tmp_path, "origin") is None


@pytest.mark.parametrize(
    ("said", "is_shown"),
    [
        ("fatal: unable to access 'https://fritz:secret@example.org/x/': no\n", "fatal: unable to access 'https://example.org/x/': no"),
        ("ssh://git@github.com/x", "ssh://git@github.com/x"),
        ("remote: 10%\rremote: done\x1b[K\n", "remote: done[K"),
        ("a\x07b\x1b]0;title\x07\x9bc\r\n", "ab]0;titlec"),
    ],
)  # fmt: skip
def test_what_git_says_is_shown_without_passwords_and_control_characters(said: str, is_shown: str) -> None:
    assert shown(said) == is_shown


def test_every_folder_can_be_named_to_git() -> None:
    assert quoted_folder(Path('/a "b"/ü:c')) == '"/a \\"b\\"/ü:c"'
    assert without_password("https://ghp_1@github.com/o/r") == "https://github.com/o/r"
