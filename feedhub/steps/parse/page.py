"""The main text of an article page: the only importer of trafilatura."""

from typing import Final

import trafilatura

from feedhub.errors import ParseError
from feedhub.steps.parse.sniff import decode
from feedhub.text.html import lines, to_text

_LONGEST: Final = 4_000_000
"""Characters of a page that are looked at: an article with all its menus is never longer."""
_LEAST: Final = 80
"""Characters below which what was found is a caption, not an article."""


def read_page(body: bytes, *, media_type: str, charset: str | None, url: str) -> str:
    """The article's text, a paragraph a line; the page's visible text where no article stands out.

    Text of type text/plain is its own text. Raises ParseError where there is none.
    """
    text = decode(body, charset=charset)[0][:_LONGEST]
    plain = media_type == "text/plain" and "<html" not in text[:2000].lower()
    found = lines(text) if plain else _article(text, url)
    if not found:
        raise ParseError("the page holds no text")
    return found


def _article(text: str, url: str) -> str:
    found = trafilatura.extract(text, url=url, include_comments=False, include_tables=False, favor_recall=True)
    article = lines(found) if isinstance(found, str) else ""
    return article if len(article) >= _LEAST else to_text(text)
