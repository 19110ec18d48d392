"""feedhub beside lemon24/reader and newsboat: the same feeds, the same machine, turn by turn in one run.

SOURCES feeds of 50 entries stand on as many hosts of one origin. In each round everybody updates three times: when all
50 entries of every feed are new, when nothing is, and when one is; who goes first changes from round to round. What is
printed is the median of the rounds. A round before the first, in which all stores are still empty, is not counted.

How to read it: `cpu` is what the contestant's whole process tree spent, in ms a source; the origin's own is told below
the table. `wall` is seconds for all sources. `ratio` is feedhub over the peer, small is good; beside it stand the floor
and the aim of the issue, and whether they are reached. feedhub finds credits and places stories in that time, the
peers do neither; newsboat starts anew each time, for it has no other way. Publishing is not part of an update.
"""

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Protocol

from bench.contest import newsboat, reader
from bench.contest.feedhub import Feedhub
from bench.contest.newsboat import Newsboat
from bench.contest.reader import Reader
from bench.contest.worker import Spent
from bench.origin import Origin
from bench.table import Size, judged, print_table
from bench.texts import ENTRIES


class Contestant(Protocol):
    """Who takes part."""

    name: str

    def update(self) -> Spent:
        """Poll all sources once."""

    def rest(self) -> None:
        """Get ready for the next update; not measured."""

    def entries(self) -> int:
        """How many entries it has stored."""

    def close(self) -> None:
        """End."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What the issue wants of one measure: feedhub's share of a peer."""

    case: str
    peer: str
    what: str
    floor: float
    aim: float


CASES = {"all new": ENTRIES, "unchanged": 0, "one new": 1}
"""What happens at the origin before each update of a round."""

AIMS = (
    Aim(case="unchanged", peer="reader", what="cpu", floor=1 / 4, aim=1 / 8),
    Aim(case="one new", peer="reader", what="cpu", floor=1 / 12, aim=1 / 30),
    Aim(case="all new", peer="reader", what="wall", floor=1 / 2, aim=1 / 5),
    Aim(case="unchanged", peer="newsboat", what="wall", floor=1, aim=1 / 2),
    Aim(case="one new", peer="newsboat", what="wall", floor=1, aim=1 / 2),
    Aim(case="all new", peer="newsboat", what="wall", floor=1, aim=1 / 2),
)

Times = dict[tuple[str, str], list[Spent]]
"""What was measured, by contestant and case."""


def main(size: Size) -> None:
    """The whole race."""
    sources, rounds = size.pick(1000, 100), size.pick(3, 2)
    times: Times = defaultdict(list)
    with Origin(sources) as origin, _contestants(sources) as contestants:
        expected = ENTRIES * sources
        for number in range(rounds + 1):
            turn = number % len(contestants)
            for case, articles in CASES.items():
                if number or case != "all new":  # what stands there at first is new to all
                    origin.advance(articles)
                    expected += articles * sources
                for contestant in (*contestants[turn:], *contestants[:turn]):
                    spent = contestant.update()
                    contestant.rest()
                    assert contestant.entries() == expected, f"{contestant.name} has not stored {expected} entries"
                    print(f"  round {number}: {case}: {contestant.name}: {spent.wall:.2f} s, {spent.cpu:.2f} s of CPU")
                    if number:
                        times[contestant.name, case].append(spent)
        asked = len(contestants) * len(CASES) * sources * (rounds + 1)
        _report(times, sources=sources)
        print(f"the origin spent {origin.seconds() * 1000 / asked:.2f} ms of CPU a request, making the feeds included")


@contextmanager
def _contestants(sources: int) -> Iterator[list[Contestant]]:
    """All that are here, each with a folder of its own."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as name:
        here: list[Contestant] = []
        for kind, missing in ((Feedhub, ""), (Reader, reader.missing()), (Newsboat, newsboat.missing())):
            if missing:
                print(missing)
                continue
            folder = Path(name) / kind.name
            folder.mkdir()
            here.append(stack.enter_context(closing(kind(folder, sources))))
        yield here


def _report(times: Times, *, sources: int) -> None:
    rows = []
    for aim in AIMS:
        ours, theirs = times[Feedhub.name, aim.case], times[aim.peer, aim.case]
        if theirs:
            mine, other = _median(ours, aim.what, sources), _median(theirs, aim.what, sources)
            unit = "ms CPU a source" if aim.what == "cpu" else "s wall"
            rows.append(
                (
                    f"{sources:,} sources x {ENTRIES}, {aim.case}",
                    unit,
                    f"{mine:.2f}",
                    f"{aim.peer} {other:.2f}",
                    *judged(mine / other, floor=aim.floor, aim=aim.aim, digits=3),
                )
            )
    print_table(("measure", "unit", "feedhub", "peer", "ratio", "floor", "aim", ""), rows)


def _median(spent: list[Spent], what: str, sources: int) -> float:
    return median(one.wall if what == "wall" else one.cpu * 1000 / sources for one in spent)
