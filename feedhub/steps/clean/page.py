"""An entry with another body than its feed gave: that of its article page, or its own without page furniture."""

from dataclasses import replace

from feedhub.model.entry import Entry
from feedhub.steps.clean.body import LONGEST
from feedhub.steps.clean.entry import seen_digest
from feedhub.steps.clean.words import cut, excerpt
from feedhub.text.html import lines, paragraphs
from feedhub.text.lang import guess


def with_page(entry: Entry, text: str) -> Entry:
    """The entry told by its page: text and content replaced, a summary made where it had none.

    A page that says less than half of what the feed did (a cookie notice, a paywall) changes nothing.
    """
    told = cut(lines(text), LONGEST)
    if not told or len(told) * 2 < len(entry.text):
        return entry
    return replace(
        entry,
        text=told,
        content=paragraphs(told),
        summary=entry.summary or excerpt(told),
        lang=entry.lang or guess(told),
        digest=seen_digest(entry.title, entry.canonical, told),
    )


def trimmed(entry: Entry, text: str) -> Entry:
    """The entry with what is left of its text, lines blanked or an end cut off.

    Where an end is gone, summary and content are made anew of what stays, without the source's markup.
    """
    told = lines(text)
    shorter = replace(entry, text=told, digest=seen_digest(entry.title, entry.canonical, told))
    if len(text) == len(entry.text):
        return shorter
    return replace(shorter, summary=excerpt(told), content=paragraphs(told) if entry.content else "")
