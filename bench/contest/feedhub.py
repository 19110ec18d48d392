"""feedhub, every step and the commit, as its poller runs it; publishing is no part of a poll and is done apart."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.contest.worker import Worker, obey
from bench.origin import PORT, host, url
from feedhub.adapters.seed import plant
from feedhub.logs import set_up_logs
from feedhub.wiring import House

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
STEP = timedelta(hours=3)
"""From one update to the next: all sources, asked hourly, are due again."""


class Feedhub(Worker):
    """The contestant."""

    name = "feedhub"

    def __init__(self, folder: Path, sources: int) -> None:
        super().__init__([sys.executable, "-m", "bench.contest.feedhub", str(folder), str(sources)])


def prepare(root: Path, sources: int) -> dict[str, str]:
    """A project with these sources; gives its environment."""
    plant(root, with_sources=False)
    outlets = ("reuters", "tass", "efe", "aa", "report")
    document = "".join(
        f'[sources.s{n}]\nurl = "{url(n)}"\noutlet = "{outlets[n % 5]}"\nevery = "1h"\n' for n in range(sources)
    )
    (root / "config" / "sources.toml").write_text(document)
    return {
        "FEEDHUB_NOW": str(root / "now"),
        "FEEDHUB_HTTP__ALLOW_HOSTS": ",".join(f"{host(n)}:{PORT}" for n in range(sources)),
    }


class Poller:
    """The child's side."""

    def __init__(self, root: Path, sources: int) -> None:
        self._sources = sources
        self._now = START
        self._moment = root / "now"
        environ = prepare(root, sources)
        self._moment.write_text(START.isoformat())
        self._house = House(root, environ)
        self._house.desk()
        self._tick = replace(self._house.tick, publish=lambda: (0, 0))

    def update(self) -> int:
        """Tick until nothing is due."""
        polled = 0
        while polls := self._polls():
            polled += polls
        assert polled == self._sources, f"{polled} of {self._sources} sources were polled"
        return polled

    def rest(self) -> str:
        """Publish, and move the clock on."""
        self._now += STEP
        self._moment.write_text(self._now.isoformat())
        self._house.publish()
        return "ready"

    def entries(self) -> int:
        """Stored."""
        with self._house.store.read() as unit:
            return unit.entries.count()

    def close(self) -> None:
        """End its children."""
        self._house.close()

    def _polls(self) -> int:
        ticked = self._tick()
        assert not ticked.fault, ticked.fault
        faults = [polled.fault for polled in ticked.polls if polled.fault]
        assert not faults, faults[:3]
        return len(ticked.polls)


def main() -> None:
    """Be the child."""
    set_up_logs(level="error", as_json=False)
    poller = Poller(Path(sys.argv[1]), int(sys.argv[2]))
    obey({"update": poller.update, "rest": poller.rest, "entries": poller.entries})
    poller.close()


if __name__ == "__main__":
    main()
