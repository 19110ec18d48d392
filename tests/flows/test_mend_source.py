"""What an editor can do for one source, and what the page of one shows."""

from dataclasses import replace
from pathlib import Path

import pytest

from feedhub.errors import ConfigError, NotFoundError
from feedhub.flows.mend_source import MendSource
from feedhub.flows.show_source import ShowSource
from feedhub.model.fetching import Gone
from feedhub.model.keys import SourceSlug
from feedhub.model.page import Mood
from feedhub.model.source import HostState, PollLine
from tests.builders import NOW
from tests.flows.scene import SOURCES, TIDE, WIRE, Scene, a_scene

WIRE_SLUG = SourceSlug("wire")
NEW = "https://new.example/feed"


def _mend(scene: Scene) -> MendSource:
    return MendSource(store=scene.store, documents=scene.documents, check=scene.reload.check, clock=scene.clock)


def _show(scene: Scene) -> ShowSource:
    return ShowSource(store=scene.store, newsroom=lambda: scene.reload.desk().newsroom, clock=scene.clock)


def _moved(scene: Scene) -> None:
    scene.reload.desk()
    state = replace(scene.state("wire"), moved_to=NEW, moves=3)
    with scene.store.write() as unit:
        unit.sources.save(state, fence=state.fence, line=PollLine(at=NOW))


def test_source_that_was_gone_is_asked_again(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.fetcher.answers[TIDE] = Gone(millis=1)
    scene.tick()
    scene.answer(TIDE)
    _mend(scene).resume(SourceSlug("tide"))
    assert ("tide" in {polled.source for polled in scene.tick().polls}, scene.state("tide").gone) == (True, False)


def test_source_that_is_none_is_not_resumed(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    with pytest.raises(NotFoundError):
        _mend(scene).resume(SourceSlug("nobody"))


def test_move_that_an_editor_confirms_is_one_line_of_a_document(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _moved(scene)
    assert _mend(scene).follow(WIRE_SLUG) == NEW
    assert scene.documents.texts["sources.toml"] == SOURCES.replace(WIRE, NEW)
    scene.tick()
    assert scene.fetcher.asked[-1].url == NEW or NEW in [ask.url for ask in scene.fetcher.asked]


def test_source_that_has_not_moved_is_not_followed(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    for slug in ("wire", "nobody"):
        with pytest.raises(NotFoundError):
            _mend(scene).follow(SourceSlug(slug))


def test_source_that_no_document_defines_any_more_is_told(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _moved(scene)
    scene.documents.texts["sources.toml"] = SOURCES.replace("sources.wire", "sources.other")
    with pytest.raises(ConfigError, match="no document defines wire"):
        _mend(scene).follow(WIRE_SLUG)


def test_source_is_shown_with_its_polls_and_the_rest_of_its_host(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.tick()
    page = _show(scene)(WIRE_SLUG)
    assert (page.line.outlet, page.line.mood, [poll.status for poll in page.history]) == (
        "Harbour Wire",
        Mood.FAILING,
        [404],
    )
    rest = HostState(host="wire.example", until=scene.clock().replace(hour=23), reason="it asks for it")
    with scene.store.write() as unit:
        unit.hosts.save(rest)
    assert _show(scene)(WIRE_SLUG).line.next == "in 14 h: it asks for it"


def test_source_that_is_none_cannot_be_shown(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    with pytest.raises(NotFoundError):
        _show(scene)(SourceSlug("nobody"))
