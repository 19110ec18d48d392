"""lemon24/reader, a Python library that fetches, parses and stores feeds: `update_feeds` on a database file."""

import subprocess
import sys
from pathlib import Path

from bench.contest.worker import Worker
from bench.origin import url

ENVIRONMENT = Path("var") / "bench" / "environment"
LOCK = Path(__file__).parent.parent / "requirements.lock"
WORKERS = 4
"""Threads. It is bound by one core whatever the number; of 1, 2, 4, 8 and 16 none beat 4 by more than noise."""


def missing() -> str:
    """Why it cannot take part; empty where it can. The first call makes its environment."""
    python, stamp = ENVIRONMENT / "bin" / "python", ENVIRONMENT / "lock"
    if stamp.is_file() and stamp.read_bytes() == LOCK.read_bytes():
        return ""
    made = [
        [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)],
        [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)],
    ]
    for command in made:
        if subprocess.run(command, check=False).returncode:
            return f"reader is not installed: not measured ({' '.join(command)} failed)"
    stamp.write_bytes(LOCK.read_bytes())
    return ""


class Reader(Worker):
    """The contestant."""

    name = "reader"

    def __init__(self, folder: Path, sources: int) -> None:
        side = Path(__file__).parent / "reader_side.py"
        command = [str(ENVIRONMENT / "bin" / "python"), "-P", str(side), str(folder / "reader.sqlite3"), str(WORKERS)]
        super().__init__(command, first="\n".join([str(sources), *map(url, range(sources))]))
