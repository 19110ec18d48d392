"""The one table of what can go wrong, and how it is said: to people as a page, to programs as a problem (RFC 9457)."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from feedhub.errors import FeedhubError, NotFoundError, StoreBusyError, StoreError

_log = logging.getLogger(__name__)

CALLBACK = "callback"
"""The endpoint of addresses that are secrets."""
_PROGRAMS = (".rss", ".atom", ".json", ".opml", "/healthz")
"""Endings of addresses that programs ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One row of the table: `retry` is after how many seconds asking again makes sense, 0 where it does not."""

    status: int
    title: str
    detail: str
    retry: int = 0


MISSING = Trouble(
    status=404, title="Nothing is here", detail="There is nothing at this address. It may have been mistyped."
)
GONE = Trouble(status=410, title="Withdrawn", detail="This was withdrawn by its publisher.")
NOT_YET = Trouble(
    status=503,
    title="Not ready yet",
    detail="This is being made for the first time. Please try again in a moment.",
    retry=30,
)
BUSY = Trouble(status=503, title="Busy", detail="The store is busy. Please try again in a moment.", retry=5)
AWAY = Trouble(
    status=503, title="Out of order", detail="The store cannot be read just now. We have been told.", retry=60
)
BROKEN = Trouble(
    status=500, title="Something went wrong", detail="This is a fault of ours, not yours. We have been told."
)
METHOD = Trouble(status=405, title="Only for reading", detail="This address can be read (GET, HEAD), nothing else.")
REFUSED = Trouble(status=400, title="Not understood", detail="The server could not make sense of this request.")

_TABLE: tuple[tuple[type[Exception], Trouble], ...] = (
    (NotFoundError, MISSING),
    (StoreBusyError, BUSY),
    (StoreError, AWAY),
    (FeedhubError, BROKEN),
    (MethodNotAllowed, METHOD),
)


def told(trouble: Trouble, headers: Mapping[str, str] | None = None) -> Response:
    """The trouble as this request's sender can read it."""
    if _asked_by_program():
        body = json.dumps(
            {"type": "about:blank", "status": trouble.status, "title": trouble.title, "detail": trouble.detail}
        )
        response = Response(body + "\n", status=trouble.status, content_type="application/problem+json")
        response.headers["Access-Control-Allow-Origin"] = "*"
    else:
        response = Response(render_template("fault.html", trouble=trouble), status=trouble.status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept"
    if trouble.retry:
        response.headers["Retry-After"] = str(trouble.retry)
    response.headers.update(headers or {})
    return response


def answer_faults(app: Flask) -> None:
    """Let every exception that reaches the app end in a row of the table."""
    app.register_error_handler(Exception, _answered)


def _answered(error: Exception) -> Response:
    trouble = next((row for kind, row in _TABLE if isinstance(error, kind)), None)
    if trouble is None and isinstance(error, HTTPException):
        trouble = MISSING if error.code == MISSING.status else REFUSED
    trouble = trouble or BROKEN
    if trouble.status >= BROKEN.status:
        _log.error("request failed", exc_info=error, extra={"path": _shown_path(), "status": trouble.status})
    methods = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    allow = {"Allow": ", ".join(sorted(methods))} if methods else None
    return told(trouble, allow)


def _shown_path() -> str:
    """The path as it may stand in a log: without the token of a callback, which is a secret."""
    return str(request.url_rule) if request.endpoint == CALLBACK else request.path


def _asked_by_program() -> bool:
    if request.path.endswith(_PROGRAMS):
        return True
    accept = request.accept_mimetypes
    return accept.quality("application/json") > accept.quality("text/html")
