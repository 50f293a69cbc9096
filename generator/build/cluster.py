"""The workers of a cluster: the executor of `dask.distributed`, for archives that outgrow one machine.

Content, site and state lie on storage that all machines see under the same paths.
"""

import os
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from generator.build.report import BuildFailed, BuildRefused

_PATIENCE = 3  # seconds in which a scheduler answers and has a worker


@contextmanager
def executor_at(scheduler: str, sees: Path) -> Iterator[tuple[Executor, int]]:
    """An executor of the cluster of a scheduler, 'tcp://10.0.0.5:8786', and how many calls it takes at once.

    Every worker must see the folder `sees`. Raises BuildRefused where there is no such cluster or it cannot serve, and
    BuildFailed where it is lost.
    """
    try:
        from distributed import Client, KilledWorker
        from distributed.comm import get_address_host
    except ImportError:
        raise BuildRefused(
            "--scheduler needs dask.distributed; install it with: pip install 'cablepress[cluster]'"
        ) from None
    try:
        get_address_host(scheduler)
    except ValueError:
        raise BuildRefused(
            f"--scheduler must be an address such as tcp://10.0.0.5:8786, not {scheduler!r}"
        ) from None
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except OSError:
        raise BuildRefused(
            f"no scheduler answers at {scheduler}; start one with: dask scheduler --port 8786"
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise BuildRefused(
                f"the scheduler at {scheduler} has no workers; start some with: dask worker {scheduler}"
            ) from None
        _check(client.run(_fitness, os.fspath(sees), version("cablepress"), on_error="return"))
        try:
            with client.get_executor(pure=False) as executor:
                yield executor, sum(client.nthreads().values())
        except (KilledWorker, CancelledError) as error:
            raise BuildFailed(f"the cluster at {scheduler} lost workers or its scheduler") from error


def _fitness(folder: str, program: str) -> str | None:
    """What keeps a worker from serving; None where nothing does."""
    if version("cablepress") != program:
        return f"has cablepress {version('cablepress')}, and this is {program}"
    return None if Path(folder).is_dir() else f"does not see {folder}"


def _check(found: dict[str, object]) -> None:
    for worker, fault in sorted(found.items()):
        if isinstance(fault, ImportError):
            raise BuildRefused(
                f"the worker {worker} has no cablepress; install the same version on all machines"
            )
        if fault is not None:
            raise BuildRefused(f"the worker {worker} {fault}")
