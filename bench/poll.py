"""What a poll costs: unchanged, and with 20 new entries; every step and the commit, the sandbox's children too.

The peer is feedparser with its defaults on the same bytes: what only parsing costs anyone.
"""

import io
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import feedparser

from bench.cpu import tree_seconds
from bench.origin import ENTRIES, feed
from feedhub.adapters.seed import plant
from feedhub.logs import set_up_logs
from feedhub.wiring import House

SOURCES = 100
ROUNDS = 5
PORT = 8799


def main() -> None:
    """Five rounds in turn: all sources with new entries, all unchanged, and the peer."""
    set_up_logs(level="error", as_json=False)
    server = subprocess.Popen([sys.executable, "-m", "bench.origin", str(PORT)])
    with tempfile.TemporaryDirectory() as folder:
        try:
            _wait()
            _run(Path(folder))
        finally:
            server.terminate()
            server.wait()


def _run(root: Path) -> None:
    plant(root, with_sources=False)
    sources = "".join(
        f'[sources.s{n}]\nurl = "http://127.0.0.1:{PORT}/{n}/feed"\noutlet = "reuters"\n' for n in range(SOURCES)
    )
    (root / "config" / "sources.toml").write_text(sources)
    moment = root / "now"
    environ = {
        "FEEDHUB_NOW": str(moment),
        "FEEDHUB_HTTP__ALLOW_HOSTS": f"127.0.0.1:{PORT}",
        "FEEDHUB_POLLING__PER_HOST": "8",
    }
    moment.write_text("2026-03-02T10:00:00Z")
    house = House(root, environ)
    _drain(house)
    print(f"{'round':>5} {'unchanged':>12} {'20 new':>12} {'feedparser on the 20':>22}   (ms CPU a source)")
    for number in range(ROUNDS):
        moment.write_text(f"2026-03-02T{11 + 2 * number}:00:00Z")
        unchanged = _cost(house)
        urllib.request.urlopen(f"http://127.0.0.1:{PORT}/advance").read()
        moment.write_text(f"2026-03-02T{12 + 2 * number}:00:00Z")
        fresh = _cost(house)
        peer = _peer(number)
        print(f"{number + 1:>5} {unchanged:>12.2f} {fresh:>12.2f} {peer:>22.2f}   {fresh / peer:.2f}x the peer")
    house.close()


def _wait() -> None:
    for _ in range(100):
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/0/feed").read()
            return
        time.sleep(0.05)


def _cost(house: House) -> float:
    """Milliseconds of CPU a source, over one drain of all sources. Publishing is not part of a poll."""
    start = tree_seconds()
    polled = _drain(house)
    assert polled == SOURCES, f"{polled} of {SOURCES} sources were polled"
    return (tree_seconds() - start) * 1000 / SOURCES


def _drain(house: House) -> int:
    polled = 0
    tick = replace(house.tick, publish=lambda: (0, 0))
    while True:
        ticked = tick()
        assert not ticked.fault, ticked.fault
        polls = ticked.polls
        if not polls:
            return polled
        assert not [poll.fault for poll in polls if poll.fault], polls
        polled += len(polls)


def _peer(generation: int) -> float:
    bodies = [feed(str(n), generation + 2) for n in range(10)]
    start = time.process_time()
    for body in bodies:
        assert len(feedparser.parse(io.BytesIO(body)).entries) == ENTRIES
    return (time.process_time() - start) * 1000 / len(bodies)
