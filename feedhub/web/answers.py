"""Answers that can be asked for again: bytes in two encodings, their validators, and the short word for "unchanged".

RFC 9110: an entity tag names one encoding (8.8.3); `If-None-Match` compares weakly and is asked before
`If-Modified-Since`, which then plays no part (13.2.2).
"""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b

from flask import Response, render_template, request

FRESH = timedelta(minutes=1)
"""How long a page may be kept unasked: a reload after a minute should show the news."""
_LEVEL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One representation. `packed` gives its gzip twin; tags are strong and quoted."""

    media_type: str
    body: bytes
    etag: str
    packed: Callable[[], bytes]
    packed_etag: str
    fresh: timedelta
    modified: datetime | None = None
    immutable: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


def send(answer: Answer, *, status: int = 200) -> Response:
    """The answer as this request wants it: packed or plain, whole or 304."""
    packed = request.accept_encodings.quality("gzip") > 0
    etag = answer.packed_etag if packed else answer.etag
    if status == 200 and _unchanged(etag, answer.modified):  # noqa: PLR2004  # only what is there can be unchanged
        response = Response(status=304)
        del response.headers["Content-Type"]
    else:
        response = Response(answer.packed() if packed else answer.body, status=status, content_type=answer.media_type)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers.update(_validators(answer, etag))
    response.headers.update(answer.headers)
    return response


def bytes_answer(
    body: bytes,
    media_type: str,
    *,
    fresh: timedelta,
    modified: datetime | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """An answer made of bytes that were written just now."""
    tag = blake2b(body, digest_size=16).hexdigest()
    return Answer(
        media_type=media_type,
        body=body,
        etag=f'"{tag}"',
        packed=lambda: gzip.compress(body, _LEVEL, mtime=0),
        packed_etag=f'"{tag}-gz"',
        fresh=fresh,
        modified=modified,
        headers=headers or {},
    )


def page(template: str, *, status: int = 200, **values: object) -> Response:
    """A template filled with values, as a page for people."""
    body = render_template(template, **values).encode("utf-8", "replace")
    return send(bytes_answer(body, "text/html; charset=utf-8", fresh=FRESH), status=status)


def moved(location: str) -> Response:
    """301: it is at this path now, for good."""
    response = Response(f"Moved to {location}\n", status=301, content_type="text/plain; charset=utf-8")
    response.headers.update({"Location": location, "Cache-Control": _cache(timedelta(hours=1))})
    return response


def _validators(answer: Answer, etag: str) -> dict[str, str]:
    headers = {
        "ETag": etag,
        "Cache-Control": _cache(answer.fresh) + (", immutable" if answer.immutable else ""),
        "Vary": "Accept-Encoding",
    }
    if answer.modified:
        headers["Last-Modified"] = format_datetime(answer.modified.astimezone(UTC), usegmt=True)
    return headers


def _cache(fresh: timedelta) -> str:
    return f"public, max-age={int(fresh.total_seconds())}"


def _unchanged(etag: str, modified: datetime | None) -> bool:
    if "If-None-Match" in request.headers:
        asked = request.if_none_match
        return asked.star_tag or asked.contains_weak(etag.strip('"'))
    since = request.if_modified_since
    return bool(modified and since and modified.replace(microsecond=0) <= since)
