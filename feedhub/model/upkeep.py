"""What leaves the store, so that it does not grow for ever."""

from dataclasses import dataclass

from feedhub.model.keys import TopicSlug


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """Stories that left, redirects to them not counted, their entries, and the topics that showed any of them."""

    stories: int
    entries: int
    topics: tuple[TopicSlug, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One round of upkeep in numbers, all zero where it was not due; `more` says that work is left."""

    stories: int = 0
    entries: int = 0
    postings: int = 0
    lines: int = 0
    more: bool = False
