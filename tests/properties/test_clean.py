"""What holds of every text, address and item."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from feedhub.errors import ParseError
from feedhub.model.entry import Entry
from feedhub.model.keys import Digest
from feedhub.model.raw import RawEntry, RawText
from feedhub.steps.clean import clean
from feedhub.steps.clean.markup import sanitized
from feedhub.steps.clean.words import plain
from feedhub.text.dates import parse_date
from feedhub.text.html import to_safe_text, to_text
from feedhub.text.urls import absolute, canonical
from tests.builders import AUTHORITY, NOW, a_source

BASE = "https://harbour.example/news/"

tag_names = st.sampled_from(
    [
        "p",
        "b",
        "a href=/x",
        "a href='javascript:x'",
        "img src=a.png",
        "div",
        "i",
        "br",
        "td",
        "li",
        "table",
        "marquee",
        "button",
        "h1",
        "rt",
    ]
)
bits = st.one_of(
    tag_names.map(lambda name: f"<{name}>"),
    tag_names.map(lambda name: f"</{name.split()[0]}>"),
    st.sampled_from(
        [
            "&amp;",
            "&lt;b&gt;",
            "&nbsp;",
            "<!--",
            "-->",
            "<![CDATA[",
            "<script>",
            "\u202e",
            "<",
            ">",
            "&",
            '"',
            "'",
            "\n",
            " ",
        ]
    ),
    st.text(max_size=8),
)
markup = st.lists(bits, max_size=25).map("".join)

hosts = st.sampled_from(
    [
        "a.example",
        "www.a.example",
        "m.www.a.example",
        "amp.a.example",
        "WWW.google.com",
        "пример.рф",
        "[::1]",
        "x.cdn.ampproject.org",
        "1.2.3.4",
    ]
)
url_bits = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "/",
                "..",
                ".",
                "amp",
                "amp/s/",
                "c/s/b.example",
                "?",
                "&",
                "=",
                "#",
                "#!",
                "%",
                "%41",
                "%2f",
                "%e9",
                ";jsessionid=1",
                "utm_source=x",
                "url",
                "q=http://m.b.example/amp",
                "://",
                "@",
                ":80",
                "url?q=https%3A%2F%2Fgoogle.com%2Furl%3Fq%3Dhttps://c.example",
                "é",
                " ",
                "\\",
                "+",
            ]
        ),
        st.text(max_size=4),
    ),
    max_size=12,
).map("".join)
urls = st.one_of(
    st.builds(
        lambda scheme, host, rest: f"{scheme}://{host}{rest}", st.sampled_from(["http", "HTTPS"]), hosts, url_bits
    ),
    st.builds(lambda host, rest: f"https://{host}/{rest}", hosts, url_bits),
    st.text(max_size=40),
)


def cleaned(raw: RawEntry) -> Entry | None:
    """The entry of an item, if it has one."""
    try:
        return clean(raw, a_source(lang="en"), feed_lang="", now=NOW, authority=AUTHORITY)
    except ParseError:
        return None


@given(urls)
def test_canonical_link_is_its_own_canonical_link(url: str) -> None:
    """And whatever the address, it is https or nothing."""
    once = canonical(url)
    assert canonical(once) == once
    assert once == "" or once.startswith("https://")


@given(urls, urls)
def test_absolute_link_is_its_own_absolute_link(base: str, url: str) -> None:
    """Wherever it stands."""
    once = absolute(base, url)
    assert absolute("https://elsewhere.example/x", once) == once
    assert once == "" or (once.startswith(("http://", "https://")) and once.isascii() and once.isprintable())


@given(markup)
def test_markup_cleaned_twice_is_cleaned_once(text: str) -> None:
    """Wherever it stands."""
    once = sanitized(text, base=BASE)
    assert sanitized(once, base="https://elsewhere.example/") == once


@given(markup)
def test_no_script_and_no_foreign_scheme_is_left(text: str) -> None:
    """Outside of text, in which they are harmless words."""
    safe = sanitized(text, base=BASE).lower()
    assert "<script" not in safe
    assert 'href="javascript' not in safe


@given(text=markup, html=st.booleans())
def test_title_cleaned_twice_is_cleaned_once(*, text: str, html: bool) -> None:
    """As plain text the second time, which it is."""
    once = plain(text, html=html)
    assert plain(once, html=False) == once
    assert "\n" not in once


@given(markup)
def test_words_of_cleaned_markup_are_found_again(text: str) -> None:
    """A line holds neither ends nor double blanks."""
    found = to_text(text)
    assert all(line and line == " ".join(line.split()) for line in found.splitlines())


@given(markup)
def test_words_of_cleaned_markup_are_found_the_short_way(text: str) -> None:
    """Whatever the markup was, and whatever stands in its attributes."""
    safe = sanitized(text, base="https://example.net/")
    assert to_safe_text(safe) == to_text(safe)


@given(title=markup, summary=markup, content=markup, link=urls, guid=st.text(max_size=20))
def test_entry_cleaned_twice_is_cleaned_once(*, title: str, summary: str, content: str, link: str, guid: str) -> None:
    """What an entry shows, given as an item, gives that entry."""
    raw = RawEntry(
        digest=Digest("raw"),
        guid=guid,
        link=link,
        title=RawText(value=title),
        summary=RawText(value=summary),
        content=RawText(value=content),
        base=BASE,
    )
    entry = cleaned(raw)
    if entry is not None:
        again = replace(
            raw,
            guid=entry.guid,
            link=entry.link,
            title=RawText(value=entry.title, html=False),
            summary=RawText(value=entry.summary),
            content=RawText(value=entry.content),
        )
        assert cleaned(again) == entry


@given(
    st.one_of(
        st.text(max_size=60), st.datetimes().map(str), st.datetimes().map(lambda date: date.strftime("%d.%m.%Y %H:%M"))
    )
)
def test_dates_are_aware_or_none(text: str) -> None:
    """No text makes the reader stumble."""
    moment = parse_date(text)
    assert moment is None or (moment.tzinfo is not None and 1990 <= moment.year < 2200)
