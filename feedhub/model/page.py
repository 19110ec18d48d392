"""What pages and addresses answer with, as values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feedhub.model.outlet import OutletRef
from feedhub.model.rendition import Rendition
from feedhub.model.source import PollLine, SourceState
from feedhub.model.story import Story, Telling
from feedhub.model.topic import Topic
from feedhub.model.websub import Subscription

DOCUMENT_FAULTS = "document_faults"
"""The fact that holds what is wrong with the documents now, a fault a line; empty when all is well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Nothing is at this address, and nothing was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotYet:
    """It will be here soon: it has not been rendered or published yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """It is elsewhere now: `to` is the name that it has there (a topic's slug, the last part of a story's key)."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed's bytes."""

    rendition: Rendition


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A story whose publishers took it back: who and when is all that may be said."""

    at: datetime
    publisher: OutletRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """The list of feeds as bytes; `modified` is when it changed last, whole seconds."""

    body: bytes
    modified: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story in a list. `telling` counts its reports now, not when feeds first showed it."""

    story: Story
    telling: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A topic in the directory, with how many stories are shown in it and the newest of them."""

    topic: Topic
    stories: int
    newest: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The newest stories of all, every topic in the order of the documents, and how many stories there are in all."""

    newest: tuple[StoryLine, ...]
    shelves: tuple[Shelf, ...]
    stories: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """One page of a topic: `stories` from `offset` on, of `total`. `newer` and `older` are other offsets, or None."""

    topic: Topic
    stories: tuple[StoryLine, ...]
    total: int
    offset: int
    newer: int | None
    older: int | None


class Mood(StrEnum):
    """How a source is, those that want an editor first."""

    GONE = "gone"
    """Its publisher says that it will not come back."""
    FAILING = "failing"
    MOVED = "moved"
    """Its publisher has moved it to another host, which an editor has to confirm."""
    LATE = "late"
    """It should have been asked long ago: is the poller running?"""
    NEW = "new"
    """Not asked yet."""
    WELL = "well"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source on the status page, with the name of its outlet."""

    state: SourceState
    outlet: str
    mood: Mood
    next: str = ""
    """When it is asked next, and why then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    """One source: how it is, its last polls, and its subscription."""

    line: SourceLine
    history: tuple[PollLine, ...]
    subscription: Subscription | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage:
    """How the service is: its sources, those in trouble first; what is wrong with the documents; how much it holds.

    `waiting` counts topics that want to be rendered again.
    """

    sources: tuple[SourceLine, ...]
    faults: tuple[str, ...]
    entries: int
    stories: int
    topics: int
    last_poll: datetime | None
    waiting: int
