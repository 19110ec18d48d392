"""Feeds and pages that tests serve, written by hand."""

from html import escape
from xml.sax.saxutils import quoteattr

BRIDGE = (
    "The new bridge over the Lissa was opened to traffic on Monday after three years of work.",
    "It is 412 metres long and carries two lanes, a tramway and a path for bicycles, the council of Mirel said.",
    "The old bridge, which was built in 1931, will be taken down before the winter.",
)
"""A story of an invented town, a paragraph a line."""


def item(
    ident: str,
    title: str,
    *paragraphs: str,
    link: str = "",
    date: str = "Mon, 02 Mar 2026 08:30:00 GMT",
    more: str = "",
) -> str:
    """An RSS item, whole by default."""
    body = "".join(f"<p>{escape(line)}</p>" for line in paragraphs)
    address = f"<link>{escape(link)}</link>" if link else ""
    return (
        f'<item><title>{escape(title)}</title>{address}<guid isPermaLink="false">{ident}</guid>'
        f"<pubDate>{date}</pubDate><description>{escape(body)}</description></item>"
    )


def rss(*items: str, title: str = "Mirel Messenger", lang: str = "en") -> bytes:
    """An RSS 2.0 feed."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title><link>https://mirel.example/</link><language>{lang}</language>"
        f"<description>News of an invented town</description>{''.join(items)}</channel></rss>"
    ).encode()


def article(title: str, *lines: str) -> bytes:
    """An article's page, a paragraph a line."""
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body>{body}</body></html>"
    ).encode()


def opml(groups: dict[str, dict[str, dict[str, str]]]) -> bytes:
    """A list of subscriptions: group, group in it, title and address."""
    body = "".join(
        f"<outline text={quoteattr(outer)}>"
        + "".join(
            f"<outline text={quoteattr(inner)}>"
            + "".join(
                f"<outline type='rss' text={quoteattr(title)} xmlUrl={quoteattr(url)}/>" for title, url in feeds.items()
            )
            + "</outline>"
            for inner, feeds in groups_in.items()
        )
        + "</outline>"
        for outer, groups_in in groups.items()
    )
    return f"<?xml version='1.0'?><opml version='2.0'><head/><body>{body}</body></opml>".encode()
