"""Entries that one poll brings together are placed as if they had come one after the other."""

from itertools import groupby
from pathlib import Path

import pytest

from feedhub.flows.poll import Absorb
from feedhub.model.brought import Bundle
from feedhub.model.keys import SourceSlug
from feedhub.model.reading import ReadAsk, ReadDone, ReadEntry
from feedhub.model.source import Source
from tests.builders import AUTHORITY
from tests.flows.scene import PLACING, Scene, a_feed, a_scene
from tests.flows.test_order import CUES, DAY, ORDERS, OUTLETS, SINCE, SOURCES, as_item

Portions = list[tuple[ReadEntry, ...]]


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS.keys())
def test_together_is_one_after_the_other(tmp_path: Path, order: list[int]) -> None:
    """The same stories by the same keys, placements with every number, and topics."""
    together, apart = (_newsroom(tmp_path / name) for name in ("together", "apart"))
    portions = [_read(together, list(run)) for _, run in groupby(order, lambda number: DAY[number].source)]
    _absorb(together, portions)
    _absorb(apart, [(read,) for portion in portions for read in portion])
    assert _held(together) == _held(apart)
    assert len(_held(together)) > 1


def test_a_whole_day_of_one_source_together_is_one_after_the_other(tmp_path: Path) -> None:
    """More than are looked for at once, and every copy of a text among them."""
    together, apart = (_newsroom(tmp_path / name) for name in ("together", "apart"))
    reads = tuple(read for number in range(len(DAY)) for read in _read(together, [number], source=DAY[0].source))
    _absorb(together, [reads])
    _absorb(apart, [(read,) for read in reads])
    assert _held(together) == _held(apart)


def _newsroom(folder: Path) -> Scene:
    folder.mkdir()
    scene = a_scene(folder, outlets=OUTLETS, sources=SOURCES, cues=CUES)
    scene.reload.desk()
    return scene


def _source(scene: Scene, outlet: str) -> Source:
    return scene.reload.desk().sources[SourceSlug(outlet.lower().replace(" ", "_"))]


def _read(scene: Scene, numbers: list[int], *, source: str = "") -> tuple[ReadEntry, ...]:
    """Items of the day as their source's feed gives them."""
    of = _source(scene, source or DAY[numbers[0]].source)
    ask = ReadAsk(
        source=of,
        body=a_feed(*map(as_item, numbers)),
        media_type="",
        charset=None,
        url=of.url,
        now=scene.clock(),
        authority=AUTHORITY,
    )
    done = scene.sandbox.read(ask)
    assert isinstance(done, ReadDone)
    return done.fresh


def _absorb(scene: Scene, portions: Portions) -> None:
    """Each portion in a transaction of its own, as polls are."""
    for portion in portions:
        with scene.store.write() as unit:
            absorb = Absorb(unit=unit, desk=scene.reload.desk(), placing=PLACING, now=scene.clock())
            absorb([Bundle(source=portion[0].entry.source, fresh=portion, backlog=True)])


def _held(scene: Scene) -> dict[str, object]:
    """Every story with its reports and its topics."""
    with scene.store.read() as unit:
        return {
            key: (unit.stories.get(key), unit.stories.reports(key), unit.stories.matches(key))
            for key in unit.stories.recent(SINCE, 1000)
        }
