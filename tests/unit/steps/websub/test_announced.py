"""Which hubs a reply announces, and under which topic."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedhub.model.fetching import Link
from feedhub.model.hints import Hints
from feedhub.steps.websub import announced

URL = "https://harbour.example/feed"
SELF, OTHER = "https://harbour.example/rss", "https://harbour.example/other"
HUB, SECOND = "https://hub.example/", "https://second.example/hub"


def hub(url: str = HUB) -> Link:
    """A Link header that names a hub."""
    return Link(rel="hub", url=url)


def own(url: str = SELF) -> Link:
    """A Link header that names the topic."""
    return Link(rel="self", url=url)


def test_100_hub_and_topic_are_found_in_the_head() -> None:
    assert announced(Hints(), [own(), hub()], URL) == Hints(hubs=(HUB,), topic=SELF)


def test_hub_and_topic_are_found_in_the_document_and_its_other_hints_stay() -> None:
    hints = Hints(ttl=timedelta(minutes=15), hubs=(HUB, SECOND), topic=SELF)
    assert announced(hints, [], URL) == hints


def test_104_the_head_goes_before_the_document() -> None:
    hints = Hints(hubs=(SECOND,), topic=OTHER)
    assert announced(hints, [own(), hub()], URL) == Hints(hubs=(HUB,), topic=SELF)


def test_200_the_topic_is_what_the_feed_calls_itself_on_whatever_host() -> None:
    elsewhere = "https://origin.example/feed?self=other"
    assert announced(Hints(), [own(elsewhere), hub()], URL).topic == elsewhere
    assert announced(Hints(hubs=(HUB,), topic=elsewhere), [], URL).topic == elsewhere


@pytest.mark.parametrize(
    ("links", "hints", "topic"),
    [
        ([hub()], Hints(topic=SELF), SELF),
        ([own()], Hints(hubs=(HUB,)), SELF),
        ([own(OTHER)], Hints(hubs=(HUB,), topic=SELF), SELF),
        ([hub()], Hints(), URL),
        ([], Hints(hubs=(HUB,)), URL),
        ([hub(), own("ftp://harbour.example/rss")], Hints(topic="mailto:x"), URL),
    ],
)
def test_a_topic_that_is_left_out_is_looked_for_in_the_other_place_then_it_is_the_address(
    links: list[Link], hints: Hints, topic: str
) -> None:
    assert announced(hints, links, URL) == Hints(hubs=(HUB,), topic=topic)


def test_without_a_hub_there_is_no_topic() -> None:
    assert announced(Hints(topic=SELF), [own()], URL) == Hints()


def test_hubs_by_https_come_first_each_once_and_not_more_than_a_few() -> None:
    links = [hub("http://plain.example/"), hub(), hub(), *(hub(f"https://{n}.example/") for n in range(9))]
    assert announced(Hints(), links, URL).hubs == (
        HUB,
        "https://0.example/",
        "https://1.example/",
        "https://2.example/",
    )


@pytest.mark.parametrize(
    "url",
    ["", "hub", "//hub.example/", "javascript:x", "https://", "https://[", "https://h\n/", f"https://h/{'x' * 2000}"],
)
def test_what_cannot_be_asked_is_no_hub(url: str) -> None:
    assert announced(Hints(hubs=(url,)), [hub(url)], URL) == Hints()


@given(st.text(), st.text(), st.text())
def test_nothing_that_is_announced_makes_it_fail(head: str, document: str, topic: str) -> None:
    found = announced(Hints(hubs=(document,), topic=topic), [Link(rel="hub", url=head)], URL)
    assert bool(found.topic) == bool(found.hubs)
