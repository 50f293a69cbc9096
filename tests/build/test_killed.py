"""A build that is killed, at any instant and in any way: no page is half-written, and the next build repairs."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from real_builds import (
    HIDDEN,
    Content,
    archive,
    build_here,
    children,
    edited,
    ended,
    held_back,
    is_running,
    lay,
    run_build,
    start_build,
    temporary_files,
    wait_for,
)
from site_tools import snapshot

IS_PROOF = os.environ.get("HYPOTHESIS_PROFILE") == "proof"
CABLES = 300 if IS_PROOF else 200
KILLS = 100 if IS_PROOF else 10

ARCHIVES: Mapping[str, Content] = {
    "plain": archive(CABLES),
    "edited": edited(archive(CABLES), seed=1),
    "held back": held_back(edited(archive(CABLES), seed=2)),
}

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in Linux's /proc")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, bytes]]:
    """The site and the log of problems of each archive, built at once and in one process."""
    built = {}
    for name, content in ARCHIVES.items():
        project = tmp_path_factory.mktemp("clean")
        lay(project, content)
        assert build_here(project).cables > CABLES / 2
        built[name] = outcome(project)
        shutil.rmtree(project)
    assert any(HIDDEN.encode() in page for page in built["plain"].values())
    assert not any(HIDDEN.encode() in page for page in built["held back"].values())
    return built


def outcome(project: Path) -> Mapping[str, bytes]:
    return snapshot(project / "site") | {
        "problems": (project / ".cablepress/problems.jsonl").read_bytes(),
    }


def assert_whole(project: Path, clean: Mapping[str, Mapping[str, bytes]]) -> None:
    """Each page is one that some build has made, whole."""
    for name, data in snapshot(project / "site").items():
        if not name.endswith(".cablepress-new"):
            assert data in [site[name] for site in clean.values() if name in site], name
            assert not name.endswith(".html") or data.endswith((b"</footer>\n", b"</html>\n")), name


def assert_repaired(project: Path, expected: Mapping[str, bytes]) -> None:
    """The next build gives what a clean one gives, and leaves nothing else."""
    report = build_here(project)
    assert outcome(project) == expected
    assert (report.foreign, report.foreign_count) == ((), 0)
    assert temporary_files(project) == []
    assert build_here(project).nothing_to_do


class Rounds:
    """One project through many kills."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.content = "plain"
        lay(project, ARCHIVES[self.content])
        began = time.monotonic()
        assert run_build(project) == (0, "")
        self.full_time = time.monotonic() - began

    def edit(self, rng: random.Random) -> None:
        self.content = rng.choice([name for name in ARCHIVES if name != self.content])
        lay(self.project, ARCHIVES[self.content])

    def forget(self) -> None:
        shutil.rmtree(self.project / "site")
        shutil.rmtree(self.project / ".cablepress")

    def kill_after(self, seconds: float) -> None:
        build = start_build(self.project)
        time.sleep(seconds)
        os.killpg(build.pid, signal.SIGKILL)
        ended(build)


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    return Rounds(tmp_path_factory.mktemp("killed"))


@pytest.mark.parametrize("number", range(KILLS))
def test_a_build_killed_at_any_instant_is_repaired_by_the_next(
    rounds: Rounds, clean: Mapping[str, Mapping[str, bytes]], number: int
) -> None:
    rng = random.Random(number)
    if number % 3 == 0:
        rounds.forget()
    rounds.edit(rng)
    # Every part of the time gets its share.
    rounds.kill_after(rounds.full_time * (number + rng.random()) / KILLS)
    assert_whole(rounds.project, clean)
    if number % 4 == 1:
        if rng.random() < 0.5:
            rounds.edit(rng)
        rounds.kill_after(rounds.full_time * rng.random())
        assert_whole(rounds.project, clean)
    assert_repaired(rounds.project, clean[rounds.content])


