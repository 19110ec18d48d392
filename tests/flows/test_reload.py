"""Documents taken into use, or refused while the last good ones run on."""

import logging
from pathlib import Path

import pytest

from feedhub.errors import ConfigError
from feedhub.flows.reload import Reload
from feedhub.model.decision import Revision
from feedhub.model.page import DOCUMENT_FAULTS
from feedhub.text.digest import digest
from tests.flows.scene import SOURCES, TIDE, TOPICS, a_scene, an_item
from tests.flows.test_poll import TEXT


def test_first_look_raises_and_writes_nothing_when_a_document_is_wrong(tmp_path: Path) -> None:
    scene = a_scene(tmp_path, topics="[topics.ferries]\ntitle = 3\n")
    with pytest.raises(ConfigError, match=r"topics\.toml:2:\d+"):
        scene.reload.desk()
    with scene.store.read() as unit:
        assert (unit.sources.all(), unit.book.fact(DOCUMENT_FAULTS)) == ((), None)


def test_wrong_document_is_refused_while_the_last_good_one_runs_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    scene = a_scene(tmp_path)
    before = scene.reload.desk()
    scene.documents.texts["topics.toml"] = TOPICS + "[topics.broken\n"
    with caplog.at_level(logging.ERROR):
        assert scene.reload() is False
        assert scene.reload() is False
    assert scene.reload.desk() is before
    with scene.store.read() as unit:
        assert "topics.toml:" in (unit.book.fact(DOCUMENT_FAULTS) or "")
    assert [record.getMessage() for record in caplog.records] == ["document refused, the last good one runs on"]


def test_document_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    scene.documents.texts["topics.toml"] = None
    assert (scene.reload(), scene.reload()) == (False, False)


def test_mended_document_clears_the_fault(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    scene.documents.texts["topics.toml"] = "[topics"
    scene.reload()
    scene.documents.texts["topics.toml"] = TOPICS
    scene.reload()
    with scene.store.read() as unit:
        assert unit.book.fact(DOCUMENT_FAULTS) == ""


def test_unchanged_documents_are_not_judged_again(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    before = scene.reload.desk()
    assert (scene.reload(), scene.reload.desk() is before) == (False, True)


def test_every_accepted_state_is_kept_as_a_revision(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    scene.documents.texts["topics.toml"] = TOPICS + '[topics.more]\ntitle = "More"\nmatch = "more"\n'
    assert scene.reload() is True
    with scene.store.read() as unit:
        latest = unit.book.latest("topics.toml")
    assert latest is not None
    assert latest.text == scene.documents.texts["topics.toml"]


def test_new_topic_takes_in_stories_that_are_there_already(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(TIDE, an_item("1", "Ferry line to open on 4 May", TEXT))
    scene.tick()
    scene.documents.texts["topics.toml"] = TOPICS + '[topics.islands]\ntitle = "Islands"\nmatch = "islands"\n'
    scene.tick()
    assert scene.titles("islands") == ["Ferry line to open on 4 May"]
    assert b"Ferry line" in scene.body("islands")


@pytest.mark.parametrize("before", [TOPICS, TOPICS.replace("ferry", "ferry AND (")], ids=["right", "wrong by now"])
def test_topic_that_came_while_no_process_ran_takes_in_stories_that_are_there_already(
    tmp_path: Path, before: str
) -> None:
    scene = a_scene(tmp_path)
    scene.answer(TIDE, an_item("1", "Ferry line to open on 4 May", TEXT))
    scene.tick()
    with scene.store.write() as unit:
        unit.book.add_revision(
            Revision(document="topics.toml", digest=digest(before), text=before, at=scene.clock(), author="file")
        )
    scene.store.close()
    later = a_scene(tmp_path, topics=TOPICS + '[topics.islands]\ntitle = "Islands"\nmatch = "islands"\n')
    later.tick()
    assert later.titles("islands") == ["Ferry line to open on 4 May"]


def test_stories_are_not_routed_again_when_topics_stayed_as_they_were(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.tick()
    scene.store.close()
    later = a_scene(tmp_path, sources=SOURCES + "# a remark\n")
    routed: list[str] = []
    later.reload.reroute = lambda: routed.append("again")
    later.tick()
    assert routed == []


def test_serving_process_follows_without_writing(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    reload = Reload(texts=scene.reload.texts, check=scene.reload.check, clock=scene.clock)
    reload.desk()
    scene.documents.texts["topics.toml"] = "[topics"
    assert reload() is False
    scene.documents.texts["topics.toml"] = TOPICS + '[topics.more]\ntitle = "More"\nmatch = "more"\n'
    assert reload() is True
    with scene.store.read() as unit:
        assert unit.book.latest("topics.toml") is None


@pytest.mark.parametrize("name", ["topics", "sources"])
def test_emptied_document_is_refused_while_the_service_runs(tmp_path: Path, name: str) -> None:
    scene = a_scene(tmp_path)
    before = scene.reload.desk()
    scene.documents.texts[f"{name}.toml"] = ""
    assert scene.reload() is False
    assert scene.reload.desk() is before
    with scene.store.read() as unit:
        assert f"the documents define no {name} any more" in (unit.book.fact(DOCUMENT_FAULTS) or "")


def test_newsroom_without_topics_may_get_some_and_lose_its_outlets(tmp_path: Path) -> None:
    scene = a_scene(tmp_path, topics="", sources="")
    scene.reload.desk()
    scene.documents.texts["outlets.toml"] = ""
    assert scene.reload() is True
