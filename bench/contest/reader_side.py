"""The side of lemon24/reader: runs in the environment of bench/requirements.lock, which has neither feedhub nor bench.

python reader_side.py DATABASE WORKERS < orders        its first line: how many addresses follow, one a line
"""

import sqlite3
import sys

from reader import make_reader

database, workers = sys.argv[1], int(sys.argv[2])
reader = make_reader(database, search_enabled=False)
for _ in range(int(input())):
    reader.add_feed(input())
print("ready", flush=True)


def entries() -> int:
    """Stored. Its own count takes seconds on a full database."""
    connection = sqlite3.connect(database)
    count = connection.execute("SELECT count(*) FROM entries").fetchone()[0]
    connection.close()
    return count


def update() -> str:
    """All feeds, whether or not its own schedule has them due."""
    reader.update_feeds(scheduled=False, workers=workers)
    broken = [feed.url for feed in reader.get_feeds(broken=True)]
    assert not broken, broken[:3]
    return "done"


for order in sys.stdin:
    print({"update": update, "entries": entries, "rest": lambda: "ready"}[order.strip()](), flush=True)
