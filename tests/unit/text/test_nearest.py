"""What somebody may have meant."""

import pytest

from feedhub.text.nearest import nearest


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("titlex", "did you mean 'title'?"),
        ("langs", "did you mean 'lang'?"),
        ("weather", ""),
        ("", ""),
        ("title" * 100, ""),
    ],
)
def test_nearest(name: str, hint: str) -> None:
    """A near name, or nothing rather than a wild guess."""
    assert nearest(name, ("title", "lang", "source")) == hint
