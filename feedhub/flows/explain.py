"""Explain a story by any address it is known under: who told it, why it is one, which topics hold it and why."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from feedhub.errors import NotFoundError
from feedhub.model.credit import Credit
from feedhub.model.entry import Entry
from feedhub.model.explanation import Explanation, Proof, Told
from feedhub.model.keys import EntryKey
from feedhub.model.newsroom import Newsroom
from feedhub.model.site import Site
from feedhub.model.story import Comparison, Report, Story
from feedhub.ports import Store, Unit
from feedhub.steps.explain import Stored, explain
from feedhub.steps.render import all_topic
from feedhub.steps.show import ranked
from feedhub.steps.tell import tell
from feedhub.text.mint import ident
from feedhub.text.urls import canonical

LONGEST = 4096
"""Characters of an address; none that we stored is longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explain:
    """Reads what was decided and why; decides nothing anew."""

    store: Store
    newsroom: Callable[[], Newsroom]
    site: Site

    def __call__(self, address: str) -> Explanation:
        """By the address of a story page, a story's key, an entry's key, or an entry's link in any spelling.

        An entry gives its story as seen from that entry, all else the story as seen from its lead.
        Raises NotFoundError.
        """
        address = address.strip()
        if not address or not address.isprintable() or len(address) > LONGEST:
            raise NotFoundError(kind="story", name=address[:80])
        with self.store.read() as unit:
            story, entry = self._find(unit, address)
            reports = unit.stories.reports(story.key) if story else ()
            if story is None or not reports:
                raise NotFoundError(kind="story", name=address)
            return self._explain(unit, story, reports=reports, entry=entry)

    def _find(self, unit: Unit, address: str) -> tuple[Story | None, EntryKey | None]:
        page = canonical(address) if address.startswith(("http://", "https://")) else ""
        entry = unit.entries.find(address, page)
        key = unit.entries.story_of(entry) if entry else None
        if key:
            return unit.stories.get(key), entry
        return unit.stories.resolve(_story_name(address)), None

    def _explain(self, unit: Unit, story: Story, *, reports: tuple[Report, ...], entry: EntryKey | None) -> Explanation:
        telling = tell(reports)
        lead = story.shown.entry if story.shown else telling.lead.key
        by_key = {report.entry.key: report for report in reports}
        report = by_key.get(entry or lead, reports[0])
        decisions = (*unit.book.decisions(story.key), *unit.book.decisions(report.entry.key))
        stored = Stored(
            story=story,
            reports=reports,
            placements=unit.stories.placements(story.key),
            matches=unit.stories.matches(story.key),
            decisions=tuple(sorted(decisions, key=lambda one: (one.at, one.id))),
        )
        credit = story.shown.credit if story.shown and report.entry.key == lead else report.credit
        topics = (*self.newsroom().topics, all_topic(self.site))
        return explain(report.entry, credit, of=stored, telling=telling, topics=topics, ranked=ranked)


def as_plain(explanation: Explanation) -> dict[str, object]:
    """The explanation as JSON can carry it: times in RFC 3339, spans in whole seconds."""
    story = explanation.story
    return {
        "entry": _entry(explanation.entry),
        "credit": _credit(explanation.credit, explanation.proofs),
        "story": {
            "key": story.key,
            "opened": _time(story.opened),
            "publish_at": _time(story.publish_at),
            "title": story.shown.title if story.shown else explanation.lead.title,
            "lead": explanation.lead.key,
            "shown": story.shown is not None,
            "locked": story.locked,
            "withdrawn": _time(story.withdrawn),
            "note": story.shown.note if story.shown else "",
            "reports": explanation.reports,
            "independent": explanation.independent,
        },
        "reports": [_told(told) for told in explanation.told],
        "left_out": explanation.left_out,
        "topics": [
            {"slug": one.topic, "title": one.title, "clause": one.hit.clause, "words": list(one.hit.words)}
            for one in explanation.topics
        ],
        "decisions": [
            {"kind": one.kind, "detail": one.detail, "by": one.by, "at": _time(one.at), "undone": _time(one.undone)}
            for one in explanation.decisions
        ],
    }


def _story_name(address: str) -> str:
    """The last part of a story's key, from the key, from the address of its page, or as it is."""
    if address.startswith("tag:"):
        return ident(EntryKey(address))
    path = address.partition("#")[0].partition("?")[0]
    return path.rstrip("/").rpartition("/")[2]


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "key": entry.key,
        "source": entry.source,
        "guid": entry.guid,
        "title": entry.title,
        "link": entry.link,
        "lang": entry.lang,
        "published": _time(entry.published),
        "seen": _time(entry.seen),
    }


def _credit(credit: Credit, proofs: tuple[Proof, ...]) -> dict[str, object]:
    return {
        "publisher": credit.publisher.name,
        "originator": credit.originator.name if credit.originator else None,
        "chain": [outlet.name for outlet in credit.chain],
        "confidence": credit.confidence,
        "by": credit.by,
        "evidence": [_proof(proof) for proof in proofs],
    }


def _proof(proof: Proof) -> dict[str, object]:
    evidence = proof.evidence
    return {
        "publisher": proof.publisher.name,
        "outlet": evidence.outlet.name,
        "slug": evidence.outlet.slug,
        "role": evidence.role.value,
        "rule": evidence.rule,
        "field": evidence.field,
        "words": evidence.words,
        "weight": evidence.weight,
        "passage": "".join(text for text, _ in proof.pieces),
    }


def _told(told: Told) -> dict[str, object]:
    report = told.report
    return {
        "entry": _entry(report.entry),
        "credit": _credit(report.credit, told.proofs),
        "at": _time(told.at),
        "lag": int(told.lag.total_seconds()),
        "lead": told.lead,
        "withdrawn": report.withdrawn,
        "placement": {
            "kind": told.placement.kind.value,
            "story": told.placement.story,
            "bridged": list(told.placement.bridged),
            "compared": [_comparison(one) for one in told.placement.compared],
        },
    }


def _comparison(one: Comparison) -> dict[str, object]:
    return {
        "story": one.story,
        "entry": one.entry,
        "rule": one.rule,
        "verdict": one.verdict,
        "score": one.score,
        "measures": dict(one.measures),
        "note": one.note,
    }


def _time(when: datetime | None) -> str | None:
    return when.isoformat().replace("+00:00", "Z") if when else None
