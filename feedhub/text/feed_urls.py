"""Where sites keep their feeds: by what an address looks like one, and which are worth a try."""

import re
from typing import Final
from urllib.parse import urlsplit

from feedhub.text.urls import absolute

_WORDS: Final = r"(?:rss|feeds?|atom|rdf)"
_PATH = re.compile(
    rf"(?:^|/){_WORDS}(?:[./]|2(?:\.0)?(?:/|$)|$)|\.(?:rss|rdf|atom)$|{_WORDS}[\w.-]{{0,40}}\.(?:xml|php|json|aspx?)$"
)
_QUERY = re.compile(rf"(?:^|&)(?:feed|format|type|output)={_WORDS}")
_HOST = re.compile(rf"^{_WORDS}\d?\.")
_TRIED: Final = (
    "feed",
    "rss",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "feed.json",
    "feeds",
    "?feed=rss2",
    "sitemap-news.xml",
)
"""What content systems have in common: WordPress, Ghost, Hugo, Jekyll, Drupal; then news sitemaps."""


def looks_like_feed(url: str) -> bool:
    """Whether an absolute address is named as those of feeds are."""
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return False
    return bool(_PATH.search(parts.path) or _QUERY.search(parts.query) or _HOST.search(parts.netloc))


def guesses(url: str) -> tuple[str, ...]:
    """Addresses at which the site of a page often has a feed: those of the whole site, and the page's own.

    None where the address is not http or https.
    """
    root = absolute(url, "/")
    if not root:
        return ()
    page = absolute("", url).partition("#")[0].partition("?")[0].rstrip("/")
    own = () if page == root.rstrip("/") else (f"{page}/feed", f"{page}/rss")
    return (*own, *(root + name for name in _TRIED))
