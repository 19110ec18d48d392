"""What the short way through a head knows, and what it leaves to feedparser."""

import pytest

from feedhub.steps.parse.head import head
from feedhub.steps.parse.xml import Collected

RSS = (
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:own="urn:own"{}><channel>{}</channel></rss>'
)


def found(inner: str, *, more: str = "") -> Collected | None:
    """What is found in a channel."""
    return head(RSS.format(more, inner).encode())


def test_head_keeps_what_is_asked_for() -> None:
    """And passes over the rest with all that it holds."""
    got = found(
        "<title> T </title><link>https://x.example/</link><atom:link rel='hub' href='https://hub.example/'/> x "
        "<language>az</language><ttl>9</ttl><sy:updatePeriod>\n hourly </sy:updatePeriod><media:title>M</media:title>"
        "<image><title>I</title><link>/i</link></image><own:thing><b/></own:thing><description>D</description>"
    )
    assert got == Collected(
        version="rss20",
        feed={
            "title": "T",
            "title_detail": {"type": "text/plain", "value": "T"},
            "links": [
                {"rel": "alternate", "type": "text/html", "href": "https://x.example/"},
                {"rel": "hub", "type": "text/html", "href": "https://hub.example/"},
            ],
            "language": "az",
            "ttl": "9",
            "sy_updateperiod": "hourly",
        },
        entries=(),
        withdrawn=(),
        skips=(),
        base="",
        within=False,
        problem=None,
    )


def test_head_knows_atom_and_the_language_of_the_root() -> None:
    """Of which the feed may say another."""
    got = head(b"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='az'><id>1</id><subtitle>S</subtitle></feed>")
    assert got is not None
    assert (got.version, got.feed) == ("atom10", {"language": "az"})
    other = found("<language>en</language>", more=" xml:lang='az'")
    assert other is not None
    assert other.feed == {"language": "en"}


@pytest.mark.parametrize(
    "inner",
    [
        "<foo/>",
        "<title>1</title><title>2</title>",
        "<title><b/></title>",
        "<title xml:lang='az'>1</title>",
        "<link>/?a&amp;amp;b</link>",
        "<skipHours><hour>1</hour></skipHours>",
        "<item/>",
        "<image><item/></image>",
        "<own:deleted-entry/>",
        "<own:thing xmlns:own='urn:other'/>",
        "<thing xmlns='urn:other'/>",
        "<sy:thing/>",
        "</channel><title>Late</title><channel>",
        "</channel><channel>",
        "<atom:link {} rel='hub' href='https://hub.example/'/>".format(" ".join(f"a{n}='{n}'" for n in range(60))),
        "<title>",
    ],
)
def test_head_leaves_what_is_odd_to_feedparser(inner: str) -> None:
    """All of it."""
    assert found(inner) is None


@pytest.mark.parametrize(
    "more",
    [
        " xml:base='/b'",
        " lang='az'",
        " xml:lang='pt_BR'",
        ' xmlns:rss="http://purl.org/rss/1.0/"',
        ' xmlns:u="http://backend.userland.com/rss2"',
        ' xmlns:itunes="http://purl.org/dc/elements/1.1/"',
        ' xmlns:dc="urn:other" xmlns:b="urn:other"',
        ' Version="0.91"',
    ],
)
def test_head_leaves_odd_roots_to_feedparser(more: str) -> None:
    """Bases, languages, and namespaces that make another dialect or take another's name."""
    assert found("<title>T</title>", more=more) is None


@pytest.mark.parametrize(
    "text",
    [
        "<rss/>",
        "<rss version='0.91'/>",
        "<feed/>",
        "<rss version='2.0'><foo/></rss>",
        "<rss version='2.0'><channel a='b'/></rss>",
    ],
)
def test_head_leaves_other_dialects_to_feedparser(text: str) -> None:
    """Old ones and broken ones."""
    assert head(text.encode()) is None
