"""A played day of many sources, each asked hourly: how late they are asked, what that costs, what memory it takes.

The program is the real one (documents, ticks, leases, store, sandbox, publishing); its clock and its network are played
(bench/simulated): the clock runs while anything works and skips what nobody works in, publishers answer by a script.
Rows are set so as if the sources had been polled for long: due one after the other over the hour.

How to read it: `late` is the moment of the request less the moment at which it was due; the tick's own grain of 5 s is
part of it. `core` is the CPU time of the whole process tree over the played time, the script's own included. `memory`
is the tree's at its peak, what processes share counted once (PSS). `loading` is what it takes until documents of so
many sources are in use for the first time. Of 100,000 sources as many hours are played as go into five minutes.
"""

import json
import subprocess
import sys

from bench.simulated.play import Played
from bench.table import Size, judged, print_table

AIMS = {10_000: (60.0, 20.0, 25.0, 10.0, 400.0, 250.0), 100_000: (300.0, 120.0, 0.0, 0.0, 1500.0, 1000.0)}
"""By sources: floor and aim of p99 in s, of the share of a core in %, of memory in MB; 0 where the issue wants none."""


def main(size: Size) -> None:
    """Both numbers of sources."""
    runs = ((10_000, 24.0, size.pick(3000, 60)), (100_000, 24.0, size.pick(300, 60)))
    for sources, hours, seconds in runs:
        _report(_played(sources, hours, seconds))


def _played(sources: int, hours: float, seconds: float) -> Played:
    command = [sys.executable, "-m", "bench.simulated.play", str(sources), str(hours), str(seconds)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Played(**json.loads(answer))


def _report(played: Played) -> None:
    late, late_aim, core, core_aim, memory, memory_aim = AIMS[played.sources]
    rows = [
        ("late, p50", "s", f"{played.late_p50:.1f}", "", "", ""),
        ("late, p99", "s", *judged(played.late_p99, floor=late, aim=late_aim)),
        ("late, most", "s", f"{played.late_max:.1f}", "", "", ""),
        ("core", "%", *judged(played.core * 100, floor=core, aim=core_aim))
        if core
        else ("core", "%", f"{played.core * 100:.1f}", "", "", ""),
        ("memory", "MB", *judged(played.megabytes, floor=memory, aim=memory_aim)),
        ("loading", "s", f"{played.loading:.1f}", "", "", ""),
    ]
    answers = ", ".join(f"{count:,} {name}" for name, count in sorted(played.answers.items()))
    print(f"{played.sources:,} sources hourly, {played.hours:.1f} hours played, {played.polls:,} polls: {answers}")
    print_table(("measure", "unit", "feedhub", "floor", "aim", ""), rows)
