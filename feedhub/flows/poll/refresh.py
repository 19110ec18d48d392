"""What follows when the reports of a story have changed: what feeds show of it, and the topics it is in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from feedhub.model.entry import Entry
from feedhub.model.keys import EntryKey
from feedhub.model.site import Desk
from feedhub.model.story import Report, Shown, Story
from feedhub.model.topic import Match
from feedhub.ports import Unit
from feedhub.steps.describe import describe
from feedhub.steps.route import route
from feedhub.steps.show import correct, rights_of, show, succeed, title_of
from feedhub.steps.tell import tell

Reports = tuple[Report, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """Brings one story up to date, within the transaction of one poll."""

    unit: Unit
    desk: Desk
    now: datetime

    def __call__(self, story: Story, *, edited: Mapping[EntryKey, Entry]) -> None:
        """Correct what is shown where the lead has other words now or was withdrawn, and route the story again.

        One none of whose reports is left leaves every feed, and comes back with any of them.
        """
        reports = self.unit.stories.reports(story.key)
        if all(report.withdrawn for report in reports):
            self._withdraw(story)
        else:
            self._keep(story, reports, edited=edited)

    def _withdraw(self, story: Story) -> None:
        self.unit.stories.save(replace(story, withdrawn=self.now, changed=self.now))
        self.unit.renditions.mark([match.topic for match in self.unit.stories.matches(story.key)], self.now)

    def _keep(self, story: Story, reports: Reports, *, edited: Mapping[EntryKey, Entry]) -> None:
        shown = self._shown(story, reports, edited=edited)
        self.unit.stories.save(replace(story, shown=shown, withdrawn=None, changed=self.now))
        matches = matches_of(reports, self.desk)
        before, after = (
            {match.topic for match in self.unit.stories.matches(story.key)},
            {item.topic for item in matches},
        )
        self.unit.stories.set_matches(story.key, matches, self.now)
        if shown:
            moved = story.withdrawn or shown != story.shown
            self.unit.renditions.mark(before | after if moved else before ^ after, self.now)

    def _shown(self, story: Story, reports: Reports, *, edited: Mapping[EntryKey, Entry]) -> Shown | None:
        shown = story.shown
        if shown is None:
            return None
        if any(report.withdrawn for report in reports if report.entry.key == shown.entry):
            return succeed(shown, self._anew(reports))
        lead = edited.get(shown.entry)
        if lead is None or (lead.title == shown.title and not story.withdrawn):
            return shown
        return correct(shown, lead, rights=rights_of(shown.publisher, self.desk.newsroom.outlets), now=self.now)

    def _anew(self, reports: Reports) -> Shown:
        telling = tell(reports)
        publisher, slug = telling.credit.publisher, telling.lead.source
        state = self.unit.sources.get(slug)
        return show(
            telling,
            reports,
            source_title=title_of(self.desk.sources.get(slug), state, publisher=publisher),
            source_url=state.url if state else "",
            rights=rights_of(publisher, self.desk.newsroom.outlets),
            now=self.now,
        )


def matches_of(reports: Reports, desk: Desk) -> tuple[Match, ...]:
    """The topics that a story of these reports belongs to."""
    return route(describe(reports, tell(reports), sources=desk.sources), desk.topics)
