"""Pages that only send a reader on, and where to.

Search engines, social networks, mail filters and counters put an address of theirs before the publisher's. Most carry
it as a parameter; Google News carries it, or did, in the id of the article: base64 of a small protobuf message whose
fourth field is the address. Newer ids hold a token that only Google can redeem: they stay as they are.
"""

import re
from base64 import urlsafe_b64decode
from typing import Final
from urllib.parse import unquote

_PARAMETERS: Final = {
    ("google.com", "/url"): ("url", "q"),
    ("news.google.com", "/news/url"): ("url",),
    ("l.facebook.com", "/l.php"): ("u",),
    ("lm.facebook.com", "/l.php"): ("u",),
    ("l.instagram.com", ""): ("u",),
    ("l.threads.com", ""): ("u",),
    ("bing.com", "/news/apiclick.aspx"): ("url",),
    ("vk.com", "/away.php"): ("to",),
    ("youtube.com", "/redirect"): ("q",),
    ("out.reddit.com", ""): ("url",),
    ("linkedin.com", "/redir/redirect"): ("url",),
    ("t.umblr.com", "/redirect"): ("z",),
    ("steamcommunity.com", "/linkfilter"): ("url", "u"),
    ("duckduckgo.com", "/l"): ("uddg",),
    ("medium.com", "/r"): ("url",),
    ("go.redirectingat.com", ""): ("url",),
    ("slack-redir.net", "/link"): ("url",),
    ("exit.sc", ""): ("url",),
}
"""Host without www., path without a slash at its end, and the parameters that say where, the best first."""
_SAFE_LINKS: Final = ".safelinks.protection.outlook.com"
"""What Microsoft's mail filter makes of every link, on a host of each region."""
_NEWS: Final = re.compile(r"/(?:__i/)?(?:rss/)?(?:rd/)?(?:articles|read)/(CBMi[A-Za-z0-9_-]{8,6000})={0,2}")
_CACHE = re.compile(r"/[a-z]{1,3}/(?:s/)?([a-z0-9.-]+\.[a-z0-9-]+(?::[0-9]+)?(?:/.*)?)", re.IGNORECASE | re.DOTALL)
"""The path of a page in the AMP cache: kind, `s` for https, the page."""
_YAHOO = re.compile(r"/RU=([^/]{8,2000})/", re.IGNORECASE)
_HEAD: Final = 3
"""Bytes before the length of the address, `CBMi`: field 1 is 19, then field 4, which is text."""
_CONTINUES: Final = 0x80
"""Set in a byte of a length that goes on in the next one."""


def target_of(host: str, path: str, query: str) -> str:
    """What a wrapper's address says of where it leads, as written there; empty where it is no wrapper.

    `host` is without www., in lower case.
    """
    if page := _cached(host, path):
        return f"https://{page}?{query}" if query else f"https://{page}"
    if host == "news.google.com" and (article := _NEWS.fullmatch(path)):
        return _article(article[1])
    if host == "r.search.yahoo.com" and (found := _YAHOO.search(path)):
        return unquote(found[1])
    names = ("url",) if host.endswith(_SAFE_LINKS) else _PARAMETERS.get((host, path.lower().rstrip("/")), ())
    return _parameter(query, names) if names else ""


def _cached(host: str, path: str) -> str:
    """The page, without its scheme, of which Google's AMP cache or its viewer shows a copy."""
    if host == "google.com" and path.startswith("/amp/s/"):
        return path.removeprefix("/amp/s/")
    page = _CACHE.fullmatch(path) if host.endswith("cdn.ampproject.org") else None
    return page[1] if page else ""


def _parameter(query: str, names: tuple[str, ...]) -> str:
    """The first of these parameters that holds an address."""
    values = dict(pair.partition("=")[::2] for pair in reversed(query.split("&")))
    targets = (unquote(values.get(name, "")) for name in names)
    return next((target for target in targets if target.lower().startswith(("http:", "https:"))), "")


def _article(ident: str) -> str:
    """The address in the id of an article of Google News; empty where it holds none."""
    try:
        message = urlsafe_b64decode(ident + "=" * (-len(ident) % 4))
    except ValueError:
        return ""
    length, start = _length(message, _HEAD)
    found = message[start : start + length]
    return found.decode("utf-8", "replace") if found.startswith((b"http://", b"https://")) else ""


def _length(message: bytes, start: int) -> tuple[int, int]:
    """A number of one or two groups of seven bits, and where it ends (protobuf's varint): no address is longer."""
    low, high = message[start], message[start + 1]
    return (low, start + 1) if low < _CONTINUES else (low - _CONTINUES + (high << 7), start + 2)
