"""`feedhub poll` where there is nothing to poll."""

from datetime import UTC, datetime, timedelta

from feedhub.wiring import House
from tests.unit.cli.conftest import Terminal

SOURCE = '[sources.harbour]\nurl = "https://harbour.example/rss"\noutlet = "reuters"\n'
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOTHING = "0 polled, 0 unchanged, 0 new entries, 0 changed, 0 failed\n"


def test_poll_says_that_nothing_was_due(terminal: Terminal) -> None:
    assert terminal.says("poll", "--due", "--once") == (0, NOTHING, "")


def test_poll_names_what_another_process_holds(terminal: Terminal) -> None:
    (terminal.root / "config" / "sources.toml").write_text(SOURCE, encoding="utf-8")
    house = House(terminal.root, {"FEEDHUB_NOW": NOW.isoformat()})
    house.desk()
    with house.store.write() as unit:
        unit.sources.lease(now=NOW, worker="another", span=timedelta(minutes=10), limit=1, per_host=1)
    house.close()
    held = "1 left to another process, or to one that was killed, until 09:10 UTC\n"
    assert terminal.says("poll") == (0, NOTHING + held, "")
