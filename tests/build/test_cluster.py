"""Builds on a cluster: the executor of dask.distributed, with real worker processes on this machine."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster
from real_builds import (
    archive,
    build_here,
    edited,
    ended,
    held_back,
    lay,
    run_build,
    start_build,
    temporary_files,
    wait_for,
)
from site_tools import TODAY, nothing, snapshot

from generator.build.cluster import executor_at
from generator.build.engine import Engine
from generator.build.report import BuildRefused
from generator.build.workers import InThisProcess
from generator.build.writing import TEMPORARY
from generator.settings import Settings

FIRST = archive(300)
THEN = held_back(edited(FIRST, seed=1))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    # A worker with several threads serves as well as one with a single thread.
    with LocalCluster(n_workers=2, threads_per_worker=2, processes=True, dashboard_address=":0") as cluster:
        yield cluster


def test_a_cluster_gives_the_bytes_of_one_process(
    cluster: Any, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone = tmp_path_factory.mktemp("alone")
    for content in (FIRST, THEN):
        lay(alone, content)
        lay(tmp_path, content)
        build_here(alone)
        assert run_build(tmp_path, "--scheduler", cluster.scheduler_address) == (0, "")
        assert snapshot(tmp_path / "site") == snapshot(alone / "site")
    assert temporary_files(tmp_path) == []
    assert build_here(tmp_path).nothing_to_do


def test_a_cluster_does_the_work_of_a_lost_worker_again(
    cluster: Any, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone = tmp_path_factory.mktemp("alone")
    lay(alone, FIRST)
    lay(tmp_path, FIRST)
    build_here(alone)
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        workers = list(client.run(os.getpid).values())
    build = start_build(tmp_path, "--scheduler", cluster.scheduler_address)
    wait_for(lambda: (tmp_path / "site/cable").is_dir())
    os.kill(workers[0], signal.SIGKILL)
    assert ended(build)[0] == 0
    assert snapshot(tmp_path / "site") == snapshot(alone / "site")


class LosesWorkers(Executor):
    """Does the work in this process, and leaves beside it what a lost worker has not finished."""

    def __init__(self, site: Path) -> None:
        self._site = site

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        (self._site / f"lost{TEMPORARY}").write_bytes(b"<!doctype html>")
        return InThisProcess().submit(fn, *args, **kwargs)


def test_what_a_lost_worker_has_not_finished_is_removed_by_the_build_that_goes_on(tmp_path: Path) -> None:
    lay(tmp_path, FIRST)
    engine = Engine(
        tmp_path,
        Settings(),
        content=tmp_path / "content",
        site=tmp_path / "site",
        executor=LosesWorkers(tmp_path / "site"),
        workers=1,
    )
    report = engine.build(today=TODAY, progress=nothing)
    assert temporary_files(tmp_path) == []
    assert (report.foreign, report.removed) == ((), 1)


def test_every_worker_must_see_the_telegrams(cluster: Any, tmp_path: Path) -> None:
    with (
        pytest.raises(BuildRefused, match=r"^the worker tcp://.* does not see /.*/nowhere$"),
        executor_at(cluster.scheduler_address, tmp_path / "nowhere"),
    ):
        pass


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:1", "no scheduler answers at tcp://127.0.0.1:1; start one with: dask scheduler --port 8786"),
        ("here", "--scheduler must be an address such as tcp://10.0.0.5:8786, not 'here'"),
        ("post://here:1", "--scheduler must be an address such as tcp://10.0.0.5:8786, not 'post://here:1'"),
    ],
)  # fmt: skip
def test_where_no_scheduler_answers_it_is_said(tmp_path: Path, address: str, said: str) -> None:
    lay(tmp_path, FIRST)
    assert run_build(tmp_path, "--scheduler", address) == (2, f"cablepress: {said}\n")
    assert not (tmp_path / "site").exists()


def test_a_scheduler_without_workers_is_named(tmp_path: Path) -> None:
    lay(tmp_path, FIRST)
    with LocalCluster(n_workers=0, dashboard_address=":0") as idle:
        address = idle.scheduler_address
        assert run_build(tmp_path, "--scheduler", address) == (
            2,
            f"cablepress: the scheduler at {address} has no workers; start some with: dask worker {address}\n",
        )


def test_without_dask_it_is_said_how_to_install_it(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lay(tmp_path, FIRST)
    hiding = tmp_path_factory.mktemp("hiding")
    (hiding / "distributed.py").write_text("raise ImportError")
    path = os.pathsep.join(filter(None, (str(hiding), os.environ.get("PYTHONPATH"))))
    assert run_build(tmp_path, "--scheduler", "tcp://127.0.0.1:1", environment={"PYTHONPATH": path}) == (
        2,
        "cablepress: --scheduler needs dask.distributed; install it with: pip install 'cablepress[cluster]'\n",
    )
