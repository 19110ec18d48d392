"""The end of polls: whole batches, rests of hosts, our own outages, moves, and what hubs push."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feedhub.errors import StoreError
from feedhub.flows.poll.ending import ended, trip_of
from feedhub.flows.tick import HANDS
from feedhub.model.ending import Ended, Unread
from feedhub.model.fetching import Accepted, Fetched, Gone, Moved, NotModified, Refused, Validators, Why
from feedhub.model.hints import Hints
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Failed, Polled, Read, Trip, Trouble
from feedhub.model.source import HostState, PollLine, SourceState
from feedhub.model.websub import Push
from feedhub.text.digest import digest
from tests.builders import NOW
from tests.flows.scene import QUAY, TIDE, WIRE, Scene, a_feed, a_scene, an_item, faults, unread

STATE = SourceState(slug=SourceSlug("wire"), url=WIRE, due=NOW, validators=Validators(etag='"1"'))
SILENT = Refused(why=Why.NETWORK, detail="Nothing answers.", millis=7)
HOUR = timedelta(hours=1)
SEVEN = "".join(
    f'[sources.s{number}]\nurl = "https://s{number}.example/feed"\noutlet = "quay"\nevery = "30m"\n'
    for number in range(7)
)


def _fetched(body: bytes, **changes: object) -> Fetched:
    fetched = Fetched(
        body=body, media_type="", charset=None, url=TIDE, validators=Validators(), wire_bytes=len(body), millis=3
    )
    return replace(fetched, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def _host(scene: Scene, host: str) -> HostState | None:
    with scene.store.read() as unit:
        return unit.hosts.get([host]).get(host)


def test_trip_holds_what_the_exchange_tells_of_every_outcome() -> None:
    moved = Moved(url="https://new.example/feed", then=NotModified(validators=Validators(), millis=1, fresh_for=HOUR))
    trips = [trip_of(outcome) for outcome in (_fetched(b"12", fresh_for=HOUR), moved, Gone(millis=2), SILENT)]
    assert trips == [
        Trip(status=200, wire_bytes=2, millis=3, fresh_for=HOUR),
        Trip(status=304, millis=1, fresh_for=HOUR, moved_to="https://new.example/feed"),
        Trip(status=410, millis=2),
        Trip(millis=7),
    ]


def test_answer_of_a_post_is_no_feed() -> None:
    found = ended(STATE, Accepted(status=202, millis=1))
    assert isinstance(found, Ended)
    assert found.ending == Failed(trouble=Trouble.ERROR, fault="the server took the request and sent no feed")
    assert found.trip == Trip(status=202, millis=1)


def test_new_body_wants_to_be_read() -> None:
    fetched = _fetched(b"<rss/>")
    assert ended(STATE, fetched) == Unread(
        state=STATE, fetched=fetched, trip=trip_of(fetched), digest=digest(fetched.body)
    )
    known = replace(STATE, body_digest=digest(fetched.body))
    assert isinstance(ended(known, fetched), Ended)


def test_address_that_is_none_tells_nothing_of_the_network() -> None:
    found = ended(STATE, Refused(why=Why.GUARD, detail="The address is private."))
    assert isinstance(found, Ended)
    assert (found.unheard, found.undialled) == (False, True)


def test_retry_after_of_one_source_is_heeded_for_its_whole_host(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.fetcher.answers[TIDE] = Refused(why=Why.STATUS, detail="busy", status=429, retry_after=timedelta(hours=3))
    scene.tick()
    assert _host(scene, "tide.example") == HostState(
        host="tide.example", until=NOW + timedelta(hours=3), reason="it asks to be left alone for 3 h"
    )


def test_host_that_is_well_again_has_no_row(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.fetcher.answers[TIDE] = Refused(why=Why.STATUS, detail="HTTP 500", status=500)
    scene.tick()
    failing = _host(scene, "tide.example")
    scene.answer(TIDE)
    scene.play(timedelta(hours=2))
    assert (failing, _host(scene, "tide.example")) == (HostState(host="tide.example", failures=1), None)


def test_outage_of_our_own_is_counted_against_nobody(tmp_path: Path) -> None:
    scene = a_scene(tmp_path, sources=SEVEN)
    for number in range(7):
        scene.answer(f"https://s{number}.example/feed")
    scene.tick()
    for number in range(7):
        scene.fetcher.answers[f"https://s{number}.example/feed"] = SILENT
    scene.play()
    states = [scene.state(f"s{number}") for number in range(7)]
    assert [(state.failures, state.deaths) for state in states] == [(0, 0)] * 7
    assert {state.next_reason.partition(": ")[2] for state in states} == {"our own network seems to be down"}
    assert [_host(scene, f"s{number}.example") for number in range(7)] == [None] * 7


def test_after_an_outage_failures_count_again(tmp_path: Path) -> None:
    scene = a_scene(tmp_path, sources=SEVEN)
    for number in range(7):
        scene.fetcher.answers[f"https://s{number}.example/feed"] = SILENT
    scene.tick()
    for number in range(6):
        scene.answer(f"https://s{number}.example/feed")
    scene.play(timedelta(minutes=20))
    scene.play(timedelta(minutes=40))
    assert [bool(scene.state(f"s{number}").failures) for number in range(7)] == [False] * 6 + [True]


def test_batch_tells_whose_lease_was_lost_and_who_was_taken_out(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    lost = replace(scene.state("wire"), fence=7)
    nobody = replace(lost, slug=SourceSlug("nobody"))
    ending = Read(validators=Validators())
    batch = [Ended(state=state, ending=ending, trip=Trip(), done=Polled(source=state.slug)) for state in (lost, nobody)]
    assert [polled.fault for polled in scene.poll.close(batch)] == [
        "another worker has taken this source over",
        "it was taken out of the documents while it was asked",
    ]


def test_every_poll_is_a_line_of_the_history(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(WIRE, an_item("1", "Harbour opens", "The harbour opens."))
    scene.tick()
    scene.play()
    with scene.store.read() as unit:
        second, first = unit.sources.history(SourceSlug("wire"))
    assert (first.status, first.total, first.new, second.status, second.new) == (200, 1, 1, 304, 0)


def test_move_on_the_same_host_is_followed_after_a_day(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    there = "https://wire.example/new"
    scene.fetcher.answers[WIRE] = Moved(url=there, then=_fetched(a_feed(), url=there))
    scene.tick()
    for _ in range(3):
        scene.play(timedelta(hours=25))
    scene.answer(there)
    asked = len(scene.fetcher.asked)
    scene.play(timedelta(hours=25))
    assert there in [ask.url for ask in scene.fetcher.asked[asked:]]
    assert scene.state("wire").address == there


def test_slow_pages_do_not_hold_a_poll_for_ever(tmp_path: Path) -> None:
    scene = a_scene(tmp_path, sources=f'[sources.tide]\nurl = "{TIDE}"\noutlet = "quay"\nfulltext = true\n')
    items = [an_item(str(n), f"Ferry {n}", "Short.", link=f"https://tide.example/{n}") for n in range(3)]
    scene.answer(TIDE, *items)
    for number in range(3):
        scene.fetcher.answers[f"https://tide.example/{number}"] = Refused(
            why=Why.LIMIT, detail="It took too long.", millis=60_001
        )
    scene.tick()
    assert len(scene.fetcher.asked) == 2
    assert len(scene.stories()) == 3


def test_ticks_that_have_their_hands_full_take_no_more(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    full = replace(scene.tick, batch=1, hands={SourceSlug(str(number)) for number in range(HANDS)})
    assert full().polls == ()


def test_what_a_hub_pushed_is_stored_and_moves_nothing_of_the_source(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    for url in (WIRE, TIDE, QUAY):
        scene.answer(url)
    scene.tick()
    before = scene.state("wire")
    polled = scene.poll.push(_push("wire", a_feed(an_item("1", "Harbour opens", "The harbour opens."))))
    assert (polled.new, polled.fault) == (1, "")
    assert replace(scene.state("wire"), entries=0) == before


def test_links_of_a_push_are_those_of_the_address_that_is_polled_now(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    moved = "https://wire.example/new/feed"
    with scene.store.write() as unit:
        state = unit.sources.get(SourceSlug("wire"))
        assert state is not None
        unit.sources.save(replace(state, address=moved), fence=state.fence, line=PollLine(at=NOW))
    said = "<title>Harbour opens</title><link>story</link><guid>1</guid><description>It opens.</description>"
    scene.poll.push(_push("wire", a_feed(f"<item>{said}</item>")))
    with scene.store.read() as unit:
        assert unit.entries.find("", "https://wire.example/new/story") is not None


def test_push_that_cannot_be_read_costs_that_push(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.tick()
    bodies = (b"<html>", b"KILL THE PARSER")
    polls = tuple(scene.poll.push(_push("wire", body)) for body in bodies)
    assert ["web page" in polls[0].fault, "crashed" in polls[1].fault] == [True, True]
    assert list(faults((scene.poll.push(_push("nobody", b"")),))) == ["nobody"]


def test_fault_of_ours_over_a_push_costs_that_push(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()

    class Broken(type(scene.sandbox)):  # type: ignore[misc]  # the fake, but broken
        def read(self, ask: object) -> object:
            raise ZeroDivisionError("broken")

    polled = replace(scene.poll, sandbox=Broken()).push(_push("wire", b"<rss/>"))
    assert polled.fault.startswith("a fault in feedhub itself")


def test_push_that_the_store_refuses_is_read_again_later(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()

    class Full(type(scene.sandbox)):  # type: ignore[misc]  # the fake, but with a store behind it that is full
        def read(self, ask: object) -> object:
            raise StoreError("the disk is full")

    with pytest.raises(StoreError):
        replace(scene.poll, sandbox=Full()).push(_push("wire", b"<rss/>"))


def test_failure_that_the_store_refuses_to_write_down_is_no_fault_of_ours(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()

    def full(_ended: object) -> tuple[Polled, ...]:
        raise StoreError("the disk is full")

    poll = replace(scene.poll, close=full)  # type: ignore[arg-type]  # all that is asked of it
    with pytest.raises(StoreError, match="the disk is full"):
        poll(unread(scene.state("wire"), _fetched(b"<html>")))


def test_body_of_a_source_that_was_taken_out_is_not_read(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    state = replace(scene.state("wire"), slug=SourceSlug("nobody"))
    polled = scene.poll(unread(state, _fetched(b"KILL THE PARSER")))
    assert polled == Polled(source=state.slug, fault="it was taken out of the documents while it was asked")


def test_address_that_is_refused_is_no_sign_of_weather(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.fetcher.answers[TIDE] = Refused(why=Why.GUARD, detail="The address is private.")
    scene.tick()
    assert "tide.example" not in scene.poll.close.outage.weather.hosts


def test_source_whose_hub_is_trusted_no_more_is_asked_as_before(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(WIRE)
    scene.tick()
    state = replace(scene.state("wire"), pushed=True)
    with scene.store.write() as unit:
        (leased,) = unit.sources.lease(now=NOW + HOUR, worker="test", span=HOUR, limit=1, per_host=1)
    ending = Read(validators=Validators(etag='"1"'))
    done = Polled(source=state.slug, unchanged=True)
    scene.poll.close([Ended(state=replace(state, fence=leased.fence), ending=ending, trip=Trip(), done=done)])
    assert scene.state("wire").pushed is False


def _push(source: str, body: bytes) -> Push:
    return Push(id=0, source=SourceSlug(source), at=NOW, body=body, media_type="application/xml", charset=None)


def test_sources_of_a_host_that_became_busy_are_not_asked_and_stay_due(tmp_path: Path) -> None:
    sources = "".join(f'[sources.{name}]\nurl = "https://tide.example/{name}"\noutlet = "quay"\n' for name in "abc")
    scene = a_scene(tmp_path, sources=sources)
    busy = Refused(why=Why.STATUS, detail="HTTP 503", status=503, retry_after=timedelta(hours=3))
    for name in "abc":
        scene.fetcher.answers[f"https://tide.example/{name}"] = busy
    first = scene.tick()
    early, late = scene.play(timedelta(hours=2)), scene.play(timedelta(hours=1))
    assert [len(ticked.polls) for ticked in (first, early, late)] == [1, 0, 1]
    assert scene.state("b").leased_until is None


def test_many_that_skip_this_hour_do_not_hide_one_that_may_be_asked(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    night = Hints(skip_hours=tuple(range(9, 12)))
    scene.reload.desk()
    with scene.store.write() as unit:
        for name, at in (("quay", 2), ("tide", 1)):
            state = replace(scene.state(name), hints=night, due=NOW - at * HOUR)
            unit.sources.save(state, fence=state.fence, line=PollLine(at=NOW))
    scene.answer(WIRE)
    ticked = replace(scene.tick, batch=1)()
    assert [polled.source for polled in ticked.polls] == ["wire"]
    assert scene.state("quay").next_reason == "at 12:00 UTC: wants to be left alone until then (skipHours)"
