"""What a feed says of when and where to ask for it."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a feed's own document says: RSS ttl, skipHours and skipDays, syndication module, WebSub links.

    `ttl` and `every` (sy:updatePeriod over sy:updateFrequency) are spans; `skip_hours` are hours of the day in UTC,
    0 to 23, and `skip_days` days of the week, 0 is Monday, in which it does not want to be asked. `hubs` and `topic`
    (its rel=self) are absolute addresses for WebSub.
    """

    ttl: timedelta | None = None
    every: timedelta | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    hubs: tuple[str, ...] = ()
    topic: str = ""
