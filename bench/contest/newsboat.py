"""newsboat, a feed reader for terminals written in C++, from the system's packages: `newsboat -x reload`.

It is a program that starts, reloads and ends; starting is part of what is measured, there is no other way.
"""

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

from bench.contest.worker import Spent
from bench.origin import url

SETTINGS = "reload-threads 2\nauto-reload no\n"
"""One thread a core; of 1, 2, 4 and 8 none was faster by more than noise."""


def missing() -> str:
    """Why it cannot take part; empty where it can."""
    return "" if shutil.which("newsboat") else "newsboat is not installed: not measured"


class Newsboat:
    """The contestant."""

    name = "newsboat"

    def __init__(self, folder: Path, sources: int) -> None:
        self._cache = folder / "cache.db"
        (folder / "urls").write_text("".join(f"{url(number)}\n" for number in range(sources)))
        (folder / "settings").write_text(SETTINGS)
        files = ["-u", str(folder / "urls"), "-c", str(self._cache), "-C", str(folder / "settings")]
        self._command = ["newsboat", "-q", *files, "-x", "reload"]
        self._environ = {"HOME": str(folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "dumb"}

    def update(self) -> Spent:
        """Start it, let it reload all, until it has ended."""
        start = time.perf_counter()
        process = subprocess.Popen(self._command, env=self._environ, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"newsboat ended with {process.returncode}"
        return Spent(wall=wall, cpu=usage.ru_utime + usage.ru_stime)

    def rest(self) -> None:
        """Nothing."""

    def entries(self) -> int:
        """How many it has stored."""
        with closing(sqlite3.connect(self._cache)) as connection:
            return int(connection.execute("SELECT count(*) FROM rss_item").fetchone()[0])

    def close(self) -> None:
        """Nothing runs."""
