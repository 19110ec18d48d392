"""CPU and memory of a process and of all that descend from it, as Linux counts them."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
LOOK = 0.5
"""Seconds between two looks at memory."""


def tree_seconds(root: int) -> float:
    """User and system time of the tree, in seconds, ended children among it; a clock tick (10 ms) is the grain."""
    return sum(spent for _, spent in _tree(root))


def tree_megabytes(root: int) -> float:
    """Memory of the tree, in MB of 10^6 bytes: what processes share is counted once (PSS)."""
    return sum(_proportional(pid) for pid, _ in _tree(root)) / 1000


@contextmanager
def peak_megabytes(root: int) -> Iterator[list[float]]:
    """A list of one number: the most memory that the tree has had since, seen twice a second."""
    peak, stop = [tree_megabytes(root)], threading.Event()

    def look() -> None:
        while not stop.wait(LOOK):
            peak[0] = max(peak[0], tree_megabytes(root))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield peak
    finally:
        stop.set()
        looking.join()


def _tree(root: int) -> list[tuple[int, float]]:
    """The processes of a tree, each with its CPU seconds."""
    parents, seconds = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, _, rest = stat.read_text().partition(" (")
        except OSError:
            continue
        fields = rest.rpartition(") ")[2].split()
        parents[int(pid)] = int(fields[1])
        seconds[int(pid)] = sum(map(int, fields[11:15])) / TICKS
    return [(pid, spent) for pid, spent in seconds.items() if _descends(pid, parents, root)]


def _descends(pid: int, parents: dict[int, int], root: int) -> bool:
    while pid:
        if pid == root:
            return True
        pid = parents.get(pid, 0)
    return False


def _proportional(pid: int) -> float:
    """Kilobytes of 1000 bytes."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1.024 for line in lines if line.startswith("Pss:")), 0)
