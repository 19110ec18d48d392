"""The hubs that a reply announces, and the topic that they know it by (WebSub, section 4).

Link headers come first: where they name a hub, the document is not asked. The topic is the rel=self beside that hub;
many publishers leave it out in one of the two places, so what the other place says is taken before the address itself.
A topic may stand on another host than the feed (feeds behind a delivery network name their origin): the hub knows only
that one, and what it pushes is signed with a secret of this source alone.
"""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from feedhub.model.fetching import Link
from feedhub.model.hints import Hints

MOST = 4
"""Hubs of one source: nobody has more than two or three."""
_LONGEST = 2000
"""Longer addresses are refused by servers."""


def announced(hints: Hints, links: Iterable[Link], url: str) -> Hints:
    """The hints of a document with `hubs` and `topic` as they hold for the reply that it came with.

    `links` are those of the reply's head, `url` is where it was found in the end. Where no hub is announced both are
    empty. Hubs by https come before others (section 8.2), else in the order in which they were named.
    """
    said = tuple(links)
    of_head, of_document = _sound(link.url for link in said if link.rel == "hub"), _sound(hints.hubs)
    hubs = of_head or of_document
    if not hubs:
        return replace(hints, hubs=(), topic="")
    own = _sound(link.url for link in said if link.rel == "self")
    written = _sound([hints.topic])
    topics = (*own, *written) if of_head else (*written, *own)
    ordered = sorted(hubs, key=lambda hub: not hub.lower().startswith("https:"))
    return replace(hints, hubs=tuple(ordered[:MOST]), topic=next(iter(topics), url))


def _sound(urls: Iterable[str]) -> tuple[str, ...]:
    """Those that can be asked, each once."""
    return tuple(dict.fromkeys(url for url in urls if _web(url)))


def _web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and len(url) <= _LONGEST and url.isprintable()
