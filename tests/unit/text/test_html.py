"""HTML to words and back."""

import pytest

from feedhub.text.html import escape, lines, paragraphs, to_line, to_text, unescape, visible


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("plain", "plain"),
        ("a &amp; b\n c&nbsp;d", "a & b c d"),
        ("<p>One</p><p>Two<br>Three</p>", "One\nTwo\nThree"),
        ("sea<b>port</b>s <i>x</i>", "seaports x"),
        ("<table><tr><td>a<td>b<tr><th>c</table>", "a b\nc"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("a<script>x < 1</script>b<STYLE>y</Style >c", "abc"),
        ("a<script>never closed", "a"),
        ("a<!-- x -- > y -->b<!-- open", "ab"),
        ("a<![CDATA[<b>&]]>c", "a<b>&c"),
        ("1 < 2 <3", "1 < 2 <3"),
        ("<a href='x>y' title=\"<\">z</a>", "z"),
        ("<a href=x>z</a", "z"),
        ("a<?php x ?>b<!DOCTYPE x></ x>c", "abc"),
        ("a\u202eb\u0000c", "abc"),
        ("&#99999999999999999999999; &#x110000;", "\ufffd \ufffd"),
        ("", ""),
    ],
)
def test_to_text_finds_the_words(markup: str, expected: str) -> None:
    """A line a block, none of them empty."""
    assert to_text(markup) == expected


@pytest.mark.parametrize(
    "flood", ["<", "<!--", "<a ", '<a href="', "<![CDATA[", "<script>", "</", "&", "<a =' ", "<svg></script>"]
)
def test_to_text_takes_floods_in_its_stride(flood: str) -> None:
    """One pass: what is quadratic would take hours here."""
    assert len(to_text(flood * 200_000)) <= len(flood) * 200_000


def test_to_line_puts_all_on_one_line() -> None:
    """Blocks are parted by a blank."""
    assert to_line("<p>a</p><p>b</p>") == "a b"


def test_lines_strips_folds_and_drops_what_is_not_seen() -> None:
    """Kept are the marks that join letters."""
    assert lines(" a\t b \r\n\n \u202e \nc\ufeffd e\u200df") == "a b\ncd e\u200df"


def test_visible_leaves_text_as_it_is_but_for_what_misleads() -> None:
    """White space stays."""
    assert (visible("a  b\nc"), visible("a\u202e b\nc\x00")) == ("a  b\nc", "a b\nc")


def test_escape_and_unescape_are_inverse() -> None:
    """Quotes too, as attributes need it."""
    assert (escape("<\"'&>"), unescape(escape("<\"'&>"))) == ("&lt;&quot;&#x27;&amp;&gt;", "<\"'&>")


def test_paragraphs_gives_one_a_line() -> None:
    """Empty lines give none."""
    assert paragraphs("a < b\n\nc") == "<p>a &lt; b</p><p>c</p>"
