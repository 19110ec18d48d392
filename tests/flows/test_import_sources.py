"""Feeds of an OPML file into the sources document."""

from pathlib import Path

import pytest

from feedhub.errors import ConfigError
from feedhub.flows.import_sources import ImportSources
from feedhub.model.newsroom import DocumentText
from tests.flows.scene import SOURCES, TIDE, Scene, a_scene

OPML = (
    b'<opml version="2.0"><body><outline text="Coast"><outline text="Tide" xmlUrl="https://tide.example/feed/"/>'
    b'<outline text="Mole" xmlUrl="https://mole.example/rss"/><outline text="Again" xmlUrl="http://mole.example/rss"/>'
    b"</outline></body></opml>"
)


def _import(scene: Scene) -> ImportSources:
    return ImportSources(documents=scene.documents, check=scene.reload.check)


def test_plan_tells_new_feeds_from_those_that_are_there(tmp_path: Path) -> None:
    plan = _import(a_scene(tmp_path, sources=SOURCES.replace(TIDE, "https://tide.example/feed/")))(OPML)
    assert [(source.slug, source.url, source.tags) for source in plan.new] == [
        ("mole", "https://mole.example/rss", ("coast",))
    ]
    assert [source.title for source in plan.known] == ["Tide", "Again"]


def test_plan_writes_nothing_and_apply_writes_what_was_planned(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    imports = _import(scene)
    plan = imports(OPML)
    assert scene.documents.texts["sources.toml"] == SOURCES
    imports.apply(plan)
    assert scene.documents.texts["sources.toml"] == plan.document.text
    assert scene.reload.check(scene.documents.read()).newsroom.sources[-1].url == "https://mole.example/rss"


def test_nothing_is_written_that_would_not_check(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    imports = _import(scene)
    plan = imports(OPML)
    scene.documents.write(DocumentText(name="topics.toml", text="[topics"))
    with pytest.raises(ConfigError):
        imports.apply(plan)
    assert scene.documents.texts["sources.toml"] == SOURCES


def test_import_needs_a_sources_document(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    del scene.documents.texts["sources.toml"]
    with pytest.raises(ConfigError, match=r"sources\.toml: does not exist"):
        _import(scene)(OPML)
