"""What is remembered of polls and their items, on each database."""

from dataclasses import replace

from feedhub.adapters.store import SqlStore
from feedhub.model.keys import SourceSlug
from feedhub.model.source import PollLine
from tests.builders import NOW, a_source
from tests.contract.polling import HARBOUR, LINE, MINUTE, fresh, sync

COAST = SourceSlug("coast")


def test_history_tells_all_of_a_poll(store: SqlStore) -> None:
    """Of one that failed before any answer too."""
    full = PollLine(
        at=NOW,
        status=200,
        wire_bytes=2**40,
        millis=60_000,
        total=50,
        new=3,
        changed=2,
        duplicates=45,
        fault="the body broke off — it will be read again",
    )
    sync(store, a_source(), a_source("coast"))
    with store.write() as unit:
        unit.sources.save(fresh(), fence=0, line=full)
        unit.sources.save(fresh("coast"), fence=0, line=LINE)
    with store.read() as unit:
        assert (unit.sources.history(HARBOUR), unit.sources.history(COAST)) == ((full,), (LINE,))
        assert unit.sources.history(SourceSlug("nowhere")) == ()


def test_history_holds_the_last_fifty_polls_newest_first(store: SqlStore) -> None:
    """In the order of the polls, even where a clock was set back."""
    lines = [replace(LINE, at=NOW - number * MINUTE, total=number) for number in range(60)]
    sync(store, a_source(), a_source("coast"))
    with store.write() as unit:
        unit.sources.save(fresh("coast", due=NOW + MINUTE), fence=0, line=LINE)
        for line in lines:
            [state] = unit.sources.lease(now=NOW, worker="w", span=MINUTE, limit=1, per_host=1)
            unit.sources.save(replace(fresh(), due=NOW - MINUTE), fence=state.fence, line=line)
    with store.read() as unit:
        assert unit.sources.history(HARBOUR) == tuple(reversed(lines[10:]))
        assert unit.sources.history(COAST) == (LINE,)


def test_seen_gives_the_marks_that_were_set_last(store: SqlStore) -> None:
    """Bytes as they are; of another source, or of one that was never read, none."""
    with store.write() as unit:
        unit.sources.set_seen({HARBOUR: b"\x00\xff" * 40_000})
        unit.sources.set_seen({COAST: b"coast"})
        unit.sources.set_seen({COAST: b""})
    with store.read() as unit:
        assert unit.sources.seen(HARBOUR) == b"\x00\xff" * 40_000
        assert (unit.sources.seen(COAST), unit.sources.seen(SourceSlug("nowhere"))) == (b"", b"")
