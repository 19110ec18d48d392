"""The feeds that a page names, and the hubs that speak for it.

Three witnesses, the best first: the Link headers of the reply (RFC 8288), `<link rel="alternate">` (the practice that
browsers made, HTML section 4.6.7.1), and where there is none of these, links that are named as feeds are. Hubs and the
topic's own address (WebSub, section 4) count in the head of a page alone: what visitors write stands in its body. If
the headers name any hub they are right, whatever the page says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from feedhub.errors import ParseError
from feedhub.model.fetching import Link
from feedhub.model.reading import Discovered
from feedhub.steps.parse.sniff import decode
from feedhub.text.feed_urls import looks_like_feed
from feedhub.text.html import to_line
from feedhub.text.urls import absolute

_MOST: Final = 50
"""Feeds and hubs of a page that are kept: portals have a feed for each of their sections."""
_MOST_ANCHORS: Final = 20_000
_LONGEST_TITLE: Final = 200
_LONGEST: Final = 4_000_000
"""Characters of a page that are looked at."""
_DEAD_ENDS: Final = ("wp-json", "oembed")
"""What WordPress offers as JSON to other programs."""
_XML: Final = frozenset({"text/xml", "application/xml"})
_JSON: Final = frozenset({"application/feed+json", "application/json"})


def discover(body: bytes, *, charset: str | None, url: str, links: tuple[Link, ...]) -> Discovered:
    """What the page at `url` names; `links` are those of the reply's head. What is no page names nothing itself."""
    page = _page(body, charset)
    base = absolute(url, page.base) or url
    told = [link for link in links if link.rel == "alternate" and _is_feed(link.media_type, link.url)]
    named = [link for link in page.links if link.rel in {"alternate", "feed"} and _is_named(link, base)]
    feeds = _listed([*told, *_resolved(named, base)])
    if not feeds:
        feeds = _listed(link for link in _resolved(page.anchors, base) if looks_like_feed(link.url))
    hubs, topic = (
        _spoken_for(links) if any(link.rel == "hub" for link in links) else _spoken_for(_resolved(page.head, base))
    )
    return Discovered(feeds=feeds, hubs=hubs, topic=topic)


@dataclass(slots=True)
class _Page:
    """A parser's target: lxml calls what methods it has, so that no tree is built of a page that may be huge."""

    base: str = ""
    links: list[Link] = field(default_factory=list)
    head: list[Link] = field(default_factory=list)
    anchors: list[Link] = field(default_factory=list)
    _in_body: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag opens."""
        href = attributes.get("href", "").strip()
        match tag:
            case "body":
                self._in_body = True
            case "base" if not self.base:
                self.base = href
            case "link" if href:
                self._link(href, attributes)
            case "a" if href and len(self.anchors) < _MOST_ANCHORS:
                kind, title = attributes.get("type", ""), attributes.get("title", "")
                self.anchors.append(Link(rel="alternate", url=href, media_type=_kind(kind), title=title))
            case _:
                pass

    def close(self) -> None:
        """The page ends."""

    def _link(self, href: str, attributes: Mapping[str, str]) -> None:
        kind, title = _kind(attributes.get("type", "")), attributes.get("title", "")
        for rel in dict.fromkeys(attributes.get("rel", "").lower().split()):
            link = Link(rel=rel, url=href, media_type=kind, title=title)
            self.links.append(link)
            if not self._in_body:
                self.head.append(link)


def _page(body: bytes, charset: str | None) -> _Page:
    page = _Page()
    try:
        text = decode(body, charset=charset)[0][:_LONGEST].lstrip()
        if text.startswith("<"):
            parser = etree.HTMLParser(target=page, encoding="utf-8", no_network=True)  # type: ignore[arg-type]  # as above
            etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (ParseError, etree.XMLSyntaxError):
        pass  # bytes that are no text, and markup without a single tag
    return page


def _kind(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _is_named(link: Link, base: str) -> bool:
    return link.rel == "feed" or _is_feed(link.media_type, absolute(base, link.url))


def _is_feed(media_type: str, url: str) -> bool:
    """Whether this type is a feed's; of the types that anything may have, only if the address looks like one."""
    if any(word in url or word in media_type for word in _DEAD_ENDS):
        return False
    if media_type in _XML:
        return looks_like_feed(url)
    return media_type in _JSON or any(word in media_type for word in ("rss", "atom", "rdf"))


def _resolved(links: Iterable[Link], base: str) -> Iterable[Link]:
    for link in links:
        title = to_line(link.title)[:_LONGEST_TITLE]
        yield Link(rel=link.rel, url=absolute(base, link.url), media_type=link.media_type, title=title)


def _listed(links: Iterable[Link]) -> tuple[Link, ...]:
    """Each address once, in the order of the page, comments behind everything else."""
    kept: dict[str, Link] = {}
    for link in links:
        if link.url:
            known = kept.setdefault(link.url, link)
            if not known.title and link.title:
                kept[link.url] = link
    return tuple(sorted(kept.values(), key=_is_about_comments)[:_MOST])


def _is_about_comments(link: Link) -> bool:
    return "/comments/" in link.url or "comment" in link.title.lower()


def _spoken_for(links: Iterable[Link]) -> tuple[tuple[str, ...], str]:
    """Hubs and the topic's own address among some links."""
    known = list(links)
    hubs = dict.fromkeys(link.url for link in known if link.rel == "hub" and link.url)
    return tuple(hubs)[:_MOST], next((link.url for link in known if link.rel == "self" and link.url), "")
