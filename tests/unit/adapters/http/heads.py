"""Heads of replies, from their lines."""

from feedhub.adapters.http.head import Head
from feedhub.adapters.http.limits import Limits


def a_head(*lines: str, status: int = 200) -> Head:
    """A complete head with these lines."""
    head = Head(Limits())
    for line in (f"HTTP/1.1 {status} Said", *lines, ""):
        assert head.take(f"{line}\r\n".encode("latin-1")) is None
    assert head.complete
    return head
