"""The text of an item in its three shapes: plain, as a summary and whole."""

from dataclasses import dataclass
from typing import Final

from feedhub.model.raw import RawEntry, RawText
from feedhub.steps.clean.markup import sanitized
from feedhub.steps.clean.words import as_markup, cut, excerpt
from feedhub.text.html import to_safe_text

LONGEST: Final = 200_000
"""Characters of plain text that are kept: a book's chapter, not a book."""
_LONG_SUMMARY: Final = 1500
"""A description with more text is a body: what is shown as a summary must not be the whole article."""
_SHORT: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Plain text, summary and content, the latter two safe HTML."""

    text: str
    summary: str
    content: str


def body(raw: RawEntry) -> Body:
    """The body of an item. The text comes from the content, where that has any, else from the summary."""
    summary = _safe(raw.summary, raw.base)
    content = _safe(raw.content, raw.base)
    summary_text, content_text = to_safe_text(summary), to_safe_text(content)
    if not content_text:
        if len(summary_text) <= _LONG_SUMMARY:
            return Body(text=summary_text, summary=summary or content, content="")
        summary, content, summary_text, content_text = "", summary, "", summary_text
    text = cut(content_text, LONGEST)
    if len(content_text) > LONGEST:
        content = excerpt(text)
    if not summary_text or len(summary_text) > _LONG_SUMMARY or summary == content:
        summary = content if len(content_text) <= _SHORT else excerpt(text)
    return Body(text=text, summary=summary, content=content)


def _safe(text: RawText, base: str) -> str:
    return sanitized(text.value if text.html else as_markup(text.value), base=base)
