"""The demo's feeds, read by a library that had no part in writing them."""

import io
import json
from calendar import timegm
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
import pytest
from lxml import etree, html

from feedhub.adapters.demo import load_day
from feedhub.adapters.demo.day import Outlet, Published
from feedhub.adapters.demo.forms import feed, front_page, home_page, page

BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
END = BEGAN + timedelta(hours=1)
ORIGIN = "http://127.0.0.1:8700"
DAY = load_day(BEGAN)
WELL = [outlet for outlet in DAY.outlets if outlet.habit != "broken"]
BROKEN = next(outlet for outlet in DAY.outlets if outlet.habit == "broken")
CHANNEL = {"rss20": "rss", "atom10": "atom", "rss10": "rdf"}

Row = tuple[str, str, str, datetime]


def of(outlet: Outlet, now: datetime = END) -> bytes:
    """An outlet's feed."""
    shown, withdrawn = DAY.published(outlet.slug, now), DAY.withdrawn(outlet.slug, now)
    return feed(outlet, shown, origin=ORIGIN, withdrawn=withdrawn)


def parsed(body: bytes) -> Any:  # noqa: ANN401  # feedparser is untyped
    """A feed as feedparser reads it."""
    return feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)


def rows(outlet: Outlet, body: bytes) -> list[Row]:
    """Link, title, text and date of each item, as a reader sees them."""
    if outlet.form == "json":
        return [
            (item["url"], item["title"], item["content_html"], datetime.fromisoformat(item["date_published"]))
            for item in json.loads(body)["items"]
        ]
    return [(entry.link, entry.title, _text(entry), _date(entry)) for entry in parsed(body).entries]


def expected(outlet: Outlet, item: Published) -> Row:
    """The same from the day itself."""
    text = "".join(f"<p>{_escaped(line)}</p>" for line in (*item.paragraphs, *item.furniture))
    return f"{ORIGIN}/{outlet.slug}/{item.id}", item.title, text, item.published


@pytest.mark.parametrize("outlet", WELL, ids=lambda outlet: str(outlet.slug))
def test_feed_holds_every_item_in_its_own_form(outlet: Outlet) -> None:
    """Newest first, in its language."""
    body = of(outlet)
    assert rows(outlet, body) == [expected(outlet, item) for item in DAY.published(outlet.slug, END)]
    if outlet.form == "json":
        head = {name: value for name, value in json.loads(body).items() if name != "items"}
        assert head == {
            "version": "https://jsonfeed.org/version/1.1",
            "title": outlet.name,
            "home_page_url": f"{ORIGIN}/{outlet.slug}/",
            "language": outlet.lang,
        }
    else:
        read = parsed(body)
        assert (read.bozo, CHANNEL[read.version], read.feed.title) == (False, outlet.form, outlet.name)
        assert (read.feed.link, read.feed.language) == (f"{ORIGIN}/{outlet.slug}/", outlet.lang)


def test_the_broken_feed_is_not_well_formed_but_can_be_read() -> None:
    """As so many are."""
    read = parsed(of(BROKEN))
    assert read.bozo
    assert [entry.id for entry in read.entries] == [item.id for item in DAY.published(BROKEN.slug, END)]


def test_an_atom_feed_tells_what_was_taken_back() -> None:
    """RFC 6721."""
    wire = next(outlet for outlet in DAY.outlets if DAY.withdrawn(outlet.slug, END))
    tree = etree.fromstring(of(wire))
    tombs = tree.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert [(tomb.get("ref"), tomb.get("when")) for tomb in tombs] == [
        (f"{ORIGIN}/{wire.slug}/{ident}", when.isoformat()) for ident, when in DAY.withdrawn(wire.slug, END)
    ]


@pytest.mark.parametrize("outlet", DAY.outlets, ids=lambda outlet: str(outlet.slug))
def test_feed_is_the_same_bytes_while_nothing_happens(outlet: Outlet) -> None:
    """So that it answers 304."""
    assert of(outlet, END) == of(outlet, END + timedelta(hours=1))


@pytest.mark.parametrize("outlet", DAY.outlets, ids=lambda outlet: str(outlet.slug))
def test_feed_without_items_is_a_feed(outlet: Outlet) -> None:
    """An outlet that has just begun."""
    body = feed(outlet, (), origin=ORIGIN, withdrawn=())
    assert rows(outlet, body) == []


def test_page_has_the_article_and_beside_it_what_is_not() -> None:
    """Escaped, whatever the words are."""
    item = Published(
        id="1",
        title='Herring & "mackerel" <fresh>',
        paragraphs=("One & two.", "<b>Three</b>."),
        furniture=("See also",),
        published=BEGAN,
        updated=BEGAN,
    )
    tree = html.document_fromstring(page(BROKEN, item))
    assert ["".join(map(str, node.itertext())) for node in tree.iterfind(".//article/*")] == [
        'Herring & "mackerel" <fresh>',
        "One & two.",
        "<b>Three</b>.",
    ]
    assert ["".join(map(str, node.itertext())) for node in tree.iterfind(".//aside/*")] == ["See also"]
    assert tree.get("lang") == "en"


def test_front_leads_to_every_outlet() -> None:
    """For who opens the address that the demo names."""
    tree = html.document_fromstring(front_page(DAY.outlets))
    assert [link.get("href") for link in tree.iter("a")] == [f"/{outlet.slug}/" for outlet in DAY.outlets]


def test_home_leads_to_feed_and_articles() -> None:
    """As the home page of an outlet does."""
    outlet = next(outlet for outlet in DAY.outlets if outlet.slug == "sahil_xeber")
    tree = html.document_fromstring(home_page(outlet, DAY.published(outlet.slug, END)))
    assert [link.get("href") for link in tree.iter("a")] == ["feed", "ber%C9%99", "kitabxana"]


def _text(entry: Any) -> str:  # noqa: ANN401  # feedparser is untyped
    return str(entry.content[0].value if "content" in entry else entry.description)


def _date(entry: Any) -> datetime:  # noqa: ANN401  # feedparser is untyped
    given = entry.get("published_parsed") or entry.updated_parsed
    return datetime.fromtimestamp(timegm(given), UTC)


def _escaped(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#x27;")
    )
