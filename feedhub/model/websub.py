"""Subscriptions to hubs, and what hubs push (WebSub, W3C Recommendation of 23 January 2018)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from feedhub.model.keys import SourceSlug


class SubscriptionKind(StrEnum):
    """How a subscription stands."""

    ASKED = "asked"
    """The hub is to be asked, or was and has not verified yet."""
    ACTIVE = "active"
    DENIED = "denied"
    """The hub said no; asked again much later."""
    ENDED = "ended"
    """The hub is gone, or we do not want it any more; forgotten when `next_at` comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One source at one hub. `token` is the unguessable end of the callback's address, `secret` signs what is pushed.

    `next_at` is when something is to be done: renew, ask again. `first_push` is the push by which the hub earned our
    trust: from then on the source counts as pushed, until polling finds what push missed. `fault` is empty while an
    answer of the hub, or its verification, is waited for.
    """

    source: SourceSlug
    hub: str
    topic: str
    token: str
    secret: str
    kind: SubscriptionKind = SubscriptionKind.ASKED
    asked_at: datetime | None = None
    verified_at: datetime | None = None
    lease_until: datetime | None = None
    next_at: datetime
    first_push: datetime | None = None
    last_push: datetime | None = None
    missed: int = 0
    """Entries that polling found first, less the pushes since then that brought news: trust comes back at 0."""
    failures: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What a hub delivered for a source, kept until the poller reads it. `id` is the store's."""

    id: int
    source: SourceSlug
    at: datetime
    body: bytes
    media_type: str
    charset: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a subscription did not come about. `gone`: nothing of the kind is at the hub's address any more."""

    fault: str
    gone: bool = False
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What a hub asks or tells on a callback, word for word (section 5.3; a denial: 5.2). Empty where left out."""

    mode: str = ""
    topic: str = ""
    challenge: str = ""
    lease_seconds: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A push as it arrives, before it is known whose it is: `signature` is the X-Hub-Signature header, or empty."""

    body: bytes
    media_type: str
    charset: str | None
    signature: str


class Receipt(StrEnum):
    """What became of a delivery."""

    TAKEN = "taken"
    UNKNOWN = "unknown"
    """There is no subscription at this callback, or it has ended."""
    LARGE = "large"
    """Its body is larger than we take; the rest was not read."""
    UNSIGNED = "unsigned"
    """Its signature is missing or wrong: nothing was kept."""
    FULL = "full"
    """Too many of this source wait to be read."""
