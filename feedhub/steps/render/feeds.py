"""RSS 2.0 and Atom 1.0 by feedgen: an item at a time, then the head of the feed round them.

An item is serialised by itself, so that one that cannot be written costs itself alone, and so that its bytes do not
depend on its neighbours. The head is a feedgen feed without entries.
"""

from datetime import datetime

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from feedhub.model.rendition import Channel, Form
from feedhub.steps.render.elements import ChannelExtension, finished_atom, finished_rss
from feedhub.steps.render.head import description_of, feed_of, hub_of, mail_of, page_of, title_of
from feedhub.steps.render.item import Item
from feedhub.steps.render.languages import language

GENERATOR = "feedhub"
"""Without a version: an upgrade alone should not change the bytes of every feed."""


def rss_item(item: Item) -> bytes:
    """An RSS 2.0 item, for `rss_feed` to put in."""
    return finished_rss(_entry(item).rss_entry(), item)


def atom_entry(item: Item) -> bytes:
    """An Atom entry, for `atom_feed` to put in."""
    entry = _entry(item)
    entry.updated(item.updated)
    entry.published(item.published)
    entry.author(name=item.credit)
    return finished_atom(entry.atom_entry(), item)


def rss_feed(channel: Channel, items: tuple[bytes, ...], modified: datetime) -> bytes:
    """The RSS 2.0 feed of the channel; `modified` is its newest change, a UTC time."""
    feed = _head(channel, Form.RSS)
    # A date that is false is one that feedgen does not write: its own writing sets the locale of all threads.
    feed.updated(_Unwritten.fromisoformat(modified.isoformat()))
    feed.feedhub.built = modified
    feed.feedhub.hub = hub_of(channel)
    feed.ttl(max(channel.ttl_minutes, 1))
    if mail_of(channel):
        feed.managingEditor(f"{mail_of(channel)} ({title_of(channel)})")
    return _joined(feed.rss_str(), items, b"</channel></rss>")


def atom_feed(channel: Channel, items: tuple[bytes, ...], modified: datetime) -> bytes:
    """The Atom feed of the channel; `modified` is its newest change, a UTC time."""
    feed = _head(channel, Form.ATOM)
    feed.updated(modified)
    feed.author(name=title_of(channel), email=mail_of(channel))
    if hub_of(channel):
        feed.link(href=hub_of(channel), rel="hub")
    return _joined(feed.atom_str(), items, b"</feed>")


class _Unwritten(datetime):
    """A date that feedgen accepts and then leaves out: its own writing of RSS dates sets the locale of all threads."""

    def __bool__(self) -> bool:
        return False


def _entry(item: Item) -> FeedEntry:
    entry = FeedEntry()
    entry.id(item.id)
    entry.title(item.title)
    entry.link(href=item.link)
    entry.summary(item.brief, type="html")
    if item.full:
        entry.content(item.full, type="html")
    entry.category([{"term": tag} for tag in item.tags])
    return entry


def _head(channel: Channel, form: Form) -> FeedGenerator:
    feed = FeedGenerator()
    feed.register_extension("feedhub", ChannelExtension)
    feed.id(f"tag:{channel.tag_authority}:topic:{channel.topic}")
    feed.title(title_of(channel))
    feed.description(description_of(channel))
    feed.generator(GENERATOR, uri=f"{channel.base_url}/about")
    feed.language(language(channel.language) or None)
    media_type = form.media_type.partition(";")[0]
    feed.link(href=feed_of(channel, form), rel="self", type=media_type)
    feed.link(href=page_of(channel), rel="alternate", type="text/html")  # the last one is RSS's channel link
    return feed


def _joined(head: bytes, items: tuple[bytes, ...], end: bytes) -> bytes:
    """The items before the end of a feed that has none."""
    return b"\n".join((head.removesuffix(end), *items, end))
