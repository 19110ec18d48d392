"""Whether an address of ours can be called from outside, as far as its host tells."""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

_OURS_ALONE = frozenset(
    ("alt", "corp", "example", "home", "internal", "intranet", "invalid", "lan", "local", "localhost", "onion", "test")
)
"""Top names that no public server answers for: RFC 2606, 6761, 6762, 9476, and what home and office networks use."""


def reachable(url: str, allowed: Collection[str]) -> bool:
    """Whether a stranger's server can find the host of an absolute URL: a public name or address.

    A host that the operator lets us dial all the same ("host" or "host:port" in `allowed`) stands in a network of
    ours, and so may who calls.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if parts.netloc in allowed or parts.netloc.removesuffix(f":{parts.port}") in allowed:
        return True
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    name, _, top = host.rpartition(".")
    return bool(name) and top not in _OURS_ALONE and host != "home.arpa" and not host.endswith(".home.arpa")
