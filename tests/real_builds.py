"""Builds as real processes, to be killed, starved and compared; and an archive for them whose pages depend on each other."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from site_tools import TODAY, telegram

from generator.build.engine import build_site
from generator.build.report import BuildReport
from generator.settings import load_settings

PROGRAM = Path(sys.executable).with_name("cablepress")
SETTINGS = 'title = "Danor papers"\nrows_per_page = 20\n'
POSTS = ("STRELSAU", "ZENDA", "SLAVNA", "HENTZAU")
LEVELS = ("UNCLAS", "C O N F I D E N T I A L", "S E C R E T")
HIDDEN = "GRABAR"  # stands in some telegrams, and a ledger redacts it

Content = Mapping[str, str]  # texts by path below content/


def archive(count: int, *, seed: int = 1) -> dict[str, str]:
    """Telegrams of two years that refer to each other, some in two sections, with a page and a picture."""
    rng = random.Random(seed)
    content = {
        "about.md": "---\ntitle: About\n---\nAn *archive*.\n",
        "pass.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "ferry.svg": "<svg><!-- before the flood --></svg>",
    }
    for number in range(1, count + 1):
        post, year = rng.choice(POSTS), rng.choice(("07", "08"))
        words = f"1. (U) It snowed {number} times.\n\n2. (U) {HIDDEN if number % 10 == 0 else 'He'} came by the salt road."
        whole = telegram(
            number,
            post=post,
            dtg=f"{rng.randint(1, 28):02d}1230Z {rng.choice(('JAN', 'FEB', 'MAR'))} {year}",
            level=rng.choice(LEVELS),
            tags=" ".join(sorted(rng.sample(("PGOV", "ECON", "SNAR", "EAGR"), 2))),
            subject=f"THE SALT ROAD, PART {number}",
            ref=f"{rng.choice(('07', '08'))} {rng.choice(POSTS)} {rng.randint(1, count)}",
            text=words,
        )
        content[f"{number // 50}/{number:04d}.txt"] = whole
    return content


def edited(content: Content, *, seed: int) -> dict[str, str]:
    """The archive with telegrams changed, removed, renamed and added."""
    rng = random.Random(seed)
    names = rng.sample([name for name in sorted(content) if name.endswith(".txt")], 40)
    new = dict(content) | {"about.md": f"# About, number {seed}\n", "pass.svg": f"<svg><!-- {seed} --></svg>"}
    new.pop("ferry.svg", None)
    for name in names[:10]:
        new[name] = content[name].replace("It snowed", f"It rained {seed} times, and snowed")
    for name in names[10:20]:
        new[name] = content[name].replace("SUBJECT: THE", f"SUBJECT: {seed}TH REPORT ON THE")
    for name in names[20:30]:
        new[f"renamed/{name}"] = new.pop(name)
    for name in names[30:]:
        del new[name]
    for number in range(10):
        new[f"added/{number}.txt"] = telegram(9000 + 100 * seed + number, dtg=f"{number + 1:02d}0900Z JUN 09")
    return new


def held_back(content: Content) -> dict[str, str]:
    """The archive with a ledger that withholds the telegrams of a post, redacts a word and withdraws one with a card."""
    ledger = (
        '[[withhold]]\norigin = "ZENDA"\n[[redact]]\n'
        f'term = "{HIDDEN}"\n[[withdraw]]\norigin = "HENTZAU"\nclassification = "SECRET"\nshow = "card"\n'
    )
    return {**content, "release.toml": ledger}


def lay(project: Path, content: Content) -> None:
    """Have the content of a project be this, and touch nothing that is so already."""
    project.mkdir(exist_ok=True)
    (project / "cablepress.toml").write_text(SETTINGS)
    folder = project / "content"
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in content:
            path.unlink()
    for name, text in content.items():
        path = folder / name
        if not path.is_file() or path.read_text() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


def build_here(project: Path, *, workers: int = 1) -> BuildReport:
    """Build a project in this process."""
    return build_site(
        project,
        load_settings(project),
        content=project / "content",
        site=project / "site",
        today=TODAY,
        progress=lambda stage, done, total: None,
        workers=workers,
    )


def start_build(
    project: Path,
    *words: str,
    environment: Mapping[str, str] | None = None,
    beforehand: Callable[[], None] | None = None,
) -> subprocess.Popen[str]:
    """`cablepress build` with two workers, at the head of a process group of its own."""
    command = [str(PROGRAM), "build", "--quiet", "--date", TODAY.isoformat(), *(words or ("--workers", "2"))]
    return subprocess.Popen(
        command,
        cwd=project,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=beforehand,
    )


def ended(build: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit status and standard error of a build."""
    _, said = build.communicate(timeout=120)
    return build.returncode, said


def run_build(
    project: Path,
    *words: str,
    environment: Mapping[str, str] | None = None,
    beforehand: Callable[[], None] | None = None,
) -> tuple[int, str]:
    """Exit status and standard error of `cablepress build`."""
    return ended(start_build(project, *words, environment=environment, beforehand=beforehand))


def wait_for(is_so: Callable[[], object]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until, "waited a minute for nothing"
        time.sleep(0.001)


def children(process: subprocess.Popen[str]) -> Sequence[int]:
    """The ids of the processes that a process has started; needs Linux."""
    try:
        return [
            int(id_) for id_ in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        ]
    except OSError:
        return []


def is_running(process: int) -> bool:
    """Whether a process has not ended; needs Linux."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def temporary_files(project: Path) -> list[str]:
    """What only a build that is at work should have: unfinished pages, a new state, the spool, a journal."""
    return sorted(
        path.relative_to(project).as_posix()
        for path in project.rglob("*")
        if path.name.endswith((".cablepress-new", ".new", "-journal"))
        or path.name in ("spool", "state-new.sqlite")
    )
