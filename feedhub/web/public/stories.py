"""The page of a story: what it says, and every reason for who is credited and what was joined."""

from typing import assert_never

from flask import Response

from feedhub.model.explanation import Explanation
from feedhub.model.page import NotYet, Redirect, Unknown, Withdrawn
from feedhub.web.answers import moved, page
from feedhub.web.desk import Desk
from feedhub.web.faults import GONE, MISSING, NOT_YET, told


def story(desk: Desk, ident: str) -> Response:
    """By the last part of its key; merged stories lead on, withdrawn ones say so."""
    answer = desk.flows.story(ident)
    match answer:
        case Explanation():
            return page("story.html", why=answer)
        case Redirect(to=to):
            return moved(desk.places.story(to))
        case Withdrawn():
            return page("withdrawn.html", status=GONE.status, withdrawn=answer)
        case NotYet():
            return told(NOT_YET)
        case Unknown():
            return told(MISSING)
        case _:
            assert_never(answer)
