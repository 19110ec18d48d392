"""`feedhub sources`."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedhub.model.keys import SourceSlug
from feedhub.model.source import HostState, PollLine
from feedhub.model.websub import Subscription
from feedhub.wiring import House
from tests.unit.cli.conftest import Terminal

SOURCES = "".join(
    f'[sources.{name}]\nurl = "https://{name}.example/rss"\noutlet = "reuters"\n' for name in ("bay", "ash")
)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def polled(terminal: Terminal) -> Terminal:
    """A project of two sources of which one was polled well, and one has moved and fails."""
    (terminal.root / "config" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    house = House(terminal.root, {"FEEDHUB_NOW": NOW.isoformat()})
    house.desk()
    with house.store.write() as unit:
        bay, ash = (unit.sources.get(SourceSlug(name)) for name in ("bay", "ash"))
        assert bay is not None
        assert ash is not None
        well = replace(bay, last_success=NOW - HOUR, due=NOW + HOUR, next_reason="in 2 h: publishes 1/d")
        unit.sources.save(well, fence=bay.fence, line=PollLine(at=NOW - HOUR, status=200, wire_bytes=5120, new=3))
        ill = replace(ash, failures=2, fault="HTTP 500: broken", moved_to="https://new.example/rss", due=NOW)
        unit.sources.save(ill, fence=ash.fence, line=PollLine(at=NOW, fault="HTTP 500: broken"))
        unit.hosts.save(HostState(host="ash.example", failures=3, until=NOW + HOUR, reason="it has failed 3 times"))
        subscription = Subscription(
            source=bay.slug,
            hub="https://hub.example/",
            topic="t",
            token="TOKEN",
            secret="SECRET",
            next_at=NOW,  # none
        )
        unit.subscriptions.save(subscription)
    house.close()
    return terminal


def test_list_names_those_in_trouble_first_and_says_when_next(polled: Terminal) -> None:
    code, out, err = polled.says("sources", "list", FEEDHUB_NOW=NOW.isoformat())
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "ash\tfailing\tnever\tin 1 h: it has failed 3 times",
        "bay\twell\t1 h ago\tin 1 h: publishes 1/d",
    ]


def test_list_is_json_for_programs(polled: Terminal) -> None:
    _, out, _ = polled.says("sources", "list", "--json", FEEDHUB_NOW=NOW.isoformat())
    assert [line["state"]["slug"] for line in json.loads(out)] == ["ash", "bay"]


def test_show_tells_of_one_source_and_its_polls(polled: Terminal) -> None:
    code, out, _ = polled.says("sources", "show", "ash", FEEDHUB_NOW=NOW.isoformat())
    assert code == 0
    for piece in ("fault: HTTP 500: broken", "`feedhub sources follow ash` confirms it", "2026-03-02 09:00:00\t-\t0"):
        assert piece in out


def test_show_tells_of_a_hub_and_keeps_its_secrets(polled: Terminal) -> None:
    _, out, _ = polled.says("sources", "show", "bay", FEEDHUB_NOW=NOW.isoformat())
    assert "hub https://hub.example/: asked" in out
    _, plain, _ = polled.says("sources", "show", "bay", "--json", FEEDHUB_NOW=NOW.isoformat())
    assert json.loads(plain)["history"][0]["new"] == 3
    assert not {"TOKEN", "SECRET"} & set(plain.split('"'))


def test_resume_makes_a_source_due(polled: Terminal) -> None:
    said = polled.says("sources", "resume", "ash", FEEDHUB_NOW=NOW.isoformat())
    assert said == (0, "ash is due now\n", "")


def test_follow_writes_the_new_address(polled: Terminal) -> None:
    said = polled.says("sources", "follow", "ash", FEEDHUB_NOW=NOW.isoformat())
    assert said == (0, "ash is asked at https://new.example/rss from now on\n", "")
    text = (polled.root / "config" / "sources.toml").read_text(encoding="utf-8")
    assert text == SOURCES.replace("https://ash.example/rss", "https://new.example/rss")


@pytest.mark.parametrize("command", ["show", "resume", "follow"])
def test_source_that_is_none_is_told(polled: Terminal, command: str) -> None:
    assert polled.says("sources", command, "nobody", FEEDHUB_NOW=NOW.isoformat())[0] == 4
