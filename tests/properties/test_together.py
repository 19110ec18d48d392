"""What several polls brought is stored together as if they had come one after the other, whatever they brought."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from feedhub.model.brought import Brought
from feedhub.model.dossier import Dossier
from feedhub.model.fetching import Validators
from feedhub.model.keys import Guid, SourceSlug
from feedhub.model.polling import Polled, Read, Trip
from feedhub.model.reading import ReadAsk, ReadDone
from tests.builders import AUTHORITY
from tests.flows.scene import CUES, OUTLETS, SOURCES, Scene, a_feed, a_scene, an_item
from tests.quality.newsday import WIRES

_SOURCES = ("wire", "tide", "quay")
_GUIDS = [str(number) for number in range(5)]
_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
_WIRES = list(WIRES.values())[:3]
_BULLETINS = ["A fire is out.", "Two goals in Selin.", "Rates stay.", "", "1,200", "The ferry sails. " * 9, "字の話"]
_LINKS = ["", "", "https://shared.example/ferry", "https://shared.example/rates"]


@dataclass(frozen=True, slots=True)
class _Item:
    """One item of a body: its id, which may be known, its words, and perhaps an address that others have too."""

    guid: str
    title: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class _Body:
    """What one source gives in a round, and the ids that it takes back."""

    source: str
    items: Sequence[_Item]
    withdrawn: Sequence[str]


def _cuts(wire: int) -> st.SearchStrategy[tuple[str, str]]:
    """A title and a copy of a wire, whole or cut from either end."""
    one = _WIRES[wire]
    ends = st.tuples(st.integers(0, 2), st.integers(3, len(one.paragraphs)))
    texts = ends.map(lambda cut: "\n".join(one.paragraphs[cut[0] : cut[1]]))
    return st.tuples(st.sampled_from([one.title, one.title, "What we know now"]), texts)


_copies = st.integers(0, len(_WIRES) - 1).flatmap(_cuts)
_both = st.tuples(_copies, _copies).map(lambda two: (two[0][0], f"{two[0][1]}\n{two[1][1]}"))
_shorts = st.tuples(st.sampled_from(["Bulletin", "In brief", "Ferry"]), st.sampled_from(_BULLETINS))
_words = st.one_of(_copies, _copies, _both, _shorts)
_items = st.builds(
    lambda guid, words, link: _Item(guid, words[0], words[1], link),
    st.sampled_from(_GUIDS),
    _words,
    st.sampled_from(_LINKS),
)


def _bodies(source: str) -> st.SearchStrategy[_Body]:
    return st.builds(_Body, st.just(source), st.lists(_items, max_size=4), st.just(()))


_round = st.permutations(_SOURCES).flatmap(lambda order: st.tuples(*map(_bodies, order)).map(list))
"""A body of each source, in any order."""

_WHOLE = "\n".join(_WIRES[0].paragraphs)
_FIRST, _NEWER = (_Item("1", _WIRES[0].title, text, "") for text in (_WHOLE, f"{_WHOLE}\nMore follows."))
_COPY = _Body("tide", [_FIRST], [])
GONE = [[_Body("wire", [_FIRST], [])], [_Body("wire", [], ["1"]), _COPY]]
BACK = [[_Body("wire", [_FIRST], [])], [_Body("wire", [], ["1"])], [_Body("wire", [_NEWER], []), _COPY]]


def _brought(scene: Scene, body: _Body) -> Brought:
    """A poll, read."""
    source = scene.reload.desk().sources[SourceSlug(body.source)]
    items = (an_item(one.guid, escape(one.title), escape(one.text), link=one.link) for one in body.items)
    ask = ReadAsk(
        source=source,
        body=a_feed(*items),
        media_type="",
        charset=None,
        url=source.url,
        now=scene.clock(),
        authority=AUTHORITY,
    )
    done = scene.sandbox.read(ask)
    assert isinstance(done, ReadDone)
    done = replace(done, withdrawn=tuple(map(Guid, body.withdrawn)))
    ending = Read(validators=Validators(), title=done.title, hints=done.hints)
    return Brought(
        state=scene.state(body.source), source=source, done=done, ending=ending, trip=Trip(status=200, millis=7)
    )


def _played(folder: Path, rounds: list[list[_Body]], *, together: bool) -> tuple[list[Polled], dict[str, object]]:
    """What the polls told, and what the store holds in the end."""
    folder.mkdir()
    scene = a_scene(folder, outlets=OUTLETS, sources=SOURCES, cues=CUES)
    scene.reload.desk()
    told: list[Polled] = []
    for bodies in rounds:
        brought = [_brought(scene, body) for body in bodies]
        for portion in [brought] if together else [[one] for one in brought]:
            told += scene.tick.keep(portion)
        scene.clock.advance(timedelta(minutes=5))
        scene.publish()
    held = _held(scene)
    scene.store.close()
    return told, held


def _held(scene: Scene) -> dict[str, object]:
    """Every story with its reports and topics, the sources with their marks, and how much feeds show."""
    with scene.store.read() as unit:
        dossiers = unit.stories.dossiers(unit.stories.recent(_SINCE, 1000))
        sources = unit.sources.all()
        return {
            "stories": dossiers,
            "sources": sources,
            "marks": [unit.sources.seen(state.slug) for state in sources],
            "sizes": unit.stories.sizes(),
            "entries": unit.entries.count(),
        }


def _both_ways(rounds: list[list[_Body]]) -> tuple[Dossier, ...]:
    """The stories, which are the same both ways."""
    with TemporaryDirectory() as folder:
        together = _played(Path(folder) / "together", rounds, together=True)
        apart = _played(Path(folder) / "apart", rounds, together=False)
    stories = together[1]["stories"]
    assert isinstance(stories, tuple)
    assert together == apart
    return stories


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_round, min_size=1, max_size=4))
def test_polls_stored_together_are_stored_as_one_after_the_other(rounds: list[list[_Body]]) -> None:
    """Copies, cuts, bulletins, newer texts and shared links of three sources: every placement with its reasons."""
    stories = _both_ways(rounds)
    event("stories of several reports" if any(len(one.reports) > 1 for one in stories) else "none joined")


@pytest.mark.parametrize("rounds", [GONE, BACK], ids=["gone", "back"])
def test_what_one_poll_took_or_gave_back_is_so_for_the_polls_after_it(rounds: list[list[_Body]]) -> None:
    """A copy does not join a story of which nothing is left, and joins one that has come back."""
    _both_ways(rounds)


def test_more_copies_than_are_looked_at_are_one_story(tmp_path: Path) -> None:
    """As they are if they come one by one: a hundred and fifty, each with a tail of its own."""
    tails = (f"more of it {''.join(chr(97 + int(digit)) for digit in str(number))}" for number in range(150))
    items = [_Item(str(number), _WIRES[0].title, f"{_WHOLE}\n{tail}", "") for number, tail in enumerate(tails)]
    _, held = _played(tmp_path / "scene", [[_Body("wire", items, [])]], together=True)
    stories = held["stories"]
    assert isinstance(stories, tuple)
    assert [len(one.reports) for one in stories] == [len(items)]
