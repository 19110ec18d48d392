"""The front page, the directory of topics, and the page of each topic."""

from typing import assert_never

from flask import Response, request

from feedhub.model.page import Redirect, TopicPage, Unknown
from feedhub.model.topic import ALL
from feedhub.web.answers import moved, page
from feedhub.web.desk import Desk
from feedhub.web.faults import MISSING, told


def home(desk: Desk) -> Response:
    """The newest stories, and every topic."""
    return page("home.html", directory=desk.flows.topics())


def topics(desk: Desk) -> Response:
    """Every topic with its feeds and newest headlines."""
    return page("topics.html", directory=desk.flows.topics())


def topics_without_slash(desk: Desk) -> Response:
    """The directory under the address that people type."""
    return moved(desk.places.page("/topics/"))


def all_stories(desk: Desk) -> Response:
    """Every story, as if it were a topic."""
    return _topic(desk, ALL)


def topic(desk: Desk, slug: str) -> Response:
    """One topic; under an old slug, the way to its new one."""
    return moved(desk.places.topic(ALL)) if slug == ALL else _topic(desk, slug)


def _topic(desk: Desk, slug: str) -> Response:
    answer = desk.flows.topic(slug, request.args.get("offset", default=0, type=int))
    match answer:
        case TopicPage():
            return page("topic.html", page=answer)
        case Redirect(to=to):
            return moved(desk.places.topic(to))
        case Unknown():
            return told(MISSING)
        case _:
            assert_never(answer)
