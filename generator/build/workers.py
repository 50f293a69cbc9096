"""Who does the work: this process, several, or a cluster. All of them are `concurrent.futures` executors.

A stage is a function of a batch; batches go to an executor a few at a time, and their results come back in order.
"""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")

# Batches that wait for a worker, beside those that are worked on.
_WAITING = 2


class InThisProcess(Executor):
    """An executor that does the work at once, in this process."""

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Do the work; what it raises is raised by the result."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Processes(Executor):
    """An executor of processes, which are started when the first work comes: most builds have none to give."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, fn: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Have a process do the work."""
        if self._pool is None:
            # Imported when there is work for them: a build with nothing to do starts without.
            import multiprocessing
            from concurrent.futures import ProcessPoolExecutor

            method = _start_method(multiprocessing.get_all_start_methods())
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=multiprocessing.get_context(method), initializer=_begin
            )
        with _uninterrupted():
            return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as its base has it
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def rest(self) -> None:
        """End the processes until there is work again."""
        self.shutdown(cancel_futures=True)
        self._pool = None


def may_lose_workers(executor: Executor) -> bool:
    """Whether an executor has the work of a lost worker done by another, as a cluster does.

    Then a build goes on, and what that worker has left half-written is still there.
    """
    return not isinstance(executor, InThisProcess | Processes)


def executor_of(workers: int) -> Executor:
    """An executor for a number of workers."""
    return Processes(workers) if workers > 1 else InThisProcess()


def default_workers() -> int:
    """As many as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start_method(methods: Collection[str]) -> str:
    """A fork has all modules at once, but is safe only while there is no other thread."""
    if "fork" in methods and threading.active_count() == 1 and hasattr(os, "sched_getaffinity"):
        return "fork"
    return "spawn"


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait while processes are started, which begin as their parent is: none is left that nobody ends."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """What a worker does first."""
    # Ctrl-C is for the process that was called; it ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nobody tells a worker that this one was killed, and it would write pages of a build that is over.
    threading.Thread(target=_end_with_the_parent, name="end with the parent", daemon=True).start()
    # A batch makes many small values and hardly a cycle: they are looked for after it, not amidst.
    gc.freeze()
    gc.disable()


def _end_with_the_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def run_batch(function: Callable[..., R], *arguments: Any) -> R:
    """Do one batch of work, and clear up behind it."""
    result = function(*arguments)
    if not gc.isenabled():
        gc.collect()
    return result


def in_order(
    executor: Executor, workers: int, function: Callable[..., R], calls: Iterable[tuple[Any, ...]]
) -> Iterator[R]:
    """The results of calls, in their order, as soon as they are there; only a few calls are under way at a time.

    A single call is done in this process: to hand it over would take longer.
    """
    calls = iter(calls)
    first = next(calls, None)
    if first is None:
        return
    second = next(calls, None)
    if second is None:
        yield function(*first)
        return
    waiting: deque[Future[R]] = deque(
        executor.submit(run_batch, function, *arguments) for arguments in (first, second)
    )
    try:
        for arguments in calls:
            waiting.append(executor.submit(run_batch, function, *arguments))
            if len(waiting) > workers + _WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        # Whoever ends here for an error lets go of the lock: nothing may be written after that.
        wait([future for future in waiting if not future.cancel()])
