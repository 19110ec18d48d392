"""Route stored stories again after the topics have changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from feedhub.model.keys import StoryKey
from feedhub.model.site import Desk
from feedhub.ports import Clock, Store, Unit
from feedhub.steps.describe import describe
from feedhub.steps.route import route
from feedhub.steps.tell import tell

CHUNK = 200
"""Stories in one transaction, so that polls go on between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reroute:
    """The stories of the last `reach` against the topics as they are now; every topic is rendered afterwards."""

    store: Store
    clock: Clock
    desk: Callable[[], Desk]
    reach: timedelta
    limit: int = 20_000

    def __call__(self) -> int:
        """How many stories were routed."""
        with self.store.read() as unit:
            keys = unit.stories.recent(self.clock() - self.reach, self.limit)
        for start in range(0, len(keys), CHUNK):
            with self.store.write() as unit:
                for key in keys[start : start + CHUNK]:
                    self._route(unit, key)
        with self.store.write() as unit:
            unit.renditions.mark([topic.slug for topic, _ in self.desk().topics], self.clock())
        return len(keys)

    def _route(self, unit: Unit, key: StoryKey) -> None:
        reports = unit.stories.reports(key)
        if reports:
            desk = self.desk()
            matches = route(describe(reports, tell(reports), sources=desk.sources), desk.topics)
            unit.stories.set_matches(key, matches, self.clock())
