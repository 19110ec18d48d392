"""Rules that can be asked."""

from dataclasses import replace

from feedhub.model.entry import Folded
from feedhub.model.topic import Hit
from feedhub.steps.rules import compile_rule
from tests.builders import a_subject


def test_blank_rule_holds_for_every_story() -> None:
    """An editor who writes nothing asks for nothing."""
    assert compile_rule(" \n\t")(a_subject()) == Hit(clause="", words=())


def test_long_clause_is_cut() -> None:
    """A clause is kept with every match: long ones are cut where they can still be found."""
    rule = f"ferry -({' OR '.join(f'word{number}' for number in range(200))})"
    hit = compile_rule(rule)(a_subject())
    assert hit == Hit(clause=f"{rule[:299]}…", words=("Ferry",))


def test_rule_asks_several_stories() -> None:
    """What one story holds is not found in the next."""
    rule = compile_rule("ferry")
    assert [rule(a_subject(title=title, text="")) for title in ("The — ferry", "The train", "A FERRY")] == [
        Hit(clause="ferry", words=("ferry",)),
        None,
        Hit(clause="ferry", words=("FERRY",)),
    ]


def test_rule_on_an_empty_story() -> None:
    """A story may have neither title nor text."""
    assert compile_rule("ferry OR -train")(a_subject(title="", text="")) == Hit(clause="-train", words=())


def test_words_that_are_known_already_are_not_folded_again() -> None:
    """They are taken as they are, and shown as the text has them."""
    rule = compile_rule("ferry left")
    subject = a_subject(title="The Ferry", text="It left.", folded=Folded(title="the ferry", text="it left"))
    assert rule(subject) == Hit(clause="ferry left", words=("Ferry", "left"))
    assert rule(replace(subject, text="Nothing.", folded=Folded(title="the ferry", text="it left"))) is not None
    assert rule(replace(subject, text="Nothing.", folded=None)) is None
