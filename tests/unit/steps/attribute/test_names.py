"""Which spellings count as names, and where they end."""

import pytest

from feedhub.steps.attribute.names import MOST, compile_names, spot
from feedhub.steps.attribute.reading import segments
from tests.builders import a_registry, an_outlet
from tests.unit.steps.attribute.small import small_registry


def names_in(text: str, lang: str = "en") -> list[tuple[str, str]]:
    """Each name found, and the name with all that is written in one word with it."""
    segment = list(segments("", text))[1]
    found = spot(compile_names(small_registry()), segment, lang=lambda: lang).found
    return [(segment.raw[each.start : each.end], segment.raw[each.start : each.last]) for each in found]


@pytest.mark.parametrize(
    ("text", "lang", "names"),
    [
        ("Harbour Post reports", "en", ["Harbour Post"]),
        ("HARBOUR POST reports", "en", ["HARBOUR POST"]),
        ("harbour post reports", "en", []),
        ("the tide came, Tide said", "en", ["Tide"]),
        ("a wire, Wire, WIRE", "en", ["WIRE"]),
        ("WIREs", "en", []),
        ("reWIRE", "en", []),
        ("@WIRE and #WIRE", "en", []),
        ("so.WIRE and 5.WIRE", "en", ["WIRE"]),
        ("WIRE.com and WIRE.Then", "en", ["WIRE"]),
        ("WIRE's, WIRE-un", "en", ["WIRE's", "WIRE-un"]),
        ("“WIRE”un", "az", ["WIRE”un"]),
        ("“WIRE”x", "az", ["WIRE"]),
        ("WIREə, WIREun, WIREunx", "az", ["WIREə", "WIREun"]),
        ("WIREun", "en", []),
        ("WIRE'sının", "tr", ["WIRE'sının"]),
        ("WIRE-based", "en", ["WIRE"]),
        ("Приливу", "ru", ["Приливу"]),
        ("لويير وويير كويير بلويير", "ar", ["ويير", "ويير"]),
        ("据新海社报道", "zh", ["新海社"]),
        ("据WIRE报道", "zh", ["WIRE"]),
        ("see www.wire.example/x and wire.example", "en", ["www.wire.example", "wire.example"]),
        ("mail to me@wire.example or a@b.wire.example", "en", []),
        ("WIRE/Poll shows", "en", ["WIRE/Poll"]),
        ("Tide table", "en", ["Tide table"]),
        ("WIRÉ\u0301", "en", []),
        ("WIRE\u0301", "en", []),
    ],
)
def test_a_name_stands_at_the_bounds_of_a_word(text: str, lang: str, names: list[str]) -> None:
    """With its case where it is short, with the suffixes of the language of the text."""
    assert [whole for _, whole in names_in(text, lang)] == names


def test_a_spelling_that_several_share_stands_for_all_of_them() -> None:
    """Who is meant is decided later."""
    segment = list(segments("", "HD"))[1]

    found = spot(compile_names(small_registry()), segment, lang=lambda: "en").found

    assert [each.spelling.slugs for each in found] == [("hill_daily", "dale_daily")]


def test_a_text_of_one_repeated_name_is_looked_at_so_far() -> None:
    """The rest of it adds nothing."""
    assert len(names_in("WIRE " * 380)) == MOST


def test_words_to_be_noticed_are_noticed_anywhere() -> None:
    """They cost no pass of their own."""
    names = compile_names(a_registry(an_outlet("Tide")), hints=("newspaper~", "tide"))

    spotted = spot(names, list(segments("", "A newspapers tide"))[1], lang=lambda: "en")

    assert (spotted.hints, len(spotted.found)) == (((2, 11),), 0)


def test_a_form_of_an_ordinary_word_needs_a_cue_too() -> None:
    """And its case; a form of a name that is none does not."""
    names = compile_names(a_registry(an_outlet("Tidal", needs_cue=("Дождь",), forms=("Дождя", "Приливом"))))

    found = spot(names, list(segments("", "Дождя дождя ПРИЛИВОМ"))[1], lang=lambda: "ru").found

    assert [(each.spelling.text, each.spelling.needs_cue) for each in found] == [("Дождя", True), ("Приливом", False)]


def test_a_registry_without_outlets_finds_nothing() -> None:
    """A new installation has none, and a name without letters is none."""
    assert (
        spot(compile_names(a_registry(an_outlet(" "))), list(segments("", "Tide \0"))[1], lang=lambda: "en").found == ()
    )


@pytest.mark.parametrize(("text", "word"), [("Tide", True), ("TIDE", False), ("tide", True), ("فارس", True)])
def test_a_needed_cue_marks_an_ordinary_word_unless_it_is_in_capitals(text: str, *, word: bool) -> None:
    """Scripts without capitals cannot tell."""
    names = compile_names(a_registry(an_outlet("Tidal", needs_cue=(text,))))

    found = spot(names, list(segments("", text))[1], lang=lambda: "en").found

    assert [each.spelling.word for each in found] == [word]


def test_spellings_that_differ_in_case_alone_are_each_matched_in_their_own() -> None:
    """A small letter is enough for the one that is written so, and not for the other."""
    registry = a_registry(an_outlet("Harbour", slug="harbour"), an_outlet("harbour", slug="harbour_zine"))
    several = [segment for text in ("Harbour", "harbour") for segment in list(segments("", text))[1:]]
    found = [spot(compile_names(registry), segment, lang=lambda: "en").found for segment in several]
    assert [each.spelling.slugs for hits in found for each in hits] == [("harbour",), ("harbour_zine",)]
