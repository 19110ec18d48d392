"""A story by every address it is known under, with its reasons."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from feedhub.errors import NotFoundError
from feedhub.flows.explain import Explain, as_plain
from feedhub.model.credit import Credit, Evidence
from feedhub.model.cue import Role
from feedhub.model.decision import Decision
from feedhub.model.keys import EntryKey
from feedhub.model.story import Comparison, Placement, PlacementKind
from tests.builders import AUTHORITY, NOW, a_credit, a_newsroom, a_site, a_story, ref
from tests.shelf import Shelf, story_key

WIRE = ref("Meridian Wire")
CITED = Credit(
    publisher=ref("Quay Bulletin"),
    originator=WIRE,
    chain=(WIRE, ref("Quay Bulletin")),
    confidence=0.9,
    evidence=(
        Evidence(
            outlet=WIRE,
            role=Role.ORIGINATOR,
            rule="en.reports",
            field="text",
            start=19,
            end=40,
            name_start=19,
            name_end=32,
            words="Meridian Wire reports",
            weight=0.9,
        ),
    ),
)
JOINED = Placement(
    kind=PlacementKind.JOINS,
    story=story_key("1"),
    compared=(
        Comparison(
            story=story_key("1"),
            entry=EntryKey("e"),
            rule="contained",
            verdict="same",
            score=0.95,
            measures=(("containment", 0.95),),
        ),
    ),
)


def _shelf(folder: Path) -> Shelf:
    shelf = Shelf(folder)
    shelf.story("1", "ferries")
    shelf.report(
        "2",
        "1",
        credit=CITED,
        placement=JOINED,
        title="Ferries are back",
        text="The ferry is back, Meridian Wire reports. More boats follow.",
        link="https://quay.example/2?utm_source=rss",
        canonical="https://quay.example/2",
        published=NOW + timedelta(minutes=5),
        seen=NOW + timedelta(minutes=6),
    )
    return shelf


def _explain(shelf: Shelf) -> Explain:
    return Explain(store=shelf.store, newsroom=a_newsroom, site=a_site())


@pytest.mark.parametrize(
    ("address", "guid"),
    [
        ("http://feeds.example/stories/1", "1"),
        ("http://feeds.example/stories/1/?from=mail#reports", "1"),
        ("/stories/1", "1"),
        (" 1 ", "1"),
        (f"tag:{AUTHORITY}:story:1", "1"),
        (f"tag:{AUTHORITY}:entry:2", "2"),
        ("https://quay.example/2?utm_source=rss", "2"),
        ("https://quay.example/2", "2"),
        ("https://www.quay.example/2?utm_campaign=x", "2"),
    ],
)
def test_a_story_is_found_by_any_of_its_addresses(tmp_path: Path, address: str, guid: str) -> None:
    explanation = _explain(_shelf(tmp_path))(address)
    assert (explanation.story.key, explanation.entry.guid) == (story_key("1"), guid)


@pytest.mark.parametrize(
    "address", ["", "https://quay.example/3", "http://[", "tag:x:story:9", "a\x00b", "\ud800", "x" * 5000]
)
def test_an_address_of_nothing_is_not_found(tmp_path: Path, address: str) -> None:
    with pytest.raises(NotFoundError):
        _explain(_shelf(tmp_path))(address)


def test_a_story_that_holds_no_entry_any_more_is_not_found(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with shelf.store.write() as unit:
        unit.stories.save(a_story("9"))
    with pytest.raises(NotFoundError):
        _explain(shelf)("9")


def test_a_story_that_is_not_shown_yet_is_seen_from_its_lead(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with shelf.store.write() as unit:
        unit.stories.save(a_story("9", shown=None))
    shelf.report("1", "9")
    explanation = _explain(shelf)("9")
    assert (explanation.entry.guid, explanation.credit, explanation.topics) == ("1", a_credit(), ())


def test_a_merged_story_is_found_by_its_old_address(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path)
    younger = shelf.story("3")
    with shelf.store.write() as unit:
        unit.stories.merge(story_key("1"), younger, NOW)
    assert _explain(shelf)("http://feeds.example/stories/3").story.key == story_key("1")


def test_the_explanation_as_json_tells_everything(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path)
    with shelf.store.write() as unit:
        unit.book.add_decision(Decision(id=0, kind="lock", subject=story_key("1"), detail="{}", by="ada", at=NOW))
    told = json.loads(json.dumps(as_plain(_explain(shelf)("https://quay.example/2"))))
    assert told["credit"] == {
        "publisher": "Quay Bulletin",
        "originator": "Meridian Wire",
        "chain": ["Meridian Wire", "Quay Bulletin"],
        "confidence": 0.9,
        "by": "text",
        "evidence": [
            {
                "publisher": "Quay Bulletin",
                "outlet": "Meridian Wire",
                "slug": "meridian_wire",
                "role": "originator",
                "rule": "en.reports",
                "field": "text",
                "words": "Meridian Wire reports",
                "weight": 0.9,
                "passage": "The ferry is back, Meridian Wire reports.",
            }
        ],
    }
    assert told["topics"] == [
        {"slug": "ferries", "title": "Ferries", "clause": "ferry", "words": ["ferry"]},
        {"slug": "all", "title": "Caspian Wire", "clause": "", "words": []},
    ]
    assert told["decisions"] == [
        {"kind": "lock", "detail": "{}", "by": "ada", "at": "2026-03-02T09:00:00Z", "undone": None}
    ]
    assert [(one["entry"]["guid"], one["lag"], one["lead"]) for one in told["reports"]] == [
        ("1", 0, True),
        ("2", 900, False),
    ]
    assert told["reports"][1]["placement"] == {
        "kind": "joins",
        "story": story_key("1"),
        "bridged": [],
        "compared": [
            {
                "story": story_key("1"),
                "entry": "e",
                "rule": "contained",
                "verdict": "same",
                "score": 0.95,
                "measures": {"containment": 0.95},
                "note": "",
            }
        ],
    }
