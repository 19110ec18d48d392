"""What the suites for the port Fetcher share: a fetcher with short limits, and outcomes without their times."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain

from feedhub.adapters.http import HttpFetcher, Limits
from feedhub.model.fetching import Accepted, Ask, Fetched, Gone, Moved, NotModified, Outcome, Refused, Validators
from feedhub.ports import Fetcher
from tests.e2e.certificates import authorities
from tests.e2e.origin import Origin

QUICK = Limits(connect=2.0, stall=0.4, deadline=1.0, body=64 * 1024)
NONE = Validators()
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FEED = b"<rss/>"
LOCAL = {"localhost": ("127.0.0.1",)}
XML = "Content-Type: application/rss+xml"


def a_fetcher(
    *origins: Origin,
    limits: Limits = QUICK,
    per_host: int = 2,
    gap: float = 0.0,
    total: int = 32,
    also: tuple[str, ...] = (),
    names: Mapping[str, Sequence[str]] | Callable[[str], Sequence[str]] = LOCAL,
) -> HttpFetcher:
    """A fetcher that may ask these origins, and other hosts named as in `http.allow_hosts`.

    `names` are those it knows, or a function that looks them up: no test asks the world's.
    """
    return HttpFetcher(
        limits,
        "feedhub/test (+http://feeds.example.org/about)",
        allow_hosts=frozenset(origin.authority for origin in origins) | frozenset(also),
        per_host=per_host,
        gap=gap,
        total=total,
        clock=lambda: NOW,
        authorities=str(authorities()),
        resolver=_book(names) if isinstance(names, Mapping) else names,
    )


def ask(url: str, validators: Validators = NONE, *, accept: str = "*/*") -> Ask:
    """A request for a URL, which is its own reference."""
    return Ask(ref=url, url=url, validators=validators, accept=accept)


def fetch_one(fetcher: Fetcher, url: str, validators: Validators = NONE, *, accept: str = "*/*") -> Outcome:
    """The outcome of one ask, without the time it took."""
    question = ask(url, validators, accept=accept)
    [(asked, outcome)] = answers(fetcher([question]))
    assert asked is question
    return timeless(outcome)


def answers(portions: Iterable[tuple[tuple[Ask, Outcome], ...]]) -> Iterator[tuple[Ask, Outcome]]:
    """Answers one by one, whatever they came with."""
    return chain.from_iterable(portions)


def fetch(origin: Origin, path: str, validators: Validators = NONE, *, limits: Limits = QUICK) -> Outcome:
    """The outcome of asking one path of an origin, by a fetcher of its own."""
    with closing(a_fetcher(origin, limits=limits)) as fetcher:
        return fetch_one(fetcher, origin.url(path), validators)


def timeless(outcome: Outcome) -> Outcome:
    """The outcome with all times at 0."""
    match outcome:
        case Moved():
            return Moved(url=outcome.url, then=_stopped(outcome.then))
        case _:
            return _stopped(outcome)


def fetched(origin: Origin, path: str, body: bytes = FEED, **changes: object) -> Fetched:
    """What a proper reply of an origin is fetched as."""
    whole = Fetched(
        body=body,
        media_type="application/rss+xml",
        charset=None,
        url=origin.url(path),
        validators=Validators(),
        wire_bytes=len(body),
        millis=0,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def _stopped(
    outcome: Fetched | NotModified | Accepted | Gone | Refused,
) -> Fetched | NotModified | Accepted | Gone | Refused:
    return replace(outcome, millis=0)


def _book(names: Mapping[str, Sequence[str]]) -> Callable[[str], Sequence[str]]:
    return lambda host: names.get(host, ())
