"""The feeds and hubs that a page names."""

import pytest

from feedhub.model.fetching import Link
from feedhub.model.reading import Discovered
from feedhub.steps.parse import discover

URL = "https://harbour.example/news/"
RSS = "application/rss+xml"


def named(markup: str | bytes, *links: Link) -> Discovered:
    """What a page names."""
    body = markup if isinstance(markup, bytes) else markup.encode()
    return discover(body, charset="utf-8", url=URL, links=links)


def feeds(markup: str, *links: Link) -> list[str]:
    """The addresses of the feeds of a page."""
    return [link.url for link in named(markup, *links).feeds]


def test_links_of_the_head_are_found_in_order_each_once() -> None:
    """Relative ones absolute; the first title that says anything stays."""
    found = named("""<!DOCTYPE html><HTML><HEAD><TITLE>News</TITLE>
        <LINK REL="alternate" TYPE="application/rss+xml" HREF="/rss">
        <link href=atom.xml type="Application/Atom+XML; charset=utf-8" rel='ALTERNATE home' title="News &amp; views">
        <link rel="alternate" type="application/rss+xml" href="https://harbour.example/rss" title="All news">
        <link rel="alternate" type="application/feed+json" href="//feeds.example/x.json"></HEAD></HTML>""")
    assert found.feeds == (
        Link(rel="alternate", url="https://harbour.example/rss", media_type=RSS, title="All news"),
        Link(
            rel="alternate",
            url="https://harbour.example/news/atom.xml",
            media_type="application/atom+xml",
            title="News & views",
        ),
        Link(rel="alternate", url="https://feeds.example/x.json", media_type="application/feed+json"),
    )


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('rel=alternate type=application/rss+xml href="/x"', ["https://harbour.example/x"]),
        ('rel=alternate type=text/rss href="/x"', ["https://harbour.example/x"]),
        ('rel=alternate type=application/x.atom+xml href="/x"', ["https://harbour.example/x"]),
        ('rel=alternate type=application/rdf+xml href="/x"', ["https://harbour.example/x"]),
        ('rel=alternate type=application/json href="/x"', ["https://harbour.example/x"]),
        ('rel=alternate type=text/xml href="/rss.xml"', ["https://harbour.example/rss.xml"]),
        ('rel=feed href="/x"', ["https://harbour.example/x"]),
        ('rel=alternate type=text/xml href="/sitemap.xml"', []),
        ('rel=alternate type=application/json href="/wp-json/wp/v2/posts/1"', []),
        ('rel=alternate type=application/json+oembed href="/x"', []),
        ('rel=alternate hreflang=de href="/de/"', []),
        ('rel=stylesheet type=application/rss+xml href="/x"', []),
        ('rel=alternate type=application/rss+xml href=""', []),
        ('rel=alternate type=application/rss+xml href="javascript:alert(1)"', []),
        ('type=application/rss+xml href="/x"', []),
    ],
)
def test_what_counts_as_a_feed(link: str, expected: list[str]) -> None:
    """The type says so, or the word `feed`."""
    assert feeds(f"<head><link {link}></head>") == expected


def test_feeds_of_comments_come_last() -> None:
    """Nobody means them."""
    markup = "".join(
        f'<link rel="alternate" type="{RSS}" title="{title}" href="{href}">'
        for title, href in (("Comments on News", "/1"), ("", "/comments/feed/"), ("News", "/feed/"))
    )
    assert feeds(markup) == [f"https://harbour.example/{path}" for path in ("feed/", "1", "comments/feed/")]


def test_base_of_the_page_resolves_its_links() -> None:
    """The first alone counts."""
    markup = f'<base href="/de/"><base href="/fr/"><link rel=alternate type={RSS} href="rss">'
    assert feeds(markup) == ["https://harbour.example/de/rss"]


def test_headers_come_first() -> None:
    """Those that name feeds."""
    headers = (
        Link(rel="alternate", url="https://harbour.example/h", media_type=RSS),
        Link(rel="alternate", url="https://harbour.example/de", media_type="text/html"),
        Link(rel="preload", url="https://harbour.example/rss", media_type=RSS),
    )
    assert feeds(f"<link rel=alternate type={RSS} href=/l>", *headers) == [
        "https://harbour.example/h",
        "https://harbour.example/l",
    ]


def test_links_of_the_body_are_the_last_resort() -> None:
    """Only where nothing else names a feed."""
    body = '<p><a href="/about">About</a> <a href="/rss" title="RSS">RSS</a> <a href="/rss">again</a></p>'
    assert named(body).feeds == (Link(rel="alternate", url="https://harbour.example/rss", title="RSS"),)
    assert feeds(f"<link rel=alternate type={RSS} href=/l>{body}") == ["https://harbour.example/l"]


def test_hubs_count_in_the_head_alone() -> None:
    """What visitors write stands in the body."""
    found = named("""<head><link rel="hub" href="https://hub.example/"><link rel="hub self" href="/news/">
        <link rel=hub href="https://hub.example/"></head>
        <body><link rel="hub" href="https://evil.example/"><link rel=self href="https://evil.example/x"></body>""")
    assert (found.hubs, found.topic) == (("https://hub.example/", URL), URL)


def test_hubs_of_the_headers_win_with_their_topic() -> None:
    """WebSub, section 4."""
    headers = (Link(rel="hub", url="https://hub.example/h"), Link(rel="self", url="https://harbour.example/h"))
    markup = '<head><link rel="hub" href="https://hub.example/l"><link rel="self" href="/l"></head>'
    assert named(markup, *headers) == Discovered(hubs=("https://hub.example/h",), topic="https://harbour.example/h")
    assert named(markup, headers[1]) == Discovered(hubs=("https://hub.example/l",), topic="https://harbour.example/l")


@pytest.mark.parametrize(
    "body", [b"", b"plain text", b"\x1f\x8b\x08", b'{"a": "<link rel=feed href=/x>"}', b"<", b"<!-- -->"]
)
def test_what_is_no_page_names_nothing_itself(body: bytes) -> None:
    """The headers of its reply still count."""
    header = Link(rel="alternate", url="https://harbour.example/h", media_type=RSS)
    assert (named(body), named(body, header)) == (Discovered(), Discovered(feeds=(header,)))


def test_a_flood_of_links_is_cut() -> None:
    """Fifty are more than anybody reads."""
    flood = "".join(f'<link rel="alternate hub" type="{RSS}" href="/{n}">' for n in range(30_000))
    found = named(f"<head>{flood}</head>")
    assert (len(found.feeds), len(found.hubs)) == (50, 50)
    assert len(feeds("".join(f'<a href="/rss/{n}">x</a>' for n in range(30_000)))) == 50


@pytest.mark.parametrize("piece", ["<div>", "<b><p>", "<a href=/rss>", "<!--", "<link ", "&amp", "</p>", "<table><tr>"])
def test_floods_are_taken_in_its_stride(piece: str) -> None:
    """What is quadratic would take hours here."""
    assert len(named(piece * 100_000).feeds) <= 1
