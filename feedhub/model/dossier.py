"""A story with all that belongs to it, as it is read and written when its reports change."""

from dataclasses import dataclass

from feedhub.model.story import Report, Story
from feedhub.model.topic import Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A story, its reports by the time they were seen, and the topics it is in, by slug."""

    story: Story
    reports: tuple[Report, ...]
    matches: tuple[Match, ...]
