"""Google News sitemaps: the list of a publisher's newest articles that search engines are given.

Many newspapers keep one who have no feed any more. See the sitemap protocol 0.9 and Google's extensions of it for news
and images.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from feedhub.errors import ParseError
from feedhub.model.keys import Digest
from feedhub.model.raw import ParsedFeed, RawDate, RawEntry, RawExtra, RawMedia, RawText
from feedhub.steps.parse.seal import sealed
from feedhub.steps.parse.sniff import XmlText
from feedhub.text.html import lines

_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,60}:)?(?:urlset|sitemapindex)[\s/>]", re.IGNORECASE)
_NEWS: Final = "sitemap-news"
"""A part of the namespace's address, which publishers write with http and https, with and without www."""
_MOST: Final = 50
_NAMED: Final = 3
"""Sitemaps of a list that a message names."""


def is_sitemap(found: XmlText) -> bool:
    """Whether the root element is that of a sitemap or of a list of them."""
    return bool(_ROOT.match(found.text))


def read_sitemap(found: XmlText, *, url: str) -> ParsedFeed:
    """The articles in a news sitemap. Raises ParseError for a list of sitemaps, and for a sitemap without news."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    root = etree.fromstring(found.text.encode("utf-8", "replace"), parser)  # one that recovers always finds the root
    if _name(root) == "sitemapindex":
        raise ParseError(_which(root))
    places = list(_children(root, "url"))
    articles = [(place, news) for place in places for news in _children(place, "news")]
    if not articles and not any(_NEWS in address for address in root.nsmap.values()):
        raise ParseError(
            "this is a sitemap that lists pages without news; look in the site's robots.txt for its news sitemap, or "
            "on the site for the address of its RSS or Atom feed, and use that"
        )
    return _feed(articles, url=url, faults=(*found.faults, *_faults(parser, len(places) - len(articles))))


def _feed(articles: list[tuple[etree._Element, etree._Element]], *, url: str, faults: tuple[str, ...]) -> ParsedFeed:
    names = {_inner(news, "publication", "name") for _, news in articles}
    return ParsedFeed(
        form="sitemap",
        title=names.pop() if len(names) == 1 else "",
        entries=tuple(_entry(place, news, url=url) for place, news in articles),
        faults=faults,
    )


def _entry(place: etree._Element, news: etree._Element, *, url: str) -> RawEntry:
    genres = _inner(news, "genres")
    return sealed(
        RawEntry(
            digest=Digest(""),
            guid=_inner(place, "loc"),
            link=_inner(place, "loc"),
            title=RawText(value=_inner(news, "title"), html=False),
            published=_date(_inner(news, "publication_date")),
            updated=_date(_inner(place, "lastmod")),
            tags=_listed(_inner(news, "keywords")),
            lang=_inner(news, "publication", "language"),
            base=url,
            media=tuple(_pictures(place))[:_MOST],
            extras=(RawExtra(name="news:genres", value=genres),) if genres else (),
        )
    )


def _pictures(place: etree._Element) -> Iterator[RawMedia]:
    for image in _children(place, "image"):
        if address := _inner(image, "loc"):
            yield RawMedia(url=address, media_type="image", title=_inner(image, "title"))


def _which(root: etree._Element) -> str:
    """What to do with a list of sitemaps: those that are likely to hold news come first."""
    listed = [address for part in _children(root, "sitemap") if (address := _inner(part, "loc"))]
    listed.sort(key=lambda address: "news" not in address.lower())
    names = f", one of {' '.join(listed[:_NAMED])}" if listed else ""
    return f"this is a list of sitemaps; use the address of the one that holds the news{names}"


def _faults(parser: etree.XMLParser, left: int) -> Iterator[str]:
    if len(parser.error_log):
        yield "it is not well-formed: it was read as far as that goes"
    if left:
        yield f"pages without news were left out: {left}"


def _date(text: str) -> RawDate | None:
    return RawDate(text=text) if text else None


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for part in text.split(",")[:_MOST] if (word := part.strip())))


def _inner(node: etree._Element, *names: str) -> str:
    """The text, on one line, of the first element at the end of this path of names."""
    found: etree._Element | None = node
    for name in names:
        found = None if found is None else next(_children(found, name), None)
    return "" if found is None else lines("".join(map(str, found.itertext()))).replace("\n", " ")


def _children(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in node.iterchildren("*") if _name(child) == name)


def _name(node: etree._Element) -> str:
    """The name without its namespace, in lower case."""
    return str(node.tag).rpartition("}")[2].rpartition(":")[2].lower()
