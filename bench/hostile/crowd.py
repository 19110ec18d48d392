"""What 20 good sources feel of five hostile ones beside them.

One drips, one hangs, one is a bomb, one has 10,000 items, one kills parsers (bench/hostile/origin.py); each is asked as
often as the good ones.

The poller runs as it does in service, on the machine's own clock, with its shipped settings but these: every source is
asked every 10 s, and stories need not settle. First alone with the good ones, then with the hostile ones too, for so
many seconds each. The good feeds get a new entry every 10 s.

How to read it: `stored` is from the moment at which a good source was due to the moment at which its poll is in the
database, `shown` to that at which its new story is in the feeds, in seconds; the tick of 5 s is part of both, waiting
for it included. What the hostile ones cost is the difference of the two lines; floor and aim are held against that of
the longest delay.
"""

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench.hostile import origin as bad
from bench.origin import PORT, Origin, host, url
from bench.table import Size, judged, print_table
from feedhub.adapters.seed import plant

GOOD = 20
EVERY = 10
LOOK = 0.02
FLOOR, AIM = 5.0, 1.0

_SOURCES = "SELECT slug, due, last_poll FROM source WHERE slug LIKE 'good%'"
_SHOWN = """SELECT entry.id, entry.source FROM entry JOIN story ON story.key = entry.story
            WHERE entry.source LIKE 'good%' AND entry.id > ? AND story.ranked IS NOT NULL ORDER BY entry.id"""
_HARM = "SELECT slug, entries, fault FROM source WHERE slug LIKE 'bad%' ORDER BY slug"


class Delays:
    """Seconds from due to stored, and to shown, of the good sources' polls."""

    def __init__(self) -> None:
        self.stored: list[float] = []
        self.shown: list[float] = []
        self._rows: dict[str, tuple[float, int]] = {}
        self._was_due: dict[str, float] = {}

    def see(self, slug: str, *, due: float, polled: int, now: float) -> None:
        """Take in a source's row as it stands now: when it is due next, when it was polled last."""
        before = self._rows.get(slug)
        if before and before[1] != polled:
            self._was_due[slug] = before[0]
            self.stored.append(now - before[0])
        self._rows[slug] = due, polled

    def show(self, slug: str, now: float) -> None:
        """Take in that a new entry of a source is shown."""
        if slug in self._was_due:
            self.shown.append(now - self._was_due[slug])


def main(size: Size) -> None:
    """Without, then with."""
    seconds = size.pick(120, 40)
    with Origin(GOOD) as origin, _bad_origin():
        alone = _delays(origin, hostile=0, seconds=seconds)
        beside = _delays(origin, hostile=len(bad.KINDS), seconds=seconds)
    rows = [(f"{name}, {what}", *_figures(values)) for name, what, values in _lines(alone, beside)]
    print_table((f"{GOOD} good sources, every {EVERY} s", "measured", "p50 s", "longest s"), rows)
    more = max(beside.stored) - max(alone.stored)
    late = max(beside.shown) - max(alone.shown)
    print_table(
        ("longest delay more, beside hostile ones", "unit", "feedhub", "floor", "aim", ""),
        [
            ("stored", "s", *judged(more, floor=FLOOR, aim=AIM)),
            ("shown", "s", *judged(late, floor=FLOOR, aim=AIM)),
        ],
    )


def _lines(alone: Delays, beside: Delays) -> Iterator[tuple[str, str, list[float]]]:
    for name, delays in (("alone", alone), ("beside hostile ones", beside)):
        yield name, "stored", delays.stored
        yield name, "shown", delays.shown


def _figures(values: list[float]) -> tuple[str, str, str]:
    order = sorted(values)
    return str(len(order)), f"{order[len(order) // 2]:.2f}", f"{order[-1]:.2f}"


@contextmanager
def _bad_origin() -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", "bench.hostile.origin"], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n", "the hostile origin did not start: is another one running?"
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _delays(origin: Origin, *, hostile: int, seconds: float) -> Delays:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        _write_project(root, hostile)
        poller = subprocess.Popen([sys.executable, "-m", "feedhub", "-C", str(root), "poller"])
        try:
            database = root / "var" / "feedhub.sqlite3"
            _await_first(database, poller)
            delays = _watch(database, origin, seconds)
            _tell_harm(database)
            return delays
        finally:
            poller.terminate()
            poller.wait()


def _write_project(root: Path, hostile: int) -> None:
    plant(root, with_sources=False)
    places = {f"good{number}": url(number) for number in range(GOOD)}
    places |= {f"bad{number}": bad.url(number) for number in range(hostile)}
    sources = "".join(
        f'[sources.{slug}]\nurl = "{place}"\noutlet = "reuters"\nevery = "{EVERY}s"\n' for slug, place in places.items()
    )
    (root / "config" / "sources.toml").write_text(sources)
    hosts = [f"{host(number)}:{PORT}" for number in range(GOOD)]
    hosts += [f"{bad.ADDRESS.format(number=1 + number)}:{bad.PORT}" for number in range(hostile)]
    settings = root / "config" / "feedhub.toml"
    text = settings.read_text()
    for key, value in {
        "allow_hosts": str(hosts).replace("'", '"'),
        "default_every": f'"{EVERY}s"',
        "min_every": f'"{EVERY // 2}s"',
        "settle": '"0s"',
        "level": '"error"',
    }.items():
        lines = [f"{key} = {value}" if line.startswith(f"{key} =") else line for line in text.splitlines()]
        text = "\n".join(lines) + "\n"
    settings.write_text(text)


def _await_first(database: Path, poller: subprocess.Popen[bytes]) -> None:
    """Until every good source has been polled once."""
    until = time.monotonic() + 120
    while time.monotonic() < until and poller.poll() is None:
        if database.exists():
            with closing(_opened(database)) as connection:
                try:
                    rows = connection.execute(_SOURCES).fetchall()
                except sqlite3.OperationalError:  # its tables are being made
                    rows = []
            if len(rows) == GOOD and all(last for _, _, last in rows):
                return
        time.sleep(0.1)
    raise TimeoutError("the good sources were not polled: what the poller said stands above")


def _watch(database: Path, origin: Origin, seconds: float) -> Delays:
    """Look every LOOK seconds at what has been stored and what is shown."""
    delays = Delays()
    with closing(_opened(database)) as connection:
        newest = connection.execute("SELECT coalesce(max(id), 0) FROM entry WHERE source LIKE 'good%'").fetchone()[0]
        end, fresh = time.time() + seconds, 0.0
        while (now := time.time()) < end:
            if now >= fresh:
                origin.advance(1)
                fresh = now + EVERY
            for slug, due, last in connection.execute(_SOURCES).fetchall():
                delays.see(slug, due=due / 1e6, polled=last, now=now)
            for newest, slug in connection.execute(_SHOWN, (newest,)).fetchall():  # noqa: B007, B020  # the last one's
                delays.show(slug, now)
            time.sleep(LOOK)
    return delays


def _tell_harm(database: Path) -> None:
    """What became of the hostile ones, so that it can be seen that they did harm."""
    with closing(_opened(database)) as connection:
        for slug, entries, fault in connection.execute(_HARM).fetchall():
            print(f"  {bad.KINDS[int(slug.removeprefix('bad'))]}: {entries:,} entries; {fault or 'no fault'}")


def _opened(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)
