"""What rules can ask of a story."""

from dataclasses import replace

from feedhub.model.entry import Folded
from feedhub.model.keys import OutletSlug, SourceSlug
from feedhub.model.outlet import OutletRef
from feedhub.model.story import Report, Telling
from feedhub.model.topic import Subject
from feedhub.steps.describe import describe
from tests.builders import a_credit, a_report, a_source, a_subject, an_entry, ref

STRANGER = OutletRef(slug=None, name="Northern Light")
BY_TASS = a_credit(originator=ref("TASS"), chain=(ref("TASS"), STRANGER, ref()), confidence=0.9)
SOURCES = {SourceSlug("harbour"): a_source(tags=("coast", "ships")), SourceSlug("mole"): a_source("mole")}


def subject_of(*reports: Report, lead: int = 0) -> Subject:
    """The subject of a story that the report at `lead` leads."""
    first = reports[lead]
    telling = Telling(lead=first.entry, credit=first.credit, reports=len(reports), independent=1)
    return describe(reports, telling, sources=SOURCES)


def test_describe_of_one_report_is_what_it_says() -> None:
    """The editor's tags of its source with it."""
    assert subject_of(a_report("1", entry=an_entry("1", tags=("Ferry",)))) == a_subject(
        tags=frozenset({"Ferry", "coast", "ships"})
    )


def test_describe_gathers_all_reports_and_takes_the_words_of_the_lead() -> None:
    """Outlets are all that any report names; origins only whom the story is credited to."""
    own = a_report("1", entry=an_entry("1", title="Own", text="Words", lang="pt-BR", tags=("a",)))
    other = a_report(
        "2", entry=an_entry("2", source=SourceSlug("mole"), lang="AZ", tags=("b",), title="Other"), credit=BY_TASS
    )
    assert subject_of(other, own, lead=1) == a_subject(
        title="Own",
        text="Words",
        sources=frozenset({"harbour", "mole"}),
        outlets=frozenset({"TASS", "tass", "Northern Light", "Harbour Post", "harbour_post"}),
        origins=frozenset({"Harbour Post", "harbour_post"}),
        langs=frozenset({"pt", "az"}),
        tags=frozenset({"a", "b", "coast", "ships"}),
        reports=2,
    )


def test_describe_credits_the_originator() -> None:
    """By slug and by name."""
    assert subject_of(a_report("1", credit=BY_TASS)).origins == {"TASS", "tass"}


def test_describe_credits_an_originator_that_no_registry_knows_by_its_name() -> None:
    """It has no slug."""
    credit = a_credit(originator=STRANGER, chain=(STRANGER, ref()))
    assert subject_of(a_report("1", credit=credit)).origins == {"Northern Light"}


def test_describe_leaves_out_withdrawn_reports() -> None:
    """Unless nothing else is left."""
    gone = a_report("2", entry=an_entry("2", source=SourceSlug("mole"), lang="az"), credit=BY_TASS, withdrawn=True)
    left = subject_of(a_report("1"), gone)
    alone = subject_of(gone)
    assert (left.sources, left.langs) == (frozenset({"harbour"}), frozenset({"en"}))
    assert (alone.sources, alone.langs) == (frozenset({"mole"}), frozenset({"az"}))


def test_describe_bears_a_source_that_is_no_more_and_a_text_in_no_language() -> None:
    """Stories outlive the documents that they were made by."""
    entry = an_entry("1", source=SourceSlug("gone"), lang=None)
    credit = replace(a_credit(), chain=(OutletRef(slug=OutletSlug("gone"), name=""),))
    assert subject_of(a_report("1", entry=entry, credit=credit)) == a_subject(
        sources=frozenset({"gone"}),
        outlets=frozenset({"gone"}),
        langs=frozenset(),
        tags=frozenset(),
    )


def test_words_of_the_lead_are_handed_on_where_they_are_known() -> None:
    """Those of another report are no words of the story's text."""
    words = Folded(title="own", text="words")
    one, other = a_report("1", folded=words), a_report("2", folded=Folded(title="other", text="text"))
    assert subject_of(one, other).folded == words
    assert subject_of(a_report("1"), other).folded is None
