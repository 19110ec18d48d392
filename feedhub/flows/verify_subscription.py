"""Tell a hub whether we meant what it was asked in our name (WebSub, section 5.3), and hear when it says no (5.2)."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedhub.model.websub import Intent, Subscription, SubscriptionKind
from feedhub.ports import Clock, Store, Unit
from feedhub.steps.websub import denied, verified

_log = logging.getLogger(__name__)

_LONGEST_CHALLENGE, _LONGEST_REASON = 1000, 200
_LONGEST_NUMBER = 10
"""Digits of a lease: 300 years of seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifySubscription:
    """Answers what hubs ask on a callback; only its token says whose it is."""

    store: Store
    clock: Clock

    def __call__(self, token: str, intent: Intent) -> str | None:
        """What to answer: the challenge, or nothing to a denial; None where it is not what we want."""
        with self.store.read() as unit:
            if _answer(unit, token, intent) is None:
                return None
        now = self.clock()
        with self.store.write() as unit:
            answer = _answer(unit, token, intent)
            subscription = unit.subscriptions.find(token)
            if answer is not None and subscription and intent.mode != "unsubscribe":
                _keep(unit, subscription, intent, now=now)
        return answer


def _answer(unit: Unit, token: str, intent: Intent) -> str | None:
    subscription = unit.subscriptions.find(token)
    if subscription is None or intent.topic != subscription.topic:
        return None
    if intent.mode == "denied":
        return None if subscription.kind is SubscriptionKind.ENDED else ""
    wanted = _wanted(subscription, intent.mode)
    return intent.challenge if wanted and 0 < len(intent.challenge) <= _LONGEST_CHALLENGE else None


def _wanted(subscription: Subscription, mode: str) -> bool:
    """A hub may ask again at any time whether an active subscription still is (section 5)."""
    if mode == "unsubscribe":
        return subscription.kind is SubscriptionKind.ENDED
    open_kinds = {SubscriptionKind.ASKED, SubscriptionKind.ACTIVE}
    return mode == "subscribe" and subscription.kind in open_kinds and subscription.asked_at is not None


def _keep(unit: Unit, before: Subscription, intent: Intent, *, now: datetime) -> None:
    if intent.mode == "subscribe":
        unit.subscriptions.save(verified(before, _lease(intent.lease_seconds), now))
        _log.info("hub verified", extra={"source": before.source})
        return
    after = denied(before, _one_line(intent.reason), now)
    unit.subscriptions.save(after)
    if before.first_push:
        unit.sources.resume(after.source, now)  # nobody else tells of its news
    _log.warning("hub denied", extra={"source": after.source, "fault": after.fault})


def _lease(seconds: str) -> timedelta | None:
    """None where the hub names none that makes sense."""
    number = int(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) <= _LONGEST_NUMBER else 0
    return timedelta(seconds=number) if number else None


def _one_line(text: str) -> str:
    """What a stranger wrote, fit for a page: one short line."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:_LONGEST_REASON]
