"""Titles, names and tags as plain text on one line, and bodies cut where a reader would cut them."""

import re
from typing import Final

from feedhub.text.html import escape, lines, paragraphs, to_line, unescape

ELLIPSIS: Final = "…"

_READ: Final = 10_000
"""Characters of a raw title that are looked at."""
_ROUNDS: Final = 12
"""Times that escaping is undone: publishers' tools escape twice, at times three times, never so often."""
_ESCAPED_AGAIN = re.compile(r"&(?:amp;)+(?=#?[A-Za-z0-9]{1,31};)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(
    r"</(?:a|b|br|code|div|em|font|h[1-6]|i|p|s|small|span|strong|sub|sup|u)\s*>|<br ?/?>|<!\[CDATA\[", re.IGNORECASE
)

_NOTHING: Final = dict.fromkeys(map(ord, "\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064"))
"""Soft hyphens, blanks of no width, invisible signs. Joiners stay: Persian words and emoji need them."""
_MARKS: Final = "\u200c\u200d\u200e\u200f\u061c \u2800\u3164"
"""Joiners, marks of direction and blanks that look like letters: at the ends of a line they do nothing."""

_MAIL = re.compile(r"[^\s@()<>]{1,100}@[^\s@()<>]{1,200}")
_LONGEST_NAME: Final = 200
_EXCERPT: Final = 600
"""Characters of text in a summary that is made of a body."""


def plain(value: str, *, html: bool) -> str:
    """The words of a title on one line: markup out, entities resolved as often as they were escaped."""
    text = value[:_READ]
    text = _told(to_line(text) if html else lines(text))
    for _ in range(_ROUNDS):
        if _MARKUP.search(text):
            again = _told(to_line(text))
        elif _ENTITY.search(text):
            again = _told(lines(unescape(_ESCAPED_AGAIN.sub("&", text))))
        else:
            break
        if again == text:
            break
        text = again
    return text


def _told(text: str) -> str:
    """The text on one line, without characters of no width that say nothing."""
    shown = text if text.isprintable() else text.translate(_NOTHING)
    return " ".join(shown.split()).strip(_MARKS)


def cut(text: str, limit: int) -> str:
    """The text, or as much of it as `limit` characters hold, ended at a word and with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at_word, space, _ = (head + text[limit - 1]).rpartition(" ")
    kept = at_word if space and len(at_word) > limit // 2 else head
    return kept.rstrip(" ,.;:–—-") + ELLIPSIS


def person(author: str) -> str:
    """The name in `mail (Name)`, `Name <mail>` or `Name`; empty where there is only a mail address."""
    text = plain(author[: _LONGEST_NAME * 2], html="<" not in author)
    if "@" in text:
        text = _MAIL.sub("", text).replace("<>", " ").replace("()", " ").replace("mailto:", " ")
        text = " ".join(text.split()).strip(" ,;@<>")
        if text.startswith("(") and text.endswith(")"):
            text = text[1:-1].strip()
    return cut(text, _LONGEST_NAME)


def excerpt(text: str) -> str:
    """The first paragraphs of a body as HTML, about `_EXCERPT` characters of text."""
    kept: list[str] = []
    left = _EXCERPT
    for line in text.split("\n"):
        if left < len(line) // 2 and kept:
            break
        kept.append(cut(line, max(left, _EXCERPT // 2)) if len(line) > left + _EXCERPT // 2 else line)
        left -= len(line)
        if left <= 0:
            break
    return paragraphs("\n".join(kept))


def as_markup(text: str) -> str:
    """Plain text as HTML: line breaks make paragraphs."""
    return paragraphs(lines(text)) if "\n" in text.strip() else escape(" ".join(text.split()))
