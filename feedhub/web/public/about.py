"""What this service is and how it is, and the files that browsers and robots ask for."""

from datetime import timedelta

from flask import Response, request

from feedhub.model.keys import SourceSlug
from feedhub.web.answers import Answer, page, send
from feedhub.web.assets import CHANGED
from feedhub.web.desk import Desk
from feedhub.web.faults import MISSING, told

_DAY = timedelta(days=1)
_YEAR = timedelta(days=365)


def about(desk: Desk) -> Response:
    """What this is, who asks publishers' servers, and how credits are made."""
    return page("about.html", user_agent=desk.user_agent)


def status(desk: Desk) -> Response:
    """Sources, documents and counts."""
    return page("status.html", service=desk.flows.status())


def source(desk: Desk, slug: str) -> Response:
    """One source with its last polls. A slug that is none is told like any other address (see `faults`)."""
    return page("source.html", page=desk.flows.source(SourceSlug(slug)))


def robots(desk: Desk) -> Response:
    """Everything may be read."""
    return asset(desk, "robots.txt")


def favicon(desk: Desk) -> Response:
    """The little picture in the tab."""
    return asset(desk, "favicon.svg")


def asset(desk: Desk, name: str) -> Response:
    """A file of ours; one that is asked for by its version never changes."""
    found = desk.assets.get(name)
    if found is None:
        return told(MISSING)
    known = request.args.get("v") == found.version
    answer = Answer(
        media_type=found.media_type,
        body=found.body,
        etag=f'"{found.version}"',
        packed=lambda: found.gzip,
        packed_etag=f'"{found.version}-gz"',
        fresh=_YEAR if known else _DAY,
        modified=CHANGED,
        immutable=known,
    )
    return send(answer)
