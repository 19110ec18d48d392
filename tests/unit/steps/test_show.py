"""What feeds show of a story, and how little of it moves."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from feedhub.model.credit import Credit
from feedhub.model.entry import Media, Origin
from feedhub.model.outlet import OutletRef
from feedhub.model.story import Report, Shown, Telling
from feedhub.steps.show import correct, ranked, show
from tests.builders import NOW, a_credit, a_report, a_shown, an_entry, ref

LATER = NOW + timedelta(hours=1)
BY_TASS = a_credit(originator=ref("TASS"), chain=(ref("TASS"), ref()), confidence=0.9)
MEDIA = (Media(url="https://harbour.example/1.jpg"),)


def shown_of(*reports: Report, credit: Credit | None = None, **lead: object) -> Shown:
    """What is shown at LATER of reports whose lead is an entry of the source `harbour`."""
    entry = an_entry("1", **lead)
    telling = Telling(lead=entry, credit=credit or a_credit(), reports=3, independent=2)
    return show(telling, reports, source_title="Harbour Post", source_url="https://harbour.example/rss", now=LATER)


def test_show_takes_the_words_of_the_lead_and_the_counts_of_the_telling() -> None:
    """Word for word: it has been cleaned."""
    shown = shown_of(authors=("Ada Prow",), tags=("ferry",), media=MEDIA, content="<p>All of it.</p>", credit=BY_TASS)
    assert shown == a_shown(
        "1",
        authors=("Ada Prow",),
        tags=("ferry",),
        media=MEDIA,
        content="<p>All of it.</p>",
        credit=BY_TASS,
        updated=LATER,
        reports=3,
        independent=2,
    )


def a_link(publisher: OutletRef, link: str, *, withdrawn: bool = False) -> Report:
    """A report by its publisher and its link."""
    credit = replace(a_credit(), publisher=publisher, chain=(publisher,))
    return a_report("2", entry=an_entry("2", link=link), credit=credit, withdrawn=withdrawn)


VIA = Origin(name="TASS", url="https://tass.example/via", kind="via")
STRANGER = OutletRef(slug=None, name="Northern Light")


@pytest.mark.parametrize(
    ("reports", "origins", "link"),
    [
        ((), (), ""),
        ((a_link(ref("TASS"), "https://tass.example/1"),), (VIA,), "https://tass.example/1"),
        ((a_link(ref("TASS"), ""), a_link(ref("TASS"), "https://tass.example/2")), (), "https://tass.example/2"),
        ((a_link(ref("TASS"), "https://tass.example/1", withdrawn=True),), (VIA,), "https://tass.example/via"),
        ((a_link(ref("Axar.az"), "https://axar.example/1"),), (), ""),
        ((a_link(OutletRef(slug=None, name="TASS"), "https://imitator.example/1"),), (), ""),
        ((), (replace(VIA, kind="source"), replace(VIA, url="")), ""),
        ((), (replace(VIA, url=""), VIA), "https://tass.example/via"),
    ],
)
def test_show_links_to_the_article_of_the_originator_where_one_is_known(
    reports: tuple[Report, ...], origins: tuple[Origin, ...], link: str
) -> None:
    """Its own report first, then what the lead says; never one that was withdrawn, nor another outlet's."""
    assert shown_of(*reports, credit=BY_TASS, origins=origins).origin_link == link


def test_show_links_to_the_article_of_an_originator_that_no_registry_knows() -> None:
    """By its name."""
    credit = a_credit(originator=STRANGER, chain=(STRANGER, ref()))
    assert shown_of(a_link(STRANGER, "https://light.example/1"), credit=credit).origin_link == "https://light.example/1"


@pytest.mark.parametrize("credit", [a_credit(), a_credit(originator=ref())])
def test_show_has_no_second_link_where_the_publisher_tells_its_own_story(credit: Credit) -> None:
    """The story's link is that of the originator."""
    assert shown_of(a_link(ref(), "https://harbour.example/1"), credit=credit, origins=(VIA,)).origin_link == ""


def test_correct_moves_the_words_and_says_what_was_said_before() -> None:
    """Everything else stays as feeds have shown it."""
    shown = a_shown("1", tags=("ferry",), reports=3)
    lead = an_entry(
        "1",
        title="Ferry line to the islands opens in June",
        link="https://harbour.example/1b",
        summary="<p>June.</p>",
        content="<p>In June.</p>",
        tags=("ship",),
    )
    assert correct(shown, lead, now=LATER) == replace(
        shown,
        title="Ferry line to the islands opens in June",
        link="https://harbour.example/1b",
        summary="<p>June.</p>",
        content="<p>In June.</p>",
        updated=LATER,
        note="Corrected: Harbour Post changed the headline, before: Ferry line to the islands opens in May",
    )


def test_correct_tells_of_the_last_headline_only() -> None:
    """Twice corrected is not twice as long."""
    once = correct(a_shown("1", title="One"), an_entry(title="Two"), now=NOW)
    twice = correct(once, an_entry(title="Three"), now=LATER)
    assert (twice.title, twice.note) == ("Three", "Corrected: Harbour Post changed the headline, before: Two")


@pytest.mark.parametrize(
    ("published", "rank"),
    [
        (None, NOW),
        (NOW - timedelta(minutes=10), NOW - timedelta(minutes=10)),
        (NOW, NOW),
        (NOW + timedelta(days=1), NOW),
        (NOW - timedelta(hours=48), NOW - timedelta(hours=48)),
        (NOW - timedelta(hours=49), NOW - timedelta(hours=48)),
    ],
)
def test_ranked_is_the_date_of_publication_within_reason(published: datetime | None, rank: datetime) -> None:
    """From two days before it was seen to then: neither the future nor the past can be claimed."""
    assert ranked(an_entry(published=published)) == rank
