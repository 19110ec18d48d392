"""The compact likeness of an entry, by which the store finds what it may be a copy of."""

from feedhub.model.entry import Entry
from feedhub.model.story import Fingerprint
from feedhub.text.digest import digest
from feedhub.text.shingles import sample
from feedhub.text.words import words_of

_LEAD = 30
"""Shingles of the body kept whole: a cut, a summary and the full text agree there if anywhere."""
_TITLE = 12
"""Shingles kept for a title on top of that."""
_ONE_IN = 8
_MOST = 400
"""With eight bytes each, 3.2 kB for the longest texts; an article of 6 kB keeps about 150."""
_READ = 20_000
"""Words that are shingled; a book chapter. The digest covers all."""
_SHORTEST = 12
"""Words under which equal bodies say nothing ("Read more on our site")."""


def fingerprint(entry: Entry, *, text: str) -> Fingerprint:
    """The fingerprint of an entry whose body, furniture cut off, is `text`. Linear in the text."""
    title, body = words_of(entry.title), words_of(text)
    both = (title + body)[:_READ]
    return Fingerprint(
        shingles=sample(both, lead=min(len(title), _TITLE) + _LEAD, one_in=_ONE_IN, most=_MOST),
        body=digest(" ".join(body)) if len(body) >= _SHORTEST else None,
        words=len(title) + len(body),
    )
