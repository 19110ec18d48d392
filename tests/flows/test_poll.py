"""One source through the line: what is written, and that it is written once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feedhub.errors import LeaseLostError
from feedhub.flows.poll import ended
from feedhub.model.brought import Brought
from feedhub.model.ending import Ended
from feedhub.model.fetching import Fetched, Gone, Moved, NotModified, Refused, Validators, Why
from feedhub.model.polling import Polled
from tests.flows.scene import QUAY, TIDE, WIRE, Scene, a_feed, a_scene, an_item, faults, unread

TEXT = (
    "The first regular ferry between Port Selin and the three Outer Islands will sail on 4 May, the port authority "
    "announced on Monday after two years of work on the piers. The ship carries 320 passengers and 48 cars and needs "
    "an hour and fifty minutes for the crossing, and a single ticket costs 9 crowns, half of that for islanders."
)


def _only(scene: Scene, url: str, *items: str) -> None:
    for other in (WIRE, TIDE, QUAY):
        scene.answer(other, *(items if other == url else ()))


def test_poll_stores_shows_and_credits_a_new_entry(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, TIDE, an_item("1", "Ferry line to open on 4 May", f"{TEXT} Harbour Wire reports."))
    scene.tick()
    (story,) = scene.stories()
    assert story.shown is not None
    assert [ref.name for ref in story.shown.credit.chain] == ["Harbour Wire", "Caspian Tide"]


def test_poll_twice_writes_nothing_the_second_time(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, TIDE, an_item("1", "Ferry line to open on 4 May", TEXT))
    scene.tick()
    before = scene.body()
    ticked = scene.play()
    assert [(poll.source, poll.new, poll.changed, poll.unchanged) for poll in ticked.polls] == [
        ("quay", 0, 0, True),
        ("tide", 0, 0, True),
        ("wire", 0, 0, True),
    ]
    assert scene.body() == before


def test_poll_sends_the_validators_of_the_last_answer(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, TIDE)
    scene.tick()
    scene.play()
    assert all(ask.validators.etag for ask in scene.fetcher.asked[3:])


def test_poll_of_same_body_renews_validators_without_reading(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, TIDE, an_item("1", "Ferry line to open on 4 May", TEXT))
    scene.tick()
    body = a_feed(an_item("1", "Ferry line to open on 4 May", TEXT))
    scene.fetcher.answers[TIDE] = Fetched(
        body=body,
        media_type="application/xml",
        charset=None,
        url=TIDE,
        validators=Validators(etag='"new"'),
        wire_bytes=len(body),
        millis=1,
    )
    scene.sandbox.kill = body[:20]
    scene.play()
    assert scene.state("tide").validators == Validators(etag='"new"')
    assert scene.state("tide").fault == ""


def test_poll_gathers_copies_of_one_text_into_one_story(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(WIRE, an_item("w", "Ferry line to open on 4 May", TEXT))
    scene.answer(TIDE, an_item("t", "Ferry line to open on 4 May", f"{TEXT} Harbour Wire reports."))
    scene.answer(QUAY)
    scene.tick()
    (story,) = scene.stories()
    assert story.shown is not None
    assert (story.shown.publisher.name, story.shown.reports, story.shown.independent) == ("Harbour Wire", 2, 1)


def test_one_more_report_moves_no_byte_of_a_feed(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, WIRE, an_item("w", "Ferry line to open on 4 May", TEXT))
    scene.tick()
    before = scene.body()
    scene.answer(TIDE, an_item("t", "Ferry line to open on 4 May", f"{TEXT} Harbour Wire reports."))
    scene.play()
    assert scene.body() == before
    with scene.store.read() as unit:
        assert len(unit.stories.reports(scene.stories()[0].key)) == 2


def test_new_story_waits_until_it_has_settled(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, WIRE)
    scene.tick()
    scene.answer(WIRE, an_item("w", "Ferry line to open on 4 May", TEXT))
    scene.play()
    assert scene.titles() == []
    scene.play(timedelta(minutes=4))
    assert scene.titles() == ["Ferry line to open on 4 May"]


def test_changed_headline_of_the_lead_is_a_correction(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, WIRE, an_item("w", "Ferry line to open on 4 May", TEXT))
    scene.tick()
    scene.answer(WIRE, an_item("w", "Ferry line to open on 5 May", TEXT))
    scene.play()
    (story,) = scene.stories()
    assert story.shown is not None
    assert story.shown.title == "Ferry line to open on 5 May"
    assert story.shown.note == ("Corrected: Harbour Wire changed the headline, before: Ferry line to open on 4 May")
    assert b"5 May" in scene.body()


def test_changed_text_alone_moves_no_byte_of_a_feed(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, WIRE, an_item("w", "Ferry line to open on 4 May", TEXT))
    scene.tick()
    before = scene.body()
    scene.answer(WIRE, an_item("w", "Ferry line to open on 4 May", f"{TEXT} It leaves at seven."))
    ticked = scene.play()
    assert sum(poll.changed for poll in ticked.polls) == 1
    assert scene.body() == before


def test_withdrawn_entry_takes_its_story_out_of_every_feed(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, WIRE)
    scene.fetcher.answers[WIRE] = _atom(entry=True)
    scene.tick()
    assert scene.titles() == ["Ferry line to open"]
    scene.fetcher.answers[WIRE] = _atom(entry=False)
    scene.play()
    assert scene.titles() == []
    assert b"Ferry line to open" not in scene.body()


def test_withdrawn_copy_leaves_the_story_standing(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.fetcher.answers[WIRE] = _atom(entry=True)
    scene.answer(TIDE, an_item("t", "Ferry line to open", f"{TEXT} Harbour Wire reports."))
    scene.answer(QUAY)
    scene.tick()
    scene.fetcher.answers[WIRE] = _atom(entry=False)
    scene.play()
    assert scene.titles() == ["Ferry line to open"]


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (b"", "the server sent nothing"),
        (b"<html><body>Please log in</body></html>", "web page"),
        (b"\x1f\x8b\x08garbage", "feed"),
        (b"KILL THE PARSER", "the parser crashed"),
    ],
)
def test_bad_body_costs_one_poll_and_says_why(tmp_path: Path, answer: bytes, fault: str) -> None:
    scene = a_scene(tmp_path)
    _only(scene, TIDE, an_item("1", "Ferry line to open on 4 May", TEXT))
    scene.tick()
    scene.fetcher.answers[TIDE] = answer
    ticked = scene.play()
    assert list(faults(ticked.polls)) == ["tide"]
    if answer:
        assert fault in scene.state("tide").fault
    assert scene.titles() == ["Ferry line to open on 4 May"]


def test_source_recovers_after_a_failure(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, TIDE)
    scene.fetcher.answers[TIDE] = Refused(why=Why.TIMEOUT, detail="no answer within 20 s")
    scene.tick()
    assert (scene.state("tide").failures, scene.state("tide").fault) == (1, "no answer within 20 s")
    scene.answer(TIDE)
    scene.play()
    assert (scene.state("tide").failures, scene.state("tide").fault) == (0, "")


def test_retry_after_is_kept(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, TIDE)
    scene.fetcher.answers[TIDE] = Refused(why=Why.STATUS, detail="busy", status=503, retry_after=timedelta(hours=3))
    scene.tick()
    assert scene.state("tide").due == scene.clock() + timedelta(hours=3)


def test_gone_source_rests_and_tells_the_editor(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, TIDE)
    scene.fetcher.answers[TIDE] = Gone(millis=1)
    scene.tick()
    ticked = scene.play(timedelta(days=2))
    assert "tide" not in {poll.source for poll in ticked.polls}
    assert "gone for good" in scene.state("tide").fault


def test_permanent_redirect_is_noted_and_what_stands_there_read(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, TIDE)
    body = a_feed(an_item("1", "Ferry line to open on 4 May", TEXT))
    scene.fetcher.answers[TIDE] = Moved(
        url="https://new.example/feed",
        then=Fetched(
            body=body,
            media_type="application/xml",
            charset=None,
            url="https://new.example/feed",
            validators=Validators(),
            wire_bytes=len(body),
            millis=1,
        ),
    )
    scene.tick()
    assert scene.state("tide").moved_to == "https://new.example/feed"
    assert scene.titles() == ["Ferry line to open on 4 May"]


def test_304_renews_the_validators(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, TIDE)
    scene.tick()
    renewed = Validators(etag='"2"', last_modified="Mon, 02 Mar 2026 09:00:00 GMT")
    scene.fetcher.answers[TIDE] = NotModified(validators=renewed, millis=1)
    scene.play()
    assert scene.state("tide").validators == renewed


def test_lease_that_was_lost_writes_nothing(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    state = scene.state("tide")
    body = a_feed(an_item("1", "Ferry line to open on 4 May", TEXT))
    fetched = Fetched(
        body=body,
        media_type="application/xml",
        charset=None,
        url=TIDE,
        validators=Validators(),
        wire_bytes=len(body),
        millis=1,
    )
    brought = scene.poll(unread(replace(state, fence=state.fence - 1), fetched))
    assert isinstance(brought, Brought)
    with pytest.raises(LeaseLostError):
        scene.tick.keep([brought])
    with scene.store.read() as unit:
        assert unit.entries.count() == 0


def test_source_taken_out_while_it_was_asked_is_dropped(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    state = replace(scene.state("tide"), slug=type(scene.state("tide").slug)("nobody"))
    gone = ended(state, Gone(millis=1))
    assert isinstance(gone, Ended)
    (polled,) = scene.poll.close([gone])
    assert polled == Polled(source=state.slug, fault="it was taken out of the documents while it was asked")


def test_fault_of_ours_is_recorded_on_the_source(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _only(scene, TIDE)

    class Broken(type(scene.sandbox)):  # type: ignore[misc]  # the fake, but broken
        def read(self, ask: object) -> object:
            raise ZeroDivisionError("broken")

    broken = replace(scene.poll, sandbox=Broken())
    tick = replace(scene.tick, poll=broken)
    ticked = tick()
    assert faults(ticked.polls)["tide"].startswith("a fault in feedhub itself")
    assert scene.state("tide").failures == 1


def test_fulltext_source_reads_the_article_page(tmp_path: Path) -> None:
    sources = f'[sources.tide]\nurl = "{TIDE}"\noutlet = "caspian_tide"\nfulltext = true\n'
    scene = a_scene(tmp_path, sources=sources)
    scene.answer(
        TIDE,
        an_item("1", "Ferry line to open", "Short.", link="https://tide.example/1"),
        an_item("2", "Council passes budget", "Short too.", link="https://tide.example/2"),
        an_item("3", "Market opens", "And short.", link="https://tide.example/3"),
    )
    paragraphs = "".join(f"<p>{part}.</p>" for part in f"{TEXT} Harbour Wire reports".split(". "))
    scene.fetcher.answers["https://tide.example/1"] = (
        f"<html><body><article>{paragraphs}</article></body></html>".encode()
    )
    scene.fetcher.answers["https://tide.example/2"] = b"<html><body>KILL THE PARSER</body></html>"
    scene.tick()
    chains = {
        story.shown.title: [ref.name for ref in story.shown.credit.chain] for story in scene.stories() if story.shown
    }
    assert chains == {
        "Ferry line to open": ["Harbour Wire", "Caspian Tide"],
        "Council passes budget": ["Caspian Tide"],
        "Market opens": ["Caspian Tide"],
    }


def _atom(*, entry: bool) -> bytes:
    item = (
        f"<entry><title>Ferry line to open</title><id>urn:w</id><updated>2026-03-02T08:00:00Z</updated>"
        f"<link href='https://wire.example/w'/><content>{TEXT}</content></entry>"
    )
    tomb = "<at:deleted-entry ref='urn:w' when='2026-03-02T09:20:00Z'/>"
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">'
        "<title>Harbour Wire</title><id>urn:f</id><updated>2026-03-02T08:00:00Z</updated>"
        f"{item if entry else tomb}</feed>"
    ).encode()
