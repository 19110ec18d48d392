"""What follows when the reports of stories have changed: what feeds show of them, and the topics they are in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from feedhub.model.dossier import Dossier
from feedhub.model.entry import Entry
from feedhub.model.keys import EntryKey, StoryKey, TopicSlug
from feedhub.model.site import Desk
from feedhub.model.story import Report, Shown
from feedhub.model.topic import Match
from feedhub.ports import Unit
from feedhub.steps.describe import describe
from feedhub.steps.route import route
from feedhub.steps.show import correct, rights_of, show_at, succeed
from feedhub.steps.tell import tell

Reports = tuple[Report, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """Brings stories up to date, within the transaction of some polls."""

    unit: Unit
    desk: Desk
    now: datetime

    def __call__(self, stories: Iterable[StoryKey], *, edited: Mapping[EntryKey, Entry]) -> None:
        """Correct what is shown where the lead has other words now or was withdrawn, and route the stories again.

        One none of whose reports is left leaves every feed, and comes back with any of them. Of stories that were made
        one, that is brought up to date which is left.
        """
        before = self.unit.stories.dossiers(stories)
        changes = [(one, self._anew(one, edited=edited)) for one in before]
        self.unit.stories.renew(changes, self.now)
        self.unit.renditions.mark({topic for change in changes for topic in _moved(*change)}, self.now)

    def _anew(self, before: Dossier, *, edited: Mapping[EntryKey, Entry]) -> Dossier:
        story = before.story
        if all(report.withdrawn for report in before.reports):
            return replace(before, story=replace(story, withdrawn=self.now, changed=self.now))
        shown = self._shown(before, edited=edited)
        return replace(
            before,
            story=replace(story, shown=shown, withdrawn=None, changed=self.now),
            matches=matches_of(before.reports, self.desk),
        )

    def _shown(self, before: Dossier, *, edited: Mapping[EntryKey, Entry]) -> Shown | None:
        story, shown = before.story, before.story.shown
        if shown is None:
            return None
        if any(report.withdrawn for report in before.reports if report.entry.key == shown.entry):
            return succeed(shown, self._retold(before.reports))
        lead = edited.get(shown.entry)
        if lead is None or (lead.title == shown.title and not story.withdrawn):
            return shown
        return correct(shown, lead, rights=rights_of(shown.publisher, self.desk.newsroom.outlets), now=self.now)

    def _retold(self, reports: Reports) -> Shown:
        telling = tell(reports)
        return show_at(self.desk, telling, reports, state=self.unit.sources.get(telling.lead.source), now=self.now)


def matches_of(reports: Reports, desk: Desk) -> tuple[Match, ...]:
    """The topics that a story of these reports belongs to."""
    return route(describe(reports, tell(reports), sources=desk.sources), desk.topics)


def _moved(before: Dossier, after: Dossier) -> frozenset[TopicSlug]:
    """The topics whose feeds show something else now."""
    was, now = (frozenset(match.topic for match in one.matches) for one in (before, after))
    if after.story.withdrawn:
        return was
    if not after.story.shown:
        return frozenset()
    moved = before.story.withdrawn or after.story.shown != before.story.shown
    return was | now if moved else was ^ now
