"""Whether hubs can find us."""

import pytest

from feedhub.text.reach import reachable


@pytest.mark.parametrize(
    "url",
    [
        "https://feeds.example.org",
        "http://feeds.example.org:8080/news",
        "https://example.org",
        "https://пример.рф",
        "http://93.184.215.14",
        "http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:8000",
        "https://feeds.example.org.",
    ],
)
def test_public_names_and_addresses_are_within_reach(url: str) -> None:
    assert reachable(url, ())


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000",
        "http://localhost",
        "http://feeds.localhost",
        "http://newsbox",
        "http://newsbox.local",
        "http://newsbox.lan.",
        "http://home.arpa",
        "http://box.home.arpa",
        "http://10.1.2.3",
        "http://192.168.0.7:8000",
        "http://[fe80::1]",
        "http://[::1]:8000",
        "https://feeds.example",
    ],
)
def test_names_and_addresses_of_a_network_of_ours_are_not(url: str) -> None:
    assert not reachable(url, ())


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("http://127.0.0.1:8000", "127.0.0.1"),
        ("http://[::1]:8000", "[::1]"),
        ("http://newsbox.lan", "newsbox.lan"),
    ],
)
def test_a_host_that_the_operator_allows_is(url: str, allowed: str) -> None:
    assert reachable(url, {allowed, "other.lan"})
    assert not reachable(url, {"other.lan"})
