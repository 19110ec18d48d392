"""A contestant as a child process that polls when it is told to, so that starting up is not what is measured."""

import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.processes import tree_megabytes, tree_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one update of all sources took: seconds on the clock, CPU seconds of the process tree."""

    wall: float
    cpu: float


class Worker:
    """The parent's side; see `obey` for the child's."""

    def __init__(self, command: Sequence[str], *, first: str = "") -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        if first:
            self._tell(first)
        else:
            self._answer()

    def update(self) -> Spent:
        """Poll all sources."""
        cpu, start = tree_seconds(self._process.pid), time.perf_counter()
        self._tell("update")
        wall = time.perf_counter() - start
        return Spent(wall=wall, cpu=tree_seconds(self._process.pid) - cpu)

    def rest(self) -> None:
        """Do what is not part of an update."""
        self._tell("rest")

    def entries(self) -> int:
        """How many entries it has stored."""
        return int(self._tell("entries"))

    def megabytes(self) -> float:
        """Memory that it holds now."""
        return tree_megabytes(self._process.pid)

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()

    def _tell(self, order: str) -> str:
        assert self._process.stdin
        self._process.stdin.write(order + "\n")
        return self._answer()

    def _answer(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, "a contestant has ended; what it said stands above"
        return line.strip()


def obey(orders: dict[str, Callable[[], object]]) -> None:
    """Carry out what is asked for on the standard input until it ends."""
    print("ready", flush=True)
    while True:
        try:
            order = input()
        except EOFError:
            return
        print(orders[order](), flush=True)
