"""The wheel, installed in an empty place: `cablepress new demo && cd demo && cablepress build` makes a site."""

import subprocess
import sys
import venv
from pathlib import Path

from conftest import missing
from site_tools import broken_links

ROOT = Path(__file__).parent.parent


def run(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in words], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_wheel_makes_a_site_in_an_empty_place(tmp_path: Path) -> None:
    built = run(sys.executable, "-m", "build", "--wheel", "--outdir", tmp_path / "dist", folder=ROOT)
    if "No matching distribution found" in built.stdout + built.stderr:
        missing("a package index", "connecting to one")
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv/bin"
    installed = run(programs / "python", "-m", "pip", "install", "--quiet", wheel, folder=tmp_path)
    assert installed.returncode == 0, installed.stderr
    assert run(programs / "cablepress", "new", "demo", folder=tmp_path).returncode == 0
    made = run(programs / "cablepress", "build", folder=tmp_path / "demo")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "demo/site/assets/cablepress.css").is_file()
    assert list(broken_links(tmp_path / "demo/site")) == []


def test_the_lexer_is_a_plugin_of_pygments() -> None:
    program = Path(sys.executable).with_name("pygmentize")
    coloured = run(
        program, "-l", "telegram", "-f", "html", ROOT / "content/2008/08STRELSAU777.txt", folder=ROOT
    )
    assert coloured.returncode == 0
    assert "SECSTATE WASHDC" in coloured.stdout
