"""What else an entry says, made safe."""

import pytest

from feedhub.model.entry import Extra
from feedhub.model.keys import Digest
from feedhub.model.raw import RawEntry, RawExtra
from feedhub.steps.clean.extras import extras_of


def cleaned(*extras: tuple[str, str]) -> list[tuple[str, str]]:
    """Names and values of what is left of them."""
    given = tuple(RawExtra(name=name, value=value) for name, value in extras)
    raw = RawEntry(digest=Digest("raw"), base="https://harbour.example/feed", extras=given)
    return [(extra.name, extra.value) for extra in extras_of(raw)]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("itunes:duration", " 1:02:03\n", "1:02:03"),
        ("rights", "<b>&copy;</b> A &amp;amp; B<script>x</script>", "© A & B"),
        ("rights", "word " * 100, "word " * 59 + "word…"),
        ("thr:in-reply-to", "tag:a.example,2026:1", "tag:a.example,2026:1"),
        ("thr:in-reply-to", "https://a.example/x y", "https://a.example/x%20y"),
        ("media:license", "http://user:secret@a.example/", "http://a.example/"),
        ("itunes:image", "/i.jpg", "https://harbour.example/i.jpg"),
    ],
)
def test_values_are_lines_of_text_or_addresses(name: str, value: str, expected: str) -> None:
    """Without markup, absolute, not too long."""
    assert cleaned((name, value)) == [(name, expected)]


@pytest.mark.parametrize(
    ("name", "value"),
    [("itunes:image", "javascript:x"), ("comments", "mailto:a@b.example"), ("rights", "<br>"), ("rights", "http://")],
)
def test_what_is_neither_is_left_out(name: str, value: str) -> None:
    """Where an address belongs nothing else may stand."""
    assert cleaned((name, value)) == []


def test_extras_are_counted_up_to_a_limit_each_once() -> None:
    """Forty are more than any element set has."""
    assert cleaned(("a", "1"), ("a", "1"), ("b", "1")) == [("a", "1"), ("b", "1")]
    assert len(cleaned(*((f"n{number}", "1") for number in range(200)))) == 40


def test_an_extra_is_what_the_model_says() -> None:
    """Its own class, not the parser's."""
    raw = RawEntry(digest=Digest("raw"), extras=(RawExtra(name="geo:lat", value="40.4"),))
    assert extras_of(raw) == (Extra(name="geo:lat", value="40.4"),)
