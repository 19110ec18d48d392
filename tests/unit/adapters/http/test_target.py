"""How URLs are read."""

import pytest

from feedhub.adapters.http.target import Target, read_target, resolve_target, shown
from feedhub.model.fetching import Refused, Why


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("http://example.com", "http://example.com/"),
        ("  HTTPS://Example.COM:443/a  ", "https://example.com/a"),
        ("http://example.com:443/", "http://example.com:443/"),
        ("http://example.com:/", "http://example.com/"),
        ("http://example.com./a", "http://example.com/a"),
        ("http://example.com?q=1#part", "http://example.com/?q=1"),
        ("http://example.com/a b/%41/é?ü=ö", "http://example.com/a%20b/%41/%C3%A9?%C3%BC=%C3%B6"),
        ("http://example.com/?a[]=1&b=x|y", "http://example.com/?a[]=1&b=x|y"),
        ("http://BÜCHER.example/", "http://xn--bcher-kva.example/"),
        ("http://новости.рф/rss", "http://xn--b1amnebsh.xn--p1ai/rss"),
        ("http://straße.example/", "http://xn--strae-oqa.example/"),
        ("http://Ａ．example/", "http://a.example/"),
        ("http://faß。example/", "http://xn--fa-hia.example/"),
        ("http://my_host.example/", "http://my_host.example/"),
        ("http://0x01.0x01.257/", "http://1.1.1.1/"),
        ("http://[2606:4700:0:0::1111]:8080/", "http://[2606:4700::1111]:8080/"),
        ("http://user:p%40ss@example.com/", "http://example.com/"),
    ],
)
def test_a_url_has_one_spelling(url: str, plain: str) -> None:
    """The one that is dialled, logged and compared; it is its own."""
    target = read_target(url)
    assert isinstance(target, Target)
    assert target.url == plain
    assert read_target(plain) == Target(scheme=target.scheme, host=target.host, port=target.port, path=target.path)


def test_user_information_is_kept_apart() -> None:
    """For the host it belongs to."""
    target = read_target("http://us%65r:p:ä@example.com/a")
    assert isinstance(target, Target)
    assert target.login == "user:p:ä".encode()
    assert target.private_url == "http://us%65r:p:%C3%A4@example.com/a"
    assert target.url == "http://example.com/a"


@pytest.mark.parametrize(
    ("url", "literal"),
    [
        ("http://1.2.3.4/", "1.2.3.4"),
        ("http://[2606::1]/", "2606::1"),
        ("http://a.example/", None),
        ("http://a1/", None),
    ],
)
def test_a_literal_address_is_known_as_one(url: str, literal: str | None) -> None:
    """Names are None."""
    target = read_target(url)
    assert isinstance(target, Target)
    assert target.literal == literal


def test_a_refusal_says_what_is_wrong_without_credentials() -> None:
    """Sentences are shown to people and stand in logs."""
    assert read_target("ftp://user:secret@example.com/") == Refused(
        why=Why.GUARD, detail="The address must begin with http:// or https://: “ftp://example.com/”."
    )


def test_a_text_is_cut_and_cleaned_for_showing() -> None:
    """No control characters, no novel."""
    assert shown("a\x00b\u202e" + "c" * 500) == "“a?b?" + "c" * 116 + "…”"


def test_a_location_of_utf8_bytes_is_read_as_utf8() -> None:
    """Headers come as Latin-1."""
    base = read_target("http://example.com/a/b")
    assert isinstance(base, Target)
    there = resolve_target(base, "новости".encode().decode("latin-1"))
    assert isinstance(there, Target)
    assert there.url == "http://example.com/a/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"
