"""What polls have brought, between being read and being stored."""

from collections import deque
from contextlib import suppress

from feedhub.model.brought import Brought

POLLS, ENTRIES = 16, 300
"""How much is stored in one transaction: some tenths of a second, in which nobody else can write."""


class Shelf:
    """One tick's; any thread may put something on it and take from it."""

    def __init__(self) -> None:
        self._polls: deque[Brought] = deque()
        self.last = False
        """No more answers will come: who puts something on it should see to it that it is taken."""

    def put(self, poll: Brought) -> None:
        """Wait with others to be stored."""
        self._polls.append(poll)

    @property
    def full(self) -> bool:
        """Whether there is enough for a transaction of its own."""
        polls = tuple(self._polls)
        return len(polls) >= POLLS or sum(map(_weight, polls)) >= ENTRIES

    def take(self) -> list[Brought]:
        """The first that are there, as many as are stored together; none where there is none.

        One that has brought more than there is room for is stored alone: those before it need not wait for it.
        """
        taken: list[Brought] = []
        room = ENTRIES
        with suppress(IndexError):  # it is empty, or another thread was faster
            while len(taken) < POLLS and (not taken or _weight(self._polls[0]) <= room):
                taken.append(self._polls.popleft())
                room -= _weight(taken[-1])
        return taken


def _weight(poll: Brought) -> int:
    return len(poll.done.fresh)
