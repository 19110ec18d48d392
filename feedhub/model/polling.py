"""How one poll ended, for the source's state and for who asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from feedhub.model.fetching import Validators
from feedhub.model.hints import Hints
from feedhub.model.keys import Digest, SourceSlug


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The operator's bounds on how often a source is asked.

    `spread` is how early a poll may come, so that the polls of many sources do not come at once: the span in which
    all of them can be polled one after the other.
    """

    default_every: timedelta = timedelta(minutes=30)
    min_every: timedelta = timedelta(minutes=5)
    max_every: timedelta = timedelta(hours=24)
    spread: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What the exchange itself tells, however it ended. `moved_to`: all redirects on the way were permanent."""

    status: int | None = None
    wire_bytes: int = 0
    millis: int = 0
    fresh_for: timedelta | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The body was read, or is the one that was read before; `changed` says that entries were written.

    `hints` and `title` are those of a body that was read, None and empty where none was. `dates` are when its new
    entries were published. `more` says that only a part of it was taken: the rest is taken when it is asked next,
    which is soon.
    """

    validators: Validators
    body_digest: Digest | None = None
    title: str = ""
    hints: Hints | None = None
    dates: tuple[datetime, ...] = ()
    changed: bool = False
    more: bool = False


class Trouble(StrEnum):
    """What kind of failure it was, for how long to wait."""

    ERROR = "error"
    """Network, status or a body that is no feed."""
    DENIED = "denied"
    """401, 403, 404 and their like: asking often does not help."""
    BUSY = "busy"
    """429 or 503: the publisher asks for patience."""
    GONE = "gone"
    """410: not coming back."""
    DEATH = "death"
    """The child that read it died."""
    OUTAGE = "outage"
    """Our own network is down: nothing is counted against the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Nothing was read; `fault` is one plain sentence with what to do.

    `of_host` says that the failure is one of the whole host (no connection, 5xx), not of this address alone.
    """

    trouble: Trouble
    fault: str
    retry_after: timedelta | None = None
    of_host: bool = False


Ending = Read | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorbed:
    """What became of the entries that one poll read, in numbers.

    `duplicates` counts items that were known and unchanged, or repeated in the same body; `withdrawn` the stories that
    lost a report. `dates` are when the new entries were published, in the order of the feed: never later than now, when
    they were seen where none is given.
    """

    new: int = 0
    changed: int = 0
    duplicates: int = 0
    withdrawn: int = 0
    dates: tuple[datetime, ...] = ()

    def plus(self, other: "Absorbed") -> "Absorbed":
        """With what became of those that came next in the same feed."""
        return Absorbed(
            new=self.new + other.new,
            changed=self.changed + other.changed,
            duplicates=self.duplicates + other.duplicates,
            withdrawn=self.withdrawn + other.withdrawn,
            dates=self.dates + other.dates,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll did, in numbers. `dropped` and `faults` are sentences on single items and on the feed.

    `duplicates` counts items that were read and known already; `next_reason` says when it is asked next and why.
    """

    source: SourceSlug
    fault: str = ""
    total: int = 0
    new: int = 0
    changed: int = 0
    duplicates: int = 0
    withdrawn: int = 0
    unchanged: bool = False
    dropped: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    millis: int = 0
    next_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """What one tick did; `fault` tells what kept it from doing more."""

    polls: tuple[Polled, ...]
    published: int = 0
    rendered: int = 0
    fault: str = ""
