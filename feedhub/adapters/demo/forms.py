"""The demo's outlets as feeds and pages, each in the form and with the bad habits of its own.

Written by hand, without the libraries that feedhub reads and publishes with: a mistake of theirs must not cancel out.
"""

import json
from datetime import datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from feedhub.adapters.demo.day import Outlet, Published

MEDIA_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "rdf": "application/rdf+xml",
}


def feed(
    outlet: Outlet, items: tuple[Published, ...], *, origin: str, withdrawn: tuple[tuple[str, datetime], ...]
) -> bytes:
    """The outlet's feed as it stands."""
    home = f"{origin}/{outlet.slug}/"
    match outlet.form:
        case "atom":
            text = _atom(outlet, items, home=home, withdrawn=withdrawn)
        case "json":
            text = _json(outlet, items, home=home)
        case "rdf":
            text = _rdf(outlet, items, home=home)
        case _:
            text = _rss(outlet, items, home=home)
    return text.encode()


def page(outlet: Outlet, item: Published) -> bytes:
    """An article's page, with the furniture that such pages have."""
    body = "".join(f"<p>{escape(line)}</p>" for line in item.paragraphs)
    furniture = "".join(f"<p>{escape(line)}</p>" for line in item.furniture)
    return (
        f'<!doctype html><html lang="{outlet.lang}"><head><meta charset="utf-8"><title>{escape(item.title)} - '
        f"{escape(outlet.name)}</title></head><body><nav><a href='./'>Home page</a></nav>"
        f"<article><h1>{escape(item.title)}</h1>{body}</article><aside>{furniture}</aside></body></html>"
    ).encode()


def front_page(outlets: tuple[Outlet, ...]) -> bytes:
    """The page that the whole newsroom has: its outlets and what they are."""
    rows = "".join(
        f'<li lang="{outlet.lang}"><a href="/{outlet.slug}/">{escape(outlet.name)}</a> - {escape(outlet.about)}</li>'
        for outlet in outlets
    )
    return _document("en", "The newsroom of the demo", f"<ul>{rows}</ul>")


def home_page(outlet: Outlet, items: tuple[Published, ...]) -> bytes:
    """An outlet's own front page: what it shows now."""
    rows = "".join(f'<li><a href="{quote(item.id)}">{escape(item.title)}</a></li>' for item in items)
    return _document(outlet.lang, outlet.name, f'<p><a href="feed">RSS</a></p><ul>{rows}</ul>')


def _document(lang: str, title: str, body: str) -> bytes:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    ).encode()


def _html(item: Published) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in (*item.paragraphs, *item.furniture))


def _rss(outlet: Outlet, items: tuple[Published, ...], *, home: str) -> str:
    # The broken one forgets to escape, as if its headlines were markup.
    safe = str if outlet.habit == "broken" else escape
    rows = "".join(
        f"<item><title>{safe(item.title)}</title><link>{home}{item.id}</link>"
        f'<guid isPermaLink="false">{item.id}</guid><pubDate>{format_datetime(item.published)}</pubDate>'
        f"<description>{safe(_html(item))}</description></item>"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(outlet.name)}</title><link>{home}</link><language>{outlet.lang}</language>"
        f"<description>{escape(outlet.about)}</description>{rows}</channel></rss>"
    )


def _atom(
    outlet: Outlet, items: tuple[Published, ...], *, home: str, withdrawn: tuple[tuple[str, datetime], ...]
) -> str:
    rows = "".join(
        f'<entry><title>{escape(item.title)}</title><id>{home}{item.id}</id><link href="{home}{item.id}"/>'
        f"<published>{item.published.isoformat()}</published><updated>{item.updated.isoformat()}</updated>"
        f'<content type="html">{escape(_html(item))}</content></entry>'
        for item in items
    )
    tombs = "".join(f'<at:deleted-entry ref="{home}{ref}" when="{when.isoformat()}"/>' for ref, when in withdrawn)
    newest = max((item.updated for item in items), default=None)
    updated = f"<updated>{newest.isoformat()}</updated>" if newest else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="{outlet.lang}"><id>{home}</id>'
        f"<title>{escape(outlet.name)}</title><author><name>{escape(outlet.name)}</name></author>"
        f'<link href="{home}"/>{updated}{rows}{tombs}</feed>'
    )


def _json(outlet: Outlet, items: tuple[Published, ...], *, home: str) -> str:
    rows = [
        {
            "id": item.id,
            "url": f"{home}{item.id}",
            "title": item.title,
            "content_html": _html(item),
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
        }
        for item in items
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.name, "home_page_url": home}
    return json.dumps(head | {"language": outlet.lang, "items": rows}, ensure_ascii=False)


def _rdf(outlet: Outlet, items: tuple[Published, ...], *, home: str) -> str:
    refs = "".join(f'<rdf:li rdf:resource="{home}{item.id}"/>' for item in items)
    rows = "".join(
        f'<item rdf:about="{home}{item.id}"><title>{escape(item.title)}</title><link>{home}{item.id}</link>'
        f"<description>{escape(_html(item))}</description><dc:date>{item.published.isoformat()}</dc:date></item>"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns="http://purl.org/rss/1.0/" '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="{home}"><title>{escape(outlet.name)}</title><link>{home}</link>'
        f"<description>{escape(outlet.about)}</description><dc:language>{outlet.lang}</dc:language>"
        f"<items><rdf:Seq>{refs}</rdf:Seq></items></channel>{rows}</rdf:RDF>"
    )
