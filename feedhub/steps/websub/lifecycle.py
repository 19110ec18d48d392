"""How a subscription goes on: asked for, verified by the hub, renewed, refused, denied, ended (WebSub, section 5).

                 +--------- refused, never verified: again later, or another hub of the source
                 v                    |
    begun --> ASKED --- verified --> ACTIVE --- asked again at 80 % of the lease
                 ^                    |  |
                 +------ lapsed ------+  +----- denied --> DENIED: asked again in a week
                                                ended  --> ENDED: forgotten after a while

While a hub that is trusted does not answer to a renewal, its lease runs on and so does the trust; when it has run out,
both are over at once. The callback stays the same over renewals, for the hub knows a subscription by it: a new one
would be a second subscription beside the first. Another hub gets another callback and another secret.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from feedhub.model.hints import Hints
from feedhub.model.keys import SourceSlug
from feedhub.model.websub import Refusal, Subscription, SubscriptionKind

LEASE = timedelta(days=10)
"""What we ask for: what the Recommendation calls a good length (section 8.2)."""
LONGEST_LEASE = timedelta(days=90)
"""What we believe a hub at most."""
RENEW = 0.8
SOONEST = timedelta(minutes=10)
"""Between two requests at a hub that gives leases of minutes."""
VERIFY = timedelta(minutes=5)
"""How long a hub has to verify; most do it while we still wait for their answer."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(days=1)
LATER = timedelta(days=7)
"""When a hub that said no, or was gone, is tried again."""
FAREWELL = timedelta(minutes=10)
"""How long an ended subscription is kept, for the hub to ask whether we meant it."""

NEVER_VERIFIED = (
    "the hub took the request but did not verify it: see that it can reach the address in site.base_url from outside"
)

Mint = Callable[[], str]
"""Gives an unguessable text, of ASCII and shorter than 200 bytes."""


def begun(source: SourceSlug, hints: Hints, *, mint: Mint, now: datetime) -> Subscription:
    """A subscription of a source at the first of the hubs that it announces, due at once."""
    return Subscription(source=source, hub=hints.hubs[0], topic=hints.topic, token=mint(), secret=mint(), next_at=now)


def stands(subscription: Subscription, hints: Hints) -> bool:
    """Whether it is still one that the source announces."""
    return subscription.topic == hints.topic and subscription.hub in hints.hubs


def lapsed(subscription: Subscription, now: datetime) -> bool:
    """Whether its lease has run out."""
    return subscription.lease_until is not None and subscription.lease_until <= now


def unverified(subscription: Subscription) -> bool:
    """Whether the hub was asked, did not refuse, and has not verified since."""
    asked_at, verified_at = subscription.asked_at, subscription.verified_at
    return asked_at is not None and not subscription.fault and (verified_at is None or verified_at < asked_at)


def asked(subscription: Subscription, now: datetime) -> Subscription:
    """While the hub is being asked: another worker sees that it is, and what the hub says of it will be believed."""
    runs = subscription.kind is SubscriptionKind.ACTIVE and not lapsed(subscription, now)
    return replace(
        subscription if runs else _without_lease(subscription),
        kind=SubscriptionKind.ACTIVE if runs else SubscriptionKind.ASKED,
        asked_at=now,
        next_at=now + VERIFY,
        fault="",
    )


def verified(subscription: Subscription, lease: timedelta | None, now: datetime) -> Subscription:
    """The hub has confirmed it, for as long as it says; a hub that does not say is taken to give what we asked for."""
    span = min(lease or LEASE, LONGEST_LEASE)
    return replace(
        subscription,
        kind=SubscriptionKind.ACTIVE,
        verified_at=now,
        lease_until=now + span,
        next_at=now + max(RENEW * span, SOONEST),
        failures=0,
        fault="",
    )


def denied(subscription: Subscription, reason: str, now: datetime) -> Subscription:
    """The hub said no, which it may do at any time."""
    return replace(
        _without_lease(subscription),
        kind=SubscriptionKind.DENIED,
        next_at=now + LATER,
        fault=f"the hub denied the subscription: {reason}" if reason else "the hub denied the subscription",
    )


def refused(
    subscription: Subscription, refusal: Refusal, *, hubs: Sequence[str], mint: Mint, now: datetime
) -> Subscription:
    """A request came to nothing: asked again later; other hubs that the source announces have their turn first.

    While a lease runs the same hub is asked, until it ends; one that is gone is left at once, and where it was the
    only one the subscription ends.
    """
    failed = replace(subscription, failures=subscription.failures + 1, fault=refusal.fault)
    if failed.kind is SubscriptionKind.ACTIVE and failed.lease_until and not refusal.gone:
        at = now + _wait(failed.failures, refusal.retry_after)
        return replace(failed, next_at=min(at, failed.lease_until))
    others = [hub for hub in hubs if hub != failed.hub]
    if not others and refusal.gone:
        return ended(failed, now + LATER, fault=refusal.fault)
    if not others:
        return replace(failed, next_at=now + _wait(failed.failures, refusal.retry_after))
    rounds, step = divmod(failed.failures, len(others) + 1)
    return replace(elsewhere(failed, hubs, mint), next_at=now if step else now + _wait(rounds, None))


def elsewhere(subscription: Subscription, hubs: Sequence[str], mint: Mint) -> Subscription:
    """The same at the next hub of the row, not asked for yet; as it is where there is no other."""
    at = hubs.index(subscription.hub) + 1 if subscription.hub in hubs else 0
    hub = hubs[at % len(hubs)] if hubs else subscription.hub
    if hub == subscription.hub:
        return subscription
    return replace(
        _without_lease(subscription),
        hub=hub,
        token=mint(),
        secret=mint(),
        kind=SubscriptionKind.ASKED,
        asked_at=None,
    )


def ended(subscription: Subscription, until: datetime, *, fault: str = "") -> Subscription:
    """We do not want it any more; it is forgotten then."""
    return replace(_without_lease(subscription), kind=SubscriptionKind.ENDED, next_at=until, fault=fault)


def _without_lease(subscription: Subscription) -> Subscription:
    """Nothing holds, and nothing is trusted; what the hub missed is not forgiven by that."""
    return replace(subscription, lease_until=None, verified_at=None, first_push=None)


def _wait(failures: int, retry_after: timedelta | None) -> timedelta:
    doubled = FIRST_WAIT * (1 << min(failures - 1, 10))
    return min(LONGEST_WAIT, max(doubled, retry_after or doubled))
