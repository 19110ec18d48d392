"""Whether the service can answer, for machines: one word, or JSON to who prefers it."""

import json

from flask import Response, request

from feedhub.web.desk import Desk


def healthz(desk: Desk) -> Response:
    """200 `ok`, or 503 `unwell` where the store cannot be read."""
    well = desk.flows.health()
    word = "ok" if well else "unwell"
    accept = request.accept_mimetypes
    as_json = accept.quality("application/json") > accept.quality("text/plain")
    response = Response(
        json.dumps({"status": word}) + "\n" if as_json else f"{word}\n",
        status=200 if well else 503,
        content_type="application/json" if as_json else "text/plain; charset=utf-8",
    )
    response.headers.update({"Cache-Control": "no-store", "Vary": "Accept"})
    return response
