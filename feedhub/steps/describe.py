"""What rules can ask of a story, gathered from its reports."""

from collections.abc import Iterable, Mapping

from feedhub.model.keys import SourceSlug
from feedhub.model.outlet import OutletRef
from feedhub.model.source import Source
from feedhub.model.story import Report, Telling
from feedhub.model.topic import Subject


def describe(reports: tuple[Report, ...], telling: Telling, *, sources: Mapping[SourceSlug, Source]) -> Subject:
    """The subject of a story: the lead's text, and sources, outlets, languages and tags of every report.

    An editor's tags of a source count for its entries. `origins` is whom the story is credited to, the publisher of
    the lead where nobody else is.
    """
    live = tuple(report for report in reports if not report.withdrawn) or reports
    entries = tuple(report.entry for report in live)
    return Subject(
        title=telling.lead.title,
        text=telling.lead.text,
        sources=frozenset(entry.source for entry in entries),
        outlets=_names(ref for report in live for ref in report.credit.chain),
        origins=_names((telling.credit.originator or telling.credit.publisher,)),
        langs=frozenset(entry.lang.partition("-")[0].lower() for entry in entries if entry.lang),
        tags=frozenset(tag for entry in entries for tag in (*entry.tags, *_tags(sources.get(entry.source)))),
        reports=telling.reports,
        independent=telling.independent,
        folded=next((report.folded for report in live if report.entry is telling.lead), None),
    )


def _tags(source: Source | None) -> tuple[str, ...]:
    return source.tags if source else ()


def _names(refs: Iterable[OutletRef]) -> frozenset[str]:
    return frozenset(name for ref in refs for name in (ref.name, ref.slug or "") if name)
