"""Workers: independent jobs spread over processes, their results in the order of the jobs."""

import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context, parent_process
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _leave_ending_to_us() -> None:
    """A worker does not hear Ctrl-C: whoever leads ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_leader, daemon=True).start()


def _end_with_the_leader() -> None:
    """Who is killed ends nobody: its workers would finish their jobs and then wait for more without end."""
    leader = parent_process()
    if leader is not None:
        leader.join()
        os._exit(1)


def spread(
    task: Callable[[Job], Result],
    jobs: Sequence[Job],
    *,
    workers: int,
    done: Callable[[int], object] = lambda number: None,
    found: Callable[[Result], object] = lambda result: None,
) -> list[Result]:
    """Return `task(job)` of every job, in the order of the jobs; how many workers there are changes nothing else.

    Workers start as fresh processes, so `task` is a function of a module and jobs and results can be pickled.
    `done` is told how many are finished, often enough to be cancelled from: an exception it or a task raises,
    KeyboardInterrupt among them, drops the jobs not begun and comes out here. `found` is given each result as soon as
    it is there, in any order: what is left to whoever breaks off.
    """
    if workers <= 1 or len(jobs) <= 1:
        results = []
        for job in jobs:
            results.append(task(job))
            found(results[-1])
            done(len(results))
        return results
    kept: dict[int, Result] = {}
    pool = ProcessPoolExecutor(
        min(workers, len(jobs)), mp_context=get_context("spawn"), initializer=_leave_ending_to_us
    )
    try:
        waiting: dict[Future[Result], int] = {pool.submit(task, job): k for k, job in enumerate(jobs)}
        while waiting:
            finished, _ = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in finished:
                which = waiting.pop(future)
                kept[which] = future.result()
                found(kept[which])
            done(len(kept))
    except BaseException:
        processes = list(pool._processes.values())  # the pool has no public way to end a job under way
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        raise
    pool.shutdown()
    return [kept[k] for k in range(len(jobs))]
