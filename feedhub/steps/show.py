"""What feeds will show of a story: fixed at publication, moved afterwards only for a correction."""

from dataclasses import replace
from datetime import datetime, timedelta

from feedhub.model.entry import Entry
from feedhub.model.outlet import OutletRef, Outlets
from feedhub.model.site import Desk
from feedhub.model.source import Source, SourceState
from feedhub.model.story import Report, Shown, Telling

REACH = timedelta(hours=48)
"""How far before it was first seen an entry may rank, so that a back-dated item does not sink unseen."""

_UNKNOWN = "summary"


def show(
    telling: Telling, reports: tuple[Report, ...], *, source_title: str, source_url: str, rights: str, now: datetime
) -> Shown:
    """The story as feeds will carry it from `now` on.

    `source_title` and `source_url` are of the lead's source, `rights` says how much of its publisher's text may be
    shown (see `Outlet`).
    """
    lead = telling.lead
    summary, content = _allowed(lead, rights)
    return Shown(
        entry=lead.key,
        title=lead.title,
        link=lead.link,
        summary=summary,
        content=content,
        lang=lead.lang,
        authors=lead.authors,
        tags=lead.tags,
        media=lead.media,
        published=min(lead.published or lead.seen, lead.seen),
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


def show_at(
    desk: Desk, telling: Telling, reports: tuple[Report, ...], *, state: SourceState | None, now: datetime
) -> Shown:
    """The same, as a newsroom's documents want it; `state` is that of the lead's source."""
    publisher = telling.credit.publisher
    return show(
        telling,
        reports,
        source_title=title_of(desk.sources.get(telling.lead.source), state, publisher=publisher),
        source_url=state.url if state else "",
        rights=rights_of(publisher, desk.newsroom.outlets),
        now=now,
    )


def correct(shown: Shown, lead: Entry, *, rights: str, now: datetime) -> Shown:
    """The same story with the words that its lead has now, and a line that says so where the headline is another."""
    summary, content = _allowed(lead, rights)
    worded = replace(shown, title=lead.title, link=lead.link, summary=summary, content=content)
    if worded == shown:
        return shown
    if lead.title == shown.title:
        return replace(worded, updated=now)
    note = f"Corrected: {shown.publisher.name} changed the headline, before: {shown.title}"
    return replace(worded, updated=now, note=note)


def succeed(shown: Shown, other: Shown) -> Shown:
    """The same story by another of its reports, in its old place, after its lead was withdrawn."""
    return replace(other, ranked=shown.ranked, note=f"Corrected: {shown.publisher.name} withdrew its report")


def rights_of(publisher: OutletRef, outlets: Outlets) -> str:
    """How much of a publisher's text may be shown; a summary, as for most, where the registry does not know it."""
    outlet = outlets.by_slug.get(publisher.slug) if publisher.slug else None
    return outlet.rights if outlet else _UNKNOWN


def title_of(source: Source | None, state: SourceState | None, *, publisher: OutletRef) -> str:
    """What a source is called: by the editor, else by itself, else as its publisher."""
    return (source and source.title) or (state and state.title) or publisher.name


def ranked(entry: Entry) -> datetime:
    """The date an entry ranks by: as published, but within the 48 h before it was first seen."""
    return max(entry.seen - REACH, min(entry.published or entry.seen, entry.seen))


def _allowed(lead: Entry, rights: str) -> tuple[str, str]:
    """Summary and content, as far as they may be shown."""
    return "" if rights == "headline" else lead.summary, lead.content if rights == "full" else ""


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
