"""What sources do wrong costs that source its poll, and nobody else anything."""

import gzip
import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import planted
from tests.e2e.news import BRIDGE, item, rss
from tests.e2e.origin import Origin, Script, answer, message, raw
from tests.e2e.program import Project

XML = "Content-Type: application/xml"
TABLES = ("entry", "credit", "story", "placement", "match", "rendition", "revision", "decision", "audit")
LATER = "2026-03-03T12:00:00Z"
"""When every source is due again, however long it was left alone."""

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "mirel">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 20) for i in range(12))
    + b']><rss version="2.0"><channel><title>&m;</title></channel></rss>'
)
DEEP = b'<rss version="2.0"><channel><item><description>' + b"<b>" * 20_000 + b"</description></item></channel></rss>"
BARE = (
    b'<rss version="2.0"><channel><title>Bare</title><link>https://bare.example/</link>'
    b"<item><description>A text without title, link, date and id: the tram to Mirel is late.</description></item>"
    b"<item></item></channel></rss>"
)
HEAVY = rss(*(item(str(number), f"Number {number}", *["a <b>c</b> d"] * 400) for number in range(400)))
"""Costs more than the second of processor time that the tests allow: the process that reads it is ended."""
GOOD = rss(item("bridge", "Bridge opened over the Lissa", *BRIDGE, link="https://mirel.example/bridge"))

BAD: dict[str, Script] = {
    "page": answer(200, "Content-Type: text/html", body=b"<!doctype html><html><body><h1>Welcome</h1></body></html>"),
    "empty": answer(200, XML, body=b""),
    "cut": raw(message(200, XML, "Content-Length: 5000", body=GOOD[:300])),
    "huge": answer(200, XML, body=GOOD + b" " * 20_000_000),
    "garbage": answer(200, XML, "Content-Encoding: gzip", body=b"\x1f\x8b\x08\x00" + b"not deflated at all" * 9),
    "packed-bomb": answer(200, XML, "Content-Encoding: gzip", body=gzip.compress(b" " * 30_000_000)),
    "bomb": answer(200, XML, body=BOMB),
    "heavy": answer(200, XML, body=HEAVY),
    "nothing-here": answer(404, body=b"gone fishing"),
}
"""Nothing can be read of these: each is told as a fault of its source."""
FAULTS = {
    "page": "this is a web page, not a feed; look on the site for the address of its RSS or Atom feed and use that",
    "empty": "the body is empty; the publisher's server sent nothing to read",
    "cut": "The reply was cut short: the connection ended before all of it had come.",
    "huge": "The reply is larger than the 10,000,000 bytes that we take.",
    "garbage": "The reply says that it is compressed, but cannot be decompressed.",
    "packed-bomb": "The reply is larger than the 10,000,000 bytes that we take.",
    "bomb": (
        "it declares XML entities of its own, which feedhub refuses because they can be used to harm the reader; the "
        "publisher has to leave the DOCTYPE away"
    ),
    "heavy": "the feed could not be read safely: reading it took more than 1 s of CPU time",
    "nothing-here": ("HTTP 404: nothing is at this address: look on the publisher's site for where the feed is now."),
}
ODD: dict[str, Script] = {
    "deep": answer(200, XML, body=DEEP),
    "broken": answer(200, XML, body=GOOD.replace(b"<description>News", b"<description>News & <views>", 1)),
    "bare": answer(200, XML, body=BARE),
}
"""Of these something can be read."""


@dataclass(frozen=True, kw_only=True)
class Polls:
    """Two polls of all of them, and what was stored after each."""

    project: Project
    first: dict[str, Any]
    second: dict[str, Any]
    after_first: dict[str, list[tuple[object, ...]]]
    after_second: dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def polls(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Polls]:
    """Both polls, a day apart."""
    project = planted(template, tmp_path_factory.mktemp("bad") / "project")
    scripts = {**BAD, **ODD, "good": answer(200, XML, body=GOOD)}
    with ExitStack() as stack:  # each on a host of its own, for hosts that fail are left alone as a whole
        origins = {
            name: stack.enter_context(Origin({"/feed": script}, host=f"127.0.3.{number}"))
            for number, (name, script) in enumerate(scripts.items(), 1)
        }
        tables = (
            f'[sources.{name}]\nurl = "{origin.url("/feed")}"\noutlet = "tass"\n' for name, origin in origins.items()
        )
        project.append("sources.toml", "\n".join(tables))
        allowed = json.dumps([origin.authority for origin in origins.values()])
        project.variables |= {"FEEDHUB_HTTP__ALLOW_HOSTS": allowed, "FEEDHUB_SANDBOX__CPU": "1s"}
        first = _poll(project)
        after_first = _stored(project)
        project.variables["FEEDHUB_NOW"] = LATER
        second = _poll(project)
        yield Polls(
            project=project,
            first=first,
            second=second,
            after_first=after_first,
            after_second=_stored(project),
        )


def test_each_that_cannot_be_read_is_told_as_a_fault_of_its_source(polls: Polls) -> None:
    told = {name: polled["fault"] for name, polled in polls.first.items() if polled["fault"]}
    assert told == FAULTS


def test_the_others_are_read_all_the_same(polls: Polls) -> None:
    new = {name: polled["new"] for name, polled in polls.first.items() if not polled["fault"]}
    assert new == {"good": 1, "broken": 1, "bare": 1, "deep": 0}


def test_what_is_odd_about_a_feed_that_was_read_is_told(polls: Polls) -> None:
    told = {name: [*polls.first[name]["faults"], *polls.first[name]["dropped"]] for name in (*ODD, "good")}
    not_well_formed = "it is not well-formed: it was read as far as that goes"
    left_out = "an item without title, text and link was left out (guid '')"
    assert told == {
        "deep": [not_well_formed, left_out],
        "broken": [not_well_formed],
        "bare": [left_out],
        "good": [],
    }


def test_an_entry_without_title_link_date_and_id_is_published(polls: Polls) -> None:
    assert "the tram to Mirel is late" in polls.project.get("/all.json")


def test_a_second_poll_writes_no_entry_and_changes_no_feed(polls: Polls) -> None:
    assert {table: len(rows) for table, rows in polls.after_first.items() if table in {"entry", "rendition"}} == {
        "entry": 3,
        "rendition": 27,
    }
    assert polls.after_second == polls.after_first
    assert {name: polled["fault"] for name, polled in polls.second.items() if polled["fault"]} == FAULTS


def test_the_status_page_tells_every_fault(polls: Polls) -> None:
    page = unescape(polls.project.get("/status"))
    assert [name for name, fault in FAULTS.items() if fault not in page] == []


def _poll(project: Project) -> dict[str, Any]:
    ended = project.call("poll", "--due", "--once", "--json")
    assert (ended.code, ended.err) == (0, ""), ended
    return {polled["source"]: polled for polled in ended.json}


def _stored(project: Project) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(project.root / "var" / "feedhub.sqlite3")
    try:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}  # noqa: S608  # ours
    finally:
        connection.close()
