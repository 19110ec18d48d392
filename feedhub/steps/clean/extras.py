"""What else an entry says, made safe: plain text on one line, or an http or https address."""

from collections.abc import Iterator
from typing import Final

from feedhub.model.entry import Extra
from feedhub.model.raw import RawEntry
from feedhub.steps.clean.words import cut, plain
from feedhub.text.urls import absolute

_ADDRESSES: Final = frozenset({"itunes:image", "podcast:transcript", "podcast:chapters", "comments", "wfw:commentRss"})
"""Elements that hold an address or nothing."""
_MOST: Final = 40
_LONGEST: Final = 300
"""Characters of a text; longer ones are cut at a word."""


def extras_of(raw: RawEntry) -> tuple[Extra, ...]:
    """The extras of an item, each once; what is empty or no address where one belongs is left out."""
    return tuple(dict.fromkeys(_cleaned(raw)))[:_MOST]


def _cleaned(raw: RawEntry) -> Iterator[Extra]:
    for extra in raw.extras[: 2 * _MOST]:
        is_address = extra.name in _ADDRESSES or extra.value.startswith(("http://", "https://"))
        value = absolute(raw.base, extra.value) if is_address else cut(plain(extra.value, html=True), _LONGEST)
        if value:
            yield Extra(name=extra.name, value=value)
