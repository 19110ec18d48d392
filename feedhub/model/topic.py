"""Topics: an admin's definition of one output, and why a story is in it."""

from dataclasses import dataclass
from typing import Protocol

from feedhub.model.entry import Folded
from feedhub.model.keys import TopicSlug

ALL = TopicSlug("all")
"""The topic that holds every story; its feeds are /all.rss, /all.atom and /all.json."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a rule can ask of a story: all of its reports together, the lead's text.

    `outlets` and `origins` hold slugs and names; `langs` primary subtags; `folded` the words of the texts, if known.
    """

    title: str
    text: str
    sources: frozenset[str]
    outlets: frozenset[str]
    origins: frozenset[str]
    langs: frozenset[str]
    tags: frozenset[str]
    reports: int
    independent: int
    folded: Folded | None = None

    def __hash__(self) -> int:
        """By the texts alone, whose hashes strings remember: all rules ask about one subject in a row."""
        return hash((self.title, self.text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Why a rule said yes: the clause as written, and the words of the story that met it."""

    clause: str
    words: tuple[str, ...]


class Rule(Protocol):
    """A compiled rule: a story's subject to a hit, or None."""

    def __call__(self, subject: Subject) -> Hit | None:
        """Say whether the subject belongs, and why."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """An admin's definition of one output. `match` is the rule as written; empty matches every story.

    `langs` limits to primary subtags; `aliases` are old slugs that answer 301. `items`, `content`, `link` and
    `credit` are None where the operator's defaults hold.
    """

    slug: TopicSlug
    title: str
    match: str
    description: str = ""
    langs: tuple[str, ...] = ()
    min_reports: int = 1
    aliases: tuple[str, ...] = ()
    items: int | None = None
    content: str | None = None
    link: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A story in a topic, and the rule that let it in."""

    topic: TopicSlug
    hit: Hit
