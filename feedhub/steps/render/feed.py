"""A topic's stories to the bytes of one feed: same input, same bytes, in any process at any time."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

from feedhub.model.rendition import Channel, Form, Rendition
from feedhub.model.story import Story
from feedhub.steps.render.feeds import atom_entry, atom_feed, rss_feed, rss_item
from feedhub.steps.render.item import Item, item
from feedhub.steps.render.jsonfeed import json_feed, json_item

EMPTY = datetime(2000, 1, 1, tzinfo=UTC)
"""When an empty feed changed last: some fixed day, since it cannot be now."""

GZIP_LEVEL = 6


def render(channel: Channel, stories: tuple[Story, ...], form: Form) -> Rendition:
    """The feed of the channel in one form, its stories in the order given; each must be shown.

    A story that cannot be written, or that came before under the same key, is left out and named in `dropped`.
    """
    writer = _WRITERS[form]
    written: dict[str, tuple[bytes, datetime]] = {}
    dropped: list[str] = []
    for story in stories:
        try:
            made = item(channel, story)
            _once(made, written)
            written[made.id] = (writer.item(made), made.changed)
        except ValueError as error:
            dropped.append(f"{story.key}: {error}")
    modified = max((changed for _, changed in written.values()), default=EMPTY)
    body = writer.feed(channel, tuple(fragment for fragment, _ in written.values()), modified)
    tag = blake2b(body, digest_size=16).hexdigest()
    return Rendition(
        topic=channel.topic,
        form=form,
        body=body,
        etag=f'"{tag}"',
        gzip=gzip.compress(body, GZIP_LEVEL, mtime=0),
        gzip_etag=f'"{tag}-gz"',
        modified=modified,
        dropped=tuple(dropped),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """How a form is written: an item, and the feed round all items with the time of its newest change."""

    item: Callable[[Item], bytes]
    feed: Callable[[Channel, tuple[bytes, ...], datetime], bytes]


_WRITERS = {
    Form.RSS: _Writer(item=rss_item, feed=rss_feed),
    Form.ATOM: _Writer(item=atom_entry, feed=atom_feed),
    Form.JSON: _Writer(item=json_item, feed=json_feed),
}


def _once(made: Item, written: dict[str, tuple[bytes, datetime]]) -> None:
    if made.id in written:
        raise ValueError("it is in the feed already")
