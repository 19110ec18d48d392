"""The judgement on one entry as a whole."""

import time
from dataclasses import replace

import pytest

from feedhub.model.credit import Credit, Evidence
from feedhub.model.cue import CueKind, Cues, Role
from feedhub.model.entry import Origin
from feedhub.model.outlet import Outlets
from feedhub.steps.attribute import attribute, prepare
from feedhub.steps.attribute.judge import SHOWN
from tests.builders import a_cue, a_source, an_entry
from tests.unit.steps.attribute.small import HARBOUR, HILL, TIDE, WIRE, small_cues, small_lexicon, small_registry

LEXICON = small_lexicon(a_cue("{outlet} wrote", rule="en.wrote", open=True))


def judge(text: str, *, title: str = "Bridge", **changes: object) -> Credit:
    """The credit of an entry of the Harbour Post."""
    entry = an_entry("1", title=title, text=text, link="", **changes)
    return attribute(entry, source=a_source(lang="en"), lexicon=LEXICON)


def names(credit: Credit) -> list[str]:
    """The chain, by name, without the publisher."""
    return [each.name for each in credit.chain[:-1]]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("It is open, WIRE reports.", ["WIRE"]),
        ("It is open, WIRE reports, citing Tide.", ["Tide", "WIRE"]),
        ("OSLO (WIRE) - It is open, the mayor told Tide.", ["Tide", "WIRE"]),
        ("It is open, Harbour Post reports.", []),
        ("It is open, Harbourpost.example said.", []),
        ("It is open, Harbour Post reports, citing WIRE.", ["WIRE"]),
        ("It is open. The WIRE tower fell.", []),
        ("The Tide rose.", []),
        ("Photo: WIRE", []),
        ("OSLO (Sunny Pictures) - It is open.", []),
        ("The mayor said so on Telegram.", []),
        ("It is open, according to local media, WIRE reports. Tide said so.", ["Tide", "WIRE"]),
        ("The Tide table for May, Tide reports.", []),
        ("Barbed wire: so WIRE reports.", []),
        ("So WIRE reports of barbed wire.", []),
        ("The Red Tide came, Tide reports.", []),
        ("Tide reports the Red Tide.", ["Tide"]),
        ("It is open, HD reports.", ["Dale Daily"]),
        ("It is open, HD reports. Hill Daily saw it.", ["Hill Daily"]),
        ("It is open, the mayor told “Evening Quay”.", []),
        ("It is open, according to “Evening Quay”.", ["Evening Quay"]),
        ("It is open, “Evening Quay” wrote.", ["Evening Quay"]),
        ("It is open, the mayor told the newspaper Evening Quay.", ["Evening Quay"]),
        ("It is open, the mayor told the newspaper Harbour-Post.", []),
        ("The newspaper Evening Quay was sold.", []),
        ("It is open since Friday, said the port.\nSee also\nWIRE reports.", []),
        ("", []),
    ],
)
def test_the_chain_leads_from_who_told_it_first_to_the_publisher(text: str, chain: list[str]) -> None:
    """What is no credit gives none."""
    assert names(judge(text)) == chain


def test_a_title_is_read_too() -> None:
    """With cues of its own."""
    assert names(judge("It is open.", title="WIRE: bridge open")) == ["WIRE"]


def test_a_shared_spelling_that_cannot_be_decided_keeps_its_letters() -> None:
    """A credit without slug, half sure at most."""
    entry = an_entry(title="Bridge", text="It is open, HD reports.", link="", lang="fr")
    source = a_source(outlet="stranger", title="Stranger")

    credit = attribute(entry, source=source, lexicon=LEXICON)

    assert (credit.originator, credit.confidence) == (type(HILL)(slug=None, name="HD"), 0.5)


@pytest.mark.parametrize(("lang", "name"), [("en", "Hill Daily"), ("az", "Dale Daily")])
def test_a_shared_spelling_is_decided_by_language_where_the_country_is_unknown(lang: str, name: str) -> None:
    """The name of the outlet that writes in it."""
    entry = an_entry(title="Bridge", text="It is open, HD reports.", link="", lang=lang)

    credit = attribute(entry, source=a_source(outlet="stranger", title="Stranger"), lexicon=LEXICON)

    assert names(credit) == [name]


def test_a_publisher_that_shares_a_spelling_means_itself() -> None:
    """A dateline of its own is no credit to a namesake."""
    entry = an_entry(title="Bridge", text="OSLO (HD) - It is open.", link="")

    credit = attribute(entry, source=a_source(outlet=HILL.slug), lexicon=LEXICON)

    assert (credit.publisher, credit.originator) == (HILL, None)


def test_elements_credit_where_the_text_does_not() -> None:
    """And what the text credits is deeper."""
    origins = (Origin(name="WIRE", url="", kind="dc_source"),)

    assert names(judge("It is open.", origins=origins)) == ["WIRE"]
    assert names(judge("It is open, the mayor told Tide.", origins=origins)) == ["Tide", "WIRE"]


