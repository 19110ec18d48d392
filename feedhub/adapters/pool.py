"""Threads of this process: the Dispatcher, a few that are each busy with one poll at a time; and the Meanwhile, one."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from threading import Event, Semaphore
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

MOMENT = 0.2
"""Seconds between two looks: while there is much to do, others are always faster."""


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


class ThreadMeanwhile:
    """Looks every `every` seconds, in a thread that lives as long as the block."""

    def __init__(self, *, every: float = MOMENT) -> None:
        self._every = every

    @contextmanager
    def __call__(self, look: Callable[[], object], /) -> Iterator[None]:
        """Look until the block ends, or a look raises; that is raised after a block that has ended well."""
        over = Event()
        with ThreadPoolExecutor(1, thread_name_prefix="meanwhile") as pool:
            try:
                looks = pool.submit(self._go_on, look, over)
                yield
            finally:
                over.set()
            looks.result()

    def _go_on(self, look: Callable[[], object], over: Event) -> None:
        while not over.wait(self._every):
            look()
