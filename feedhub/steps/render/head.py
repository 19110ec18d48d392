"""What a feed says of itself, as all forms will write it."""

from feedhub.model.rendition import Channel, Form
from feedhub.steps.render.plain import address, line


def title_of(channel: Channel) -> str:
    """The title on one line; the topic's slug where there is none, since every form wants one."""
    return line(channel.title) or channel.topic


def description_of(channel: Channel) -> str:
    """The description on one line; the title where there is none (RSS 2.0 wants one)."""
    return line(channel.description) or title_of(channel)


def page_of(channel: Channel) -> str:
    """The topic's page, absolute."""
    return channel.page if "://" in channel.page else f"{channel.base_url}{channel.page}"


def feed_of(channel: Channel, form: Form) -> str:
    """The feed's own address."""
    return f"{channel.base_url}{channel.path}.{form}"


def hub_of(channel: Channel) -> str:
    """The WebSub hub's address, empty where there is none."""
    return address(channel.hub)


def mail_of(channel: Channel) -> str:
    """The mail address of whoever answers for the feed, or empty where the contact is a page."""
    scheme, colon, rest = channel.contact.partition(":")
    return rest.partition("?")[0] if colon and scheme.lower() == "mailto" else ""