def test_a_forged_element_does_not_outrank_who_is_cited() -> None:
    """A feed may claim what it likes."""
    credit = judge("It is open, WIRE reports.", origins=(Origin(name="Tide", url="", kind="source"),))

    assert credit.originator == WIRE


def test_evidence_holds_the_words_and_where_they_stand() -> None:
    """In code points of the field as given, invisible signs and all."""
    text = "\u202eSo\u202c it is, the mayor told the WIRE."

    credit = judge(text)

    start = text.index("told")
    assert credit == Credit(
        publisher=HARBOUR,
        originator=WIRE,
        chain=(WIRE, HARBOUR),
        confidence=0.9,
        evidence=(
            Evidence(
                outlet=WIRE,
                role=Role.INTERVIEW,
                rule="en.told",
                field="text",
                start=start,
                end=start + len("told the WIRE"),
                name_start=text.index("WIRE"),
                name_end=text.index("WIRE") + 4,
                words="told the WIRE",
                weight=0.9,
            ),
        ),
    )


def test_a_mention_is_evidence_of_no_weight() -> None:
    """So that the page can show that it was seen."""
    (evidence,) = judge("The WIRE tower fell.").evidence

    assert (evidence.outlet, evidence.role, evidence.rule, evidence.weight) == (WIRE, Role.MENTION, "name", 0.0)


def test_the_publisher_is_a_mention_whatever_the_cue() -> None:
    """Nobody is its own source."""
    (evidence,) = judge("It is open, Harbour Post reports.").evidence

    assert (evidence.outlet, evidence.role, evidence.rule, evidence.weight) == (HARBOUR, Role.MENTION, "self", 0.0)


def test_an_agency_of_pictures_is_credited_with_the_picture() -> None:
    """Unless it is cited for what it says."""
    assert [each.role for each in judge("OSLO (Sunny Pictures) - It is open.").evidence] == [Role.PHOTO]
    assert names(judge("It is open, according to Sunny Pictures.")) == ["Sunny Pictures"]


def test_the_tail_of_a_long_text_is_read() -> None:
    """Wire credits stand there."""
    assert names(judge("The bridge is open. " * 500 + "\nWIRE")) == ["WIRE"]


def test_furniture_is_looked_for_unless_it_was_cut_off() -> None:
    """Who says so has looked; only of a text that is too long to be read whole is he not believed."""
    text = "The bridge was opened on Friday.\nSee also\nWIRE told so."
    entry, long = an_entry(text=text), an_entry(text=text + "\nThe bridge." * 4000)
    lexicon = prepare(small_registry(), replace(small_cues(), furniture=frozenset({"see also"})))

    assert not attribute(entry, source=a_source(), lexicon=lexicon).evidence
    assert attribute(entry, source=a_source(), lexicon=lexicon, trimmed=True).evidence
    assert not attribute(long, source=a_source(), lexicon=lexicon, trimmed=True).evidence


def test_a_credit_is_kept_before_mentions() -> None:
    """However many names stand before it."""
    credit = judge("The WIRE tower. " * (SHOWN + 5) + "It is open, the mayor told Tide.")

    assert (credit.originator, len(credit.evidence)) == (TIDE, SHOWN)


@pytest.mark.parametrize(
    "text",
    [
        "told WIRE " * 100_000,
        "WIRE/" * 200_000,
        "\n" * 1_000_000,
        "\u202eWIRE\u202c\u200f" * 100_000,
        "“" * 1_000_000,
        "a.b" * 300_000,
        "(" * 1_000_000,
        "The Evening Herald " * 50_000,
        "WIRE and " * 100_000,
        "ə" * 1_000_000,
        "\ud800\0\ufffe" * 1000,
    ],
)
def test_a_hostile_text_costs_no_more_than_another(text: str) -> None:
    """One second is far more than it takes, and far less than anything quadratic would."""
    began = time.process_time()

    credit = judge(text, title=text)

    assert len(credit.evidence) <= 2 * SHOWN
    assert time.process_time() - began < 1


def test_nothing_known_credits_nobody() -> None:
    """A new installation has neither outlets nor cues."""
    entry = an_entry(text="It is open, WIRE reports.", link="")

    credit = attribute(entry, source=a_source(title="The Source"), lexicon=prepare(Outlets(), Cues()))

    assert (credit.publisher.name, credit.originator, credit.evidence) == ("The Source", None, ())


def test_a_cue_that_is_too_light_makes_no_outlet_of_a_stranger() -> None:
    """The name could be anybody's."""
    cues = small_cues(a_cue("seen by {outlet}", weight=0.5, open=True, kind=CueKind.REFERENCE))
    entry = an_entry(text="It was seen by the newspaper Evening Quay.", link="")

    credit = attribute(entry, source=a_source(), lexicon=prepare(small_registry(), cues))

    assert credit.originator is None
    assert TIDE not in credit.chain
