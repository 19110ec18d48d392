"""TOML text to values, or the place where it stops being TOML."""

import pytest

from feedhub.text.toml import NotToml, plain, read_toml


def test_plain_takes_off_the_byte_order_mark_and_carriage_returns() -> None:
    """Both are habits of editors, and move no line."""
    assert plain("\ufeffa = 1\r\nb = 2\n") == "a = 1\nb = 2\n"


def test_read_toml_gives_values() -> None:
    """As tomllib reads them."""
    assert read_toml('[a.b]\nc = ["x", 1, true]\n') == {"a": {"b": {"c": ["x", 1, True]}}}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("a = 1\nb =\n", NotToml(line=2, column=4, message="Invalid value")),
        ("a = 1\na = 2\nb = 3", NotToml(line=2, column=6, message="Cannot overwrite a value")),
        ('a = "x', NotToml(line=1, column=7, message="Unterminated string")),
        ("a = [\n1,\n\n", NotToml(line=2, column=3, message="Invalid value")),
        ("a =" + "[" * 5000, NotToml(line=1, column=4, message="brackets are nested too deep")),
        ("b = 1\na = " + "9" * 5000, NotToml(line=2, column=5, message="this number is too long")),
        ("b = 1\n" + "a." * 100 + "a = 1", NotToml(line=2, column=1, message="this dotted key is too long")),
        ("a\r= 1", NotToml(line=1, column=2, message="Expected '=' after a key in a key/value pair")),
    ],
)
def test_read_toml_says_where_and_why(text: str, wrong: NotToml) -> None:
    """Whatever the text holds, with line and column."""
    assert read_toml(text) == wrong


def test_read_toml_finds_a_place_even_for_brackets_in_odd_order() -> None:
    """The place of deep nesting is a guess; where nothing is found, it is the beginning."""
    assert read_toml("x = " + "[{a=" * 3000) == NotToml(line=1, column=5, message="brackets are nested too deep")
