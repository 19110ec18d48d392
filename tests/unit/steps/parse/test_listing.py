"""Pages that list articles, read by selectors."""

import pytest

from feedhub.errors import ParseError
from feedhub.model.hints import Hints
from feedhub.model.raw import ParsedFeed
from feedhub.model.source import ListPage
from feedhub.steps.parse import read_listing

URL = "https://harbour.example/news/"


def listed(markup: str, page: ListPage) -> ParsedFeed:
    """What is read of the page."""
    return read_listing(markup.encode(), charset="utf-8", url=URL, page=page)


def items(markup: str, **selectors: str) -> list[tuple[str, str, str, str]]:
    """Link, title, summary and date of each item, items being `li` unless told."""
    page = ListPage(**{"item": "li", **selectors})
    return [
        (entry.link, entry.title.value, entry.summary.value, entry.published.text if entry.published else "")
        for entry in listed(markup, page).entries
    ]


def test_a_page_is_read_as_its_selectors_say() -> None:
    """Everything named."""
    markup = """<!DOCTYPE html><html lang="en"><head><title>News of the
        harbour</title></head><body><nav><a href="/">Home</a></nav>
        <article class="story"><a class="tag" href="/tags/sea">Sea</a>
          <h2>Ferry <em>returns</em> &amp; waits</h2><p class="lead">It is <b>back</b>.</p>
          <a class="more" href="/news/ferry?id=1">Read on</a><time datetime="2026-03-02T08:00:00+04:00">today</time>
        </article>
        <article class="ad"><h2>Buy</h2><a class="more" href="/ad">Read on</a></article>
        </body></html>"""
    feed = listed(
        markup,
        ListPage(item="article.story", link="a.more", title="h2", summary="p.lead", date="time"),
    )
    (entry,) = feed.entries
    assert (feed.form, feed.title, feed.link, feed.lang, feed.faults) == (
        "page",
        "News of the harbour",
        URL,
        "en",
        (),
    )
    assert (entry.guid, entry.link, entry.title.value, entry.title.html, entry.summary.value, entry.base) == (
        "",
        "https://harbour.example/news/ferry?id=1",
        "Ferry returns & waits",
        False,
        "It is back .",
        URL,
    )
    assert entry.published is not None
    assert entry.published.text == "2026-03-02T08:00:00+04:00"


@pytest.mark.parametrize(
    ("markup", "selectors", "expected"),
    [
        ('<li><a href="#top">up</a><a href="1">One</a><a href="2">Two</a></li>', {}, ("1", "One", "", "")),
        ('<a class="card" href="1"><h3>One</h3></a>', {"item": "a.card"}, ("1", "One", "", "")),
        ('<a href="1"><li><h3>One</h3></li></a>', {"item": "h3"}, ("1", "One", "", "")),
        ('<li><h3>One</h3><a href="1"><img src="x" alt="Picture"></a></li>', {"title": "h3"}, ("1", "One", "", "")),
        ('<li><a href="1"><img src="x" alt="Picture"></a></li>', {}, ("1", "Picture", "", "")),
        ('<li><a href="1" title="Told">  </a></li>', {}, ("1", "Told", "", "")),
        (
            '<li><h3> </h3><h3>One</h3><div class="l"><a href="1">x</a></div></li>',
            {"title": "h3", "link": ".l"},
            ("1", "One", "", ""),
        ),
        ('<li><a href="1">One</a><time>2 March 2026</time></li>', {}, ("1", "One", "", "2 March 2026")),
        (
            '<li><a href="1">One</a><i>x</i><b content="2026-03-02">2 March</b></li>',
            {"date": "b"},
            ("1", "One", "", "2026-03-02"),
        ),
        ('<li><a href="1">One</a><b></b></li>', {"date": "b"}, ("1", "One", "", "")),
        ('<li><a href="1">One</a><p>A\n  b</p></li>', {"summary": "p"}, ("1", "One", "A b", "")),
    ],
)
def test_what_is_not_named_is_found(
    markup: str, selectors: dict[str, str], expected: tuple[str, str, str, str]
) -> None:
    """The item's first link, that link's text or what it is called, the first time element."""
    assert items(markup, **selectors) == [(f"{URL}{expected[0]}", *expected[1:])]


def test_links_are_resolved_by_the_pages_own_base() -> None:
    """As browsers have it."""
    markup = '<head><base href="/other/"></head><li><a href="1">One</a></li>'
    assert items(markup) == [("https://harbour.example/other/1", "One", "", "")]


def test_items_without_link_or_title_are_left_out_and_counted() -> None:
    """One bad item costs that item."""
    feed = listed(
        '<li>No link</li><li><a href="1">One</a></li><li><a href="2"></a></li><li><a href="mailto:a@b.example">M</a>',
        ListPage(item="li"),
    )
    assert ([entry.title.value for entry in feed.entries], feed.faults) == (
        ["One"],
        ("items of the page without a link or a title were left out: 3",),
    )


def test_the_first_thousand_items_are_enough() -> None:
    """What lists more is no list of news."""
    assert len(items("".join(f'<li><a href="{n}">{n}</a></li>' for n in range(1100)))) == 1000


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        ("<p>We have moved</p>", "the page holds nothing that the selector 'li' finds; the publisher may have changed"),
        ("<li>No link</li>", "nothing that the selector 'li' finds on the page has a link and a title; the publisher"),
        ("", "the body is empty"),
        ("<!-- nothing -->", "the page is empty"),
        ("\ufeff", "the page is empty"),
    ],
)
def test_a_page_that_lists_nothing_is_said(markup: str, why: str) -> None:
    """An editor has to look: the layout changed."""
    with pytest.raises(ParseError, match=why):
        items(markup)


def test_the_same_item_has_the_same_digest_wherever_it_stands() -> None:
    """So that it is not read again."""
    one, two = '<li><a href="/1">One</a></li>', '<li><a href="/2">Two</a></li>'
    assert {entry.digest for entry in listed(one + two, ListPage(item="li")).entries} == {
        entry.digest for entry in listed(f"<p>x</p>{two}{one}", ListPage(item="li")).entries
    }


def test_hubs_and_the_name_that_they_know_the_page_by_stand_in_its_head() -> None:
    markup = (
        '<!doctype html><html><head><base href="/news/"><link rel="HUB prefetch" href="//hub.example/">'
        '<link rel="hub" href="//hub.example/"><link rel="hub" href=""><link rel="self" href="front">'
        '<link rel="self" href="second"></head><body><link rel="hub" href="https://evil.example/">'
        '<li><a href="/a">Ferry returns</a></li></body></html>'
    )
    hints = listed(markup, ListPage(item="li")).hints
    assert hints == Hints(hubs=("https://hub.example/",), topic="https://harbour.example/news/front")
