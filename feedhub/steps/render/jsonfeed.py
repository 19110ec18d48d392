"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with what feedhub knows of a story under `_feedhub`."""

from datetime import datetime

import orjson

from feedhub.model.credit import Credit
from feedhub.model.outlet import OutletRef
from feedhub.model.rendition import Channel, Form
from feedhub.steps.render.elements import rfc3339
from feedhub.steps.render.head import description_of, feed_of, hub_of, mail_of, page_of, title_of
from feedhub.steps.render.item import Item
from feedhub.steps.render.languages import language

VERSION = "https://jsonfeed.org/version/1.1"


def json_item(item: Item) -> bytes:
    """A JSON Feed item, for `json_feed` to put in."""
    return orjson.dumps(
        _filled(
            {
                "id": item.id,
                "url": item.link,
                "external_url": item.original,
                "title": item.title,
                "content_html": item.full or item.brief,
                "summary": item.teaser if item.full else "",
                "image": next((one.url for one in item.media if one.media_type.startswith("image/")), ""),
                "date_published": rfc3339(item.published),
                "date_modified": rfc3339(item.updated),
                "authors": [{"name": item.credit}],
                "tags": list(item.tags),
                "language": item.lang,
                "attachments": [
                    _filled({"url": one.url, "mime_type": one.media_type, "size_in_bytes": one.length})
                    for one in item.media
                    if one.media_type
                ],
                "_feedhub": _provenance(item),
            }
        )
    )


def json_feed(channel: Channel, items: tuple[bytes, ...], modified: datetime) -> bytes:
    """The JSON feed of the channel; `modified` is its newest change, a UTC time."""
    mail = mail_of(channel)
    head = _filled(
        {
            "version": VERSION,
            "title": title_of(channel),
            "home_page_url": page_of(channel),
            "feed_url": feed_of(channel, Form.JSON),
            "description": description_of(channel),
            "authors": [_filled({"name": title_of(channel), "url": f"mailto:{mail}" if mail else ""})],
            "language": language(channel.language),
            "hubs": [{"type": "WebSub", "url": hub} for hub in (hub_of(channel),) if hub],
            "_feedhub": {
                "about": f"{channel.base_url}/about",
                "topic": f"tag:{channel.tag_authority}:topic:{channel.topic}",
                "modified": rfc3339(modified),
            },
        }
    )
    return orjson.dumps(head | {"items": [orjson.Fragment(item) for item in items]})


def _provenance(item: Item) -> dict[str, object]:
    credit = item.attribution
    publisher = _outlet(credit.publisher) | {"feed": item.source_url, "feed_title": item.source_title}
    return _filled(
        {
            "story": item.page,
            "publisher": _filled(publisher),
            "originator": _filled(_outlet(credit.originator) | {"url": item.via}) if credit.originator else None,
            "attribution": _attribution(credit, item),
        }
    )


def _attribution(credit: Credit, item: Item) -> dict[str, object]:
    return {
        "chain": [_filled(_outlet(outlet)) for outlet in credit.chain],
        "confidence": round(credit.confidence, 2),
        "independent": item.independent,
        "by": "text" if credit.by == "text" else "editor",
        "corrected": item.corrected,
        "evidence": [
            {
                "words": evidence.words,
                "outlet": evidence.outlet.name,
                "role": evidence.role.value,
                "field": evidence.field,
                "rule": evidence.rule,
            }
            for evidence in credit.evidence
        ],
    }


def _outlet(outlet: OutletRef) -> dict[str, object]:
    return {"name": outlet.name, "slug": outlet.slug}


def _filled(facts: dict[str, object]) -> dict[str, object]:
    """Without what is not known: JSON Feed leaves a name out rather than giving it no value."""
    return {name: value for name, value in facts.items() if value not in (None, "", [])}
