"""What leaves the store, when, and what sources may do to it afterwards."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feedhub.flows.upkeep import EVERY, LAST, LEAP, SLACK, SOON, Portions
from feedhub.model.decision import AuditLine
from feedhub.model.fetching import NotModified, Validators
from feedhub.model.keys import SourceSlug, TopicSlug
from feedhub.model.polling import Polled
from feedhub.model.upkeep import Kept
from tests.builders import NOW, a_read
from tests.contract.telling import tell
from tests.flows.scene import KEEP, SOURCES, TIDE, WINDOW, WIRE, Scene, a_scene, an_item

MOMENT = timedelta(microseconds=1)
SMALL = Portions(stories=2, chunks=2, postings=2, lines=2)
TEXT = (
    "The first regular ferry between Port Selin and the three Outer Islands will sail on 4 May, the port authority "
    "announced on Monday after two years of work on the piers. The ship carries 320 passengers and 48 cars."
)
FERRY = an_item("w", "Ferry line to open on 4 May", TEXT)


def _told(scene: Scene, *guids: str, shingles: Iterable[int] = ()) -> None:
    """Stories that were shown at NOW."""
    with scene.store.write() as unit:
        tell(unit, *(a_read(guid, shingles=shingles) for guid in guids))


def _left(scene: Scene) -> list[str]:
    with scene.store.read() as unit:
        return sorted(key.rpartition(":")[2] for key in unit.stories.recent(NOW, 100))


def _audit(scene: Scene) -> list[str]:
    with scene.store.read() as unit:
        return [f"{line.by} {line.action}: {line.detail}" for line in unit.book.audit(100)]


def _grow_old(scene: Scene) -> None:
    """Let stories grow too old to be kept, with rounds of upkeep all the while: the last one an hour ago."""
    scene.clock.advance(KEEP + MOMENT)
    with scene.store.write() as unit:
        unit.book.set_fact(LAST, (scene.clock() - EVERY).isoformat())


def _forgotten(scene: Scene) -> None:
    """One story of the wire, shown and forgotten, which the wire's feed still lists."""
    scene.answer(WIRE, FERRY)
    scene.tick()
    scene.fetcher.answers[WIRE] = NotModified(validators=Validators(etag='"1"'), millis=1)
    _grow_old(scene)
    scene.tick()
    assert scene.titles() == []


def _wire(polls: Iterable[Polled]) -> list[tuple[int, int, int, str]]:
    return [(poll.new, poll.changed, poll.withdrawn, poll.fault) for poll in polls if poll.source == "wire"]


@pytest.mark.parametrize(("after", "left"), [(KEEP, ["1"]), (KEEP + MOMENT, [])])
def test_upkeep_forgets_stories_that_have_not_changed_for_longer_than_they_are_kept(
    tmp_path: Path, after: timedelta, left: list[str]
) -> None:
    scene = a_scene(tmp_path)
    _told(scene, "1")
    scene.clock.advance(after)
    kept = scene.upkeep()
    assert (_left(scene), kept) == (left, Kept() if left else Kept(stories=1, entries=1))


