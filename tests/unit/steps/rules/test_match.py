"""The words without which a rule cannot hold; what holds is shown in tests/golden/rules."""

import pytest

from feedhub.steps.rules.match import matcher
from feedhub.steps.rules.parse import parse


@pytest.mark.parametrize(
    ("rule", "needs"),
    [
        ("gas", {"gas"}),
        ('"southern gas corridor"', {"southern"}),
        ("title:gas OR text:oil", {"gas", "oil"}),
        ("gas OR tag:oil", None),
        ("gas OR -oil", None),
        ("(gas OR oil) ships tag:x", {"ships"}),
        ("tag:x lang:en", None),
        ("-gas", None),
        ("삼성 OR gas", None),
        ("手机", {"手"}),
    ],
)
def test_needs(rule: str, needs: set[str] | None) -> None:
    """An OR needs one of all, an AND the words of its most telling part; names and exclusions need none."""
    assert matcher(parse(rule)).needs == needs
