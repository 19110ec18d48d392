"""The phrases that credit someone, per language and role."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a named outlet is to the entry that names it."""

    ORIGINATOR = "originator"
    INTERMEDIATE = "intermediate"
    """Passed the story on."""
    INTERVIEW = "interview"
    """Was told it by the person who speaks."""
    PHOTO = "photo"
    """Image credit: never an origin."""
    MENTION = "mention"
    """Named, but not as a source: the publisher itself, furniture, the object of the news."""


class CueKind(StrEnum):
    """How a cue speaks of the name, in the order in which they are asked: the first that fires decides."""

    PHOTO = "photo"
    """Image credit: "Photo: X"."""
    OBJECT = "object"
    """The outlet is the news, or an employer: "former X editor"."""
    INTERVIEW = "interview"
    """Was told: "told X", "in an interview with X"."""
    REFERENCE = "reference"
    """Is cited: "according to X", "citing X"; told it before who cites it."""
    RELAY = "relay"
    """Quotes others: "as quoted by X"."""
    WHOLE = "whole"
    """Carried all that stands before: "This was reported by X"."""
    REPORT = "report"
    """Reports: "X reports"."""
    DATELINE = "dateline"
    """Wire credit at the head: "LIMA (X) -"."""
    SIGNOFF = "signoff"
    """Wire credit at the end, or a line of its own: "(X)", "Source: X"."""
    HEADLINE = "headline"
    """Credit in a title: "X: bridge opened"."""
    BYLINE = "byline"
    """A name in the line for authors: "By X"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One phrase of one language. `rule` is its id, stable for evidence; `weight` is in (0, 1].

    `pattern` is the phrase in the notation of `text/phrases.py`, with `{outlet}` where the name stands ("reports
    citing {outlet}"). `role` is what it makes of the outlet. `where` is `title` or `text` where the phrase counts in
    one of them only. `open` cues also credit names that no registry knows, `strict` ones never a name that is also an
    ordinary word.
    """

    rule: str
    lang: str
    role: Role
    pattern: str
    weight: float
    kind: CueKind = CueKind.REPORT
    where: str = ""
    open: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """All cues, the lines that open page furniture ("See also"), and the words that surround names.

    `furniture` lines cut the text from there on; `noise` lines are dropped alone ("Comments").
    `articles` and `kinds` ("the", "newspaper") may stand between a cue and a name, `joins` ("and") between two names.
    `press` are words that names of outlets end or begin with ("Herald"), `bodies` words that only names of others hold
    ("Ministry"); `verbs` follow such names ("reports"). Words that end in `~` stand for all that begin so.
    """

    cues: tuple[Cue, ...] = ()
    furniture: frozenset[str] = frozenset()
    noise: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    press: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
