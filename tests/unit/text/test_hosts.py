"""The name by which a server is counted."""

import pytest

from feedhub.text.hosts import host_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Harbour.example/rss", "harbour.example"),
        ("http://harbour.example:80/rss", "harbour.example"),
        ("http://harbour.example:443/", "harbour.example"),
        ("http://harbour.example.:8080/", "harbour.example:8080"),
        ("http://127.0.0.1:8700/a", "127.0.0.1:8700"),
        ("http://[2001:db8::1]/a", "2001:db8::1"),
        ("http://harbour.example:99999/", ""),
        ("http://[bad/", ""),
        ("no address", ""),
    ],
)
def test_host_is_the_name_and_a_port_of_its_own(url: str, host: str) -> None:
    """Both http and https of one name are one server."""
    assert host_of(url) == host
