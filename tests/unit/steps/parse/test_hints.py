"""What feeds say of when and where to ask for them."""

from datetime import timedelta

import pytest

from feedhub.model.hints import Hints
from feedhub.steps.parse import parse, parse_new

NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)
ITEM = "<item><title>1</title><hour>3</hour><ttl>1</ttl><atom:link rel='hub' href='https://item.example/'/></item>"


def hints(body: str) -> Hints:
    """Those of a body, which are the same when it is cut."""
    data = body.encode()
    found = parse(data, media_type="", charset=None, url="https://feed.example/")
    first = parse_new(data, media_type="", charset=None, url="https://feed.example/", seen=b"", most=9)
    again = parse_new(data, media_type="", charset=None, url="https://feed.example/", seen=first.seen, most=9)
    assert found.hints == first.feed.hints == again.feed.hints
    return found.hints


def rss(inner: str) -> Hints:
    """Those of a channel, some said before its items and some after."""
    before, _, after = inner.partition("|")
    return hints(f'<rss version="2.0" {NAMESPACES}><channel>{before}{ITEM}{after}</channel></rss>')


def test_feed_that_says_nothing_has_no_hints() -> None:
    """Whatever its items say."""
    assert rss("") == Hints()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("60", 60), (" 5 ", 5), ("99999", 31 * 24 * 60), ("0", None), ("-5", None), ("soon", None), ("9" * 99, None)],
)
def test_ttl_is_minutes_up_to_a_month(text: str, minutes: int | None) -> None:
    """What is absurd is no hint."""
    assert rss(f"|<ttl>{text}</ttl>").ttl == (None if minutes is None else timedelta(minutes=minutes))


def test_hours_and_days_to_skip_are_told_in_order() -> None:
    """24 is midnight; what is none is left out."""
    hours = "".join(f"<hour>{hour}</hour>" for hour in ("23", "1", "24", " 1 ", "25", "x", "-1"))
    days = "".join(f"<day>{day}</day>" for day in ("Sunday", "monday", "Someday"))
    found = rss(f"<skipHours>{hours}</skipHours>|<skipDays>{days}</skipDays>")
    assert (found.skip_hours, found.skip_days) == ((0, 1, 23), (0, 6))


def test_flood_of_hours_is_cut() -> None:
    """200 are looked at."""
    assert rss("<skipHours>" + "<hour>1</hour>" * 300 + "<hour>2</hour></skipHours>").skip_hours == (1,)


@pytest.mark.parametrize(
    ("period", "frequency", "every"),
    [
        ("hourly", "2", timedelta(minutes=30)),
        ("Hourly", None, timedelta(hours=1)),
        (None, "4", timedelta(hours=6)),
        ("weekly", "1", timedelta(days=7)),
        ("monthly", "30", timedelta(days=1)),
        ("yearly", "1", timedelta(days=31)),
        ("hourly", "0", None),
        ("hourly", "often", None),
        ("never", "1", None),
    ],
)
def test_syndication_module_tells_how_often(period: str | None, frequency: str | None, every: timedelta | None) -> None:
    """A period, divided."""
    period_element = f"<sy:updatePeriod>{period}</sy:updatePeriod>" if period else ""
    frequency_element = f"<sy:updateFrequency>{frequency}</sy:updateFrequency>" if frequency else ""
    assert rss(f"{period_element}|{frequency_element}").every == every


def test_hubs_and_topic_of_rss_are_those_of_atom_links() -> None:
    """Absolute http and https addresses, each once, ten at most."""
    hubs = "".join(f'<atom:link rel="hub" href="https://hub.example/{n}"/>' for n in (0, 0, *range(20)))
    bad = '<atom:link rel="hub" href="/hub"/><atom:link rel="hub" href="ftp://hub.example/"/><atom:link rel="hub"/>'
    own = '<link>https://site.example/</link><atom:link rel="self" href="https://feed.example/rss"/>'
    found = rss(f"{bad}{own}|{hubs}")
    assert (found.hubs, found.topic) == (
        tuple(f"https://hub.example/{n}" for n in range(10)),
        "https://feed.example/rss",
    )


def test_hubs_and_topic_of_atom_are_its_links() -> None:
    """One link may be both."""
    links = '<link rel="self hub" href="https://a.example/"/><link rel="hub" href="HTTP://b.example/"/>'
    found = hints(f'<feed xmlns="http://www.w3.org/2005/Atom">{links}<entry><id>1</id></entry></feed>')
    assert found == Hints(hubs=("https://a.example/", "HTTP://b.example/"), topic="https://a.example/")


@pytest.mark.parametrize(
    ("members", "found"),
    [
        (
            '"hubs": [{"type": "WebSub", "url": "https://hub.example/"}, 3, {"url": 4}]',
            Hints(hubs=("https://hub.example/",)),
        ),
        ('"hubs": 3, "feed_url": "https://feed.example/json"', Hints(topic="https://feed.example/json")),
    ],
)
def test_json_feed_names_hubs_and_its_address(members: str, found: Hints) -> None:
    """And nothing of when."""
    assert hints(f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"id": "1"}}], {members}}}') == found
