"""A page that lists articles, read by the CSS selectors of its source: it stands in for a feed where there is none."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from feedhub.errors import ParseError
from feedhub.model.hints import Hints
from feedhub.model.keys import Digest
from feedhub.model.raw import ParsedFeed, RawDate, RawEntry, RawText
from feedhub.model.source import ListPage
from feedhub.steps.parse.seal import sealed
from feedhub.steps.parse.sniff import decode
from feedhub.text.html import lines
from feedhub.text.selectors import xpath_of
from feedhub.text.urls import absolute

_MOST: Final = 1000
"""Items that are looked at: what lists more is no list of news."""
_MOST_HUBS: Final = 10
_LINK: Final = "descendant-or-self::a[@href and not(starts-with(@href, '#'))]"
_TIME: Final = "descendant-or-self::time"
_SPOKEN: Final = "descendant-or-self::*/@*[name() = 'title' or name() = 'aria-label' or name() = 'alt']"
"""What a link of pictures alone is called."""
_DATES: Final = ("datetime", "content", "data-date", "data-time")
"""Attributes that hold a date for programs, the best first."""
_CHANGED: Final = "the publisher may have changed the page: look at it and mend the source's page table"


def read_listing(body: bytes, *, charset: str | None, url: str, page: ListPage) -> ParsedFeed:
    """What the page at `url` lists. Raises ParseError where the selectors find nothing to read."""
    root = _root(decode(body, charset=charset)[0])
    base = absolute(url, _first_text(root, "string(//base/@href)")) or url
    found = _find(root, xpath_of(page.item))[:_MOST]
    if not found:
        raise ParseError(f"the page holds nothing that the selector {page.item!r} finds; {_CHANGED}")
    entries = tuple(filter(None, (_entry(item, page, base=base) for item in found)))
    if not entries:
        raise ParseError(
            f"nothing that the selector {page.item!r} finds on the page has a link and a title; {_CHANGED}"
        )
    left = len(found) - len(entries)
    return ParsedFeed(
        form="page",
        title=_line(_first_text(root, "string(//head/title)")),
        link=url,
        lang=_first_text(root, "string(/html/@lang)").strip(),
        entries=entries,
        hints=_hints(root, base),
        faults=(f"items of the page without a link or a title were left out: {left}",) if left else (),
    )


def _hints(root: etree._Element, base: str) -> Hints:
    """The hubs that speak for the page: links of its head alone, for strangers may write into a body (WebSub, 9.1)."""
    links = [
        (link.get("rel", "").lower().split(), absolute(base, link.get("href", "")))
        for link in _find(root, "/html/head/link[@rel and @href]")
    ]
    hubs = [url for rels, url in links if "hub" in rels and url]
    return Hints(
        hubs=tuple(dict.fromkeys(hubs))[:_MOST_HUBS], topic=next((u for rels, u in links if "self" in rels), "")
    )


def _root(text: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root: etree._Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise ParseError("the page is empty; the publisher's server sent nothing to read")
    return root


def _entry(item: etree._Element, page: ListPage, *, base: str) -> RawEntry | None:
    anchor = _anchor(item, page)
    link = "" if anchor is None else absolute(base, anchor.get("href", ""))
    title = _said(item, page.title) if page.title else _name(anchor)
    if not link or not title:
        return None
    return sealed(
        RawEntry(
            digest=Digest(""),
            link=link,
            title=RawText(value=title, html=False),
            summary=RawText(value=_said(item, page.summary) if page.summary else "", html=False),
            published=_date(item, page),
            base=base,
        )
    )


def _anchor(item: etree._Element, page: ListPage) -> etree._Element | None:
    """The link that the selector finds, or in what it finds; else the item itself, the first link in or round it."""
    within = _find(item, xpath_of(page.link)) if page.link else [item]
    anchors = (anchor for part in within for anchor in (*_find(part, _LINK), *part.iterancestors("a")))
    return next(anchors, None)


def _name(anchor: etree._Element | None) -> str:
    """The text of a link, else what it is called for those who cannot see its picture."""
    if anchor is None:
        return ""
    return _line(_text(anchor)) or _line(_first_text(anchor, f"string({_SPOKEN})"))


def _said(item: etree._Element, selector: str) -> str:
    """The text of the first that the selector finds and that says anything."""
    return next((text for part in _find(item, xpath_of(selector)) if (text := _line(_text(part)))), "")


def _date(item: etree._Element, page: ListPage) -> RawDate | None:
    texts = (text for part in _find(item, xpath_of(page.date) if page.date else _TIME) for text in _dates(part))
    found = next(texts, None)
    return RawDate(text=found) if found else None


def _dates(part: etree._Element) -> Iterator[str]:
    for text in (*(part.get(name, "") for name in _DATES), _text(part)):
        if line := _line(text):
            yield line


def _find(node: etree._Element, xpath: str) -> list[etree._Element]:
    found = node.xpath(xpath)
    return [part for part in found if isinstance(part, etree._Element)] if isinstance(found, list) else []  # noqa: SLF001


def _first_text(node: etree._Element, xpath: str) -> str:
    return str(node.xpath(xpath))


def _text(node: etree._Element) -> str:
    return " ".join(map(str, node.itertext()))


def _line(text: str) -> str:
    return lines(text).replace("\n", " ")
