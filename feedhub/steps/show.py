"""What feeds will show of a story: fixed at publication, moved afterwards only for a correction."""

from dataclasses import replace
from datetime import datetime, timedelta

from feedhub.model.entry import Entry
from feedhub.model.outlet import OutletRef
from feedhub.model.story import Report, Shown, Telling

REACH = timedelta(hours=48)
"""How far before it was first seen an entry may rank, so that a back-dated item does not sink unseen."""


def show(telling: Telling, reports: tuple[Report, ...], *, source_title: str, source_url: str, now: datetime) -> Shown:
    """The story as feeds will carry it from `now` on; `source_title` and `source_url` are of the lead's source."""
    lead = telling.lead
    return Shown(
        entry=lead.key,
        title=lead.title,
        link=lead.link,
        summary=lead.summary,
        content=lead.content,
        lang=lead.lang,
        authors=lead.authors,
        tags=lead.tags,
        media=lead.media,
        ranked=ranked(lead),
        updated=now,
        credit=telling.credit,
        publisher=telling.credit.publisher,
        source=lead.source,
        source_title=source_title,
        source_url=source_url,
        origin_link=_origin_link(telling, reports),
        reports=telling.reports,
        independent=telling.independent,
    )


def correct(shown: Shown, lead: Entry, *, now: datetime) -> Shown:
    """The same story after the publisher gave its lead another headline: the new words, and a line that says so."""
    return replace(
        shown,
        title=lead.title,
        link=lead.link,
        summary=lead.summary,
        content=lead.content,
        updated=now,
        note=f"Corrected: {shown.publisher.name} changed the headline, before: {shown.title}",
    )


def ranked(entry: Entry) -> datetime:
    """The date an entry ranks by: as published, but within the 48 h before it was first seen."""
    return max(entry.seen - REACH, min(entry.published or entry.seen, entry.seen))


def _origin_link(telling: Telling, reports: tuple[Report, ...]) -> str:
    """The originator's own article: its report in the story, else the link that the lead gives as its source."""
    origin = telling.credit.originator
    if origin is None or _same(origin, telling.credit.publisher):
        return ""
    own = (report.entry.link for report in reports if not report.withdrawn and _same(report.credit.publisher, origin))
    claimed = (claim.url for claim in telling.lead.origins if claim.kind == "via")
    return next(filter(None, (*own, *claimed)), "")


def _same(one: OutletRef, other: OutletRef) -> bool:
    return one.slug == other.slug if one.slug or other.slug else one.name == other.name
