"""What an organisation registered."""

import pytest

from feedhub.text.domains import registrable


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("news.example.co.uk", "example.co.uk"),
        ("WWW.Example.COM:8080", "example.com"),
        ("axar.az", "axar.az"),
        ("xeber.axar.com.az.", "axar.com.az"),
        ("harbour.blogspot.com", "harbour.blogspot.com"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]:80", "[::1]"),
        ("localhost", "localhost"),
        ("co.uk", "co.uk"),
        ("", ""),
        ("xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_registrable_is_the_part_that_was_bought(host: str, expected: str) -> None:
    """By the list that comes with the library, private suffixes too."""
    assert registrable(host) == expected