def test_feeds_stop_showing_what_was_forgotten_with_the_next_publication(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.answer(WIRE, FERRY)
    scene.tick()
    _grow_old(scene)
    scene.upkeep()
    assert b"Ferry line" in scene.body()
    scene.publish()
    assert b"Ferry line" not in scene.body()


def test_forgotten_entry_that_its_feed_still_lists_is_not_announced_again(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _forgotten(scene)
    scene.answer(WIRE, FERRY, an_item("n", "Pier closes", "The pier closes."))
    ticked = scene.play()
    scene.play()
    assert (_wire(ticked.polls), scene.titles()) == ([(1, 0, 0, "")], ["Pier closes"])


def test_forgotten_entry_that_its_source_changes_stays_forgotten_and_is_read_once(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _forgotten(scene)
    changed = an_item("w", "Ferry line to open on 5 May", TEXT)
    scene.answer(WIRE, changed)
    first = scene.play()
    scene.answer(WIRE, changed, "<!-- as before -->")
    second = scene.play()
    assert [_wire(ticked.polls) for ticked in (first, second)] == [[(0, 1, 0, "")], [(0, 0, 0, "")]]
    assert scene.titles() == []


def test_forgotten_entry_that_its_source_withdraws_stays_forgotten(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _forgotten(scene)
    tomb = b"<at:deleted-entry ref='w' when='2027-05-02T09:20:00Z'/>"
    scene.fetcher.answers[WIRE] = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">'
        b"<title>Harbour Wire</title><id>urn:f</id><updated>2027-05-02T08:00:00Z</updated>" + tomb + b"</feed>"
    )
    assert _wire(scene.play().polls) == [(0, 0, 0, "")]


def test_copy_of_a_forgotten_story_opens_a_story_of_its_own(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _forgotten(scene)
    scene.answer(TIDE, an_item("t", "Ferry line to open on 4 May", TEXT))
    scene.play(timedelta(days=8))
    assert scene.titles() == ["Ferry line to open on 4 May"]


def test_upkeep_drops_postings_once_no_entry_can_meet_them(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _told(scene, "1", "2", shingles=[7])
    scene.clock.advance(WINDOW + SLACK)
    assert scene.upkeep() == Kept()
    scene.clock.advance(EVERY)
    assert scene.upkeep() == Kept(postings=2)
    assert _left(scene) == ["1", "2"]


def test_upkeep_forgets_old_lines_of_the_audit_log(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    line = AuditLine(at=NOW, by="editor", action="saved", subject="topics.toml")
    with scene.store.write() as unit:
        unit.book.note(line)
        unit.book.note(replace(line, at=NOW + MOMENT, detail="kept"))
    scene.clock.advance(KEEP + MOMENT)
    assert scene.upkeep() == Kept(lines=1)
    assert _audit(scene) == ["editor saved: kept"]


@pytest.mark.parametrize(("after", "left"), [(KEEP, True), (KEEP + MOMENT, False)])
def test_upkeep_forgets_sources_and_topics_that_were_absent_for_longer_than_stories_are_kept(
    tmp_path: Path, after: timedelta, *, left: bool
) -> None:
    scene = a_scene(tmp_path)
    scene.reload.desk()
    with scene.store.write() as unit:
        unit.renditions.mark([TopicSlug("gone")], scene.clock())
    scene.documents.texts["sources.toml"] = SOURCES.replace("[sources.wire]", "[sources.elsewhere]")
    scene.tick()
    scene.clock.advance(after)
    scene.upkeep()
    with scene.store.read() as unit:
        found = [unit.sources.get(SourceSlug(slug)) is not None for slug in ("wire", "elsewhere")]
        assert (found, unit.renditions.marks(TopicSlug("gone"))) == ([left, True], int(left))


def test_audit_log_counts_what_was_forgotten_and_stays_silent_where_nothing_was(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.upkeep()
    assert _audit(scene) == []
    _told(scene, "1", "2", shingles=[7])
    _grow_old(scene)
    scene.upkeep()
    told = ["feedhub forgot: 2 stories, 2 entries, 2 postings, 0 lines"]
    assert _audit(scene) == told
    scene.clock.advance(EVERY)
    scene.upkeep()
    assert _audit(scene) == told
    _grow_old(scene)
    scene.upkeep()
    assert _audit(scene) == []


def test_all_pollers_share_one_round_an_hour(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    other = replace(scene.upkeep)
    _told(scene, "1")
    scene.clock.advance(KEEP)
    assert scene.upkeep() == Kept()
    scene.clock.advance(EVERY - MOMENT)
    assert (other(), scene.upkeep()) == (Kept(), Kept())
    scene.clock.advance(MOMENT)
    assert (other(), scene.upkeep()) == (Kept(stories=1, entries=1), Kept())


def test_clock_that_leaps_once_costs_no_story(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.upkeep()
    _told(scene, "1")
    scene.clock.advance(KEEP + LEAP)
    assert (scene.upkeep(), _left(scene)) == (Kept(), ["1"])
    scene.clock.advance(EVERY)
    assert scene.upkeep() == Kept(stories=1, entries=1)


def test_clock_that_was_wrong_once_does_not_stop_upkeep(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    scene.clock.advance(timedelta(days=40_000))
    scene.upkeep()
    _told(scene, "1", shingles=[7])
    scene.clock.now = NOW + KEEP + MOMENT
    assert scene.upkeep() == Kept(stories=1, entries=1, postings=1)


def test_round_is_bounded_and_goes_on_within_minutes(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _told(scene, *"12345")
    small = replace(scene.upkeep, portions=SMALL)
    scene.clock.advance(KEEP + MOMENT)
    assert small() == Kept(stories=4, entries=4, more=True)
    assert _left(scene) == ["5"]
    scene.clock.advance(SOON)
    assert small() == Kept(stories=1, entries=1)
    scene.clock.advance(SOON)
    assert small() == Kept()


def test_postings_that_are_left_go_in_the_next_round(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    _told(scene, *"12345", shingles=[1])
    scene.clock.advance(WINDOW + SLACK + MOMENT)
    rounds = []
    for _ in range(3):
        rounds.append(replace(scene.upkeep, portions=SMALL)())
        scene.clock.advance(SOON)
    assert rounds == [Kept(postings=4, more=True), Kept(postings=1), Kept()]
    assert _audit(scene) == []


def test_audit_log_that_is_far_too_long_is_shortened_within_minutes(tmp_path: Path) -> None:
    scene = a_scene(tmp_path)
    with scene.store.write() as unit:
        for number in range(3):
            unit.book.note(AuditLine(at=NOW, by="editor", action="saved", subject="topics.toml", detail=str(number)))
    small = replace(scene.upkeep, portions=SMALL)
    scene.clock.advance(KEEP + MOMENT)
    assert small() == Kept(lines=2, more=True)
    scene.clock.advance(SOON)
    assert small() == Kept(lines=1)
