"""Where an entry belongs: opening, joining, bridging, and what a person ruled."""

from dataclasses import replace

import pytest

from feedhub.model.keys import StoryKey
from feedhub.model.story import Placement, PlacementKind
from feedhub.steps.cluster import Limits
from tests.builders import NOW
from tests.quality.arrivals import an_arrival
from tests.unit.steps.cluster.scene import (
    BOAT,
    FULL,
    LEAD,
    OTHER,
    OTHER_TITLE,
    PIER,
    TITLE,
    copy,
    near,
    placed,
    wire,
)

THIRD = (
    "Bakers in the north warn that rye has doubled in price since the autumn harvest and that a third of the small "
    "shops may close before spring if the mills do not lower their margins, their guild wrote in a letter."
)


def _outcome(placement: Placement) -> tuple[PlacementKind, str | None, tuple[str, ...]]:
    return placement.kind, placement.story, placement.bridged


def test_an_entry_with_no_candidates_opens_a_story() -> None:
    assert placed(wire()) == Placement(kind=PlacementKind.OPENS, story=None)


def test_a_copy_joins_and_says_why() -> None:
    found = placed(copy(text=LEAD), near(wire()))
    [comparison] = found.compared
    assert _outcome(found) == (PlacementKind.JOINS, "s", ())
    assert (comparison.entry, comparison.rule, comparison.verdict, comparison.note) == (
        wire().entry.key,
        "likeness",
        "same",
        "",
    )


def test_an_entry_never_matches_its_own_older_self() -> None:
    assert placed(wire(text=f"{FULL} More soon."), near(wire())) == Placement(kind=PlacementKind.OPENS, story=None)


def test_what_shares_hardly_anything_is_not_compared() -> None:
    assert placed(wire(), near(copy(title=OTHER_TITLE, text=OTHER))).compared == ()


def test_the_best_comes_first_and_what_was_refused_last() -> None:
    cut = an_arrival("b", source="lantern", title=TITLE, text=f"{LEAD}\n{OTHER}")
    old = near(wire("a", title=f"{TITLE} 4", text=f"{LEAD}\n{PIER.replace('18', '19')}\n{BOAT}"), story="a")
    found = placed(copy(), near(cut, story="b"), old, near(wire("d"), story="c"))
    assert [(comparison.story, comparison.verdict) for comparison in found.compared] == [
        ("c", "same"),
        ("b", "same"),
        ("a", "other"),
    ]


def test_several_candidates_of_one_story_count_by_the_best() -> None:
    found = placed(copy(), near(wire("1", text=f"{LEAD}\n{OTHER}")), near(wire("2")))
    assert [comparison.rule for comparison in found.compared] == ["body"]


def test_what_figures_keep_from_one_entry_of_a_story_it_does_not_join_through_another() -> None:
    fares = "Adults pay {0} crowns and children {1} crowns for a crossing this year, the board said in its statement."
    first = near(wire("1", text=f"{FULL}\n{fares.format(40, 21)}"))
    second = near(wire("2", text=FULL))
    third = copy(text=f"{FULL}\n{fares.format(35, 17)}")
    assert placed(third, second).story == "s"
    assert [(each.rule, each.verdict) for each in placed(third, first, second).compared] == [("figures", "other")]


def test_an_exact_key_outweighs_the_figures_of_another_entry() -> None:
    fares = "Adults pay {0} crowns and children {1} crowns for a crossing this year, the board said in its statement."
    first = near(wire("1", text=f"{FULL}\n{fares.format(40, 21)}"))
    third = copy(text=f"{FULL}\n{fares.format(35, 17)}")
    assert placed(third, first, near(wire("2", text=third.entry.text))).story == "s"


def test_an_entry_that_is_the_same_as_two_stories_bridges_them_to_the_oldest() -> None:
    found = placed(copy(), near(wire("1"), story="young", hours=1), near(wire("2"), story="old", hours=2))
    assert _outcome(found) == (PlacementKind.BRIDGES, "old", ("young",))


def test_a_full_text_connects_two_cuts_that_have_nothing_in_common() -> None:
    one = near(wire("1", text=f"{LEAD} {PIER}"), story="one", hours=2)
    two = near(wire("2", text=f"{BOAT} {PIER} {LEAD[40:]}"), story="two")
    assert _outcome(placed(copy(), one, two)) == (PlacementKind.BRIDGES, "one", ("two",))


