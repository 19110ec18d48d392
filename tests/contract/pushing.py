"""Subscriptions and pushes, valid by default."""

from dataclasses import replace

from feedhub.model.keys import SourceSlug
from feedhub.model.websub import Push, Subscription
from tests.builders import NOW


def a_subscription(slug: str = "harbour", **changes: object) -> Subscription:
    """One of a source that the hub has been asked for."""
    subscription = Subscription(
        source=SourceSlug(slug),
        hub="https://hub.example/",
        topic=f"https://{slug}.example/rss",
        token=f"token-of-{slug}",
        secret="hush",
        next_at=NOW,
    )
    return replace(subscription, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice


def a_push(slug: str = "harbour", **changes: object) -> Push:
    """What the hub pushed for a source."""
    push = Push(id=0, source=SourceSlug(slug), at=NOW, body=b"<rss/>", media_type="application/rss+xml", charset=None)
    return replace(push, **changes)  # type: ignore[arg-type]  # a test names fields of its own choice
