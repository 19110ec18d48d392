"""What feeds there are behind the address of any page."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from feedhub.flows.discover import ACCEPT, Discover
from feedhub.model.discovery import Discovery, FoundFeed
from feedhub.model.fetching import Accepted, Ask, Gone, Moved, NotModified, Outcome, Validators
from feedhub.text.feed_urls import guesses
from tests.builders import AUTHORITY
from tests.fakes import InlineSandbox, ScriptedFetcher, SetTime
from tests.flows.scene import a_feed, an_item

SITE = "https://harbour.example/"
RSS, ATOM = "https://harbour.example/rss", "https://harbour.example/atom"
FEED = a_feed(
    an_item("1", "Ferry line", "It opens.", date="Mon, 02 Mar 2026 08:00:00 GMT"),
    an_item("2", "Pier", "It closes.", date="Mon, 02 Mar 2026 08:30:00 GMT"),
)
FOUND = FoundFeed(url=RSS, title="A feed", form="rss20", items=2, latest=datetime(2026, 3, 2, 8, 30, tzinfo=UTC))
MISSING = "the server says 404 Not Found: look for the new address"


def a_page(*hrefs: str) -> bytes:
    """A page that names these feeds, and a hub."""
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in hrefs)
    return f'<html><head>{links}<link rel="hub" href="https://hub.example/"></head></html>'.encode()


def discovered(answers: Mapping[str, bytes | Outcome], *, url: str = SITE) -> tuple[Discovery, list[str]]:
    """What is found behind the address, and what was asked for."""
    fetcher = ScriptedFetcher(answers=dict(answers))
    discover = Discover(fetcher=fetcher, sandbox=InlineSandbox(), clock=SetTime(), authority=AUTHORITY)
    found = discover(url)
    assert {ask.accept for ask in fetcher.asked} == {ACCEPT}
    return found, [ask.url for ask in fetcher.asked]


def test_feeds_that_a_page_names_are_asked_for_and_read() -> None:
    """Each once; what is none is told with the reason."""
    answers = {SITE: a_page("/rss", "/rss", "/atom", "/login"), RSS: FEED, f"{SITE}login": a_page()}
    assert discovered(answers) == (
        Discovery(
            url=SITE,
            feeds=(FOUND,),
            broken=(
                (ATOM, MISSING),
                (
                    f"{SITE}login",
                    (
                        "this is a web page, not a feed; look on the site for the address of its RSS or Atom feed and "
                        "use that"
                    ),
                ),
            ),
            hubs=("https://hub.example/",),
        ),
        [SITE, RSS, ATOM, f"{SITE}login"],
    )


def test_address_of_a_feed_gives_that_feed() -> None:
    """Nothing else is asked for; one that is quiet has no date."""
    empty = FoundFeed(url=RSS, title="A feed", form="rss20", items=0)
    assert discovered({RSS: a_feed()}, url=RSS) == (Discovery(url=RSS, feeds=(empty,)), [RSS])


def test_feeds_that_are_one_are_told_once() -> None:
    """A feed that has moved is named by both addresses."""
    fetched = list(ScriptedFetcher(answers={RSS: FEED})([Ask(ref=RSS, url=RSS)]))[1][0][1]
    assert not isinstance(fetched, Moved)
    answers: dict[str, bytes | Outcome] = {SITE: a_page("/rss", "/atom"), RSS: FEED, ATOM: Moved(url=RSS, then=fetched)}
    found, _ = discovered(answers)
    assert (found.feeds, found.broken) == ((FOUND,), ())


def test_places_of_feeds_are_tried_only_if_the_page_names_none() -> None:
    """One after the other, up to the first that is there."""
    found, asked = discovered({SITE: a_page(), RSS: FEED})
    assert (found.feeds, found.broken, asked) == ((FOUND,), (), [SITE, f"{SITE}feed", RSS])
    found, asked = discovered({SITE: a_page("/gone"), RSS: FEED})
    assert (found.feeds, asked) == ((), [SITE, f"{SITE}gone"])


def test_site_without_feeds_is_asked_for_all_of_them_once() -> None:
    """And no fault is made of it."""
    found, asked = discovered({SITE: a_page()})
    assert (found, asked) == (Discovery(url=SITE, hubs=("https://hub.example/",)), [SITE, *guesses(SITE)])


def test_no_more_than_enough_feeds_are_asked_for() -> None:
    """A portal names a feed for each of its sections."""
    _, asked = discovered({SITE: a_page(*(f"/{number}.rss" for number in range(60)))})
    assert len(asked) == 21


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (Gone(millis=1), "the publisher says that it is gone for good (410)"),
        (NotModified(validators=Validators(), millis=1), "the server answered something else than it was asked"),
        (Accepted(status=200, millis=1), "the server answered something else than it was asked"),
        (Moved(url=RSS, then=Gone(millis=1)), "the publisher says that it is gone for good (410)"),
        (b"<html>KILL THE PARSER</html>", "the page could not be read safely: the parser crashed (SIGSEGV)"),
    ],
)
def test_address_that_gives_nothing_is_told_with_the_reason(answer: bytes | Outcome, fault: str) -> None:
    """In one sentence for an admin."""
    assert discovered({SITE: answer})[0] == Discovery(url=SITE, fault=fault)


def test_address_that_is_not_there_is_told() -> None:
    """Nothing is guessed of a site that does not answer."""
    assert discovered({}) == (Discovery(url=SITE, fault=MISSING), [SITE])
