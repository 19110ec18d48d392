"""Checks of what people write."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from feedhub.text import addresses
from feedhub.text.complaints import WrongValueError

_RIGHT: list[tuple[Callable[[str], object], str, object]] = [
    (addresses.check_url, "https://harbour.example/rss?a=b#c", "https://harbour.example/rss?a=b#c"),
    (addresses.check_url, "http://127.0.0.1:8700/feed", "http://127.0.0.1:8700/feed"),
    (addresses.check_url, "http://[::1]:8700/", "http://[::1]:8700/"),
    (addresses.check_url, "https://гавань.example/", "https://гавань.example/"),
    (addresses.check_base_url, "https://harbour.example/news/", "https://harbour.example/news"),
    (addresses.check_hub, "", ""),
    (addresses.check_hub, "https://hub.example/", "https://hub.example/"),
    (addresses.check_contact, "", ""),
    (addresses.check_contact, "mailto:editor@harbour.example", "mailto:editor@harbour.example"),
    (addresses.check_contact, "https://harbour.example/contact", "https://harbour.example/contact"),
    (addresses.check_authority, "feeds.example.org,2026", "feeds.example.org,2026"),
    (addresses.check_authority, "editor@harbour.example,2026-02", "editor@harbour.example,2026-02"),
    (addresses.check_authority, "harbour.example,2026-02-28", "harbour.example,2026-02-28"),
    (addresses.check_language, "pt-BR", "pt-BR"),
    (addresses.check_host, "127.0.0.1:8700", "127.0.0.1:8700"),
    (addresses.check_host, "localhost", "localhost"),
    (addresses.check_host, "[::1]:8700", "[::1]:8700"),
    (addresses.check_slug, "axar_az-2", "axar_az-2"),
    (addresses.check_line, "  Harbour Post ", "Harbour Post"),
    (addresses.check_duration, "15m", timedelta(minutes=15)),
    (addresses.url_host, "https://WWW.Harbour.example.:8080/rss", "www.harbour.example"),
]

_WRONG: list[tuple[Callable[[str], object], str, str]] = [
    (addresses.check_url, "harbour.example/rss", '"harbour.example/rss" is no absolute http or https URL'),
    (addresses.check_url, "ftp://harbour.example/", '"ftp://harbour.example/" is no absolute http or https URL'),
    (addresses.check_url, "https:///rss", '"https:///rss" is no absolute http or https URL'),
    (addresses.check_url, "https://a.example:0/", '"https://a.example:0/" is no absolute http or https URL'),
    (addresses.check_url, "https://a.example:x/", '"https://a.example:x/" is no URL'),
    (addresses.check_url, "https://[::1/", '"https://[::1/" is no URL'),
    (addresses.check_url, "https://a.example/ b", '"https://a.example/ b" is too long for a URL, or holds a space'),
    (addresses.check_url, "https://me:secret@a.example/", "this URL holds a user name or password"),
    (addresses.check_base_url, "https://a.example/?x=1", '"https://a.example/?x=1" goes on after the path'),
    (addresses.check_hub, "hub", '"hub" is no absolute http or https URL'),
    (addresses.check_contact, "editor@a.example", '"editor@a.example" is no contact'),
    (addresses.check_contact, "https:", '"https:" is no absolute http or https URL'),
    (addresses.check_authority, "a.example", '"a.example" is no tag authority (RFC 4151)'),
    (addresses.check_authority, "A.example,2026", '"A.example,2026" is no tag authority (RFC 4151)'),
    (addresses.check_authority, "a.example,2026-02-30", '"a.example,2026-02-30" holds a date that does not exist'),
    (addresses.check_language, "english", '"english" is no language'),
    (addresses.check_host, "http://a.example", '"http://a.example" is no host'),
    (addresses.check_slug, "Axar", '"Axar" cannot be a slug'),
    (addresses.check_slug, "-axar", '"-axar" cannot be a slug'),
    (addresses.check_slug, "a" * 65, f'"{"a" * 59}…" cannot be a slug'),
    (addresses.check_line, " ", '" " is not one line of text'),
    (addresses.check_line, "a\nb", '"a\N{REPLACEMENT CHARACTER}b" is not one line of text'),
    (addresses.check_duration, "15", '"15" is no duration'),
]


@pytest.mark.parametrize(("check", "text", "value"), _RIGHT)
def test_check_passes(check: Callable[[str], object], text: str, value: object) -> None:
    """What is right comes back, tidied."""
    assert check(text) == value


@pytest.mark.parametrize(("check", "text", "message"), _WRONG)
def test_check_refuses(check: Callable[[str], object], text: str, message: str) -> None:
    """What is wrong is said in one clause."""
    with pytest.raises(WrongValueError) as caught:
        check(text)
    assert caught.value.message == message


def test_duration_that_is_no_text() -> None:
    """TOML has numbers too."""
    with pytest.raises(WrongValueError) as caught:
        addresses.check_duration(15)
    assert caught.value.message == "15 is no duration"
