"""Feeds and the list of feeds, for programs."""

from datetime import timedelta
from typing import assert_never

from flask import Response

from feedhub.model.page import Found, NotYet, Redirect, Unknown
from feedhub.model.rendition import Form, Rendition
from feedhub.model.topic import ALL
from feedhub.web.answers import Answer, bytes_answer, moved, send
from feedhub.web.desk import Desk
from feedhub.web.faults import MISSING, NOT_YET, told

FEED_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Access-Control-Allow-Origin": "*",
}
"""A feed holds text from strangers: a browser that shows it may run and load nothing; any page may read it."""
_OPML = "text/x-opml; charset=utf-8"


def topic_feed(desk: Desk, slug: str, form: str) -> Response:
    """A topic in one form."""
    return moved(desk.places.feed(ALL, Form(form))) if slug == ALL else _feed(desk, slug, Form(form))


def all_feed(desk: Desk, form: str) -> Response:
    """Every story in one form."""
    return _feed(desk, ALL, Form(form))


def opml(desk: Desk) -> Response:
    """The list of feeds."""
    outlines = desk.flows.opml()
    answer = bytes_answer(outlines.body, _OPML, fresh=_fresh(desk), modified=outlines.modified, headers=FEED_HEADERS)
    return send(answer)


def _feed(desk: Desk, slug: str, form: Form) -> Response:
    answer = desk.flows.feed(slug, form)
    match answer:
        case Found(rendition=rendition):
            return send(_stored(desk, rendition))
        case Redirect(to=to):
            return moved(desk.places.feed(to, form))
        case NotYet():
            return told(NOT_YET)
        case Unknown():
            return told(MISSING)
        case _:
            assert_never(answer)


def _stored(desk: Desk, rendition: Rendition) -> Answer:
    return Answer(
        media_type=rendition.form.media_type,
        body=rendition.body,
        etag=rendition.etag,
        packed=lambda: rendition.gzip,
        packed_etag=rendition.gzip_etag,
        fresh=_fresh(desk),
        modified=rendition.modified,
        headers=FEED_HEADERS,
    )


def _fresh(desk: Desk) -> timedelta:
    return timedelta(minutes=desk.site.ttl_minutes)
