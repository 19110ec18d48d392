"""Work that several threads want done at the same time, done at once by one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

A = TypeVar("A")
B = TypeVar("B")


@dataclass(slots=True, eq=False)
class _Wish(Generic[A, B]):
    """What one thread wants done, and what came of it."""

    item: A
    results: list[B] = field(default_factory=list)
    error: BaseException | None = None

    @property
    def over(self) -> bool:
        """Whether it was done, or failed."""
        return bool(self.results) or self.error is not None


class Together(Generic[A, B]):
    """Calls `work` with as many items as wait, up to a weight of `most` or one item; it gives a result for each.

    While one thread works the others wait, and mostly find their item done when it is their turn. If the work fails
    for several items, which then must be as if it had never been tried, it is done for each alone.
    """

    def __init__(self, work: Callable[[Sequence[A]], Sequence[B]], *, weight: Callable[[A], int], most: int) -> None:
        self._work, self._weight, self._most = work, weight, most
        self._waiting: list[_Wish[A, B]] = []
        self._door, self._list = Lock(), Lock()

    def __call__(self, item: A) -> B:
        """The result for one item; raises what the work raised for it alone."""
        wish: _Wish[A, B] = _Wish(item)
        with self._list:
            self._waiting.append(wish)
        with self._door:
            while not wish.over:
                self._do(self._taken())
        if wish.error is not None:
            raise wish.error
        return wish.results[0]

    @property
    def waiting(self) -> int:
        """How many items nobody has begun with."""
        return len(self._waiting)

    def _taken(self) -> list[_Wish[A, B]]:
        """The first that wait, as many as may be done at once."""
        with self._list:
            count, weight = 1, self._weight(self._waiting[0].item)
            while count < len(self._waiting):
                weight += self._weight(self._waiting[count].item)
                if weight > self._most:
                    break
                count += 1
            taken, self._waiting = self._waiting[:count], self._waiting[count:]
        return taken

    def _do(self, wishes: list[_Wish[A, B]]) -> None:
        try:
            for wish, result in zip(wishes, self._work([wish.item for wish in wishes]), strict=True):
                wish.results.append(result)
        except BaseException as error:  # noqa: BLE001  # raised where it was asked for
            if len(wishes) == 1:
                wishes[0].error = error
                return
            for wish in wishes:
                self._do([wish])
