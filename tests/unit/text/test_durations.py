"""Durations as people write them."""

from datetime import timedelta

import pytest

from feedhub.text.durations import read_duration, write_duration


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("90s", timedelta(seconds=90)),
        ("15m", timedelta(minutes=15)),
        ("6h", timedelta(hours=6)),
        ("7d", timedelta(days=7)),
        ("0s", timedelta()),
        ("36500d", timedelta(days=36500)),
    ],
)
def test_read_duration(text: str, span: timedelta) -> None:
    """A whole number and a unit."""
    assert read_duration(text) == span


@pytest.mark.parametrize(
    "text", ["", "5", "m", "1.5h", "1h30m", "-5m", "5 m", "5M", "٥m", "36501d", "9999999999s", "5m\n"]
)
def test_read_duration_refuses(text: str) -> None:
    """Anything else, and spans beyond which dates run out."""
    with pytest.raises(ValueError, match="a duration is"):
        read_duration(text)


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(), "0s"),
        (timedelta(seconds=90), "90s"),
        (timedelta(minutes=120), "2h"),
        (timedelta(hours=48), "2d"),
        (timedelta(minutes=61), "61m"),
    ],
)
def test_write_duration(span: timedelta, text: str) -> None:
    """In the largest unit that leaves no rest."""
    assert write_duration(span) == text
