"""Where an entry belongs: the judgement of which entries tell one story.

A wrong merge is worse than a missed one: it hides an article and invents agreement. So everything here leans to *no*:

- A candidate is only near; it is compared word by word (`verify`), and any guard outweighs any score.
- A story is compared by its earliest entry and, if the caller gives it too, by the entry that is nearest. What figures
  or names keep from one it does not join through the other, so that stories do not creep from copy to copy.
- Between `review_at` and `merge_at` nothing is merged: the pair is listed for a person.
- An entry that matches several stories shows that they are one only if it is long enough to tell, and none of the
  stories is barred from another by a guard. If three or more have nothing in common with each other, the entry is a
  digest of them and belongs to none.
- What a person ruled comes first: stories in `apart` and locked stories are shown as compared and never joined.

The order in which entries arrive must not matter: all comparisons are symmetric, ties go to the older story, and an
entry that arrives after two that it connects bridges their stories.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from feedhub.model.keys import StoryKey
from feedhub.model.reading import ReadEntry
from feedhub.model.story import Candidate, Comparison, Placement, PlacementKind
from feedhub.steps.cluster.guards import excluded
from feedhub.steps.cluster.likeness import likeness
from feedhub.steps.cluster.near import MOST, has_link, is_near, names_source
from feedhub.steps.cluster.side import Side, side
from feedhub.steps.cluster.verify import OTHER, REVIEW, SAME, Limits, Pair, pair, verify

_BRIDGE = 40
"""Words under which an entry does not say that two stories are one: short summaries fit many texts."""
_DIGEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    two: Pair
    comparison: Comparison


def place(
    read: ReadEntry,
    candidates: tuple[Candidate, ...],
    *,
    limits: Limits,
    apart: frozenset[StoryKey] = frozenset(),
) -> Placement:
    """Place one entry. Texts come without page furniture, as `read` leaves them.

    Never raises on any text. Candidates that are the entry's own older self are passed over.
    """
    near = _chosen(read, candidates)
    if not near:  # most entries: their texts need not be read
        return Placement(kind=PlacementKind.OPENS, story=None)
    judged = _best(_judge(read, near, limits=limits, apart=apart))
    same = sorted((one for one in judged if one.comparison.verdict == SAME), key=_age)
    compared = tuple(one.comparison for one in judged)
    if _is_digest(same, limits):
        return Placement(kind=PlacementKind.OPENS, story=None, compared=tuple(map(_as_digest, compared)))
    if not same:
        return Placement(kind=PlacementKind.OPENS, story=None, compared=compared)
    joined = _joined(same)
    kind = PlacementKind.BRIDGES if joined[1:] else PlacementKind.JOINS
    return Placement(kind=kind, story=joined[0], bridged=joined[1:], compared=compared)


def _chosen(read: ReadEntry, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The first candidates that are worth a comparison, in the order given: the nearest come first."""
    others = (one for one in candidates if one.entry.key != read.entry.key)
    return tuple(islice((one for one in others if _is_worth(read, one)), MOST))


def _is_worth(read: ReadEntry, candidate: Candidate) -> bool:
    """Whether they share enough, or are tied by an exact key or by what markup says, whatever they share."""
    one, other = read.fingerprint.shingles, candidate.fingerprint.shingles
    return (
        is_near(one, other, shared=candidate.shared)
        or bool(candidate.exact)
        or _has_link(read, candidate)
        or names_source(read.entry, candidate.entry)
    )


def _judge(
    read: ReadEntry,
    candidates: tuple[Candidate, ...],
    *,
    limits: Limits,
    apart: frozenset[StoryKey],
) -> Iterable[_Judged]:
    one = side(read.entry, read.credit)
    linked = {each.story for each in candidates if _has_link(read, each)}
    for candidate in candidates:
        two = pair(
            candidate,
            read=one,
            other=side(candidate.entry, candidate.credit),
            equal_links=candidate.story in linked and len(linked) == 1,
            equal_bodies=candidate.exact == "body" or _equal_bodies(read, candidate),
        )
        yield _Judged(two=two, comparison=_ruled(verify(two, limits=limits), candidate, apart))


def _has_link(read: ReadEntry, candidate: Candidate) -> bool:
    return candidate.exact == "link" or has_link(read, candidate.entry)


def _equal_bodies(read: ReadEntry, candidate: Candidate) -> bool:
    return read.fingerprint.body is not None and read.fingerprint.body == candidate.fingerprint.body


def _ruled(comparison: Comparison, candidate: Candidate, apart: frozenset[StoryKey]) -> Comparison:
    """What a person ruled outweighs what the texts say."""
    if candidate.story in apart:
        return replace(comparison, verdict=OTHER, rule="apart", note="a person ruled that these are two stories")
    if candidate.locked:
        return replace(comparison, verdict=OTHER, rule="locked", note="the story is locked")
    return comparison


def _best(judged: Iterable[_Judged]) -> list[_Judged]:
    """The comparison that decides for each story, best first: accepted ones, then by score, then by age.

    Of a story's comparisons the best decides, but only an exact key outweighs the figures or names of another one: a
    bulletin does not get in through the copy of a bulletin.
    """
    ranked = sorted(judged, key=lambda one: (not _is_exact(one), one.comparison.rule not in _BARS, *_rank(one)))
    found: dict[StoryKey, _Judged] = {}
    for one in ranked:
        found.setdefault(one.comparison.story, one)
    return sorted(found.values(), key=_rank)


def _rank(judged: _Judged) -> tuple[int, float, float, str, str]:
    return _ORDER[judged.comparison.verdict], -judged.comparison.score, *_age(judged)


def _is_exact(judged: _Judged) -> bool:
    return judged.comparison.verdict == SAME and judged.comparison.rule in _EXACT


_BARS = frozenset({"figures", "names"})
_ORDER = {SAME: 0, REVIEW: 1, OTHER: 2}


def _age(judged: _Judged) -> tuple[float, str, str]:
    candidate = judged.two.candidate
    return candidate.opened.timestamp(), candidate.story, candidate.entry.key


def _is_digest(same: list[_Judged], limits: Limits) -> bool:
    """Whether three or more of the stories have nothing in common but this entry."""
    strangers: list[Side] = []
    for one in same:
        mine = one.two.other
        if all(likeness(mine, other, cited=False).score < limits.review_at for other in strangers):
            strangers.append(mine)
    return len(strangers) >= _DIGEST


def _as_digest(comparison: Comparison) -> Comparison:
    if comparison.verdict != SAME:
        return comparison
    return replace(comparison, verdict=REVIEW, rule="digest", note="the entry tells three or more different stories")


def _joined(same: list[_Judged]) -> tuple[StoryKey, ...]:
    """The stories that become one, the oldest first; only the best of them where the entry may not bridge."""
    best = min(same, key=lambda one: (-one.comparison.score, *_age(one)))
    if len(best.two.read.body) < _BRIDGE and not all(map(_is_exact, same)):
        return (best.comparison.story,)
    fitting = [
        one for one in same if one is best or excluded(likeness(best.two.other, one.two.other, cited=False)) is None
    ]
    return tuple(one.comparison.story for one in fitting)


_EXACT = frozenset({"link", "body", "via"})
