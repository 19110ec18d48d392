"""Text and addresses in a shape that every form can carry."""

import pytest

from feedhub.steps.render.languages import language
from feedhub.steps.render.plain import ADDRESS, address, canonical, line, markup, media_type, words_of


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a < b & c", "a < b & c"),
        ("  Tab\tand\r\nbreak\u2028and\x0bmore ", "Tab and break and more"),
        ("x\x00\x1b\x7f\x9fy", "xy"),
        ("lone \ud800 and \udc00", "lone  and"),
        ("non\ufffe\uffff\ufdd0\U0010fffecharacters", "noncharacters"),
        ("gar\ufffdon", "gar?on"),
        ("emoji 👩\u200d👧 and narrow\u202fspace", "emoji 👩\u200d👧 and narrow\u202fspace"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2067closed\u2069 and \u202btoo\u202c", "\u2067closed\u2069 and \u202btoo\u202c"),
        ("\u2067left open", "left open"),
        ("closed \u2069 only", "closed  only"),
        ("\u2067crossed\u202b\u2069\u202c", "crossed"),
    ],
)
def test_line_keeps_words_and_takes_out_what_no_form_can_carry(text: str, wanted: str) -> None:
    """Overrides go; other directions stay where each is closed again."""
    assert line(text) == wanted


def test_markup_keeps_line_breaks_and_takes_out_what_xml_cannot_hold() -> None:
    """The three ways to end a line are one."""
    assert markup("<p>a\x01\r\nb\rc\x85d\ud800</p>") == "<p>a\nb\nc\nd</p>"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("", ""),
        ("<p>Gas &amp; <b>oil</b>.</p><p>More</p>", "Gas & oil. More"),
        ("<p>one <em class='x'>two</em>, three four five six</p>", "one two, three four…"),
        ("x" * 30, "x" * 19 + "…"),
        ("ab <img src='" + "y" * 200, "ab"),
        ("<p>" * 60 + "far away", ""),
        ("&#0;&#27;ok", "?ok"),
    ],
)
def test_words_of_gives_the_first_words_as_plain_text(html: str, wanted: str) -> None:
    """Tags within a sentence leave no gap; a tag that was cut leaves nothing."""
    assert words_of(html, limit=20) == wanted


@pytest.mark.parametrize(
    "url",
    [
        "https://axar.example/news/1.html",
        "http://127.0.0.1:8000/stories/0f?a=1&b=%D0%B0#part",
        "https://user@[::1]:8080/~x/;p=1?q=a+b",
        "HTTPS://Shop.example",
    ],
)
def test_address_keeps_what_is_a_uri(url: str) -> None:
    """Byte for byte: another spelling would be another link to readers."""
    assert address(url) == url


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (" https://x.example/a b ", "https://x.example/a%20b"),
        ("https://x.example/новость?q=я", "https://x.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C?q=%D1%8F"),
        ("https://пример.example/", "https://xn--e1afmkfd.example/"),
        ("https://x.example/100%/%zz/%41", "https://x.example/100%25/%25zz/%41"),
        ('https://x.example/[1]|"<>#a#b', "https://x.example/%5B1%5D%7C%22%3C%3E#a%23b"),
    ],
)
def test_address_escapes_what_a_uri_cannot_hold(url: str, wanted: str) -> None:
    """So that RSS, Atom and JSON Feed hold one and the same."""
    assert address(url) == wanted


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "/relative",
        "https://",
        "https://[bad",
        "https://[:::1:]/",
        "https://a b/",
        "https://x<y>.example/",
        "https://" + "я" * 70 + ".example/",
        "https://x.example/" + "a" * ADDRESS,
    ],
)
def test_address_is_empty_for_what_is_none(url: str) -> None:
    """A story without an address still has its page."""
    assert address(url) == ""


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("HTTP://Ex.example:80", "http://ex.example/"),
        ("https://ex.example:443/a%c3%a9?q=1#top", "https://ex.example/a%C3%A9?q=1"),
        ("https://ex.example:/", "https://ex.example/"),
        ("https://ex.example:8443/x", "https://ex.example:8443/x"),
    ],
)
def test_canonical_is_the_one_spelling_of_an_id(url: str, wanted: str) -> None:
    """Case, default port, empty path and fragment make no other feed."""
    assert canonical(url) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("image/JPEG", "image/jpeg"),
        ("audio/mpeg; charset=x", "audio/mpeg"),
        ("image", ""),
        ("a/b/c", ""),
        ("<b>/x", ""),
    ],
)
def test_media_type_is_a_bare_type_or_nothing(given: str, wanted: str) -> None:
    """Judges refuse anything else in an enclosure."""
    assert media_type(given) == wanted


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("en", "en"),
        ("az-Latn-AZ", "az-Latn-AZ"),
        ("ckb-IQ", "ku-IQ"),
        ("EN-gb", "en-gb"),
        ("xx", ""),
        ("qqq", ""),
        ("und", ""),
        ("en_US", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_language_is_one_that_judges_know_or_none(tag: str | None, wanted: str) -> None:
    """A language that ISO 639-1 knows by a wider name goes by that."""
    assert language(tag) == wanted
