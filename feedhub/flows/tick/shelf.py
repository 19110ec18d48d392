"""What polls have brought, between being read and being stored."""

from collections import deque
from contextlib import suppress

from feedhub.model.brought import Brought

POLLS, ENTRIES = 16, 500
"""How much is stored in one transaction: some tenths of a second, in which nobody else can write."""


class Shelf:
    """One tick's; any thread may put something on it and take from it."""

    def __init__(self) -> None:
        self._polls: deque[Brought] = deque()
        self._stirred = False

    def __bool__(self) -> bool:
        """Whether anything is there."""
        return bool(self._polls)

    def put(self, poll: Brought) -> None:
        """Wait with others to be stored."""
        self._polls.append(poll)

    def surplus(self) -> list[Brought]:
        """What is to be stored now, as there is enough for a transaction of its own; mostly none."""
        polls = tuple(self._polls)
        return self.take() if len(polls) >= POLLS or sum(map(_weight, polls)) >= ENTRIES else []

    def still(self) -> bool:
        """Whether nothing was taken from it since this was asked last: nobody else comes to take what is there."""
        still, self._stirred = not self._stirred, False
        return still

    def take(self) -> list[Brought]:
        """The first that are there, as many as are stored together; none where there is none."""
        taken: list[Brought] = []
        room = ENTRIES
        with suppress(IndexError):  # it is empty, or another thread was faster
            while len(taken) < POLLS and (not taken or _weight(self._polls[0]) <= room):
                taken.append(self._polls.popleft())
                room -= _weight(taken[-1])
        self._stirred = self._stirred or bool(taken)
        return taken


def _weight(poll: Brought) -> int:
    return len(poll.done.fresh)
