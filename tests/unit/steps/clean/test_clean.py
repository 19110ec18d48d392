"""One raw item to one entry."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedhub.errors import ParseError
from feedhub.model.entry import Entry, Extra, Media, Origin
from feedhub.model.keys import Digest, Guid
from feedhub.model.raw import RawDate, RawEntry, RawExtra, RawMedia, RawOrigin, RawText
from feedhub.steps.clean import clean, trimmed, with_page
from feedhub.text.digest import digest
from feedhub.text.mint import entry_key
from tests.builders import AUTHORITY, NOW, a_source, an_entry

SENTENCE = "The first ferry to the outer islands leaves on Monday morning, the port said in a statement. "


def a_raw(**changes: object) -> RawEntry:
    """An item of the source `harbour` that says everything."""
    raw = RawEntry(
        digest=Digest("raw-1"),
        guid="g-1",
        link="https://harbour.example/1?utm_source=rss",
        title=RawText(value="Ferry returns"),
        summary=RawText(value="<p>It is <b>back</b>.</p>"),
        base="https://harbour.example/feed",
    )
    return replace(raw, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def cleaned(raw: RawEntry, *, lang: str | None = "en", feed_lang: str = "") -> Entry:
    """The entry of an item, the editor having named the language."""
    return clean(raw, a_source(lang=lang), feed_lang=feed_lang, now=NOW, authority=AUTHORITY)


def test_clean_gives_a_whole_entry() -> None:
    """Every field at once."""
    raw = a_raw(
        content=RawText(value="<p>It is <b>back</b> in <a href='/port'>port</a>.</p><p>At last.</p>"),
        authors=("ana@harbour.example (Ana Reyes)",),
        tags=("Port", "port", "Ferries &amp; ships"),
        published=RawDate(text="Mon, 02 Mar 2026 08:00:00 GMT"),
        updated=RawDate(text="2026-03-02T08:30:00Z"),
        lang="en-gb",
        media=(RawMedia(url="/a.jpg"),),
        origins=(RawOrigin(name="TASS", url="https://tass.com/", kind="source"),),
        extras=(RawExtra(name="geo:lat", value=" 40.4"),),
    )
    source = a_source()
    assert cleaned(raw) == Entry(
        key=entry_key(AUTHORITY, source.slug, Guid("g-1")),
        source=source.slug,
        guid=Guid("g-1"),
        title="Ferry returns",
        link="https://harbour.example/1?utm_source=rss",
        canonical="https://harbour.example/1",
        text="It is back in port.\nAt last.",
        summary="<p>It is <b>back</b>.</p>",
        content='<p>It is <b>back</b> in <a href="https://harbour.example/port" rel="noopener noreferrer">port</a>.</p>'
        "<p>At last.</p>",
        lang="en-GB",
        authors=("Ana Reyes",),
        tags=("Port", "Ferries & ships"),
        published=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
        updated=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
        seen=NOW,
        media=(Media(url="https://harbour.example/a.jpg", media_type="image/jpeg"),),
        origins=(Origin(name="TASS", url="https://tass.com/", kind="source"),),
        raw=Digest("raw-1"),
        digest=digest("Ferry returns", "https://harbour.example/1", "It is back in port.\nAt last."),
        extras=(Extra(name="geo:lat", value="40.4"),),
    )


def test_clean_refuses_only_what_has_neither_title_nor_text_nor_link() -> None:
    """An id alone shows nothing."""
    with pytest.raises(ParseError, match="an item without title, text and link was left out"):
        cleaned(a_raw(link="", title=RawText(value=" "), summary=RawText(value="<img src='/x' width=1>")))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"guid": " g\n1 "}, "g 1"),
        ({"guid": ""}, "https://harbour.example/1"),
        ({"guid": "", "link": ""}, digest("Ferry returns\nIt is back.")),
        ({"guid": "", "link": "https://harbour.example/"}, digest("Ferry returns\nIt is back.")),
        ({"guid": "", "media": (RawMedia(url="/1.mp3"),)}, "https://harbour.example/1.mp3"),
        ({"guid": "", "media": (RawMedia(url="/1.jpg"),)}, "https://harbour.example/1"),
        ({"guid": "x" * 2001}, digest("x" * 2001)),
        ({"guid": "null"}, "https://harbour.example/1"),
        ({"guid": "https://harbour.example/"}, "https://harbour.example/1"),
    ],
)
def test_guid_is_as_given_else_the_page_else_a_digest(changes: dict[str, object], expected: str) -> None:
    """It never depends on title or link where there is one."""
    assert cleaned(a_raw(**changes)).guid == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"link": "/x"}, "https://harbour.example/x"),
        ({"link": "javascript:x", "guid": "https://harbour.example/g"}, "https://harbour.example/g"),
        ({"link": "", "guid": "/g"}, ""),
        ({"link": "https://www.google.com/url?url=http%3A%2F%2Fa.example%2Fx&ct=ga"}, "http://a.example/x"),
        ({"link": "", "guid": "https://www.google.com/url?url=http%3A%2F%2Fa.example%2Fx"}, "http://a.example/x"),
        ({"link": "", "guid": "tag:harbour.example,2026:1"}, ""),
    ],
)
def test_link_is_the_items_own_else_its_id_if_that_is_an_address(changes: dict[str, object], expected: str) -> None:
    """Nothing else is guessed."""
    assert cleaned(a_raw(**changes)).link == expected


@pytest.mark.parametrize(
    ("title", "html", "expected"),
    [
        ("A &amp; B", True, "A & B"),
        ("A &amp;amp; B", True, "A & B"),
        ("A &amp;amp;amp;quot;B&amp;amp;amp;quot;", True, 'A "B"'),
        ("AT&amp;T", False, "AT&T"),
        ("AT&T <b>", False, "AT&T <b>"),
        ("1 < 2 & 3 > 2", False, "1 < 2 & 3 > 2"),
        ("<b>Bold</b> <i>news</i>", True, "Bold news"),
        ("&lt;b&gt;Bold&lt;/b&gt; news", True, "Bold news"),
        ("&amp;lt;em&amp;gt;Bold&amp;lt;/em&amp;gt;<br/>news", False, "Bold news"),
        ("How to use &lt;p&gt; tags", True, "How to use <p> tags"),
        (" a\n\tb \u202ec\x00 ", False, "a b c"),
        ("&bogus; &#x202e;x", False, "&bogus; x"),
        ("Fer\u200bry re\u00adturns \u200b now", False, "Ferry returns now"),
        ("Fer&#8203;ry&shy;man", True, "Ferryman"),
        ("\u200e\u200dFerry\u200f \u3164", False, "Ferry"),
        ("\u200b\u200d\u2060", True, "It is back."),
        ("می\u200cخواهم 👩\u200d🚒", False, "می\u200cخواهم 👩\u200d🚒"),
        ("&am\u200bp;quot;x&quot;", True, '"x"'),
        ("&amp;quot;Ferry&amp;quot; returns", False, '"Ferry" returns'),
        ("Ferry&amp;nbsp;returns&amp;#39;s", True, "Ferry returns's"),
        ("<![CDATA[Ferry]]> returns", True, "Ferry returns"),
        ("&lt;![CDATA[Ferry]]&gt; returns", False, "Ferry returns"),
        ("word " * 300, False, "word " * 199 + "word…"),
        ("x" * 2000, False, "x" * 999 + "…"),
        ("", True, "It is back."),
        ("&#38;" + "#38;" * 20 + "lt;", False, "&#38;" + "#38;" * 8 + "lt;"),
    ],
)
def test_title_is_plain_text_on_one_line(title: str, *, html: bool, expected: str) -> None:
    """Resolved as often as it was escaped, cut at a word."""
    assert cleaned(a_raw(title=RawText(value=title, html=html))).title == expected


def test_title_that_is_made_of_the_text_is_as_plain_as_any() -> None:
    """Or it would be another one the next time."""
    raw = a_raw(title=RawText(value=""), summary=RawText(value="Fer\u00adry &amp;amp; pier"))
    assert cleaned(raw).title == "Ferry & pier"


def test_missing_title_is_made_of_the_first_words_or_the_address() -> None:
    """Of about eighty characters, ended at a word."""
    no_title = RawText(value="")
    of_text = cleaned(a_raw(title=no_title, summary=RawText(value=SENTENCE))).title
    of_link = cleaned(a_raw(title=no_title, summary=no_title)).title
    assert (of_text, of_link) == (
        "The first ferry to the outer islands leaves on Monday morning, the port said in…",
        "harbour.example/1",
    )


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("ana@harbour.example (Ana Reyes)", ("Ana Reyes",)),
        ("Ana Reyes <ana@harbour.example>", ("Ana Reyes",)),
        ("Ana Reyes, ana@harbour.example", ("Ana Reyes",)),
        ("<b>Ana</b> Reyes", ("Ana Reyes",)),
        ("Ana &amp; Bo", ("Ana & Bo",)),
        ("ana@harbour.example", ()),
        ("a@" * 5000, ()),
        ("(" * 5000, ("(" * 199 + "…",)),
    ],
)
def test_authors_are_names_without_mail_addresses(author: str, expected: tuple[str, ...]) -> None:
    """RSS writes `mail (Name)`."""
    assert cleaned(a_raw(authors=(author,))).authors == expected


def test_tags_are_counted_up_to_a_limit_and_cut() -> None:
    """Each once, whatever its case."""
    tags = cleaned(a_raw(tags=("a", "A", "", "b" * 200, *(str(n) for n in range(50))))).tags
    assert (len(tags), tags[:2]) == (20, ("a", "b" * 99 + "…"))


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("2026/03/02 08:00", datetime(2026, 2, 3, tzinfo=UTC), NOW - timedelta(hours=1)),
        ("월요일", NOW - timedelta(hours=2), NOW - timedelta(hours=2)),
        ("soon", None, None),
        ("2026-02-30", NOW - timedelta(hours=2), None),
        ("Mon, 31 Feb 2026 08:00:00 GMT", NOW - timedelta(hours=2), None),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC), None),
        ("1970-01-01", datetime(1970, 1, 1, tzinfo=UTC), None),
        ("2026-03-04T08:59:00Z", None, NOW + timedelta(hours=48, minutes=-1)),
        ("2026-03-04T09:01:00Z", None, None),
    ],
)
def test_dates_are_read_by_us_then_by_the_parser(text: str, value: datetime | None, expected: datetime | None) -> None:
    """Too early and too late are no dates."""
    assert cleaned(a_raw(published=RawDate(text=text, value=value))).published == expected


def test_date_of_change_stands_for_a_missing_date_of_publication() -> None:
    """Atom demands only the former."""
    entry = cleaned(a_raw(updated=RawDate(text="2026-03-02T08:00:00Z")))
    assert entry.published == entry.updated == NOW - timedelta(hours=1)


@pytest.mark.parametrize(
    ("own", "editor", "feed", "expected"),
    [
        ("fr", "az", "en", "fr"),
        ("", "az", "en", "az"),
        ("", None, "en_us", "en-US"),
        ("", None, "und", "ru"),
        ("nonsense!", None, "", "ru"),
    ],
)
def test_language_is_the_items_the_editors_the_feeds_or_a_guess(
    *, own: str, editor: str | None, feed: str, expected: str
) -> None:
    """In that order; what is no tag claims nothing."""
    summary = RawText(value="Первый паром на дальние острова уйдёт в понедельник утром, говорится в сообщении порта.")
    assert cleaned(a_raw(lang=own, summary=summary), lang=editor, feed_lang=feed).lang == expected


def test_language_of_a_short_text_is_not_guessed() -> None:
    """None is better than a throw of dice."""
    assert cleaned(a_raw(), lang=None).lang is None


def test_plain_text_becomes_paragraphs() -> None:
    """Nothing in it is markup."""
    entry = cleaned(a_raw(summary=RawText(value="1 < 2\n\nThis is <b>not</b> bold", html=False)))
    assert (entry.summary, entry.text) == (
        "<p>1 &lt; 2</p><p>This is &lt;b&gt;not&lt;/b&gt; bold</p>",
        "1 < 2\nThis is <b>not</b> bold",
    )


def test_summary_of_a_short_body_is_that_body() -> None:
    """With its markup."""
    entry = cleaned(a_raw(summary=RawText(value=""), content=RawText(value="<p>It is <b>back</b>.</p>")))
    assert (entry.summary, entry.content) == ("<p>It is <b>back</b>.</p>", "<p>It is <b>back</b>.</p>")


def test_summary_of_a_long_body_is_its_first_paragraphs() -> None:
    """About six hundred characters."""
    content = "".join(f"<p><b>{n}</b> {SENTENCE * 3}</p>" for n in range(9))
    entry = cleaned(a_raw(summary=RawText(value=""), content=RawText(value=content)))
    first = (SENTENCE * 3).strip()
    assert (entry.summary, len(entry.text)) == (f"<p>0 {first}</p><p>1 {first}</p>", 9 * (len(first) + 2) + 8)


def test_summary_of_one_long_paragraph_ends_at_a_word() -> None:
    """And says that it goes on."""
    entry = cleaned(a_raw(summary=RawText(value=""), content=RawText(value=SENTENCE * 30)))
    assert entry.summary.endswith("…</p>")
    assert 500 < len(entry.summary) <= 607


def test_description_as_long_as_an_article_is_a_body() -> None:
    """A feed of summaries must not carry whole articles."""
    description = RawText(value=f"<p>{SENTENCE * 20}</p>")
    alone = cleaned(a_raw(summary=description))
    beside = cleaned(a_raw(summary=description, content=RawText(value=f"<p>{SENTENCE * 21}</p>")))
    assert alone.content == f"<p>{SENTENCE * 20}</p>"
    assert max(len(alone.summary), len(beside.summary)) < 700


def test_body_without_words_gives_way_to_the_summary() -> None:
    """A picture alone is no text."""
    entry = cleaned(a_raw(content=RawText(value="<img src='/a.jpg'>")))
    assert (entry.text, entry.content) == ("It is back.", "")


def test_picture_alone_is_shown_where_there_is_nothing_else() -> None:
    """Photo blogs."""
    entry = cleaned(a_raw(summary=RawText(value=""), content=RawText(value="<img src='/a.jpg'>")))
    assert (entry.text, entry.summary) == ("", '<img src="https://harbour.example/a.jpg">')


def test_text_and_content_are_capped() -> None:
    """No article is so long."""
    entry = cleaned(a_raw(content=RawText(value="".join(f"<p>{SENTENCE}</p>" for _ in range(3000)))))
    assert 199_000 < len(entry.text) <= 200_000
    assert len(entry.content) < 1000


@pytest.mark.parametrize(
    ("told", "url", "expected"),
    [
        ("image/png", "/a", "image/png"),
        ("Image/PNG; q=1", "/a", "image/png"),
        ("application/vnd.x-y+json", "/a", "application/vnd.x-y+json"),
        ("image", "/a.PNG?x", "image/png"),
        ("video", "/a", ""),
        ("text/<b>", "/a.mp3", "audio/mpeg"),
    ],
)
def test_media_type_is_told_or_seen_in_the_address(told: str, url: str, expected: str) -> None:
    """A bare kind says too little."""
    entry = cleaned(a_raw(media=(RawMedia(url=url, media_type=told, length=0),)))
    assert entry.media == (Media(url=f"https://harbour.example{url}", media_type=expected),)


def test_media_are_absolute_once_each_and_not_too_many() -> None:
    """Twenty at most."""
    media = (RawMedia(url="data:x"), RawMedia(url="/0"), *(RawMedia(url=f"/{n}") for n in range(50)))
    entry = cleaned(a_raw(media=media))
    assert [item.url for item in entry.media] == [f"https://harbour.example/{n}" for n in range(20)]


def test_origins_keep_what_can_be_read() -> None:
    """Without markup, absolute, each once."""
    origins = (
        RawOrigin(name="<b>TASS</b>", url="javascript:x"),
        RawOrigin(name="TASS"),
        RawOrigin(url="ftp://x"),
        RawOrigin(url="/via", kind="via"),
    )
    assert cleaned(a_raw(origins=origins)).origins == (
        Origin(name="TASS", url="", kind="source"),
        Origin(name="", url="https://harbour.example/via", kind="via"),
    )


def test_with_page_tells_the_entry_by_its_page() -> None:
    """Text, content and digest are the page's; what was there otherwise stays."""
    entry = an_entry(lang=None, summary="")
    told = f"{SENTENCE}\n\n 1 < 2 "
    text = f"{SENTENCE.strip()}\n1 < 2"
    assert with_page(entry, told) == replace(
        entry,
        text=text,
        content=f"<p>{SENTENCE.strip()}</p><p>1 &lt; 2</p>",
        summary=f"<p>{SENTENCE.strip()}</p><p>1 &lt; 2</p>",
        lang="en",
        digest=digest(entry.title, entry.canonical, text),
    )


@pytest.mark.parametrize("text", ["", " \n", "Accept all cookies?"])
def test_with_page_passes_over_a_page_that_says_little(text: str) -> None:
    """A cookie notice is no article."""
    assert with_page(an_entry(), text) == an_entry()


@pytest.mark.parametrize(
    ("content", "expected"), [("", ""), ("<p>One &amp; two</p><p>See also</p>", "<p>One &amp; two</p>")]
)
def test_trimmed_makes_everything_anew_of_what_is_left(content: str, expected: str) -> None:
    """Content only where there was some."""
    entry = an_entry(content=content)
    assert trimmed(entry, "One & two\n   ") == replace(
        entry,
        text="One & two",
        content=expected,
        summary="<p>One &amp; two</p>",
        digest=digest(entry.title, entry.canonical, "One & two"),
    )