# What of a build there is when it has come to a stage.
STAGES: Mapping[str, Callable[[Path], bool]] = {
    "reads": lambda project: any((project / ".cablepress/spool").glob("*")),
    "writes cables": lambda project: (project / "site/cable").is_dir(),
    "writes lists": lambda project: (
        (project / "site/tag").is_dir() and not (project / "site/health.html").exists()  # which comes last
    ),
}


def held_build(project: Path, stage: str) -> tuple[subprocess.Popen[str], Sequence[int]]:
    """A build that is held amidst a stage, and its two workers; `let_go` lets it go on.

    A machine that is busy with something else may miss the stage: then another build is begun.
    """
    for _ in range(20):
        for folder in ("site", ".cablepress"):
            shutil.rmtree(project / folder, ignore_errors=True)
        build = start_build(project)

        def is_there(build: subprocess.Popen[str] = build) -> bool:
            return STAGES[stage](project) and len(children(build)) == 2

        wait_for(lambda: build.poll() is not None or is_there())  # noqa: B023 - it is called at once
        if build.poll() is None:
            os.killpg(build.pid, signal.SIGSTOP)
            if is_there():
                return build, children(build)
            let_go(build)
        ended(build)
    pytest.fail(f"no build was ever met while it {stage}")


def let_go(build: subprocess.Popen[str]) -> None:
    """Let a build that is held go on."""
    os.killpg(build.pid, signal.SIGCONT)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    lay(tmp_path, ARCHIVES["plain"])
    return tmp_path


@needs_proc
@pytest.mark.parametrize("stage", ["reads", "writes cables"])
def test_without_one_of_its_workers_a_build_ends_in_a_sentence(
    project: Path, stage: str, clean: Mapping[str, Mapping[str, bytes]]
) -> None:
    build, workers = held_build(project, stage)
    os.kill(workers[0], signal.SIGKILL)
    let_go(build)
    assert ended(build) == (
        3,
        "cablepress: the build could not be finished: a worker was ended by the system, perhaps for want of memory; "
        "fewer need less: --workers 1\n",
    )
    assert not any(map(is_running, workers))
    assert_whole(project, clean)
    assert_repaired(project, clean["plain"])


@needs_proc
@pytest.mark.parametrize("stage", STAGES)
def test_ctrl_c_ends_a_build_with_a_sentence_and_its_workers_with_it(
    project: Path, stage: str, clean: Mapping[str, Mapping[str, bytes]]
) -> None:
    build, workers = held_build(project, stage)
    os.killpg(build.pid, signal.SIGINT)  # as a terminal does
    let_go(build)
    assert ended(build) == (
        130,
        "cablepress: interrupted; no page is left half-written, and the next build completes the site\n",
    )
    assert not any(map(is_running, workers))
    assert_whole(project, clean)
    assert_repaired(project, clean["plain"])


@needs_proc
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("stage", ["reads", "writes cables"])
def test_workers_end_with_the_build_that_started_them(
    project: Path, stage: str, how: signal.Signals, clean: Mapping[str, Mapping[str, bytes]]
) -> None:
    build, workers = held_build(project, stage)
    build.send_signal(how)
    let_go(build)
    assert ended(build) == (-how, "")
    wait_for(lambda: not any(map(is_running, workers)))
    assert_whole(project, clean)
    assert_repaired(project, clean["plain"])


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs a build that can be held")
def test_a_second_build_is_refused_while_one_is_at_work(
    project: Path, clean: Mapping[str, Mapping[str, bytes]]
) -> None:
    first = start_build(project)
    wait_for(lambda: STAGES["reads"](project))
    os.killpg(first.pid, signal.SIGSTOP)
    try:
        assert run_build(project) == (2, "cablepress: another build is at work in .cablepress\n")
    finally:
        os.killpg(first.pid, signal.SIGCONT)
    assert ended(first) == (0, "")
    assert_repaired_already(project, clean["plain"])


def assert_repaired_already(project: Path, expected: Mapping[str, bytes]) -> None:
    assert outcome(project) == expected
    assert temporary_files(project) == []
