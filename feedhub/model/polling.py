"""How one poll ended, for the source's state and for who asked."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from feedhub.model.keys import Digest, SourceSlug
from feedhub.model.source import Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The operator's bounds on how often a source is asked."""

    min_every: timedelta = timedelta(minutes=5)
    max_every: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The body was read, or is the one that was read before; `changed` says that entries were written.

    `more` says that only a part of it was taken: the rest is taken when it is asked next, which is soon.
    """

    validators: Validators
    body_digest: Digest | None
    title: str = ""
    changed: bool = False
    more: bool = False


class Trouble(StrEnum):
    """What kind of failure it was, for how long to wait."""

    ERROR = "error"
    """Network, status or a body that is no feed."""
    BUSY = "busy"
    """429 or 503: the publisher asks for patience."""
    GONE = "gone"
    """410: not coming back."""
    DEATH = "death"
    """The child that read it died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Nothing was read; `fault` is one plain sentence with what to do."""

    trouble: Trouble
    fault: str
    retry_after: timedelta | None = None


Ending = Read | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll did, in numbers. `dropped` and `faults` are sentences on single items and on the feed."""

    source: SourceSlug
    fault: str = ""
    total: int = 0
    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: bool = False
    dropped: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    millis: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """What one tick did; `fault` tells what kept it from doing more."""

    polls: tuple[Polled, ...]
    published: int
    rendered: int
    fault: str = ""
