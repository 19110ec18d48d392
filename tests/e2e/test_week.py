"""A week is played against publishers of every kind, and none of them has a reason to complain."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from feedhub.adapters.seed import plant
from feedhub.wiring import House
from tests.e2e.news import item, rss
from tests.e2e.origin import Origin, Visit, message

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
STEP = timedelta(minutes=20)
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
BUSY = 9
"""Every ninth time, the publisher that is often busy is so."""


@dataclass(slots=True)
class Watched:
    """What one publisher saw: when it was asked, by the played clock, and how."""

    name: str
    clock: list[datetime]
    asked: list[datetime] = field(default_factory=list)
    conditional: list[bool] = field(default_factory=list)
    refused: list[datetime] = field(default_factory=list)

    def __call__(self, visit: Visit) -> bool:
        """Answer in this publisher's own way."""
        now = self.clock[0]
        self.asked.append(now)
        self.conditional.append(b"\r\nif-none-match:" in visit.head.lower())
        visit.send(self._reply(now, visit.head))
        return True

    def _reply(self, now: datetime, head: bytes) -> bytes:
        number = len(self.asked)
        if self.name == "busy" and number % BUSY == 0:
            self.refused.append(now)
            return message(503, "Retry-After: 21600")
        if self.name == "flaky" and number % 3 == 0:
            return message(500)
        if self.name == "bare":
            return message(200, "Content-Type: application/rss+xml", body=_feed(MONDAY, ""))
        etag = f'"{now:%j%p}"'  # something new twice a day
        lines = [f"ETag: {etag}", f"Last-Modified: {now:%a, %d %b %Y} 00:00:00 GMT"]
        if self.name == "cached":
            lines.append("Cache-Control: public, max-age=7200")
        if f"if-none-match: {etag}".encode() in head.lower().replace(b"am", b"AM").replace(b"pm", b"PM"):
            return message(304, *lines)
        return message(200, "Content-Type: application/rss+xml", *lines, body=_feed(now, HINTS.get(self.name, "")))


HINTS = {
    "ttl": "<ttl>120</ttl>",
    "night": f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in range(6))}</skipHours>",
    "weekend": "<skipDays><day>Saturday</day><day>Sunday</day></skipDays>",
}
NAMES = ("plain", "cached", "busy", "flaky", "bare", *HINTS)


def _feed(now: datetime, hint: str) -> bytes:
    """One that holds an entry for each half day so far."""
    halves = int((now - MONDAY) / (12 * HOUR))
    items = (
        item(f"half-{n}", f"News of half day {n}", f"Something was said in half day {n}.") for n in range(halves + 1)
    )
    return rss(*items).replace(b"<description>", hint.encode() + b"<description>", 1)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Watched], list[str], list[int]]]:
    """What each publisher saw in the week, what came before its time, and how many requests ran side by side."""
    root = tmp_path_factory.mktemp("week")
    plant(root, with_sources=False)
    clock = [MONDAY]
    with ExitStack() as stack:
        seen = {name: Watched(name, clock) for name in (*NAMES, "twin-a", "twin-b")}
        hosts = [Origin({"/feed": seen[name]}, host=f"127.0.1.{at}") for at, name in enumerate(NAMES, 1)]
        hosts.append(Origin({"/a": seen["twin-a"], "/b": seen["twin-b"]}, host="127.0.2.1"))
        origins = [stack.enter_context(origin) for origin in hosts]
        urls = {name: origin.url("/feed") for name, origin in zip(NAMES, origins, strict=False)}
        urls |= {"twin-a": origins[-1].url("/a"), "twin-b": origins[-1].url("/b")}
        yield seen, _played(root, urls, clock=clock, seen=seen), [origin.most_running for origin in origins]


