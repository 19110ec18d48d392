"""The name by which a server is counted, for gaps between requests, rests and turns."""

from functools import lru_cache
from urllib.parse import urlsplit

_WEB = {80, 443}


@lru_cache(maxsize=1024)
def host_of(url: str) -> str:
    """The host in lower case, with its port where that is not one of the web's own; empty where the URL has none.

    http and https of one name are one server to be polite to; another port is most often another one. The last answers
    are remembered: a poll asks some times.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    name = host.lower().removesuffix(".")
    return f"{name}:{port}" if port and port not in _WEB else name
