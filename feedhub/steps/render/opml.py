"""The list of a service's feeds as OPML 2.0 (http://opml.org/spec2.opml), for readers to import."""

from datetime import datetime
from html import escape

from feedhub.model.rendition import Channel, Form
from feedhub.steps.render.elements import rfc822
from feedhub.steps.render.head import description_of, feed_of, page_of, title_of
from feedhub.steps.render.languages import language
from feedhub.steps.render.plain import line


def render_opml(channels: tuple[Channel, ...], *, title: str, base_url: str, owner: str, modified: datetime) -> bytes:
    """One outline a channel, in the order given, subscribing to its RSS feed.

    `owner` is a name, or a mail address with or without `mailto:`. `modified` is when the list changed last (UTC).
    """
    mail = owner.partition(":")[2] if owner.lower().startswith("mailto:") else owner
    head = {
        "title": line(title),
        "dateModified": rfc822(modified),
        "ownerEmail" if "@" in mail else "ownerName": line(mail),
        "ownerId": f"{base_url}/about",
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "<head>",
        *(f"<{name}>{escape(value)}</{name}>" for name, value in head.items() if value),
        "</head>",
        "<body>",
        *(_outline(channel) for channel in channels),
        "</body>",
        "</opml>",
        "",
    ]
    return "\n".join(lines).encode()


def _outline(channel: Channel) -> str:
    facts = {
        "text": title_of(channel),
        "title": title_of(channel),
        "type": "rss",
        "version": "RSS2",
        "xmlUrl": feed_of(channel, Form.RSS),
        "htmlUrl": page_of(channel),
        "description": description_of(channel),
        "language": language(channel.language),
    }
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in facts.items() if value)
    return f"<outline {attributes}/>"
