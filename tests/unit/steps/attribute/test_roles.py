"""What each name is to its text."""

import pytest

from feedhub.model.cue import CueKind, Role
from feedhub.steps.attribute.names import spot
from feedhub.steps.attribute.reading import segments
from feedhub.steps.attribute.roles import decide, place, share
from tests.builders import a_cue
from tests.unit.steps.attribute.small import small_lexicon

LEXICON = small_lexicon(
    a_cue("{outlet} presents", kind=CueKind.OBJECT, role=Role.MENTION, rule="en.presents"),
    a_cue("to {outlet}", rule="en.to"),
    a_cue("^ {outlet} -", rule="any.dash"),
)


def roles(text: str) -> list[tuple[str, str, str]]:
    """Each name in a text, the rule that decided, and the words of cue and name."""
    segment = list(segments("", text))[1]
    hits = place(spot(LEXICON.names, segment, lang=lambda: "az").found, segment, LEXICON.around)
    decide(hits, LEXICON.book)
    share(hits, LEXICON.around)
    return [
        (
            segment.raw[hit.found.start : hit.found.end],
            hit.cue.rule if hit.cue else "",
            segment.raw[hit.start : hit.end],
        )
        for hit in hits
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He told WIRE so.", [("WIRE", "en.told", "told WIRE")]),
        ("He told the WIRE agency so.", [("WIRE", "en.told", "told the WIRE")]),
        ("He told the old state agency WIRE.", [("WIRE", "en.told", "told the old state agency WIRE")]),
        ("He told the very old northern state agency WIRE.", [("WIRE", "", "WIRE")]),
        ("He told the newspaper-agency WIRE", [("WIRE", "en.told", "told the newspaper-agency WIRE")]),
        ("He told the agency-newspaper - WIRE", [("WIRE", "", "WIRE")]),
        ("-newspaper WIRE.", [("WIRE", "", "WIRE")]),
        ("WIRE-un opened", [("WIRE", "", "WIRE")]),
        ("WIRE - opened", [("WIRE", "any.dash", "WIRE -")]),
        ("The newspaper, WIRE", [("WIRE", "", "WIRE")]),
        ("agency WIRE", [("WIRE", "any.last", "agency WIRE")]),
        ("The WIRE agency reports it", [("WIRE", "en.report", "WIRE agency reports")]),
        ("“WIRE”un reports", [("WIRE", "en.report", "WIRE”un reports")]),
        ("WIRE", [("WIRE", "any.last", "WIRE")]),
        ("former WIRE boss told WIRE", [("WIRE", "en.object", "former WIRE"), ("WIRE", "en.told", "told WIRE")]),
        ("Tide quickly informs", [("Tide", "", "Tide")]),
        ("WIRE quickly informs", [("WIRE", "en.far", "WIRE quickly informs")]),
        ("Tide reports", [("Tide", "en.report", "Tide reports")]),
    ],
)
def test_the_first_cue_that_fires_decides(text: str, found: list[tuple[str, str, str]]) -> None:
    """Words for its kind may stand between it and the name; a loose cue says nothing of an ordinary word."""
    assert roles(text) == found


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("citing WIRE and Tide", ["en.reference", "en.reference"]),
        ("citing WIRE, Tide and Harbour Post", ["en.reference", "en.reference", "en.reference"]),
        ("citing WIRE, the newspaper Tide", ["en.reference", "en.reference"]),
        ("citing WIRE with Tide", ["en.reference", ""]),
        ("citing WIRE. Tide", ["en.reference", ""]),
        ("citing WIRE\nand Tide", ["en.reference", ""]),
        ("WIRE and Tide reports", ["en.report", "en.report"]),
        ("WIRE, Tide reports", ["", "en.report"]),
        ("WIRE and Tide presents", ["", "en.presents"]),
        ("Tide WIRE said", ["", "en.report"]),
    ],
)
def test_names_in_a_list_share_their_cue(text: str, rules: list[str]) -> None:
    """If it makes them sources and nothing else stands between them."""
    assert [each[1] for each in roles(text)] == rules


def test_a_role_that_was_taken_over_weighs_less() -> None:
    """It is the cue of a neighbour."""
    segment = list(segments("", "citing WIRE and Tide"))[1]
    hits = place(spot(LEXICON.names, segment, lang=lambda: "en").found, segment, LEXICON.around)

    decide(hits, LEXICON.book)
    share(hits, LEXICON.around)

    assert [round(hit.weight, 3) for hit in hits] == [0.9, 0.81]


def test_a_prefix_written_with_the_name_is_a_word_of_its_own() -> None:
    """«to X» is one word in Arabic."""
    lexicon = small_lexicon(a_cue("قال ل {outlet}", rule="ar.told"))
    segment = list(segments("", "قال لويير"))[1]
    hits = place(spot(lexicon.names, segment, lang=lambda: "ar").found, segment, lexicon.around)

    decide(hits, lexicon.book)

    assert [hit.cue.rule for hit in hits if hit.cue] == ["ar.told"]
