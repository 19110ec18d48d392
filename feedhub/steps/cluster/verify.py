"""One entry against one candidate: the same text or not, by which rule, with every number.

The rules in order; the first that has something to say decides:

1. `link`: the canonical links are equal, more than a bare host, and no second candidate has the same. An address is
   where a text lives, so two items that share one are one, unless their texts are about different things or one
   source uses it for a page that is new every day (a list of rates).
2. `via`: the entry's own markup names the candidate's article as its source and is in another language: a translation
   that says so.
3. `body`: the same words, twelve or more, under titles that have to do with them. (Cookie walls and "too many
   requests" pages are equal too; their titles know nothing of the text.)
4. `title`: there is no text on one side; the titles are the same, long, and hours apart, not days.
5. `short`: under twelve words nothing is contained in anything by its own merit: title and first words must agree.
6. `text`: most of both texts is shared, whatever the titles.
7. `likeness`: the score of the three measures.

From 3 on guards may exclude a pair, and two items of one source must be one text again.
"""

from dataclasses import dataclass
from datetime import timedelta

from feedhub.model.credit import Credit
from feedhub.model.outlet import OutletRef
from feedhub.model.story import Candidate, Comparison
from feedhub.steps.cluster.guards import Objection, excluded, same_source
from feedhub.steps.cluster.likeness import Likeness, likeness
from feedhub.steps.cluster.near import has_path, names_source
from feedhub.steps.cluster.side import Side, content

SAME, REVIEW, OTHER = "same", "review", "other"

_SHORTEST = 12
_TITLE, _TITLE_LETTERS = 6, 20
"""Words and letters from which on a title alone is no coincidence."""
_NEAR = timedelta(hours=12)
_UNLIKE = 0.15
"""Two texts that share less than this, under titles that have as little in common, are about different things."""
_WALL = 0.2
"""Titles that have less than this to do with the text they share stand over a page that is no article."""
_MOST, _MOST_BACK, _LONG = 0.9, 0.8, 60
"""A text again, edited or cut by a few lines: shares of both texts, and shared words."""
_ROOM = 0.6
"""Where neither the whole nor the leads agree in more than this, like titles make no more than a doubtful pair."""
_SURE, _NEARLY = 1.0, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From which score on two entries tell one story, and from which a person should look. Both in (0, 1]."""

    merge_at: float
    review_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An entry and a candidate, made ready.

    `equal_links`: the candidate's story, and no other, has the entry's canonical link. `equal_bodies`: it has an entry
    with the same words.
    """

    candidate: Candidate
    read: Side
    other: Side
    like: Likeness
    equal_links: bool
    equal_bodies: bool


def pair(candidate: Candidate, *, read: Side, other: Side, equal_links: bool, equal_bodies: bool) -> Pair:
    """Measure an entry and a candidate against each other."""
    like = likeness(read, other, cited=_cites(read.credit, other.credit) or _cites(other.credit, read.credit))
    return Pair(
        candidate=candidate, read=read, other=other, like=like, equal_links=equal_links, equal_bodies=equal_bodies
    )


def verify(two: Pair, *, limits: Limits) -> Comparison:
    """Judge a pair."""
    above = _above(two)
    rule, score = above or _by_text(two, limits)
    objection = _objection(two) if score >= limits.review_at and above is None else None
    verdict = SAME if score >= limits.merge_at else REVIEW if score >= limits.review_at else OTHER
    return Comparison(
        story=two.candidate.story,
        entry=two.candidate.entry.key,
        rule=objection.rule if objection else rule,
        verdict=OTHER if objection else verdict,
        score=score,
        measures=two.like.measures(),
        note=objection.words if objection else "",
    )


def _above(two: Pair) -> tuple[str, float] | None:
    """The rules that stand above the guards."""
    if _same_address(two):
        return "link", _SURE
    return ("via", _NEARLY) if names_source(two.read.entry, two.other.entry) else None


def _by_text(two: Pair, limits: Limits) -> tuple[str, float]:
    """The first rule on texts that has something to say, and its score."""
    like = two.like
    if two.equal_bodies:
        return "body", _SURE
    if not like.shorter.body:
        return "title", _SURE if _same_title(like) else 0.0
    if len(like.shorter.body) < _SHORTEST:
        return "short", round(min(_title_overlap(like), like.leads), 4)
    if like.contained >= _MOST and like.contained_back >= _MOST_BACK and like.shared >= _LONG:
        return "text", max(_NEARLY, like.score)
    return "likeness", like.score if max(like.contained, like.leads) >= _ROOM else min(like.score, limits.review_at)


def _objection(two: Pair) -> Objection | None:
    if two.equal_bodies and two.like.titles < _WALL:
        return Objection(rule="wall", words="the same page under titles that have nothing to do with it")
    found = excluded(two.like)
    if found is None and _one_outlet(two) and not two.equal_bodies:
        found = same_source(two.like)
    return found


def _one_outlet(two: Pair) -> bool:
    one, other = two.read, two.other
    return one.entry.source == other.entry.source or _name(one.credit.publisher) == _name(other.credit.publisher)


def _same_address(two: Pair) -> bool:
    one, other, like = two.read.entry, two.other.entry, two.like
    if not two.equal_links or not has_path(one.canonical):
        return False
    if one.source == other.source and excluded(like) is not None:
        return False
    long_enough = len(like.shorter.body) >= _SHORTEST
    return not (long_enough and like.contained < _UNLIKE and like.titles < _UNLIKE)


def _same_title(like: Likeness) -> bool:
    one, other = (tuple(word for word in side.title if word not in like.known) for side in (like.shorter, like.longer))
    long_enough = len(one) >= _TITLE and sum(map(len, one)) >= _TITLE_LETTERS
    return one == other and long_enough and abs(_moment(like.shorter) - _moment(like.longer)) <= _NEAR.total_seconds()


def _moment(side: Side) -> float:
    return (side.entry.published or side.entry.seen).timestamp()


def _title_overlap(like: Likeness) -> float:
    one, other = (content(side.title) - like.known for side in (like.shorter, like.longer))
    return len(one & other) / len(one | other) if one | other else 0.0


def _cites(credit: Credit, other: Credit) -> bool:
    """Whether one credit names the publisher of the other as where it had its text from."""
    return _name(other.publisher) in {_name(ref) for ref in credit.chain[:-1]} - {_name(credit.publisher)}


def _name(ref: OutletRef) -> str:
    return ref.slug or ref.name
