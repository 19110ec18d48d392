"""Every feed of an archive of real ones is stored whole, and a second poll finds nothing new in any.

`pytest -s` prints how many entries of each are stored, beside how many items feedparser finds.
"""

import json
import sqlite3
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.archive import PLACE, Feed, Publishers, table, unpacked
from tests.e2e.conftest import planted
from tests.e2e.program import Project

pytestmark = pytest.mark.skipif(not PLACE.exists(), reason="the archive of real feeds is not beside the project")

FEEDS = 145
ITEMS, TWICE, EMPTY = 2615, 2, 2
"""Pinned, for what counts as twice or empty may excuse these and no other."""
LATER = "2026-03-03T12:00:00Z"
"""When every source is due again."""
OF_ASKING = frozenset({"source", "poll", "fact"})
"""Tables that tell when sources were asked and what was swept, and nothing of what they brought."""


@dataclass(frozen=True, kw_only=True)
class Polls:
    """Two polls of all feeds a day apart, what was stored after each, and which requests were conditional."""

    feeds: tuple[Feed, ...]
    first: dict[str, dict[str, Any]]
    second: dict[str, dict[str, Any]]
    entries: Counter[str]
    after_first: dict[str, list[tuple[object, ...]]]
    after_second: dict[str, list[tuple[object, ...]]]
    conditional: dict[str, list[bool]]


@pytest.fixture(scope="module")
def polls(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Polls:
    """Both polls, by the real program."""
    feeds = unpacked(tmp_path_factory.mktemp("feeds"))
    project = planted(template, tmp_path_factory.mktemp("archive") / "project")
    project.measured = False  # thousands of entries: tracing them takes longer than storing them
    with Publishers(feeds) as publishers:
        project.append("sources.toml", publishers.document)
        project.variables |= {
            "FEEDHUB_HTTP__ALLOW_HOSTS": json.dumps([origin.authority for origin in publishers.origins.values()]),
            "FEEDHUB_POLLING__WEBSUB": "false",  # real feeds name real hubs
        }
        first = _poll(project)
        after_first = _stored(project)
        project.variables["FEEDHUB_NOW"] = LATER
        second = _poll(project)
        return Polls(
            feeds=feeds,
            first=first,
            second=second,
            entries=_entries(project),
            after_first=after_first,
            after_second=_stored(project),
            conditional=publishers.conditional,
        )


def test_every_feed_is_polled_without_fault(polls: Polls) -> None:
    """Which is not to say that nothing about them is odd."""
    assert {slug: polled["fault"] for slug, polled in polls.first.items()} == _each(polls, "")
    assert len(polls.first) == FEEDS


def test_as_many_entries_are_stored_of_each_as_feedparser_finds_distinct_items(polls: Polls) -> None:
    """Feed by feed, and no more are excused than are known."""
    rows = [(feed, feed.items(), polls.entries[feed.slug]) for feed in polls.feeds]
    sys.stdout.write(table(rows))
    assert {feed.slug: stored for feed, _, stored in rows} == {feed.slug: items.distinct for feed, items, _ in rows}
    found, twice, empty = (sum(getattr(items, name) for _, items, _ in rows) for name in ("found", "twice", "empty"))
    assert (found, twice, empty) == (ITEMS, TWICE, EMPTY)


def test_second_poll_is_conditional_and_every_feed_unchanged(polls: Polls) -> None:
    """One request a poll, the second with what the first was told."""
    assert polls.conditional == _each(polls, [False, True])
    assert [slug for slug, polled in polls.second.items() if polled["unchanged"]] == list(polls.second)
    assert polls.second.keys() == polls.first.keys()


def test_second_poll_stores_nothing_new(polls: Polls) -> None:
    """No row of what sources brought and of what is published is added, gone or another."""
    moved = {name for name, rows in polls.after_second.items() if rows != polls.after_first[name]}
    assert moved - OF_ASKING == set()
    assert {slug: polled["new"] + polled["changed"] for slug, polled in polls.second.items()} == _each(polls, 0)


def _each(polls: Polls, value: object) -> dict[str, object]:
    return {feed.slug: value for feed in polls.feeds}


def _poll(project: Project) -> dict[str, dict[str, Any]]:
    ended = project.call("poll", "--due", "--once", "--json")
    assert (ended.code, ended.err) == (0, ""), ended
    return {polled["source"]: polled for polled in ended.json}


def _entries(project: Project) -> Counter[str]:
    """How many each source has."""
    return Counter(str(source) for (source,) in _rows(project, "SELECT source FROM entry"))


def _stored(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    tables = _rows(project, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {str(name): _rows(project, f'SELECT * FROM "{name}"') for (name,) in tables}  # noqa: S608  # ours


def _rows(project: Project, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(project.root / "var" / "feedhub.sqlite3")
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()
