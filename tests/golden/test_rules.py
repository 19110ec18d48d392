"""The rule language by example: good rules with what they find, bad rules with what is said of them."""

import tomllib
from pathlib import Path

import pytest

from feedhub.errors import RuleError
from feedhub.model.topic import Hit, Subject
from feedhub.steps.rules import compile_rule
from tests.builders import a_subject

_CASES = Path(__file__).parent / "rules"
_GOOD = tomllib.loads((_CASES / "good.toml").read_text("utf-8"))
_BAD = tomllib.loads((_CASES / "bad.toml").read_text("utf-8"))


def _subject(name: str) -> Subject:
    story = _GOOD["stories"][name]
    texts = {key: story[key] for key in ("title", "text")}
    sets = {key: frozenset(story[key]) for key in ("sources", "outlets", "origins", "langs", "tags")}
    return a_subject(**texts, **sets)


@pytest.mark.parametrize("case", _GOOD["case"], ids=lambda case: case["name"])
def test_good_rule_finds(case: dict[str, object]) -> None:
    """A rule gives the clause and the words of the story, or nothing."""
    words = case.get("words")
    wanted = Hit(clause=str(case["clause"]), words=tuple(words)) if isinstance(words, list) else None
    assert compile_rule(str(case["rule"]))(_subject(str(case["story"]))) == wanted


@pytest.mark.parametrize("case", _BAD["case"], ids=lambda case: case["name"])
def test_bad_rule_says(case: dict[str, str]) -> None:
    """A rule that is wrong says where, what and what to do."""
    with pytest.raises(RuleError) as caught:
        compile_rule(case["rule"])
    assert str(caught.value) == case["message"]
