"""What a feed says of when and where to ask for it: RSS 2.0, the syndication module of RSS 1.0, WebSub, JSON Feed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from feedhub.model.hints import Hints

Found = Mapping[str, object]

_LONGEST: Final = timedelta(days=31)
"""A feed that wants to be asked less often than once a month has not thought of it."""
_PERIODS: Final = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS: Final = 24
_MOST_HUBS: Final = 10
_NUMBER: Final = re.compile(r"\+?[0-9]{1,9}")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]{1,2000}", re.IGNORECASE)


def hints_of(feed: Found, *, skips: Sequence[str]) -> Hints:
    """The hints in what feedparser knows of a feed; `skips` are its hours and days, as written."""
    ttl = _number(feed.get("ttl"))
    links = feed.get("links")
    listed = [dict(link) for link in links if isinstance(link, Mapping)] if isinstance(links, list) else []
    return Hints(
        ttl=_span(timedelta(minutes=ttl)) if ttl else None,
        every=_every(feed),
        skip_hours=_skipped_hours(skips),
        skip_days=_skipped_days(skips),
        hubs=_addresses(link.get("href") for link in listed if "hub" in str(link.get("rel")).split())[:_MOST_HUBS],
        topic=_first(link.get("href") for link in listed if "self" in str(link.get("rel")).split()),
    )


def hints_of_json(feed: Found) -> Hints:
    """The hints of a JSON Feed: `hubs` and `feed_url`."""
    hubs = feed.get("hubs")
    listed = [hub for hub in hubs if isinstance(hub, dict)] if isinstance(hubs, list) else []
    return Hints(
        hubs=_addresses(hub.get("url") for hub in listed)[:_MOST_HUBS],
        topic=_first([feed.get("feed_url")]),
    )


def _every(feed: Found) -> timedelta | None:
    """The syndication module: a period, daily where none is named, and how often in it, once where it is not told."""
    period, frequency = feed.get("sy_updateperiod"), feed.get("sy_updatefrequency")
    if period is None and frequency is None:
        return None
    length = _PERIODS.get(str(period or "daily").strip().lower())
    often = 1 if frequency is None else _number(frequency)
    return _span(length / often) if length and often else None


def _span(length: timedelta) -> timedelta:
    return min(length, _LONGEST)


def _number(value: object) -> int:
    """A number above zero, or zero for anything else."""
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if _NUMBER.fullmatch(text) else 0


def _skipped_hours(skips: Iterable[str]) -> tuple[int, ...]:
    """Hours of the day; 24 is midnight in RSS 0.91."""
    hours = {int(text) for each in skips if _NUMBER.fullmatch(text := each.strip())}
    return tuple(sorted({hour % _HOURS for hour in hours if hour <= _HOURS}))


def _skipped_days(skips: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({_DAYS.index(day) for each in skips if (day := each.strip().lower()) in _DAYS}))


def _addresses(values: Iterable[object]) -> tuple[str, ...]:
    """Absolute http and https addresses, each once."""
    texts = (value.strip() for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(text for text in texts if _ADDRESS.fullmatch(text)))


def _first(values: Iterable[object]) -> str:
    return next(iter(_addresses(values)), "")
