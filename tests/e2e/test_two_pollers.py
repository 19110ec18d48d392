"""More pollers on one PostgreSQL database change nothing but the speed."""

import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.e2e.conftest import planted
from tests.e2e.news import item, rss
from tests.e2e.origin import Origin, Script, Visit, answer
from tests.e2e.program import Project
from tests.stores import a_schema

pytestmark = pytest.mark.postgres

TOWNS = ("Mirel", "Selin", "Orlan", "Lissa", "Tarn", "Vesk")
"""A paper each; every story is told by one of them and carried by all others, with a line of their own."""
TRAMS = """
The council of {town} has bought {count} trams, which are to run from May on every day of the week. They come from a
factory on the coast and cost half of what had been set aside, the treasurer said on Monday after the vote.
"""
ROOF = """
A storm has torn the roof off the market hall of {town} in the night. Nobody was hurt; {count} traders will sell on the
square before the church until the hall has been mended, which takes until the autumn.
"""
TOOLS = """
The library of {town} lends tools from this week on. {count} hammers, saws and drills were given by readers, and
whoever breaks one has to read to children for an afternoon, the librarian told a full room.
"""
STORIES = (TRAMS, ROOF, TOOLS)


class Gate:
    """Lets answers through once two pollers have asked, so that neither is done before the other begins."""

    def __init__(self, wanted: int) -> None:
        self._waiting = threading.Barrier(wanted)
        self._open = threading.Event()

    def before(self, script: Script) -> Script:
        """The script, behind the gate."""

        def gated(visit: Visit) -> bool:
            if not self._open.is_set():
                self._waiting.wait(timeout=30)
                self._open.set()
            return script(visit)

        return gated


@pytest.fixture(scope="module")
def alone(template: Path, tmp_path_factory: pytest.TempPathFactory, postgres: None) -> frozenset[frozenset[str]]:
    """The stories that one poller makes of all papers."""
    project = planted(template, tmp_path_factory.mktemp("alone") / "project")
    with _origins(_papers()) as origins, a_schema() as schema:
        _use(project, origins, schema)
        polled = project.call("poll", "--due", "--once", "--json")
        assert [one["fault"] for one in polled.json] == [""] * len(TOWNS)
        return _stories(schema)


@pytest.fixture
def together(template: Path, tmp_path: Path, postgres: None) -> Iterator[tuple[list[list[str]], str]]:
    """Which sources each of two pollers polled, and where they stored what they found."""
    project = planted(template, tmp_path / "project")
    gate = Gate(4)  # both have claimed two sources and ask for them
    papers = {path: gate.before(script) for path, script in _papers().items()}
    with _origins(papers) as origins, a_schema() as schema:
        _use(project, origins, schema)
        with (
            project.start("poll", "--due", "--once", "--json") as one,
            project.start("poll", "--due", "--once", "--json") as other,
        ):
            ended = [each.ended() for each in (one, other)]
        assert [(each.code, each.err) for each in ended] == [(0, ""), (0, "")]
        assert [polled["fault"] for each in ended for polled in each.json] == [""] * len(TOWNS)
        yield [[polled["source"] for polled in each.json] for each in ended], schema


def test_two_pollers_share_the_sources_and_make_the_stories_that_one_makes(
    alone: frozenset[frozenset[str]], together: tuple[list[list[str]], str]
) -> None:
    shares, schema = together
    assert all(shares)
    assert sorted(shares[0] + shares[1]) == sorted(town.lower() for town in TOWNS)
    assert _stories(schema) == alone
    assert [len(story) for story in alone] == [len(TOWNS)] * len(TOWNS) * len(STORIES)


def _papers() -> dict[str, Script]:
    feeds = {}
    for carrier in TOWNS:
        items = [
            item(f"{town}-{number}", f"{town}: story {number}", _text(town, number, carrier=carrier))
            for town in TOWNS
            for number in range(len(STORIES))
        ]
        feeds[f"/{carrier.lower()}"] = answer(200, "Content-Type: application/xml", body=rss(*items, title=carrier))
    return feeds


def _text(town: str, number: int, *, carrier: str) -> str:
    told = " ".join(STORIES[number].format(town=town, count=3 + 7 * TOWNS.index(town)).split())
    return told if carrier == town else f"{told} This was reported by the {town} Herald."


@contextmanager
def _origins(papers: dict[str, Script]) -> Iterator[dict[str, Origin]]:
    """Each paper on a host of its own: one host is asked by one poller at a time."""
    with ExitStack() as stack:
        yield {
            path: stack.enter_context(Origin({path: script}, host=f"127.0.4.{number}"))
            for number, (path, script) in enumerate(papers.items(), 1)
        }


def _use(project: Project, origins: dict[str, Origin], schema: str) -> None:
    tables = (
        f'[sources.{path[1:]}]\nurl = "{origin.url(path)}"\noutlet = "reuters"\n' for path, origin in origins.items()
    )
    project.append("sources.toml", "\n".join(tables))
    project.variables |= {
        "DATABASE_URL": schema,
        "FEEDHUB_HTTP__ALLOW_HOSTS": json.dumps([origin.authority for origin in origins.values()]),
        "FEEDHUB_POLLING__BATCH": "2",
    }


def _stories(schema: str) -> frozenset[frozenset[str]]:
    """Every story as the entries that tell it."""
    with psycopg.connect(schema) as connection:
        rows = connection.execute("SELECT story, source || ' ' || guid FROM entry").fetchall()
    stories: defaultdict[str, set[str]] = defaultdict(set)
    for story, entry in rows:
        stories[story].add(entry)
    return frozenset(map(frozenset, stories.values()))
