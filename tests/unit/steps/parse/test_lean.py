"""Items read the short way, and what sends them the long way."""

import pytest

from feedhub.steps.parse.lean import lean

NAMESPACES = 'xmlns:a="http://www.w3.org/2005/Atom" xmlns:u="urn:other"'
RSS = f'<rss version="2.0" {NAMESPACES}><channel><title>T</title>{{}}</channel></rss>'


def read(item: str) -> list[dict[str, object]] | None:
    """One item of an RSS feed, as feedparser would have it."""
    entries = lean(RSS.format(f"<item>{item}</item>").encode(), atom=False)
    return None if entries is None else [dict(entry) for entry in entries]


def test_lean_keeps_what_feedparser_would_keep() -> None:
    """Under its names."""
    item = (
        "<title>A &amp;amp; b</title><link>/x</link><guid isPermaLink='false'>1</guid><category domain='d'>c</category>"
        "<category/><category>c2</category><author>N</author><enclosure url='/m' type='Audio/MPEG' length='9'/>"
        "<source url='/s'>S</source><post-id xmlns='com-wordpress:feed-additions:1'>7</post-id>"
        "<a:author><a:name> P </a:name><a:uri>u</a:uri></a:author>"
    )
    assert read(item) == [
        {
            "item_lang": "",
            "title": "A &amp; b",
            "title_detail": {"type": "text/html", "value": "A &amp; b"},
            "links": [
                {"rel": "alternate", "type": "text/html", "href": "/x"},
                {"rel": "enclosure", "type": "audio/mpeg", "length": "9", "href": "/m"},
            ],
            "id": "1",
            "tags": [{"term": "c", "scheme": "d", "label": None}, {"term": "c2", "scheme": None, "label": None}],
            "authors": [{"name": "N"}, {"name": "P"}],
            "source": {"href": "/s", "title": "S"},
        }
    ]


@pytest.mark.parametrize(
    "item",
    [
        "<title>a</title><title>b</title>",
        "<title xml:lang='ru'>a</title>",
        "<title lang='ru'>a</title>",
        "<title type='xhtml'>a</title>",
        "<title class='x'>a</title>",
        "<title><b>a</b></title>",
        "<u:title>a</u:title>",
        "<comments a='b'>c</comments>",
        "<pubDate a='b'>c</pubDate>",
        "<author a='b'>c</author>",
        "<author>x<name>c</name></author>",
        "<author><name><b/></name></author>",
        "<author><phone>1</phone></author>",
        "<link rel='self'>x</link>",
        "<media:content xmlns:media='http://search.yahoo.com/mrss/' url='u'>x</media:content>",
        "<georss:point xmlns:georss='http://www.georss.org/georss'>1 2</georss:point>",
        "<title>a</wrong>",
    ],
)
def test_lean_gives_up_where_it_does_not_know_its_way(item: str) -> None:
    """Feedparser does."""
    assert read(item) is None


@pytest.mark.parametrize(
    "text",
    [
        RSS.format("<item xml:lang='ru'/>"),
        RSS.format("<item a='b'/>"),
        "<rss version='2.0' xml:lang='pt_BR'><channel><item/></channel></rss>",
        "<rss version='2.0' xml:base='/b'><channel><item/></channel></rss>",
        "<rss version='2.0'><channel xml:lang='ru'><item/></channel></rss>",
    ],
)
def test_lean_gives_up_where_language_or_base_are_scoped(text: str) -> None:
    """But for a language of the whole feed."""
    assert lean(text.encode(), atom=False) is None


def test_language_of_the_root_is_that_of_its_items() -> None:
    """As feedparser has it."""
    assert lean(b"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='az'><entry/></feed>", atom=True) == (
        {"item_lang": "az"},
    )
