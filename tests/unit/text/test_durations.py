"""Durations as people write them."""

from datetime import timedelta

import pytest

from feedhub.text.durations import read_duration, tell_duration, write_duration


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


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=45), "45 s"),
        (timedelta(seconds=60), "1 min"),
        (timedelta(seconds=90), "90 s"),
        (timedelta(seconds=150), "2 min"),
        (timedelta(minutes=7, seconds=30), "7 min"),
        (timedelta(minutes=7, seconds=31), "8 min"),
        (timedelta(minutes=15), "15 min"),
        (timedelta(minutes=60), "1 h"),
        (timedelta(minutes=90), "90 min"),
        (timedelta(hours=4), "4 h"),
        (timedelta(hours=24), "1 d"),
        (timedelta(hours=36), "36 h"),
        (timedelta(days=3), "3 d"),
        (timedelta(days=3, hours=1), "3 d"),
    ],
)
def test_tell_duration_takes_the_largest_unit_that_tells_it_well(span: timedelta, words: str) -> None:
    """A whole one of it, or from two upwards."""
    assert tell_duration(span) == words
