"""How a source is, in one word."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedhub.model.keys import SourceSlug
from feedhub.model.page import Mood
from feedhub.model.source import SourceState
from feedhub.steps.appraise import CERTAIN, LATE, SIGHTINGS, appraise
from tests.builders import NOW

WELL = SourceState(slug=SourceSlug("a"), url="https://a.example/", due=NOW, last_success=NOW)
MOVED = {"moved_to": "https://b.example/", "moves": SIGHTINGS, "moved_since": NOW - CERTAIN}


@pytest.mark.parametrize(
    ("changes", "mood"),
    [
        ({}, Mood.WELL),
        ({"last_success": None}, Mood.NEW),
        ({"due": NOW - LATE}, Mood.WELL),
        ({"due": NOW - LATE - timedelta(seconds=1)}, Mood.LATE),
        (MOVED, Mood.MOVED),
        (MOVED | {"moves": SIGHTINGS - 1}, Mood.WELL),
        (MOVED | {"moved_since": NOW}, Mood.WELL),
        (MOVED | {"moved_since": None}, Mood.WELL),
        (MOVED | {"failures": 1}, Mood.FAILING),
        ({"gone": True, "failures": 1}, Mood.GONE),
    ],
)
def test_appraise_names_what_wants_an_editor_first(changes: dict[str, object], mood: Mood) -> None:
    """Gone before failing, failing before moved, moved before late."""
    assert appraise(replace(WELL, **changes), NOW) is mood  # type: ignore[arg-type]  # fields of the case's choice


def test_source_whose_host_rests_is_not_late() -> None:
    """It is left alone on purpose."""
    assert appraise(replace(WELL, due=NOW - timedelta(days=1)), NOW, rests=True) is Mood.WELL
