"""The status page and the health probe."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from feedhub.flows.show_health import ShowHealth
from feedhub.flows.show_status import ShowStatus
from feedhub.model.keys import OutletSlug, SourceSlug, TopicSlug
from feedhub.model.page import DOCUMENT_FAULTS, Mood
from feedhub.model.source import HostState, PollLine, Source
from feedhub.steps.appraise import LATE
from tests.builders import NOW, a_newsroom, a_source
from tests.shelf import LostStore, Shelf


def _poll(shelf: Shelf, sources: tuple[Source, ...], **changes: Mapping[str, object]) -> ShowStatus:
    """Sources that are due at NOW, then changed as if they had been polled."""
    with shelf.store.write() as unit:
        unit.sources.sync(sources, NOW)
        for slug, change in changes.items():
            state = unit.sources.get(SourceSlug(slug))
            assert state is not None
            unit.sources.save(replace(state, **change), fence=state.fence, line=PollLine(at=NOW))  # type: ignore[arg-type]  # as named
    return ShowStatus(store=shelf.store, newsroom=lambda: a_newsroom(sources=sources), clock=lambda: NOW)


def test_sources_in_trouble_stand_first_then_by_name(tmp_path: Path) -> None:
    well = {"last_success": NOW, "last_poll": NOW}
    sources = tuple(a_source(slug, outlet=OutletSlug(slug)) for slug in ("bay", "ash", "cove", "dune", "elm", "fen"))
    show = _poll(
        Shelf(tmp_path),
        sources,
        bay=well,
        ash=well,
        cove=well | {"failures": 2, "fault": "the server answered 500"},
        dune=well | {"gone": True, "failures": 1},
        elm=well | {"due": NOW - LATE - timedelta(seconds=1)},
    )
    assert [(line.state.slug, line.mood) for line in show().sources] == [
        ("dune", Mood.GONE),
        ("cove", Mood.FAILING),
        ("elm", Mood.LATE),
        ("fen", Mood.NEW),
        ("ash", Mood.WELL),
        ("bay", Mood.WELL),
    ]


def test_a_source_is_named_by_its_outlet_or_as_well_as_can_be(tmp_path: Path) -> None:
    sources = (a_source("harbour"), a_source("quay", outlet=OutletSlug("unlisted")), a_source("old"))
    show = _poll(Shelf(tmp_path), sources)
    show = replace(show, newsroom=lambda: a_newsroom(sources=sources[:2]))
    assert {line.state.slug: line.outlet for line in show().sources} == {
        "harbour": "Harbour Post",
        "quay": "unlisted",
        "old": "old",
    }


def test_source_whose_host_rests_is_not_late(tmp_path: Path) -> None:
    sources = (a_source("elm"),)
    shelf = Shelf(tmp_path)
    show = _poll(shelf, sources, elm={"last_success": NOW, "due": NOW - LATE - timedelta(seconds=1)})
    rest = HostState(host="elm.example", until=NOW + timedelta(hours=1), reason="it asks to be left alone for 1 h")
    with shelf.store.write() as unit:
        unit.hosts.save(rest)
    (line,) = show().sources
    assert (line.mood, line.next) == (Mood.WELL, "in 1 h: it asks to be left alone for 1 h")


def test_counts_faults_and_the_last_poll_are_told(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.stories(2)
    with shelf.store.write() as unit:
        unit.book.set_fact(DOCUMENT_FAULTS, "topics.toml:1:1: a\ntopics.toml:2:1: b")
        unit.renditions.mark([TopicSlug("ferries")], NOW)
    page = _poll(shelf, (a_source("harbour"),), harbour={"last_poll": NOW})()
    assert (page.entries, page.stories, page.topics, page.waiting, page.last_poll) == (2, 2, 1, 1, NOW)
    assert page.faults == ("topics.toml:1:1: a", "topics.toml:2:1: b")


def test_an_empty_store_has_a_status(tmp_path: Path) -> None:
    page = ShowStatus(store=Shelf(tmp_path).store, newsroom=a_newsroom, clock=lambda: NOW)()
    assert (page.sources, page.faults, page.last_poll) == ((), (), None)


def test_health_is_whether_the_store_can_be_read(tmp_path: Path) -> None:
    assert (ShowHealth(store=Shelf(tmp_path).store)(), ShowHealth(store=LostStore())()) == (True, False)
