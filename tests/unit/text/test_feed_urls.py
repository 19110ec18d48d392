"""Where sites keep their feeds."""

import pytest

from feedhub.text.feed_urls import guesses, looks_like_feed


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/feed",
        "https://a.example/feed/",
        "https://a.example/news/rss",
        "https://a.example/RSS/world.xml",
        "https://a.example/rss.php?id=7",
        "https://a.example/feeds/posts/default",
        "https://a.example/world-rss.xml",
        "https://a.example/news.rss",
        "https://a.example/index.rdf",
        "https://a.example/atom.xml",
        "https://a.example/rss2.0/",
        "https://a.example/?feed=rss2",
        "https://a.example/search?q=x&format=rss",
        "https://feeds.example/world",
    ],
)
def test_addresses_are_named_as_feeds_are(url: str) -> None:
    """By path, query or host."""
    assert looks_like_feed(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/feedback",
        "https://a.example/feeding-birds.html",
        "https://a.example/atomic/xml",
        "https://a.example/sitemap.xml",
        "https://a.example/grass.xml",
        "https://a.example/?feedback=rss",
        "https://[bad",
        "",
    ],
)
def test_other_addresses_are_not(url: str) -> None:
    """Though some hold the words."""
    assert not looks_like_feed(url)


def test_guesses_are_the_pages_own_feeds_then_those_of_the_site() -> None:
    """Whatever stands behind the path."""
    of_page = guesses("https://a.example/world/?page=2#top")
    assert of_page[:4] == (
        "https://a.example/world/feed",
        "https://a.example/world/rss",
        "https://a.example/feed",
        "https://a.example/rss",
    )
    assert guesses("https://a.example") == guesses("https://a.example/") == of_page[2:]
    assert "https://a.example/?feed=rss2" in of_page


def test_nothing_is_guessed_of_what_is_no_web_address() -> None:
    """There is nobody to ask."""
    assert guesses("mailto:a@b.example") == ()
