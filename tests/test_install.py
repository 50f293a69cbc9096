"""The wheel, installed in an empty place: it makes a site, checks an archive, and is a plugin of Pygments."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest
from conftest import missing
from site_tools import broken_links

ROOT = Path(__file__).parent.parent
TELEGRAM = ROOT / "content/2008/08STRELSAU777.txt"


def run(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in words], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment in which nothing is installed but the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("installed")
    built = run(sys.executable, "-m", "build", "--wheel", "--outdir", folder / "dist", folder=ROOT)
    if "No matching distribution found" in built.stdout + built.stderr:
        missing("a package index", "connecting to one")
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv/bin"
    installed = run(programs / "python", "-m", "pip", "install", "--quiet", wheel, folder=folder)
    assert installed.returncode == 0, installed.stderr
    return programs


def test_the_wheel_makes_a_site_in_an_empty_place(programs: Path, tmp_path: Path) -> None:
    assert run(programs / "cablepress", "new", "demo", folder=tmp_path).returncode == 0
    made = run(programs / "cablepress", "build", folder=tmp_path / "demo")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "demo/site/assets/cablepress.css").is_file()
    assert list(broken_links(tmp_path / "demo/site")) == []


def test_the_wheel_checks_an_archive_and_explains_its_codes(programs: Path, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/letter.txt").write_text("Dear Rosa,\n")
    said = run(programs / "cablepress", "check", folder=tmp_path)
    assert (said.returncode, said.stderr) == (1, "Reading: 1 of 1\n")
    assert "Nothing of a telegram was found in a text." in said.stdout


def test_the_wheel_teaches_pygments_telegrams_by_name_and_by_ending(programs: Path, tmp_path: Path) -> None:
    text = TELEGRAM.read_text("utf-8")
    (tmp_path / "any.cable").write_text(text, "utf-8")
    (tmp_path / "any.log").write_text(text, "utf-8")
    assert run(programs / "pygmentize", "-N", "any.cable", folder=tmp_path).stdout == "telegram\n"
    by_ending = run(programs / "pygmentize", "-f", "html", "any.cable", folder=tmp_path)
    by_name = run(programs / "pygmentize", "-l", "telegram", "-f", "html", "any.log", folder=tmp_path)
    assert (by_ending.returncode, by_name.returncode) == (0, 0)
    assert by_ending.stdout == by_name.stdout
    assert '<span class="nc">SECSTATE WASHDC</span>' in by_name.stdout
