"""Who told it first: the judgement on one entry, in the order in which it is made.

1. Publisher: whose source or link it is (`publisher`).
2. What the entry's own elements claim: source, dc:source, via, an agency as author, a link to another outlet.
3. The text without page furniture (`text/furniture.py`); of a long one the head and the tail.
4. The names in it (`names`), those left out that mean something else here, shared spellings decided.
5. The role of each name by the first cue that fires (`cues`, `roles`); then names that no registry knows, which only a
   cue makes outlets (`strangers`).
6. Edges between those cited, the deepest is the originator (`resolve`).

Whatever decides leaves its words as evidence: rule, field, offsets. A name without a cue is a mention and credits
nobody; a spelling that is also a word is not even that. Nothing in a text can make the judgement fail or be slow: it
reads a bounded part of it, and every list is capped.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from feedhub.model.credit import Credit, Evidence
from feedhub.model.cue import Cue, CueKind, Role
from feedhub.model.entry import Entry
from feedhub.model.keys import OutletSlug
from feedhub.model.outlet import Outlet, OutletRef
from feedhub.model.source import Source
from feedhub.steps.attribute.lexicon import Lexicon
from feedhub.steps.attribute.names import Found, Sort, Spotted, spot
from feedhub.steps.attribute.publisher import Publisher, claims, who_publishes
from feedhub.steps.attribute.reading import Segment, segments
from feedhub.steps.attribute.resolve import Statement, resolve
from feedhub.steps.attribute.roles import CITED, Hit, decide, place, share
from feedhub.steps.attribute.strangers import candidates
from feedhub.text.furniture import cut
from feedhub.text.tongue import guess_language

READ: Final = 40_000
"""Characters of a text that are looked at for furniture; a longer text is no article."""
SHOWN: Final = 24
"""So much evidence is kept of one entry, credits before mentions."""
STRANGE: Final = 0.6
"""A cue must weigh so much to make an outlet of a name that no registry knows."""
_PICTURED: Final = frozenset({CueKind.DATELINE, CueKind.SIGNOFF, CueKind.BYLINE})
"""Credits that an agency of pictures has for its pictures."""


def attribute(entry: Entry, *, source: Source, lexicon: Lexicon, trimmed: bool = False) -> Credit:
    """Who published the entry, who told it first, the chain between them and the words that say so.

    `trimmed` says that page furniture was cut off the text by the words of this lexicon, and its lines folded: then it
    holds none.
    """
    publisher = who_publishes(entry, source=source, lexicon=lexicon)
    text = entry.text
    if not trimmed or len(text) > READ:
        text = cut(text[:READ], furniture=lexicon.furniture, noise=lexicon.noise)
    reading = _Reading(
        lexicon=lexicon,
        publisher=publisher,
        head=f"{entry.title} {text[:600]}",
        claim=entry.lang or source.lang,
    )
    parts = tuple(segments(entry.title, text))
    claimed = [
        Statement(evidence=each, kind=None, sentence=(-1, 0, number), order=(3, number))
        for number, each in enumerate(claims(entry, publisher=publisher, lexicon=lexicon))
    ]
    told = sorted(_statements(parts, reading), key=lambda each: each.evidence.role not in CITED)
    return resolve((*told[:SHOWN], *claimed[:SHOWN]), publisher.ref)


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """What is the same for all names of one entry. It has no slots, so that it can keep the language."""

    lexicon: Lexicon
    publisher: Publisher
    head: str
    claim: str | None

    @cached_property
    def lang(self) -> str:
        """The language, guessed when a name first depends on it, as few do."""
        return guess_language(self.head, claim=self.claim)


def _statements(parts: Iterable[Segment], reading: _Reading) -> Iterator[Statement]:
    several = [(segment, spot(reading.lexicon.names, segment, lang=lambda: reading.lang)) for segment in parts]
    since = _other_readings(several)
    sure = _sure(spotted for _, spotted in several)
    for segment, spotted in several:
        names = [hit for hit in spotted.found if _is_meant(hit, (segment.rank, hit.start), since)]
        if names:
            yield from _registered(segment, names, reading, sure=sure)
        yield from _unknown(segment, spotted, reading)


def _registered(
    segment: Segment, names: Iterable[Found], reading: _Reading, *, sure: frozenset[OutletSlug]
) -> Iterator[Statement]:
    hits = place(names, segment, reading.lexicon.around)
    decide(hits, reading.lexicon.book)
    share(hits, reading.lexicon.around)
    hearsay = {hit.sentence for hit in hits if hit.found.spelling.sort is Sort.NEVER and hit.cited}
    for hit in hits:
        if hit.found.spelling.sort is not Sort.NEVER:
            yield from _known(hit, reading, sure=sure, hearsay=hearsay)


def _other_readings(several: Iterable[tuple[Segment, Spotted]]) -> dict[str, tuple[int, int]]:
    """From where on a spelling means something else in this text.

    A reading that holds the spelling ("Michael Bloomberg") takes it out from there on, any other from the whole text.
    """
    since: dict[str, tuple[int, int]] = {}
    for segment, spotted in several:
        for hit in spotted.found:
            if hit.spelling.sort is Sort.READING:
                inside = hit.spelling.about in hit.spelling.text
                since.setdefault(hit.spelling.about, (segment.rank, hit.start) if inside else (-1, 0))
    return since


def _is_meant(hit: Found, order: tuple[int, int], since: Mapping[str, tuple[int, int]]) -> bool:
    return hit.spelling.sort is not Sort.READING and order < since.get(hit.spelling.text, (9, 0))


def _sure(several: Iterable[Spotted]) -> frozenset[OutletSlug]:
    """Outlets that the text names by a spelling of their own."""
    return frozenset(hit.spelling.slugs[0] for each in several for hit in each.found if len(hit.spelling.slugs) == 1)


def _known(
    hit: Hit, reading: _Reading, *, sure: frozenset[OutletSlug], hearsay: set[tuple[int, int, int]]
) -> Iterator[Statement]:
    spelling = hit.found.spelling
    if hit.cue is None and spelling.needs_cue:
        return
    outlet = _which(spelling.slugs, reading, sure)
    if outlet is not None and outlet.kind == "photo" and hit.cue is not None and hit.cue.kind in _PICTURED:
        hit.cue = replace(hit.cue, role=Role.PHOTO, kind=CueKind.PHOTO)
    ref = outlet.ref if outlet else OutletRef(slug=None, name=spelling.text)
    yield _statement(hit, ref, reading, hearsay=hit.sentence in hearsay)


def _which(slugs: tuple[OutletSlug, ...], reading: _Reading, sure: frozenset[OutletSlug]) -> Outlet | None:
    """Which of the outlets that share a spelling is meant; None if that cannot be told."""
    outlets = [outlet for slug in slugs if (outlet := reading.lexicon.get(slug)) is not None]
    for test in (
        lambda outlet: outlet.slug in sure,
        lambda outlet: outlet.slug == reading.publisher.ref.slug,
        lambda outlet: outlet.country == reading.publisher.country,
        lambda outlet: reading.lang in outlet.languages,
    ):
        if len(outlets) == 1:
            break
        outlets = [outlet for outlet in outlets if test(outlet)] or outlets
    return outlets[0] if len(outlets) == 1 else None


def _unknown(segment: Segment, spotted: Spotted, reading: _Reading) -> Iterator[Statement]:
    vouched = dict(candidates(segment, reading.lexicon, spotted))
    if not vouched:
        return
    hits = place(vouched, segment, reading.lexicon.around)
    decide(hits, reading.lexicon.book)
    for hit in hits:
        if hit.cue is not None and hit.cited and hit.weight >= STRANGE and (hit.cue.open or vouched[hit.found]):
            ref = OutletRef(slug=None, name=hit.found.spelling.text)
            if not reading.publisher.is_self(ref):
                yield _statement(hit, ref, reading, hearsay=False)


def _statement(hit: Hit, ref: OutletRef, reading: _Reading, *, hearsay: bool) -> Statement:
    own = reading.publisher.is_self(ref, written=hit.found.spelling.text)
    cue = None if own else hit.cue
    segment = hit.segment
    start, end = segment.place(hit.start), segment.place(hit.end)
    evidence = Evidence(
        outlet=ref,
        role=cue.role if cue else Role.MENTION,
        rule=cue.rule if cue else "self" if own else "name",
        field=segment.part,
        start=start,
        end=end,
        name_start=segment.place(hit.found.start),
        name_end=segment.place(hit.found.end),
        words=segment.raw[hit.start : hit.end],
        weight=hit.weight if cue else 0.0,
    )
    return Statement(evidence=evidence, kind=_kind(cue), sentence=hit.sentence, order=hit.order, hearsay=hearsay)


def _kind(cue: Cue | None) -> CueKind | None:
    return cue.kind if cue else None
