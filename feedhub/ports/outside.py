"""What flows ask of the world: time, the network, a safe place to read in, workers, the texts that admins edit."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from feedhub.model.cue import Cues
from feedhub.model.fetching import Ask, Outcome
from feedhub.model.newsroom import DocumentText
from feedhub.model.outlet import Outlets
from feedhub.model.reading import DiscoverAsk, DiscoverOutcome, PageAsk, PageOutcome, ReadAsk, ReadOutcome

A = TypeVar("A")
B = TypeVar("B")


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""


class Fetcher(Protocol):
    """The only look at the network."""

    def __call__(self, asks: Iterable[Ask | None]) -> Iterator[tuple[tuple[Ask, Outcome], ...]]:
        """Each ask with its outcome, in the order in which they finish; never raises for what a server does.

        They come a few at a time, as they end together. An empty tuple says that none has ended for a moment: whoever
        gathers them may use the time. One request a host at a time, and a gap after each, over all calls.

        None among the asks says that there is no other before an outcome has been taken; only to be given while one is
        still to come.
        """


class Sandbox(Protocol):
    """Reads untrusted bytes where they can do no harm."""

    def load(self, outlets: Outlets, cues: Cues) -> None:
        """Use this registry and these cues from the next call on."""

    def read(self, ask: ReadAsk) -> ReadOutcome:
        """Read one feed body; safe to call from several threads."""

    def page(self, ask: PageAsk) -> PageOutcome:
        """Read one article page for its entry; safe to call from several threads."""

    def discover(self, ask: DiscoverAsk) -> DiscoverOutcome:
        """Tell what feeds a page names; safe to call from several threads."""

    def close(self) -> None:
        """End the children."""


class Dispatcher(Protocol):
    """Runs work side by side."""

    def map(self, work: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
        """Results as they finish, in any order; takes the next item only when a worker is free."""


class Meanwhile(Protocol):
    """Somebody who looks after things while others work."""

    def __call__(self, look: Callable[[], object], /) -> AbstractContextManager[object]:
        """While the block runs, `look` is called beside it every few tenths of a second, never twice at a time.

        The block ends when a look that is under way has. What a look raises ends the looks, and is raised after it.
        """


class Documents(Protocol):
    """The texts that admins edit."""

    def read(self) -> tuple[DocumentText, ...]:
        """All documents that feedhub.toml includes, in that order. Raises ConfigError if one cannot be read."""

    def write(self, document: DocumentText) -> None:
        """Replace a document whole. Raises ConfigError, with the old one in place, if it cannot be written."""
