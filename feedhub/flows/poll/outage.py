"""Whether it is our own network that is down, as far as this process's polls of the last minutes tell."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from feedhub.model.ending import Ended
from feedhub.model.weather import Weather
from feedhub.ports import Unit
from feedhub.steps.weather import down, heard, pardonable, pardoned
from feedhub.text.hosts import host_of

SOON = timedelta(minutes=5)
"""When those are asked again that were charged with a failure of ours."""

REASON = "in 5 min: our own network seems to be down"


@dataclass(slots=True)
class Outage:
    """The weather of one process. Threads that write it at once may lose a host, of which there are enough."""

    weather: Weather = field(default_factory=Weather)

    def heard(self, ended: Ended, now: datetime) -> bool:
        """Take note of a poll; says whether its failure is one of our own network."""
        if ended.undialled:
            return False
        host = host_of(ended.state.address or ended.state.url)
        self.weather = heard(self.weather, host=host, source=ended.state.slug, reached=not ended.unheard, now=now)
        return ended.unheard and down(self.weather, now)

    def pardon(self, unit: Unit, now: datetime) -> None:
        """Take back what sources and hosts were charged with before it was known to be ours."""
        slugs = pardonable(self.weather)
        if slugs:
            unit.sources.pardon(slugs, due=now + SOON, reason=REASON)
            for host in unit.hosts.get(host for host, last in self.weather.hosts.items() if last.counted).values():
                unit.hosts.save(replace(host, failures=max(host.failures - 1, 0)))
            self.weather = pardoned(self.weather)
