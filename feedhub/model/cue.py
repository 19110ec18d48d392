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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One phrase of one language. `rule` is its id, stable for evidence; `weight` is in (0, 1].

    `pattern` is the phrase in words, with `{name}` where the outlet stands and `*` for a few words between
    ("reports citing {name}", "in an interview with {name}"). `role` is what it makes of the outlet.
    """

    rule: str
    lang: str
    role: Role
    pattern: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """All cues, and the lines that open page furniture ("See also"), per language.

    `furniture` lines cut the text from there on; `noise` lines are dropped alone ("Comments").
    """

    cues: tuple[Cue, ...] = ()
    furniture: frozenset[str] = frozenset()
    noise: frozenset[str] = frozenset()
