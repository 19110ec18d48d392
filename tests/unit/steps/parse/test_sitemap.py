"""Google News sitemaps."""

import pytest

from feedhub.errors import ParseError
from feedhub.model.raw import ParsedFeed, RawDate, RawExtra, RawMedia
from feedhub.steps.parse import parse

URL = "https://harbour.example/news-sitemap.xml"
ROOT = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    ' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)


def mapped(*places: str, root: str = ROOT) -> ParsedFeed:
    """What is read of a sitemap with these places."""
    return parse(f"{root}{''.join(places)}</urlset>".encode(), media_type="", charset=None, url=URL)


def place(number: int, *, name: str = "Harbour Post") -> str:
    """An article."""
    return (
        f"<url><loc>https://harbour.example/{number}</loc><news:news><news:publication><news:name>{name}</news:name>"
        "<news:language>en</news:language></news:publication><news:publication_date>2026-03-02T08:00:00+04:00"
        f"</news:publication_date><news:title>Ferry {number}</news:title></news:news></url>"
    )


def test_an_article_is_read_whole() -> None:
    """All that the two extensions have."""
    feed = mapped("""<url>
        <loc>
          https://harbour.example/1?a=1&amp;b=2
        </loc><lastmod>2026-03-02T09:00:00Z</lastmod>
        <news:news>
          <news:publication><news:name>Harbour Post</news:name><news:language>en</news:language></news:publication>
          <news:genres>PressRelease, Opinion</news:genres>
          <news:publication_date>2026-03-02</news:publication_date>
          <news:title><![CDATA[Ferry & <i>waits</i>]]></news:title>
          <news:keywords>ferry, sea,, ferry</news:keywords>
        </news:news>
        <image:image><image:loc>https://harbour.example/1.jpg</image:loc>
          <image:title>The ferry</image:title></image:image>
        <image:image><image:title>No address</image:title></image:image>
      </url>""")
    (entry,) = feed.entries
    assert (feed.form, feed.title, feed.faults) == ("sitemap", "Harbour Post", ())
    assert (entry.guid, entry.link) == ("https://harbour.example/1?a=1&b=2",) * 2
    assert (entry.title.value, entry.title.html, entry.lang, entry.base) == ("Ferry & <i>waits</i>", False, "en", URL)
    assert (entry.published, entry.updated) == (RawDate(text="2026-03-02"), RawDate(text="2026-03-02T09:00:00Z"))
    assert entry.tags == ("ferry", "sea")
    assert entry.media == (RawMedia(url="https://harbour.example/1.jpg", media_type="image", title="The ferry"),)
    assert entry.extras == (RawExtra(name="news:genres", value="PressRelease, Opinion"),)


def test_a_sitemap_of_several_publications_has_no_title() -> None:
    """None of them speaks for all."""
    assert mapped(place(1), place(2, name="Quay")).title == ""


def test_pages_without_news_are_left_out_and_counted() -> None:
    """Some publishers mix them."""
    feed = mapped(place(1), "<url><loc>https://harbour.example/about</loc></url>")
    assert ([entry.title.value for entry in feed.entries], feed.faults) == (
        ["Ferry 1"],
        ("pages without news were left out: 1",),
    )


def test_a_quiet_day_is_no_fault() -> None:
    """Only articles of two days may stand in one."""
    assert (mapped().entries, mapped("<url><loc>https://harbour.example/about</loc></url>").entries) == ((), ())


def test_a_broken_sitemap_gives_what_can_be_read() -> None:
    """And says so."""
    feed = parse(f"{ROOT}{place(1)}<url><loc>https://a & b".encode(), media_type="", charset=None, url=URL)
    assert [entry.title.value for entry in feed.entries] == ["Ferry 1"]
    assert feed.faults == (
        "it is not well-formed: it was read as far as that goes",
        "pages without news were left out: 1",
    )


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/</loc></url></urlset>',
            (
                "this is a sitemap that lists pages without news; look in the site's robots.txt for its news sitemap, "
                "or on the site for the address of its RSS or Atom feed, and use that"
            ),
        ),
        (
            (
                "<sitemapindex><sitemap><loc>https://a.example/pages.xml</loc></sitemap><sitemap/>"
                "<sitemap><loc>https://a.example/News.xml</loc></sitemap></sitemapindex>"
            ),
            (
                "this is a list of sitemaps; use the address of the one that holds the news, one of "
                "https://a.example/News.xml https://a.example/pages.xml"
            ),
        ),
        ("<sitemapindex></sitemapindex>", "this is a list of sitemaps; use the address of the one that holds the news"),
    ],
)
def test_what_holds_no_news_is_said_with_what_to_do(body: str, why: str) -> None:
    """Most sites have both kinds."""
    with pytest.raises(ParseError) as raised:
        parse(body.encode(), media_type="", charset=None, url=URL)
    assert raised.value.why == why
