"""One played span in a process of its own: `python -m bench.simulated.play SOURCES HOURS SECONDS` prints a `Played`.

It ends after so many played hours, or after so many seconds of the machine's time if that comes first.
"""

import json
import os
import sys
import tempfile
import time
from array import array
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

from sqlalchemy import Integer, cast, func, update

from bench.processes import peak_megabytes, tree_seconds
from bench.simulated.script import Script, url
from bench.simulated.world import Counted, World
from feedhub.adapters.seed import plant
from feedhub.adapters.store.engine import engines
from feedhub.adapters.store.tables import source
from feedhub.logs import set_up_logs
from feedhub.model.ending import Ended, Unread
from feedhub.model.fetching import Outcome
from feedhub.model.source import SourceState
from feedhub.wiring import House

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOUR = 3600
TICK = timedelta(seconds=5)
"""As shipped (`polling.tick`)."""
_FILE = 20_000
"""Sources in one document: a document has a limit of 8 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What was measured. Times in seconds; `loading`: documents checked and rows made, on the machine's clock."""

    sources: int
    hours: float
    polls: int
    late_p50: float
    late_p99: float
    late_max: float
    core: float
    megabytes: float
    loading: float
    answers: dict[str, int]


class SimulatedHouse(House):
    """A house whose time and network are played."""

    def __init__(self, root: Path, world: World, sources: int) -> None:
        super().__init__(root, {})
        self._world = world
        self._sources = sources

    @cached_property
    def clock(self) -> World:  # type: ignore[override]
        """The played one."""
        return self._world

    @cached_property
    def fetcher(self) -> Script:  # type: ignore[override]
        """The scripted one."""
        return Script(self._world, self._sources)


class Watched:
    """A house whose ticks are watched: how late each source was asked, and what went wrong."""

    def __init__(self, house: SimulatedHouse, world: World) -> None:
        self.late = array("f")
        self._house = house
        self._dispatcher = Counted(house.tick.dispatcher)
        self._tick = replace(house.tick, settle=self._settle, dispatcher=self._dispatcher)
        world.step, world.busy = self._step, self._dispatcher.busy

    def _settle(self, state: SourceState, outcome: Outcome) -> Ended | Unread:
        self.late.append(self._house.fetcher.asked[state.slug] - (state.due - START).total_seconds())
        return self._house.tick.settle(state, outcome)

    def _step(self) -> None:
        """What the poller does at each tick."""
        ticked = self._tick()
        assert not ticked.fault, ticked.fault
        self._house.read_pushes()
        self._house.subscribe()


def play(root: Path, *, sources: int, hours: float, seconds: float) -> Played:
    """Let the poller run on a project of so many sources."""
    loading = _load(root, sources)
    world = World(START, every=TICK)
    house = SimulatedHouse(root, world, sources)
    house.desk()
    watched = Watched(house, world)
    cpu, end = tree_seconds(os.getpid()), time.perf_counter() + seconds
    with peak_megabytes(os.getpid()) as peak:
        while world.seconds() < hours * HOUR and time.perf_counter() < end:
            world.wait(world.seconds() + 60)
    span, spent = world.seconds(), tree_seconds(os.getpid()) - cpu
    house.close()
    order = sorted(watched.late)
    return Played(
        sources=sources,
        hours=span / HOUR,
        polls=len(order),
        late_p50=order[len(order) // 2],
        late_p99=order[len(order) * 99 // 100],
        late_max=order[-1],
        core=spent / span,
        megabytes=peak[0],
        loading=loading,
        answers=dict(house.fetcher.answers),
    )


def _load(root: Path, sources: int) -> float:
    """A project whose sources are in use and look long polled; gives the seconds until documents were in use."""
    _write_documents(root, sources)
    began = time.perf_counter()
    house = SimulatedHouse(root, World(START, every=TICK), sources)
    house.desk()
    loading = time.perf_counter() - began
    house.close()
    _spread(house.settings.storage.database_url, sources)
    return loading


def _write_documents(root: Path, sources: int) -> None:
    plant(root, with_sources=False)
    for first in range(0, sources, _FILE):
        tables = _tables(range(first, min(sources, first + _FILE)))
        (root / "config" / "conf.d" / f"sources{first:06}.toml").write_text("".join(tables))


def _tables(numbers: range) -> Iterator[str]:
    outlets = ("reuters", "tass", "efe", "aa", "report")
    for number in numbers:
        yield f'[sources.s{number}]\nurl = "{url(number)}"\noutlet = "{outlets[number % 5]}"\nevery = "1h"\n'


def _spread(database: str, sources: int) -> None:
    """Make the sources look as if they had long been polled: due one after the other over an hour, known by ETag."""
    number = cast(func.substr(source.c.slug, 2), Integer)
    micros = int(START.timestamp() * 1e6)
    phase = number * (HOUR * 1_000_000) / sources
    before = START - timedelta(hours=1)
    opened = engines(database)
    with opened.writer.begin() as connection:
        connection.execute(
            update(source).values(etag='"0"', last_poll=before, last_success=before, first_success=before, failures=0)
        )
        connection.execute(update(source).values({"due": cast(micros + phase, Integer)}))
    opened.close()


def main() -> None:
    """As the command line says."""
    sources, hours, seconds = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    set_up_logs(level="critical", as_json=False)
    with tempfile.TemporaryDirectory() as folder:
        played = play(Path(folder), sources=sources, hours=hours, seconds=seconds)
    print(json.dumps(asdict(played)))


if __name__ == "__main__":
    main()
