"""One entry against one candidate: each rule, and what it does not say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from feedhub.model.entry import Origin
from tests.builders import NOW
from tests.quality.arrivals import an_arrival
from tests.unit.steps.cluster.scene import (
    BOAT,
    FULL,
    LEAD,
    LIMITS,
    OTHER,
    OTHER_TITLE,
    PIER,
    TITLE,
    copy,
    judged,
    near,
    placed,
    wire,
)

ADDRESS = "https://norvane.example/news/ferry"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, "body"),
        ({"title": "Islanders get their ferry back"}, "body"),
        ({"text": f"{FULL}\nQuay Post reports, citing Norvane."}, "text"),
        ({"text": LEAD}, "likeness"),
        ({"text": LEAD, "title": "Two years after the storm, a ferry for the islands"}, "likeness"),
        ({"text": f"Quay Post, Tarnhaven\n{LEAD}\n{PIER}"}, "likeness"),
        ({"text": FULL.replace("announced", "said").replace("destroyed", "wrecked")}, "text"),
    ],
)
def test_copies_cuts_and_light_edits_are_the_same(changes: dict[str, str], rule: str) -> None:
    assert judged(wire(), copy(**changes)) == (rule, "same")


def test_another_text_is_other() -> None:
    assert judged(wire(), copy(text=OTHER, title=f"{TITLE} and more")) == ("likeness", "other")


def test_a_followup_that_repeats_old_paragraphs_is_other() -> None:
    news = (
        "The first sailing of the season was called off on Sunday because of a fault in the cooling system and ninety "
        "people waited on the quay until buses came, operator Skerry Lines said in a statement on its page."
    )
    later = copy(title="Engine fault stops first sailing", text=f"{news}\n{PIER}\n{BOAT}")
    assert judged(wire(), later) == ("likeness", "other")


def test_what_lies_between_the_limits_is_for_review() -> None:
    other = copy(title="Two years after the storm", text=f"{LEAD[:105]}\n{OTHER[:200]}")
    [comparison] = placed(other, near(wire())).compared
    assert (comparison.verdict, LIMITS.review_at <= comparison.score < LIMITS.merge_at) == ("review", True)


def test_like_titles_over_texts_with_little_in_common_are_at_most_for_review() -> None:
    [comparison] = placed(copy(text=f"{LEAD[:95]}\n{OTHER[:200]}"), near(wire())).compared
    assert (comparison.verdict, comparison.score) == ("review", LIMITS.review_at)


def test_a_copy_that_credits_the_other_outlet_needs_less() -> None:
    title, text = "Two years after the storm", f"{LEAD[:105]}\n{OTHER[:200]}"
    [without] = placed(copy(title=title, text=text), near(wire())).compared
    [cited] = placed(copy(title=title, text=text, credit="Norvane"), near(wire())).compared
    assert (without.verdict, cited.verdict) == ("review", "same")


def test_every_number_is_shown() -> None:
    [comparison] = placed(copy(text=LEAD), near(wire())).compared
    assert dict(comparison.measures) == {
        "contained": 1.0,
        "contained_back": 0.337,
        "leads": 1.0,
        "titles": 1.0,
        "shared_words": 35.0,
    }


def test_one_address_is_one_story_whatever_the_words() -> None:
    teaser = an_arrival("t", source="list", title="Islands", text="Read more about it on our site.", canonical=ADDRESS)
    assert judged(wire(canonical=ADDRESS), teaser) == ("link", "same")


@pytest.mark.parametrize("address", ["", "https://norvane.example", "https://norvane.example/", "https://a.example/#x"])
def test_a_bare_host_is_no_address(address: str) -> None:
    other = an_arrival("t", source="list", title=OTHER_TITLE, text=OTHER, canonical=address)
    found = placed(other, near(wire(canonical=address), exact="link"))
    assert [comparison.verdict for comparison in found.compared] == ["other"]


def test_an_address_that_several_stories_have_says_nothing() -> None:
    one, two = wire("1", canonical=ADDRESS), copy("2", title=OTHER_TITLE, text=OTHER, canonical=ADDRESS)
    teaser = an_arrival("t", source="list", title="Islands", text="Read more about it on our site.", canonical=ADDRESS)
    found = placed(teaser, near(one, story="a", exact="link"), near(two, story="b", exact="link"))
    assert {comparison.verdict for comparison in found.compared} == {"other"}


def test_texts_about_different_things_under_one_address_are_two() -> None:
    other = an_arrival("t", source="list", title=OTHER_TITLE, text=OTHER, canonical=ADDRESS)
    assert judged(wire(canonical=ADDRESS), other) == ("likeness", "other")


def test_a_list_that_one_source_renews_under_one_address_is_two_items() -> None:
    one, two = (
        an_arrival(
            guid,
            source="bank",
            title="Exchange rates",
            text=f"The central bank has set the official rates of the day. The dollar was fixed at {rate} and the "
            "crown did not move. The rates may be used for accounting purposes.",
            canonical=ADDRESS,
        )
        for guid, rate in (("1", "1.7012"), ("2", "1.7034"))
    )
    assert judged(one, two) == ("figures", "other")


def test_a_later_text_of_one_source_under_one_address_is_the_same() -> None:
    assert judged(wire("1", text=LEAD, canonical=ADDRESS), wire("2", canonical=ADDRESS)) == ("link", "same")


def test_a_translation_that_links_to_the_original_is_the_same() -> None:
    origin = Origin(name="Norvane", url="https://norvane.example/news/w", kind="via")
    translation = copy(
        title="Gəmi yenidən işləyəcək", text="Gəmi adaları limanla yenidən birləşdirəcək.", lang="az", origins=(origin,)
    )
    assert judged(wire(), translation) == ("via", "same")
    same_language = replace(translation, entry=replace(translation.entry, lang="en-GB"))
    assert placed(same_language, near(wire())).compared == ()


def test_a_page_that_stands_for_an_article_is_not_one() -> None:
    wall = "Before you go on, we and our partners store cookies on your device to measure how this site is used."
    one, two = copy("1", title="Harvest festival draws thousands", text=wall), wire("2", title="Chess", text=wall)
    assert judged(one, two) == ("wall", "other")


@pytest.mark.parametrize(
    ("title", "text", "verdict"),
    [
        (TITLE, "A ferry will connect the port with the islands again.", "same"),
        ("Ferry", "A ferry will connect the port with the islands again.", "other"),
        (TITLE, "Read the full story on our pages.", "other"),
        ("A", "A ferry will connect the port with the islands again.", "other"),
    ],
)
def test_short_texts_need_the_title_and_the_first_words(title: str, text: str, verdict: str) -> None:
    whole = wire(text=f"A ferry will connect the port with the islands again. {PIER}")
    found = placed(copy(title=title, text=text, canonical=""), near(whole, exact="link"))
    assert [(comparison.rule, comparison.verdict) for comparison in found.compared] == [("short", verdict)]


@pytest.mark.parametrize(
    ("title", "hours", "verdict"),
    [(TITLE, 3, "same"), (f"{TITLE} - Quay", 3, "same"), (TITLE, 13, "other"), ("Ferry back in May", 3, "other")],
)
def test_titles_alone_must_be_the_same_long_and_near_in_time(title: str, hours: int, verdict: str) -> None:
    published = NOW - timedelta(hours=hours)
    found = placed(
        copy(title=title, text="", published=None, canonical=""), near(wire(published=published), exact="link")
    )
    assert [(comparison.rule, comparison.verdict) for comparison in found.compared] == [("title", verdict)]


def test_without_titles_the_text_decides() -> None:
    assert judged(wire(title=""), copy(title="", text=LEAD)) == ("likeness", "same")


def test_titles_of_nothing_but_the_outlet_say_nothing() -> None:
    assert judged(wire(title="Norvane"), copy(title="Quay", text=f"{LEAD}\n{PIER}")) == ("likeness", "same")


def test_a_story_that_has_the_same_body_in_another_entry_is_the_same() -> None:
    found = placed(copy(text="The ferry sails again."), near(wire(text="Boats: what we know."), exact="body"))
    assert [(comparison.rule, comparison.verdict) for comparison in found.compared] == [("body", "same")]
