"""What each name is to the entry: the first cue that fires decides, a neighbour in its list takes its role over."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from feedhub.model.cue import Cue, Role
from feedhub.steps.attribute.cues import Phrasebook, Wording, fire
from feedhub.steps.attribute.names import Found
from feedhub.steps.attribute.reading import Line, Segment

CITED: Final = frozenset({Role.ORIGINATOR, Role.INTERMEDIATE, Role.INTERVIEW})
"""Roles that make an outlet a source of the entry."""
DESCRIPTION: Final = 3
"""So many words may describe an outlet before the word for its kind ("the Saudi-owned state broadcaster X")."""
JOINING: Final = 2
"""So many words and signs may stand between two names of a list (", and")."""
LENT: Final = 0.9
"""What a role weighs that was taken over from a neighbour, of what it weighs there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Words that may stand round names without changing what a cue says of them."""

    articles: Wording
    kinds: Wording
    joins: Wording


@dataclass(slots=True, kw_only=True)
class Hit:
    """A name in its line, `left` and `right` the tokens next to it, and what was decided of it.

    `first` and `last` are the outermost tokens that belong to the name: articles, words for its kind, a suffix.
    `cue` is None where none fired; `start` and `end` bound cue and name in the segment.
    """

    found: Found
    segment: Segment
    line: Line
    line_start: int
    left: int
    right: int
    first: int
    last: int
    kind: bool
    start: int
    end: int
    cue: Cue | None = None
    weight: float = 0.0

    @property
    def sentence(self) -> tuple[int, int, int]:
        """Which sentence the name is in."""
        return self.segment.rank, self.line_start, self.line.sentence(self.left + 1)

    @property
    def order(self) -> tuple[int, int]:
        """Where a reader meets the name."""
        return self.segment.rank, self.found.start

    @property
    def cited(self) -> bool:
        """Whether the name is that of a source."""
        return self.cue is not None and self.cue.role in CITED


def place(found: Iterable[Found], segment: Segment, around: Surroundings) -> tuple[Hit, ...]:
    """The names of a segment with the tokens that stand next to them."""
    names = tuple(found)
    for name in names:
        line = segment.line(name.start)[1]
        for edge in (name.start, name.end, name.last):
            line.split(edge)
    return tuple(_place(name, segment, around) for name in names)


def decide(hits: tuple[Hit, ...], book: Phrasebook) -> None:
    """Give each hit the cue that fires for it, then let neighbours in a list share one."""
    for hit in hits:
        _ask(hit, book)


def share(hits: tuple[Hit, ...], around: Surroundings) -> None:
    """Let a name without a cue take over that of its neighbour in a list ("citing X and Y")."""
    for hit, following in pairwise(hits):
        if following.cue is None and hit.cited and _listed(hit, following, around, signs=True):
            _lend(hit, following)
    for hit, following in reversed(tuple(pairwise(hits))):
        if hit.cue is None and following.cited and _listed(hit, following, around, signs=False):
            _lend(following, hit)


def _place(found: Found, segment: Segment, around: Surroundings) -> Hit:
    start, line = segment.line(found.start)
    left, right = line.after(found.start) - 1, line.after(found.end)
    first, last = _outermost(line, left, around=around), line.after(found.last) - 1
    kind = any(word in around.kinds for word in line.words[first : left + 1])
    while last + 1 < len(line.words) and line.words[last + 1] in around.kinds:
        last += 1
        kind = True
    return Hit(
        found=found,
        segment=segment,
        line=line,
        line_start=start,
        left=left,
        right=right,
        first=first,
        last=last,
        kind=kind,
        start=found.start,
        end=found.end,
    )


def _outermost(line: Line, left: int, *, around: Surroundings) -> int:
    """The first of the articles and words for its kind before a name ("the news agency", "Telegram-канал")."""
    first = left + 1
    while first > 0:
        word = line.words[first - 1]
        if word in around.articles or word in around.kinds:
            first -= 1
        elif word == "-" and 1 < first <= left and line.words[first - 2] in around.kinds:
            first -= 2
        else:
            break
    return first


def _ask(hit: Hit, book: Phrasebook) -> None:
    line = hit.line
    outer = hit.first - 1
    for _ in range(DESCRIPTION if hit.kind else 0):
        if outer < 0 or not line.words[outer][0].isalnum():
            break
        outer -= 1
    suffixed = line.after(hit.found.last)
    before, after = range(hit.left, outer - 1, -1), range(hit.right, hit.last + 2)
    for fired in fire(book, line, before=before, after=after, where=hit.segment.part):
        if fired.cue.strict and hit.found.spelling.word:
            continue
        if hit.right <= fired.last < suffixed:  # "X -" in "X-un"
            continue
        hit.cue, hit.weight = fired.cue, fired.cue.weight
        if fired.first <= hit.left:
            hit.start = line.starts[max(fired.first, 0)]
        if fired.last >= hit.right:
            hit.end = line.ends[min(fired.last, len(line.ends) - 1)]
        return


def _listed(hit: Hit, following: Hit, around: Surroundings, *, signs: bool) -> bool:
    """Whether nothing but a comma or a word for "and" stands between two names of one line."""
    if hit.line is not following.line or not hit.last < following.first:
        return False
    between = hit.line.words[hit.last + 1 : following.first]
    return 0 < len(between) <= JOINING and all(
        word in around.joins or (signs and word in {",", "/"}) for word in between
    )


def _lend(owner: Hit, taker: Hit) -> None:
    taker.cue, taker.weight = owner.cue, owner.weight * LENT
