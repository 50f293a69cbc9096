"""Where a site will be served: as the call says, else the settings, else the domain, else the remote of git."""

from pathlib import Path

import pytest
from git_tools import git
from site_tools import telegram, write_files
from test_cli import run

REMOTE = "git@github.com:ruritania/papers.git"
OF_THE_REMOTE = "https://ruritania.github.io/papers/"


def archive(folder: Path, *, settings: str = "", remote: str = "") -> Path:
    """An archive of one telegram, in a repository if that is to have a remote."""
    write_files(folder, {"content/1.txt": telegram(), "cablepress.toml": settings})
    if remote:
        git(folder, "init", "--quiet")
        git(folder, "remote", "add", "origin", remote)
    return folder


def address_in(site: Path) -> str:
    """What the sitemap says of the home page; '' where there is no sitemap."""
    sitemap = site / "sitemap.xml"
    return sitemap.read_text("utf-8").partition("<loc>")[2].partition("<")[0] if sitemap.is_file() else ""


@pytest.mark.parametrize(
    ("settings", "remote", "words", "address", "told"),
    [
        ("", "", [], "", None),
        ("", REMOTE, [], OF_THE_REMOTE, "from the git remote origin"),
        ("", "git@example.org:ruritania/papers.git", [], "", None),
        ("[publish]\nremote = 'hub'\n", REMOTE, [], "", None),
        ("[publish]\ndomain = 'papers.example.org'\n", REMOTE, [], "https://papers.example.org/", "from `domain` of the settings"),
        ("site_url = 'https://a.example/b'\n[publish]\ndomain = 'papers.example.org'\n", REMOTE, [], "https://a.example/b/", None),
        ("site_url = 'https://a.example/b'\n", REMOTE, ["--site-url", "https://c.example"], "https://c.example/", "from --site-url"),
    ],
)  # fmt: skip
def test_a_build_knows_the_address_of_its_site_and_says_from_where(
    tmp_path: Path, settings: str, remote: str, words: list[str], address: str, told: str | None
) -> None:
    folder = archive(tmp_path, settings=settings, remote=remote)
    said = run("build", *words, folder=folder)
    assert said.returncode == 0, said.stderr
    lines = [line for line in said.stdout.splitlines() if line.startswith("address")]
    assert lines == ([f"address   {address}, {told}"] if told else [])
    assert ("left out  feeds and a sitemap" in said.stdout) == (not address)
    assert address_in(folder / "site").startswith(address)
    assert bool(address_in(folder / "site")) == bool(address)


def test_another_remote_is_another_address_and_the_site_follows(tmp_path: Path) -> None:
    folder = archive(tmp_path, remote=REMOTE)
    run("build", folder=folder)
    git(folder, "remote", "set-url", "origin", "https://github.com/zenda/letters")
    assert run("build", folder=folder).returncode == 0
    assert address_in(folder / "site").startswith("https://zenda.github.io/letters/")


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org/", "https://example.org/?x", ""])
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    said = run("build", "--site-url", address, folder=archive(tmp_path))
    assert said.returncode == 2
    assert said.stderr.startswith(
        "cablepress: --site-url must be an address that begins with http:// or https://"
    )
    assert not (tmp_path / "site").exists()
