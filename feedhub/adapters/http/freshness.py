"""How long a reply is good for, by what its head says (RFC 9111, section 4.2)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from feedhub.adapters.http.head import Head
from feedhub.adapters.http.moments import http_date

LONGEST: Final = timedelta(days=31)
"""Whoever asks for more patience has made a mistake, or wants to be forgotten."""


def fresh_for(head: Head, now: Callable[[], datetime] | None) -> timedelta | None:
    """How long from now on the reply need not be asked for again, at most `LONGEST`; None where it does not say.

    max-age goes before Expires, and s-maxage is for caches that many share. An age that is none counts as no word at
    all, and a reply not to be stored without asking again as one that says nothing. Expires is reckoned from the
    reply's own Date where it has one, since both were read from the same clock.
    """
    directives = _directives(head.values("cache-control"))
    if "no-cache" in directives or "no-store" in directives:
        return None
    lifetime = _seconds(directives["max-age"]) if "max-age" in directives else _until_expires(head, now)
    if lifetime is None:
        return None
    return min(max(lifetime - (_seconds(head.value("age")) or timedelta(0)), timedelta(0)), LONGEST)


_DIRECTIVE = re.compile(r'([^\s=,";]+)(?:[ \t]*=[ \t]*(?:"([^"]*)"|([^\s,"]*)))?')
_SECONDS = re.compile(r"[0-9]{1,10}")


def _directives(lines: tuple[str, ...]) -> dict[str, str]:
    """Names in lower case with their arguments; the first of two counts."""
    found: dict[str, str] = {}
    for name, quoted, plain in _DIRECTIVE.findall(",".join(lines)):
        found.setdefault(name.lower(), quoted or plain)
    return found


def _seconds(text: str) -> timedelta | None:
    return timedelta(seconds=int(text)) if _SECONDS.fullmatch(text) else None


def _until_expires(head: Head, now: Callable[[], datetime] | None) -> timedelta | None:
    """What is no date has expired already (RFC 9111, section 5.3)."""
    value = head.value("expires")
    if not value:
        return None
    until, since = http_date(value), http_date(head.value("date")) or (now() if now else None)
    if until is None:
        return timedelta(0)
    return until - since if since else None