def _played(root: Path, urls: dict[str, str], *, clock: list[datetime], seen: dict[str, Watched]) -> list[str]:
    """Play the week; gives each request that came before the source was due."""
    sources = "".join(f'[sources.{name}]\nurl = "{url}"\noutlet = "reuters"\n' for name, url in urls.items())
    (root / "config" / "sources.toml").write_text(sources, encoding="utf-8")
    moment = root / "now"
    moment.write_text(clock[0].isoformat(), encoding="utf-8")
    allowed = ",".join(f'"{url.split("/")[2]}"' for url in urls.values())
    house = House(
        root,
        {
            "FEEDHUB_NOW": str(moment),
            "FEEDHUB_HTTP__ALLOW_HOSTS": f"[{allowed}]",
            "FEEDHUB_POLLING__HOST_GAP": "0s",
            "FEEDHUB_POLLING__WEBSUB": "false",
        },
    )
    early: list[str] = []
    try:
        while clock[0] < MONDAY + WEEK:
            moment.write_text(clock[0].isoformat(), encoding="utf-8")
            early += _ticked(house, clock[0], seen)
            clock[0] += STEP
    finally:
        house.close()
    return early


def _ticked(house: House, now: datetime, seen: dict[str, Watched]) -> list[str]:
    house.desk()
    with house.store.read() as unit:
        due = {state.slug: state.due for state in unit.sources.all()}
    before = {name: len(watched.asked) for name, watched in seen.items()}
    for _ in range(2):  # the second for the other of the twins
        ticked = house.tick()
        assert ticked.fault == ""
    asked = {name for name, watched in seen.items() if len(watched.asked) > before[name]}
    return [f"{name} at {now}" for name, moment in due.items() if name in asked and moment > now]


Week = tuple[dict[str, Watched], list[str], list[int]]


def test_nobody_is_asked_before_the_source_is_due(week: Week) -> None:
    """By the time that was told after the poll before."""
    assert week[1] == []


def test_no_host_has_two_requests_at_once(week: Week) -> None:
    """Though two sources of one host were due at the same time."""
    assert week[2] == [1] * (len(NAMES) + 1)


def test_every_request_is_conditional_once_a_validator_is_known(week: Week) -> None:
    """After errors too."""
    first = {name: watched.conditional.index(True) for name, watched in week[0].items() if name != "bare"}
    assert first == dict.fromkeys(first, 1)
    assert all(all(watched.conditional[1:]) for name, watched in week[0].items() if name != "bare")


def test_nothing_comes_before_the_end_of_a_retry_after(week: Week) -> None:
    """Six hours each time."""
    busy = week[0]["busy"]
    waits = [min(at for at in busy.asked if at > refused) - refused for refused in busy.refused[:-1]]
    assert waits
    assert min(waits) >= 6 * HOUR


@pytest.mark.parametrize("name", ["cached", "ttl"])
def test_publishers_are_left_alone_for_as_long_as_they_ask(week: Week, name: str) -> None:
    """By Cache-Control, and by ttl."""
    gaps = [later - earlier for earlier, later in pairwise(week[0][name].asked)]
    assert min(gaps) >= 2 * HOUR


def test_hours_and_days_that_are_skipped_are_quiet(week: Week) -> None:
    """But for the very first poll, before which nothing was known."""
    assert [at for at in week[0]["night"].asked[1:] if at.hour < 6] == []
    assert [at for at in week[0]["weekend"].asked if at.weekday() > 4] == []


def test_source_without_validators_that_never_changes_is_asked_ever_less(week: Week) -> None:
    """Each of its answers is a whole body."""
    days = [sum(at.date() == (MONDAY + timedelta(days=day)).date() for at in week[0]["bare"].asked) for day in range(7)]
    assert days[0] > days[3] > days[6]


def test_all_are_asked_every_day_that_they_allow(week: Week) -> None:
    """Polite is not idle."""
    for name, watched in week[0].items():
        days = {at.date() for at in watched.asked}
        assert len(days) == (5 if name == "weekend" else 7), name
