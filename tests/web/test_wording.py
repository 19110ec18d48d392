"""Dates, languages, links and excerpts as templates show them."""

from datetime import UTC, datetime, timedelta

import pytest

from feedhub.web.dates import Dates
from feedhub.web.places import Places
from feedhub.web.wording import certainty, contact_link, direction, excerpt, language, web_link
from tests.builders import a_credit, ref

WHEN = datetime(2026, 3, 2, 21, 5, 9, tzinfo=UTC)
BAKU = Dates("Asia/Baku")


def test_dates_are_told_in_the_timezone_of_the_site() -> None:
    assert (BAKU.moment(WHEN), BAKU.brief(WHEN), BAKU.day(WHEN), BAKU.machine(WHEN)) == (
        "3 March 2026, 01:05",
        "3 Mar, 01:05",
        "Tuesday, 3 March 2026",
        "2026-03-02T21:05:09Z",
    )


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 mins"),
        (59, "0 mins"),
        (60, "1 min"),
        (3599, "59 mins"),
        (3600, "1 hr"),
        (11_100, "3 hrs 5 mins"),
        (90_061, "1 day 1 hr"),
        (172_800, "2 days"),
    ],
)
def test_a_span_is_told_in_its_two_largest_units(seconds: int, told: str) -> None:
    assert BAKU.span(timedelta(seconds=seconds)) == told


def test_a_timezone_that_nobody_knows_is_an_error_at_the_start() -> None:
    with pytest.raises(LookupError):
        Dates("Mars/Olympus")


@pytest.mark.parametrize(
    ("lang", "told", "way"),
    [
        ("az", "az", "ltr"),
        ("ar-EG", "ar-EG", "rtl"),
        ("FA", "FA", "rtl"),
        ("he", "he", "rtl"),
        ("ur", "ur", "rtl"),
        ("az-Arab", "az-Arab", "rtl"),
        ("arn", "arn", "ltr"),
        (None, "", "auto"),
        ('en" onclick="x', "", "auto"),
    ],
)
def test_languages_and_their_direction(lang: str | None, told: str, way: str) -> None:
    assert (language(lang), direction(lang)) == (told, way)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>bold</b> word</p>", "One bold word"),
        ("<p>One</p><p>two &amp; three &lt;b&gt;</p>", "One two & three <b>"),
        ("", ""),
        ("word " * 20, "word word word word…"),
        ("x" * 50, "x" * 23 + "…"),
        ("<a href='" + "y" * 300, ""),
        ("<" * 10_000, ""),
    ],
)
def test_an_excerpt_is_plain_text_of_a_bounded_length(html: str, text: str) -> None:
    assert excerpt(html, 24) == text


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("a@b.example", "mailto:a@b.example"),
        ("https://b.example/write", "https://b.example/write"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_a_contact_is_a_link_or_nothing(contact: str, link: str) -> None:
    assert contact_link(contact) == link


@pytest.mark.parametrize("address", ["https://a.example/", "HTTP://a.example/"])
def test_addresses_of_the_web_are_links(address: str) -> None:
    assert web_link(address) == address


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, "own"),
        ({"by": "ada"}, "ruled"),
        ({"originator": ref("TASS"), "confidence": 0.9}, "sure"),
        ({"originator": ref("TASS"), "confidence": 0.7}, "likely"),
        ({"originator": ref("TASS"), "confidence": 0.55}, "possible"),
        ({"originator": ref("TASS"), "confidence": 0.3}, "guess"),
    ],
)
def test_a_confidence_in_words(changes: dict[str, object], word: str) -> None:
    assert certainty(a_credit("Quay Bulletin", **changes), threshold=0.5) == word


def test_addresses_are_quoted_and_lie_below_the_base() -> None:
    places = Places("https://example.org/news/")
    assert (places.topic("a b/ü", 50), places.absolute(places.topic("all")), places.story("tag:x:story:a?b")) == (
        "/news/topics/a%20b%2F%C3%BC?offset=50",
        "https://example.org/news/all",
        "/news/stories/a%3Fb",
    )
