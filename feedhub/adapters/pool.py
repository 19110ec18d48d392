"""The Dispatcher on this process: a few threads, each busy with one poll at a time."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from threading import Semaphore
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


class ThreadDispatcher:
    """Runs work on `workers` threads a call, which live as long as it.

    All calls together have at most twice as many items waiting or under way as one has workers, and one item each at
    the door: so a worker that becomes free has its next item at hand while others are still being fetched, and what
    waits cannot fill the memory.
    """

    def __init__(self, *, workers: int) -> None:
        self._workers = workers
        self._room = Semaphore(2 * workers)

    def map(self, work: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """Results as they finish. An exception of the work ends the call after what is under way has finished."""
        with ThreadPoolExecutor(self._workers, thread_name_prefix="poll") as pool:
            running: set[Future[B]] = set()
            for item in items:
                self._room.acquire()
                future = pool.submit(work, item)
                future.add_done_callback(lambda _: self._room.release())
                running.add(future)
                done = {future for future in running if future.done()}
                running -= done
                yield from (future.result() for future in done)
            yield from (future.result() for future in as_completed(running))
