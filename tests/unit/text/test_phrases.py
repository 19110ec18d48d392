"""The notation of cues."""

import pytest

from feedhub.text.phrases import Phrase, read_phrase, spell_out, tokens


@pytest.mark.parametrize(
    ("phrase", "read"),
    [
        ("according to {outlet}", Phrase(before=(("according", "to"),), after=((),))),
        ("{outlet} {says|has said}", Phrase(before=((),), after=(("says",), ("has", "said")))),
        ("{outlet} {also|} says", Phrase(before=((),), after=(("also", "says"), ("says",)))),
        ("сообща~ * {outlet} **, #", Phrase(before=(("сообща~", "*"),), after=(("**", ",", "#"),))),
        ("^^ ({outlet}) $$", Phrase(before=(("^^", "("),), after=((")", "$$"),))),
        ("^ / {outlet} $", Phrase(before=(("^", "/"),), after=(("$",),))),
    ],
)
def test_a_phrase_is_read_into_what_it_asks_of_either_side(phrase: str, read: Phrase) -> None:
    """Alternatives multiply on their side of the name only."""
    assert read_phrase(phrase) == read


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("reports", "{outlet} must stand in a cue exactly once"),
        ("{outlet} and {outlet} report", "{outlet} must stand in a cue exactly once"),
        ("{outlet}", "a cue needs a word or a sign beside the name"),
        ("{outlet} {|says}", "a cue needs a word or a sign beside the name"),
        ("{outlet} {says", "a brace is not closed, or closed twice"),
        ("{outlet} } says", "a brace is not closed, or closed twice"),
        ("{a|b|c|d|e|f|g|h|i|j}" * 4 + "{outlet}", "the lists in this cue multiply to more than 3000 phrases"),
    ],
)
def test_a_wrong_phrase_is_refused_with_the_reason(phrase: str, why: str) -> None:
    """In a sentence for the person who wrote it."""
    with pytest.raises(ValueError, match=r"cue|brace") as caught:
        read_phrase(phrase)

    assert str(caught.value) == why


def test_lists_are_spelled_out_alone_and_among_others() -> None:
    """A cue can be read without its document."""
    words = {"says": ("says", "said"), "of": ("of",)}

    spelled = spell_out("{says} {of} {outlet} {@says|told}", words)

    assert spelled == "{says|said} {of} {outlet} {says|said|told}"


def test_a_list_that_is_not_there_is_refused() -> None:
    """By its name."""
    with pytest.raises(ValueError, match='no list of words is named "tells"'):
        spell_out("{tells} {outlet}", {})


def test_a_stem_keeps_its_sign() -> None:
    """It belongs to the word before it."""
    assert tokens("News-agenc~ ~") == ("news", "-", "agenc~~")
