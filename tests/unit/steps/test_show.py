"""What feeds show of a story, and how little of it moves."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from feedhub.model.credit import Credit
from feedhub.model.entry import Media, Origin
from feedhub.model.outlet import OutletRef
from feedhub.model.source import SourceState
from feedhub.model.story import Report, Shown, Telling
from feedhub.steps.show import correct, ranked, rights_of, show, succeed, title_of
from tests.builders import NOW, a_credit, a_registry, a_report, a_shown, a_source, an_entry, an_outlet, ref

LATER = NOW + timedelta(hours=1)
BY_TASS = a_credit(originator=ref("TASS"), chain=(ref("TASS"), ref()), confidence=0.9)
MEDIA = (Media(url="https://harbour.example/1.jpg"),)


def shown_of(*reports: Report, credit: Credit | None = None, rights: str = "full", **lead: object) -> Shown:
    """What is shown at LATER of reports whose lead is an entry of the source `harbour`."""
    entry = an_entry("1", **lead)
    telling = Telling(lead=entry, credit=credit or a_credit(), reports=3, independent=2)
    return show(
        telling,
        reports,
        source_title="Harbour Post",
        source_url="https://harbour.example/rss",
        rights=rights,
        now=LATER,
    )


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
    assert correct(shown, lead, rights="full", now=LATER) == replace(
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
    once = correct(a_shown("1", title="One"), an_entry(title="Two"), rights="full", now=NOW)
    twice = correct(once, an_entry(title="Three"), rights="full", now=LATER)
    assert (twice.title, twice.note) == ("Three", "Corrected: Harbour Post changed the headline, before: Two")


def test_correct_takes_other_words_under_the_same_headline_in_silence() -> None:
    """What was said of the headline before stays said."""
    shown = a_shown("1", note="Corrected: before")
    lead = an_entry("1", summary="<p>Twice a day.</p>")
    assert correct(shown, lead, rights="full", now=LATER) == replace(
        shown, summary="<p>Twice a day.</p>", updated=LATER
    )


def test_correct_leaves_alone_what_is_shown_already() -> None:
    """Whatever else of the entry changed."""
    shown = a_shown("1")
    assert correct(shown, an_entry("1", text="Other words.", tags=("ship",)), rights="full", now=LATER) == shown


RIGHTS = [("full", "<p>S</p>", "<p>C</p>"), ("summary", "<p>S</p>", ""), ("headline", "", "")]


@pytest.mark.parametrize(("rights", "summary", "content"), RIGHTS)
def test_no_more_is_shown_than_the_publisher_allows(rights: str, summary: str, content: str) -> None:
    """At first, and in a correction."""
    first = shown_of(rights=rights, summary="<p>S</p>", content="<p>C</p>")
    lead = an_entry("1", title="Two", summary="<p>S</p>", content="<p>C</p>")
    later = correct(a_shown("1"), lead, rights=rights, now=LATER)
    assert [(shown.summary, shown.content) for shown in (first, later)] == [(summary, content)] * 2


def test_succeed_keeps_the_place_and_says_whose_report_went() -> None:
    """All else is of the report that is shown now."""
    other = a_shown("2", title="Islands get a ferry", publisher=ref("TASS"), ranked=LATER, updated=LATER)
    note = "Corrected: Harbour Post withdrew its report"
    assert succeed(a_shown("1", note="Corrected: once"), other) == replace(
        other, ranked=NOW - timedelta(minutes=10), note=note
    )


@pytest.mark.parametrize(
    ("publisher", "rights"), [(ref(), "headline"), (ref("TASS"), "summary"), (STRANGER, "summary")]
)
def test_rights_are_those_of_the_registry_else_for_a_summary(publisher: OutletRef, rights: str) -> None:
    """An outlet of the same name that is not in it does not have them."""
    assert rights_of(publisher, a_registry(an_outlet(rights="headline"))) == rights


def test_title_of_a_source_is_the_editors_else_its_own_else_its_publishers() -> None:
    """The first of them that is not empty."""
    titled, untitled = a_source(title="Ours"), a_source()
    state = SourceState(slug=untitled.slug, url=untitled.url, due=NOW, fence=0, title="Theirs")
    found = [
        title_of(titled, state, publisher=ref()),
        title_of(untitled, state, publisher=ref()),
        title_of(None, replace(state, title=""), publisher=ref()),
        title_of(None, None, publisher=ref()),
    ]
    assert found == ["Ours", "Theirs", "Harbour Post", "Harbour Post"]


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


@pytest.mark.parametrize(
    ("given", "published"),
    [
        (NOW - timedelta(days=300), NOW - timedelta(days=300)),
        (NOW + timedelta(hours=3), NOW),
        (None, NOW),
    ],
)
def test_feeds_carry_the_date_that_the_source_gave(given: datetime | None, published: datetime) -> None:
    report = a_report(entry=an_entry(published=given))
    telling = Telling(lead=report.entry, credit=report.credit, reports=1, independent=1)
    shown = show(telling, (report,), source_title="", source_url="", rights="full", now=NOW)
    assert shown.published == published
