"""Addresses, made absolute and canonical."""

from base64 import urlsafe_b64encode

import pytest

from feedhub.text.urls import LONGEST, absolute, canonical, host, unwrapped

BASE = "https://harbour.example/news/feed.xml"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x", "https://a.example/x"),
        (" \n HTTPS://A.Example/X \t", "https://a.example/X"),
        ("/x", "https://harbour.example/x"),
        ("x?y#z", "https://harbour.example/news/x?y#z"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("https:\\\\a.example\\x", "https://a.example/x"),
        ("https://user:secret@a.example/", "https://a.example/"),
        ("https://a.example:8080/", "https://a.example:8080/"),
        ("https://a.example:/", "https://a.example/"),
        ("https://[2001:db8::1]:81/x", "https://[2001:db8::1]:81/x"),
        ("https://a.example./x", "https://a.example/x"),
        ("https://пример.рф/путь", "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C"),
        ('https://a.example/a b"<c>', "https://a.example/a%20b%22%3Cc%3E"),
        ("https://a.example/100%/%41", "https://a.example/100%25/%41"),
        ("https://a.example/?a=[1]#é", "https://a.example/?a=%5B1%5D#%C3%A9"),
        ("java\nscript:alert(1)", ""),
        ("mailto:a@b.example", ""),
        ("ftp://a.example/", ""),
        ("", ""),
        (" ", ""),
        ("/a/../x", "https://harbour.example/x"),
        ("/x?", "https://harbour.example/x"),
        ("/x?a=1", "https://harbour.example/x?a=1"),
        ("/" + "x" * (LONGEST - 1), ""),
        ("https://", ""),
        ("https://a.example:99999/", ""),
        ("https://a.example:8x/", ""),
        ("https://a b.example/", ""),
        ("https://a..example/", ""),
        ("https://" + "ü" * 70 + ".example/", ""),
        ("https://" + "a" * 254 + "/", ""),
        ("https://a.example/" + "x" * LONGEST, ""),
        ("https://a.example/" + "é" * (LONGEST // 3), ""),
        ("//[bad", ""),
    ],
)
def test_absolute_gives_a_uri_or_nothing(url: str, expected: str) -> None:
    """What stands in a document, to what a reader can be sent to."""
    assert absolute(BASE, url) == expected


def test_absolute_takes_no_relative_address_without_a_base() -> None:
    """There is nothing to resolve it against; only a missing scheme can be guessed."""
    assert (absolute("", "/x"), absolute("", "//a.example/x")) == ("", "https://a.example/x")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.a.example:80/x/", "https://a.example/x"),
        ("https://a.example:443", "https://a.example/"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("https://m.a.example/x", "https://a.example/x"),
        ("https://www.m.a.example/x", "https://a.example/x"),
        ("https://m.com/x", "https://m.com/x"),
        ("https://www.1.2/x", "https://www.1.2/x"),
        ("https://a.example/x#part", "https://a.example/x"),
        ("https://a.example/#!/x", "https://a.example/#!/x"),
        ("https://a.example/x?utm_source=rss&id=7&fbclid=abc&UTM_Medium=feed&b=2", "https://a.example/x?id=7&b=2"),
        ("https://a.example/x?utm_source=rss", "https://a.example/x"),
        ("https://a.example/x?ref=rss&ref=12", "https://a.example/x?ref=12"),
        ("https://a.example/x?%75tm_source=y&q=%7e%2f", "https://a.example/x?q=~%2F"),
        ("https://a.example/%7euser/./a/../b/..", "https://a.example/~user"),
        ("https://a.example/../..", "https://a.example/"),
        ("https://a.example/x;jsessionid=1F/y", "https://a.example/x/y"),
        ("https://a.example/x/amp/", "https://a.example/x"),
        ("https://a.example/amp/x?amp=1", "https://a.example/x"),
        ("https://amp.a.example/x", "https://a.example/x"),
        ("https://a-example.cdn.ampproject.org/c/s/www.a.example/x/amp", "https://a.example/x"),
        ("https://www.google.com/amp/s/a.example/x", "https://a.example/x"),
        ("https://www.google.com/url?rct=j&url=https%3A%2F%2Fm.a.example%2Fx&ct=ga", "https://a.example/x"),
        ("https://www.google.com/url?q=https://b.example/&sa=U", "https://b.example/"),
        ("https://www.google.com/url?q=nonsense", "https://google.com/url?q=nonsense"),
        ("https://cdn.ampproject.org/nothing", "https://cdn.ampproject.org/nothing"),
        ("https://a-example.cdn.ampproject.org/v/s/a.example/x?id=7&usqp=mq331", "https://a.example/x?id=7"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_canonical_forgets_what_varies_between_copies(url: str, expected: str) -> None:
    """One page, one key."""
    assert canonical(url) == expected


def test_canonical_undoes_wrappers_in_wrappers_but_not_for_ever() -> None:
    """Each wrapper makes an address longer, so a nest of them is bounded by the longest address."""
    assert (
        canonical("https://google.com/url?q=https://www.google.com/url%3Fq%3Dhttps://a.example/x")
        == "https://a.example/x"
    )


def test_host_is_lower_case_and_without_port() -> None:
    """Nothing for what is not http."""
    assert [
        host(url) for url in ("HTTP://WWW.A.Example:81/x", "https://[::1]/", "mailto:a@b", "https://a.example")
    ] == [
        "www.a.example",
        "[::1]",
        "",
        "a.example",
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?utm_source=rss#part", "https://a.example/x?utm_source=rss#part"),
        ("http://m.a.example/x", "http://m.a.example/x"),
        ("/x", ""),
        ("javascript:alert(1)", ""),
        (
            "https://www.google.com/url?rct=j&sa=t&url=http%3A%2F%2Fwww.a.example%2Fx%3Fid%3D7&ct=ga",
            "http://www.a.example/x?id=7",
        ),
        ("https://www.google.com/url?q=/search&url=nonsense", "https://www.google.com/url?q=/search&url=nonsense"),
        ("https://www.google.com/amp/s/a.example/x/?id=7", "https://a.example/x/?id=7"),
        (
            "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&url=https%3a%2f%2fa.example%2fx&c=1",
            "https://a.example/x",
        ),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2Fx&h=AT0", "https://a.example/x"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx&data=05",
            "https://a.example/x",
        ),
        ("https://duckduckgo.com/l/?uddg=https%3A%2F%2Fa.example%2Fx", "https://a.example/x"),
        (
            "https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU=https%3a%2f%2fa.example%2fx/RK=2/RS=z-",
            "https://a.example/x",
        ),
        ("https://r.search.yahoo.com/cbclk", "https://r.search.yahoo.com/cbclk"),
        ("https://vk.com/away.php?to=javascript%3Aalert(1)", "https://vk.com/away.php?to=javascript%3Aalert(1)"),
        ("https://vk.com/away.php?to=https://", "https://vk.com/away.php?to=https://"),
        (
            "https://exit.sc/?url=https%3A%2F%2Fexit.sc%2F%3Furl%3Dhttps%253A%252F%252Fa.example%252Fx",
            "https://a.example/x",
        ),
    ],
)
def test_unwrapped_is_where_a_reader_arrives(url: str, expected: str) -> None:
    """Nothing else of the address changes."""
    assert unwrapped(url) == expected


def _news(address: bytes, *, path: str = "rss/articles/", length: bytes = b"") -> str:
    """The address that Google News gives an article, as its feeds wrote it until 2024."""
    message = b"\x08\x13\x22" + (length or bytes([len(address)])) + address + b"\xd2\x01\x00"
    return f"https://news.google.com/{path}{urlsafe_b64encode(message).decode().rstrip('=')}?oc=5"


LONG = b"https://a.example/" + b"x" * 200


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (_news(b"https://a.example/news/1"), "https://a.example/news/1"),
        (_news(b"https://a.example/news/1", path="articles/"), "https://a.example/news/1"),
        (_news(b"https://a.example/news/1", path="__i/rss/rd/articles/"), "https://a.example/news/1"),
        (_news(b"https://a.example/news/1", path="read/"), "https://a.example/news/1"),
        (_news(LONG, length=b"\xda\x01"), LONG.decode()),
        (_news(b"https://a.example/\xff"), "https://a.example/%EF%BF%BD"),
    ],
)
def test_articles_of_google_news_are_found_in_their_id(url: str, expected: str) -> None:
    """Of every kind of page on which it lists them."""
    assert (unwrapped(url), canonical(url)) == (expected, expected)


@pytest.mark.parametrize(
    "url",
    [
        _news(b"AU_yqLMtoken-that-only-google-knows"),
        "https://news.google.com/rss/articles/CBMiAAAAAAAAA",
        "https://news.google.com/rss/articles/CBMi",
        "https://news.google.com/rss/search?q=ferry",
    ],
)
def test_articles_of_google_news_that_cannot_be_told_stay(url: str) -> None:
    """What else could be done with them."""
    assert unwrapped(url) == url
