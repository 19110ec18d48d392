"""Values as messages repeat them."""

import pytest

from feedhub.text.shown import bare, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        ({"a": 1}, "a table"),
        ([1], "a list"),
        ("a", '"a"'),
        (5, "5"),
        (2.5, "2.5"),
        ("a\nb\x1b\ud800", '"a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"'),
        ("a" * 61, f'"{"a" * 59}…"'),
    ],
)
def test_shown(value: object, text: str) -> None:
    """Much as TOML writes them; short, on one line and printable."""
    assert shown(value) == text


def test_bare_has_no_quotes() -> None:
    """For names that stand at the head of a message."""
    assert bare("tit\tle") == "tit\N{REPLACEMENT CHARACTER}le"
