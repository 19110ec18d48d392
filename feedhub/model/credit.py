"""Who told it first, who carried it, and the words that prove it."""

from dataclasses import dataclass

from feedhub.model.cue import Role
from feedhub.model.outlet import OutletRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words that credit one outlet: where they stand, by which rule, and how much they weigh.

    `field` is `title`, `text`, or the name of a structured field (`source`, `dc_source`, `via`, `author`, `link`).
    `start` and `end` are code-point offsets of `words` (cue and name) in that field, `name_start` and `name_end`
    those of the name alone.
    """

    outlet: OutletRef
    role: Role
    rule: str
    field: str
    start: int
    end: int
    name_start: int
    name_end: int
    words: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """The credit of one entry. `chain` holds outlets from first to last and ends with the publisher.

    `originator` is None where the publisher tells its own story; then `chain` is the publisher alone and
    `confidence` is 1. `by` is `text` (read from the entry) or the name of the person who corrected it.
    """

    publisher: OutletRef
    originator: OutletRef | None
    chain: tuple[OutletRef, ...]
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    by: str = "text"
