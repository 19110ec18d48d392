"""The Dispatcher on this process: a few threads, each busy with one poll at a time."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, as_completed, wait
from dataclasses import dataclass
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadDispatcher:
    """Runs work on `workers` threads that live as long as one call."""

    workers: int

    def map(self, work: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """Results as they finish; at most twice as many items as workers have been taken and are not done.

        So a worker that becomes free has its next item at hand while the items are still being fetched. An exception
        of the work ends the call after what is under way has finished.
        """
        with ThreadPoolExecutor(self.workers, thread_name_prefix="poll") as pool:
            running: set[Future[B]] = set()
            for item in items:
                running.add(pool.submit(work, item))
                if len(running) >= 2 * self.workers:
                    done, running = wait(running, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            yield from (future.result() for future in as_completed(running))
