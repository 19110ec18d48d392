"""HTML that is safe to show."""

import pytest

from feedhub.steps.clean.markup import sanitized

BASE = "https://harbour.example/news/"
REL = 'rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("plain", "plain"),
        ("a > b", "a &gt; b"),
        ("a >\rb\r\nc", "a &gt;\nb\nc"),
        ("a & b &lt; c", "a &amp; b &lt; c"),
        ("<p onclick=x style=y class=z id=q>a</p>", "<p>a</p>"),
        ("a<script>x()</script>b<style>p{}</style>c", "abc"),
        ("<iframe src='//v.example'>x</iframe><form><input></form><object>y</object>a", "a"),
        ("<svg><a xlink:href='javascript:x'>y</a></svg>a<math><mi>z</mi></math>", "a"),
        ("<custom-tag>a</custom-tag><!-- b -->", "a"),
        ('<a href="/x?a=1&b=2">l</a>', f'<a href="https://harbour.example/x?a=1&amp;b=2" {REL}>l</a>'),
        ('<a href="x">l</a>', f'<a href="https://harbour.example/news/x" {REL}>l</a>'),
        ('<a href="java\nscript:alert(1)">l</a>', f"<a {REL}>l</a>"),
        ('<a href=" mailto:a@b.example ">l</a>', f'<a href="mailto:a@b.example" {REL}>l</a>'),
        ('<a href="tel:112">l</a>', f"<a {REL}>l</a>"),
        ('<blockquote cite="mailto:a@b">q</blockquote>', "<blockquote>q</blockquote>"),
        ('<img src="data:image/png;base64,xx" alt="a">', ""),
        ('<img src="a.jpg" alt="1 > 2">', '<img src="https://harbour.example/news/a.jpg" alt="1 &gt; 2">'),
        ('<img src="a.gif" width="1" height="1"> x', "x"),
        ('<img src="a.gif" height=" 1px ">x', "x"),
        ('<img src="a.gif" width="10">', '<img src="https://harbour.example/news/a.gif" width="10">'),
        (
            '<img src="/a" srcset="/a 1x, javascript:x 2x,//c.example/b?x,y 2x">',
            '<img src="https://harbour.example/a" srcset="https://harbour.example/a 1x, https://c.example/b?x,y 2x">',
        ),
        ('<img src="/a" srcset="javascript:x">', '<img src="https://harbour.example/a">'),
        (
            '<video src="v.mp4" poster="javascript:x" autoplay></video>',
            '<video src="https://harbour.example/news/v.mp4"></video>',
        ),
        ("<div><p> </p><p>&nbsp;<br></p><span></span></div>x", "x"),
        ("<td>x", "x"),
        ("<b>a<p>b", "<b>a<p>b</p></b>"),
        ("a\u202eb<i>\u2066c</i>", "ab<i>c</i>"),
        ("", ""),
    ],
)
def test_sanitized_keeps_what_is_safe(markup: str, expected: str) -> None:
    """And cleaning twice is cleaning once."""
    safe = sanitized(markup, base=BASE)
    assert (safe, sanitized(safe, base="https://elsewhere.example/")) == (expected, expected)


def test_markup_nested_too_deeply_comes_back_as_words() -> None:
    """A browser's parser copies open formatting into every paragraph."""
    bomb = "".join(f"<b x={n}>" for n in range(5000)) + "<p>x" * 5000
    assert sanitized(bomb, base=BASE) == "<p>x</p>" * 5000


def test_long_markup_that_is_nested_like_an_article_stays() -> None:
    """Ends count, and elements that have none do not."""
    article = "<p>a <b>b</b><br>c</p>" * 500 + "</div></div><li>x<li>y"
    assert sanitized(article, base=BASE).startswith("<p>a <b>b</b><br>c</p>")


@pytest.mark.parametrize(
    "flood", ["<", "<a ", "<!--", "<div>", "<b>x<p>", "<img src=/a>", "&", "<p></p>", "<div><p>", "</p>", "<table>"]
)
def test_sanitized_takes_floods_in_its_stride(flood: str) -> None:
    """What is quadratic would take hours here."""
    assert len(sanitized(flood * 50_000, base=BASE)) <= 5_000_000


def test_nests_of_empty_elements_are_cleared_to_a_depth() -> None:
    """Deeper ones are no habit of anybody's."""
    assert sanitized("<div>" * 50 + "</div>" * 50, base=BASE).count("<div>") == 30