def test_a_short_summary_bridges_nothing() -> None:
    one = near(wire("1", text=f"{LEAD}\n{PIER}"), story="one", hours=2)
    two = near(wire("2", text=f"{LEAD}\n{BOAT}"), story="two")
    assert _outcome(placed(copy(text=LEAD), one, two)) == (PlacementKind.JOINS, "one", ())


def test_a_short_text_with_exact_keys_bridges_all_the_same() -> None:
    one, two = (near(wire(guid, text=LEAD), story=guid, hours=hours) for guid, hours in (("1", 2), ("2", 1)))
    assert _outcome(placed(copy(text=LEAD), one, two)) == (PlacementKind.BRIDGES, "1", ("2",))


def test_stories_that_a_guard_keeps_apart_are_not_bridged() -> None:
    rates = "The board also fixed the fares for adults at {0} crowns and those for children at {1} crowns for a year."
    one = near(wire("1", text=f"{FULL}\n{rates.format(40, 21)}"), story="one", hours=2)
    two = near(wire("2", text=f"{FULL}\n{rates.format(35, 17)}"), story="two")
    found = placed(copy(), one, two)
    assert [comparison.verdict for comparison in found.compared] == ["same", "same"]
    assert _outcome(found) == (PlacementKind.JOINS, "one", ())


def test_an_item_that_is_the_same_as_three_different_stories_belongs_to_none() -> None:
    title = "Ferry returns, trees for Pellworth, rye gets dearer"
    parts = (("ferry", "Ferry returns", LEAD), ("trees", "Trees for Pellworth", OTHER), ("rye", "Rye dearer", THIRD))
    candidates = [near(wire(name, title=short, text=text), story=name) for name, short, text in parts]
    lax = Limits(merge_at=0.2, review_at=0.15)
    found = placed(copy(title=title, text="\n".join(text for _, _, text in parts)), *candidates, limits=lax)
    assert _outcome(found) == (PlacementKind.OPENS, None, ())
    assert {(comparison.rule, comparison.verdict) for comparison in found.compared} == {("digest", "review")}


def test_a_digest_says_nothing_of_candidates_that_were_no_match() -> None:
    title = "Ferry returns, trees for Pellworth, rye gets dearer"
    parts = (("ferry", "Ferry returns", LEAD), ("trees", "Trees for Pellworth", OTHER), ("rye", "Rye dearer", THIRD))
    candidates = [near(wire(name, title=short, text=text), story=name) for name, short, text in parts]
    locked = near(wire("locked", text=LEAD), story="locked", locked=True)
    lax = Limits(merge_at=0.2, review_at=0.15)
    found = placed(copy(title=title, text="\n".join(text for _, _, text in parts)), *candidates, locked, limits=lax)
    assert [comparison.rule for comparison in found.compared][-1] == "locked"


def test_a_locked_story_is_never_joined() -> None:
    found = placed(copy(), near(wire(), locked=True))
    assert _outcome(found) == (PlacementKind.OPENS, None, ())
    assert [(comparison.rule, comparison.verdict) for comparison in found.compared] == [("locked", "other")]


def test_what_a_person_ruled_apart_stays_apart() -> None:
    found = placed(copy(), near(wire(), locked=True), apart=frozenset({StoryKey("s")}))
    assert _outcome(found) == (PlacementKind.OPENS, None, ())
    assert [(comparison.rule, comparison.verdict) for comparison in found.compared] == [("apart", "other")]


def test_the_limits_decide() -> None:
    never, always = Limits(merge_at=1.1, review_at=0.7), Limits(merge_at=0.1, review_at=0.05)
    assert placed(copy(), near(wire()), limits=never).compared[0].verdict == "review"
    other = near(wire(text=f"{LEAD[:80]} {OTHER}", title=OTHER_TITLE))
    assert placed(copy(), other).kind is PlacementKind.OPENS
    assert placed(copy(), other, limits=always).compared[0].verdict in {"same", "other"}


def test_only_the_first_candidates_are_compared() -> None:
    many = (near(wire(str(number)), story=f"{number:02}") for number in range(40))
    assert len(placed(copy(), *many).compared) == 24


@pytest.mark.parametrize("text", ["", "word " * 200_000, "\udc80 \x00", "字" * 50_000, "1 " * 50_000, "\n" * 50_000])
def test_no_text_is_too_odd_or_too_long(text: str) -> None:
    odd, same = copy("1", title="", text=text), copy("2", title="", text=text)
    again = replace(same, credit=wire().credit, entry=replace(same.entry, source=wire().entry.source, seen=NOW))
    for one, other in ((odd, wire()), (wire(), odd), (odd, again)):
        assert placed(one, near(other, exact="link")).kind in PlacementKind
