"""Hubs that tell of news: where they are, how subscriptions to them go on, and how far they are trusted."""

from feedhub.steps.websub.announced import announced
from feedhub.steps.websub.lifecycle import (
    FAREWELL,
    LEASE,
    NEVER_VERIFIED,
    asked,
    begun,
    denied,
    elsewhere,
    ended,
    lapsed,
    refused,
    stands,
    unverified,
    verified,
)
from feedhub.steps.websub.signed import signed
from feedhub.steps.websub.trust import doubted, proven, trusted

__all__ = [
    "FAREWELL",
    "LEASE",
    "NEVER_VERIFIED",
    "announced",
    "asked",
    "begun",
    "denied",
    "doubted",
    "elsewhere",
    "ended",
    "lapsed",
    "proven",
    "refused",
    "signed",
    "stands",
    "trusted",
    "unverified",
    "verified",
]
