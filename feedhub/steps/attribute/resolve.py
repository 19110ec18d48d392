"""From names with roles to one credit: who told it first, and through whom it came.

The outlets that are cited become nodes, and an edge says "took it from":

- in one sentence, who reports took it from who is cited, and both from who was told it ("Reuters reported, citing X");
- who credits the whole text at its head or foot (dateline, sign-off, "Source: X") took it from everyone cited in it,
  since the dispatch is the text; so did who is said to have reported all that stands before;
- who merely quotes ("as quoted by X") took it from the others of the sentence;
- who rests on unnamed media ("according to state media, X reported") took it from somebody else, if one is named.

The publisher took it from all of them. The originator is the node that the longest way leads to; among equals the one
that has more than a byline, then the one that a reader meets first. The chain is that way, read backwards. Two outlets
that no edge joins told it on their own: the first is the originator, the other stays as evidence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from feedhub.model.credit import Credit, Evidence
from feedhub.model.cue import CueKind, Role
from feedhub.model.outlet import OutletRef
from feedhub.steps.attribute.roles import CITED
from feedhub.text.folded import fold

OPEN_CAP: Final = 0.5
"""An outlet that no registry knows is never surer than this."""
WEAK: Final = 0.5
"""Evidence below this (a bare name in the line for authors) only counts where there is no other."""
RIVAL: Final = 0.9
"""What another outlet at the same depth takes from the confidence."""
NODES: Final = 16
"""So many outlets are joined; a text that cites more is a press review."""

_WHOLE: Final = frozenset({CueKind.DATELINE, CueKind.SIGNOFF, CueKind.BYLINE})
_PASSING: Final = frozenset({Role.ORIGINATOR, Role.INTERMEDIATE})
_LEVELS: Final = {
    CueKind.INTERVIEW: 4,
    CueKind.REFERENCE: 3,
    CueKind.REPORT: 2,
    CueKind.WHOLE: 2,
    CueKind.HEADLINE: 2,
    CueKind.RELAY: 1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One credit that the text or an element gives. `kind` is None for elements, which speak of the whole entry.

    `sentence` tells which sentence it is in, `order` where a reader meets it. `hearsay` marks who rests on unnamed
    media.
    """

    evidence: Evidence
    kind: CueKind | None
    sentence: tuple[int, int, int]
    order: tuple[int, int]
    hearsay: bool = False


@dataclass(slots=True, kw_only=True)
class _Node:
    ref: OutletRef
    order: tuple[int, int]
    weights: list[float] = field(default_factory=list)
    takes: set[str] = field(default_factory=set)


def resolve(statements: Iterable[Statement], publisher: OutletRef) -> Credit:
    """The credit that the statements add up to."""
    several = _without_weak(sorted(statements, key=lambda each: each.order))
    evidence = tuple(each.evidence for each in several)
    cited = [each for each in several if each.evidence.role in CITED]
    nodes = _nodes(cited)
    if not nodes:
        return Credit(publisher=publisher, originator=None, chain=(publisher,), confidence=1.0, evidence=evidence)
    _join(nodes, cited)
    evidence = tuple(_passed_on(each, nodes) for each in evidence)
    way = min((_way(nodes, key, {}) for key in nodes), key=lambda keys: _rank(nodes, keys))
    return Credit(
        publisher=publisher,
        originator=nodes[way[-1]].ref,
        chain=(*(nodes[key].ref for key in reversed(way)), publisher),
        confidence=_confidence(nodes, way),
        evidence=evidence,
    )


def _passed_on(evidence: Evidence, nodes: dict[str, _Node]) -> Evidence:
    """The evidence with the role that the edges showed: an intermediate is who took the story from another."""
    node = nodes.get(identity(evidence.outlet))
    if node is None or evidence.role not in _PASSING:
        return evidence
    role = Role.INTERMEDIATE if node.takes else Role.ORIGINATOR
    return evidence if evidence.role is role else replace(evidence, role=role)


def identity(ref: OutletRef) -> str:
    """What makes two credits speak of one outlet: its slug, or its name where no registry knows it."""
    return ref.slug or f"?{fold(ref.name)}"


def _without_weak(several: list[Statement]) -> list[Statement]:
    """Weak evidence made a mention where there is better."""
    if not any(each.evidence.role in CITED and each.evidence.weight >= WEAK for each in several):
        return several
    return [
        replace(each, evidence=replace(each.evidence, role=Role.MENTION)) if each.evidence.weight < WEAK else each
        for each in several
    ]


def _nodes(cited: Iterable[Statement]) -> dict[str, _Node]:
    nodes: dict[str, _Node] = {}
    for each in cited:
        key = identity(each.evidence.outlet)
        if key in nodes or len(nodes) < NODES:
            node = nodes.setdefault(key, _Node(ref=each.evidence.outlet, order=each.order))
            node.weights.append(each.evidence.weight)
    return nodes


def _join(nodes: dict[str, _Node], cited: list[Statement]) -> None:
    for taker in cited:
        for giver in cited:
            taking, given = identity(taker.evidence.outlet), identity(giver.evidence.outlet)
            known = taking in nodes and given in nodes and taking != given
            if known and _takes(taker, giver) and not _leads(nodes, start=given, goal=taking):
                nodes[taking].takes.add(given)


def _takes(taker: Statement, giver: Statement) -> bool:
    """Whether one credit says that its outlet took the story from the outlet of the other."""
    whole = _is_whole(taker)
    if whole or _is_whole(giver):
        return whole and not _is_whole(giver)
    if taker.sentence == giver.sentence:
        return _level(taker) < _level(giver)
    if taker.hearsay:
        return not giver.hearsay
    return taker.kind in {CueKind.WHOLE, CueKind.RELAY} and giver.order < taker.order and giver.sentence[0] > 0


def _is_whole(statement: Statement) -> bool:
    return statement.kind is None or statement.kind in _WHOLE


def _level(statement: Statement) -> int:
    return _LEVELS.get(statement.kind, 0) if statement.kind else 0


def _leads(nodes: dict[str, _Node], *, start: str, goal: str) -> bool:
    """Whether a way leads from one node to another; an edge that would close a circle is not drawn."""
    seen, ahead = {start}, [start]
    while ahead:
        key = ahead.pop()
        if key == goal:
            return True
        ahead.extend(nodes[key].takes - seen)
        seen |= nodes[key].takes
    return False


def _way(nodes: dict[str, _Node], key: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The longest way from a node to the first teller."""
    if key not in known:
        ways = [_way(nodes, following, known) for following in nodes[key].takes]
        known[key] = (key, *min(ways, key=lambda keys: _rank(nodes, keys))) if ways else (key,)
    return known[key]


def _rank(nodes: dict[str, _Node], way: tuple[str, ...]) -> tuple[int, tuple[tuple[int, int], ...]]:
    return -len(way), tuple(nodes[key].order for key in reversed(way))


def _confidence(nodes: dict[str, _Node], way: tuple[str, ...]) -> float:
    """Noisy-or: the chance that not all of the evidence is wrong."""
    first = nodes[way[-1]]
    wrong = 1.0
    for weight in first.weights:
        wrong *= 1.0 - weight
    sure = 1.0 - wrong
    if any(not node.takes and node is not first for node in nodes.values()):
        sure *= RIVAL
    return round(min(sure, OPEN_CAP if first.ref.slug is None else 0.99), 3)
