"""When a source is asked next, in words."""

from datetime import timedelta

import pytest

from feedhub.model.keys import SourceSlug
from feedhub.model.source import HostState, SourceState
from feedhub.text.next_poll import tell_next
from tests.builders import NOW

MINUTE = timedelta(minutes=1)
REASON = "in 7 min: publishes 4/h, asks for 5 min"


def _state(due: timedelta, reason: str = REASON, *, gone: bool = False) -> SourceState:
    return SourceState(slug=SourceSlug("a"), url="https://a.example/", due=NOW + due, next_reason=reason, gone=gone)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (_state(5 * MINUTE), "in 5 min: publishes 4/h, asks for 5 min"),
        (_state(0 * MINUTE), "now"),
        (_state(-MINUTE), "now"),
        (_state(5 * MINUTE, ""), "in 5 min"),
        (_state(5 * MINUTE, "in 7 min"), "in 5 min"),
        (_state(9 * MINUTE, "at 09:09 UTC: wants to be left alone"), "at 09:09 UTC: wants to be left alone"),
        (
            _state(MINUTE, "not again: the publisher says that it is gone", gone=True),
            "not again: the publisher says that it is gone",
        ),
        (_state(MINUTE, "", gone=True), "not again"),
    ],
)
def test_next_is_told_as_it_is_now(state: SourceState, told: str) -> None:
    """Whatever it was when the reason was written."""
    assert tell_next(state, NOW) == told


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (8 * MINUTE, "in 8 min: it asks for it"),
        (4 * MINUTE, "in 5 min: publishes 4/h, asks for 5 min"),
        (None, "in 5 min: publishes 4/h, asks for 5 min"),
    ],
)
def test_host_that_rests_for_longer_is_what_counts(until: timedelta | None, told: str) -> None:
    """One that is up again before the source is due changes nothing."""
    rests = HostState(host="a.example", until=None if until is None else NOW + until, reason="it asks for it")
    assert tell_next(_state(5 * MINUTE), NOW, rests=rests) == told
