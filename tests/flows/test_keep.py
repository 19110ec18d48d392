"""What several polls brought is stored in one transaction, as if they had come one after the other."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from feedhub.errors import LeaseLostError, StoreError
from feedhub.flows.poll import Keep
from feedhub.model.brought import PIECE, Brought
from feedhub.model.dossier import Dossier
from feedhub.model.fetching import Validators
from feedhub.model.keys import SourceSlug
from feedhub.model.polling import Read, Trip
from feedhub.model.reading import ReadAsk, ReadDone
from feedhub.model.source import SourceState
from feedhub.ports import Store, Unit
from tests.builders import AUTHORITY
from tests.flows.scene import QUAY, TIDE, WIRE, Scene, a_feed, a_scene, an_item

TEXT = (
    "The first regular ferry between Port Selin and the three Outer Islands will sail on 4 May, the port authority "
    "announced on Monday after two years of work on the piers. The ship carries 320 passengers and 48 cars."
)
FEEDS = {
    "wire": (WIRE, an_item("w", "Ferry line to open on 4 May", TEXT)),
    "tide": (TIDE, an_item("t", "Ferry line to open on 4 May", TEXT) + an_item("p", "Pier closes", "It closes.")),
    "quay": (QUAY, an_item("q", "Islands get their ferry", TEXT)),
}


def _brought(scene: Scene, slug: str, *more: str) -> Brought:
    """A poll of one of the sources, read, with items of its own or those above."""
    url, items = FEEDS[slug]
    items = "".join(more) or items
    source = scene.reload.desk().sources[SourceSlug(slug)]
    ask = ReadAsk(
        source=source,
        body=a_feed(items),
        media_type="",
        charset=None,
        url=url,
        now=scene.clock(),
        authority=AUTHORITY,
    )
    done = scene.sandbox.read(ask)
    assert isinstance(done, ReadDone)
    ending = Read(validators=Validators(etag=f'"{slug}"'), title=done.title, hints=done.hints)
    return Brought(state=scene.state(slug), source=source, done=done, ending=ending, trip=Trip(status=200, millis=7))


def _held(scene: Scene) -> tuple[tuple[Dossier, ...], list[SourceState], list[bytes]]:
    with scene.store.read() as unit:
        keys = unit.stories.recent(scene.clock(), 99)
        sources = [replace(state, due=scene.clock()) for state in unit.sources.all()]
        return unit.stories.dossiers(keys), sources, [unit.sources.seen(state.slug) for state in sources]


def _scene(folder: Path) -> Scene:
    folder.mkdir()
    scene = a_scene(folder)
    scene.reload.desk()
    return scene


def test_together_is_one_after_the_other(tmp_path: Path) -> None:
    together, apart = (_scene(tmp_path / name) for name in ("together", "apart"))
    polls = together.tick.keep([_brought(together, slug) for slug in FEEDS])
    single = [apart.tick.keep([_brought(apart, slug)])[0] for slug in FEEDS]
    assert list(polls) == single
    assert [(poll.source, poll.new, poll.millis) for poll in polls] == [("wire", 1, 7), ("tide", 2, 7), ("quay", 1, 7)]
    assert _held(together) == _held(apart)
    dossiers, _, _ = _held(together)
    assert sorted(len(one.reports) for one in dossiers) == [1, 3]


def test_one_lost_lease_undoes_them_all(tmp_path: Path) -> None:
    scene = _scene(tmp_path / "scene")
    polls = [_brought(scene, slug) for slug in FEEDS]
    lost = replace(polls[1], state=replace(polls[1].state, fence=7))
    before = _held(scene)
    with pytest.raises(LeaseLostError, match="lease 7 on source tide"):
        scene.tick.keep([polls[0], lost, polls[2]])
    assert _held(scene) == before
    assert [poll.new for poll in scene.tick.keep([polls[0], polls[2]])] == [1, 1]


NOTES = [an_item(f"n{number}", f"Note {number}", f"Note {number} of the day.") for number in range(PIECE + 2)]


@dataclass(slots=True)
class Watched:
    """A store that tells how many entries it has as each transaction begins, and breaks after so many."""

    store: Store
    breaks_after: int = 9
    counts: list[int] = field(default_factory=list)

    def read(self) -> AbstractContextManager[Unit]:
        """As ever."""
        return self.store.read()

    def write(self) -> AbstractContextManager[Unit]:
        """Counted."""
        if len(self.counts) == self.breaks_after:
            raise StoreError("it broke")
        with self.store.read() as unit:
            self.counts.append(unit.entries.count())
        return self.store.write()


def _keep(scene: Scene, store: Watched) -> Keep:
    keep = scene.tick.keep
    assert isinstance(keep, Keep)
    return replace(keep, store=store)  # type: ignore[arg-type]  # it needs no more of a store


def test_a_long_poll_is_stored_in_pieces_and_told_as_one(tmp_path: Path) -> None:
    """Others may write between them."""
    scene = _scene(tmp_path / "scene")
    watched, brought = Watched(scene.store), _brought(scene, "wire", *NOTES)
    (polled,) = _keep(scene, watched)([brought])
    assert watched.counts == [0, PIECE]
    assert (polled.total, polled.new, polled.fault) == (PIECE + 2, PIECE + 2, "")
    (polled,) = scene.tick.keep([_brought(scene, "wire", *NOTES)])
    assert (polled.new, polled.duplicates) == (0, PIECE + 2)


def test_what_is_stored_of_a_long_poll_that_breaks_off_is_known_when_it_is_read_again(tmp_path: Path) -> None:
    scene = _scene(tmp_path / "scene")
    brought = _brought(scene, "wire", *NOTES)
    with pytest.raises(StoreError):
        _keep(scene, Watched(scene.store, breaks_after=1))([brought])
    assert scene.state("wire").last_poll is None
    (polled,) = scene.tick.keep([brought])
    assert (polled.new, polled.duplicates) == (2, PIECE)


def test_no_piece_is_stored_of_a_long_poll_whose_lease_was_lost(tmp_path: Path) -> None:
    """What another worker has read since is newer."""
    scene = _scene(tmp_path / "scene")
    brought = _brought(scene, "wire", *NOTES)
    with pytest.raises(LeaseLostError, match="lease 7 on source wire"):
        scene.tick.keep([replace(brought, state=replace(brought.state, fence=7))])
    with scene.store.read() as unit:
        assert unit.entries.count() == 0
    with pytest.raises(LeaseLostError):
        scene.tick.keep([replace(brought, state=replace(brought.state, slug=SourceSlug("none")))])


def test_a_long_push_is_stored_in_pieces_too(tmp_path: Path) -> None:
    scene = _scene(tmp_path / "scene")
    watched, brought = Watched(scene.store), _brought(scene, "wire", *NOTES)
    polled = _keep(scene, watched).push(brought.source, brought.done)
    assert (watched.counts, polled.new) == ([0, PIECE], PIECE + 2)
