"""What must hold of placing whatever arrives, and in whatever order."""

from collections.abc import Iterator
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedhub.model.reading import ReadEntry
from feedhub.model.story import PlacementKind
from feedhub.steps.cluster import Limits
from tests.builders import NOW
from tests.quality.arrivals import Arrivals, an_arrival
from tests.quality.newsday import WIRES, Item, items
from tests.unit.steps.cluster.scene import near, placed

_DAY = items()
_TEXTS = [text for wire in WIRES.values() for text in (wire.title, wire.credit, wire.around, *wire.paragraphs)]
_ODD = ["", "\n", "1,200", "4:2", "See also", "\udc80", "字", "word " * 300, "İıÇ", "- : -"]
some_text = st.lists(st.sampled_from(_TEXTS + _ODD) | st.text(max_size=20), max_size=8).map("\n".join)


def _read(guid: str, item: Item) -> ReadEntry:
    seen = NOW + timedelta(minutes=int(guid))
    return an_arrival(
        guid,
        source=item.source,
        credit=item.credit,
        title=item.title,
        text=item.text,
        lang=item.lang,
        seen=seen,
        published=seen,
    )


def _gathered(order: list[int]) -> frozenset[frozenset[str]]:
    arrivals = Arrivals()
    for number in order:
        arrivals.put(_read(str(number), _DAY[number]))
    return arrivals.groups()


def _labelled() -> Iterator[frozenset[str]]:
    for label in {item.label for item in _DAY}:
        yield frozenset(str(number) for number, item in enumerate(_DAY) if item.label == label)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(range(len(_DAY))))
def test_the_order_of_arrival_does_not_change_stories(order: list[int]) -> None:
    assert _gathered(order) == frozenset(_labelled())


@settings(max_examples=60, deadline=None)
@given(st.tuples(some_text, some_text), st.tuples(some_text, some_text))
def test_any_text_is_placed_and_comparing_is_the_same_in_both_directions(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    one = an_arrival("1", source="one", title=first[0], text=first[1])
    other = an_arrival("2", source="two", title=second[0], text=second[1])
    there = placed(one, near(other))
    back = placed(other, near(one))
    assert [(each.rule, each.verdict, each.score, each.measures) for each in there.compared] == [
        (each.rule, each.verdict, each.score, each.measures) for each in back.compared
    ]


@settings(max_examples=30, deadline=None)
@given(some_text, some_text)
def test_an_entry_never_matches_its_own_older_self(text: str, later: str) -> None:
    eager = Limits(merge_at=0.1, review_at=0.1)
    found = placed(an_arrival("1", text=later), near(an_arrival("1", text=text)), limits=eager)
    assert (found.kind, found.compared) == (PlacementKind.OPENS, ())
