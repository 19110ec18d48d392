"""Taking what hubs push."""

import hmac
from dataclasses import dataclass
from pathlib import Path

import pytest

from feedhub.flows.receive_push import MOST, ReceivePush
from feedhub.model.keys import SourceSlug
from feedhub.model.site import Desk
from feedhub.model.websub import Delivery, Push, Receipt, SubscriptionKind
from tests.builders import NOW, a_newsroom, a_source
from tests.flows.hubs import HARBOUR, Hubs, some_hubs

TOKEN, BODY = "token-of-harbour", b"<rss/>"


@dataclass(slots=True)
class Hub:
    """One that pushes; `read` counts how often its body was looked at."""

    signature: str = f"sha256={hmac.new(b'secret-of-harbour', BODY, 'sha256').hexdigest()}"
    body: bytes | None = BODY
    read: int = 0

    def __call__(self) -> Delivery | None:
        """The delivery, None where the body is too large."""
        self.read += 1
        if self.body is None:
            return None
        return Delivery(body=self.body, media_type="application/rss+xml", charset="utf-8", signature=self.signature)


def receive(hubs: Hubs, hub: Hub, token: str = TOKEN, *, sources: tuple[SourceSlug, ...] = (HARBOUR,)) -> Receipt:
    """What becomes of a delivery, where these sources are in the documents."""
    known = {slug: a_source(slug) for slug in sources}
    desk = Desk(newsroom=a_newsroom(), sources=known, topics=())
    return ReceivePush(store=hubs.store, clock=hubs.clock, desk=lambda: desk)(token, hub)


def waiting(hubs: Hubs) -> list[tuple[SourceSlug, bytes, str, str | None]]:
    """What the store keeps for the poller."""
    with hubs.store.read() as unit:
        return [(push.source, push.body, push.media_type, push.charset) for push in unit.subscriptions.pushes(100)]


@pytest.mark.parametrize("kind", [SubscriptionKind.ACTIVE, SubscriptionKind.ASKED])
def test_300_what_is_signed_is_kept_for_the_poller(tmp_path: Path, kind: SubscriptionKind) -> None:
    hubs = some_hubs(tmp_path)
    hubs.save(kind=kind)
    assert receive(hubs, Hub()) is Receipt.TAKEN
    with hubs.store.read() as unit:
        (push,) = unit.subscriptions.pushes(100)
    assert push == Push(
        id=push.id, source=HARBOUR, at=NOW, body=BODY, media_type="application/rss+xml", charset="utf-8"
    )


@pytest.mark.parametrize("signature", ["sha256=" + "0" * 64, "sha1=", "nonsense"])
def test_301_a_wrong_signature_is_refused_and_nothing_is_kept(tmp_path: Path, signature: str) -> None:
    hubs = some_hubs(tmp_path)
    hubs.active()
    assert (receive(hubs, Hub(signature)), waiting(hubs)) == (Receipt.UNSIGNED, [])


def test_302_without_a_signature_it_is_refused_and_nothing_is_kept(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    hubs.active()
    assert (receive(hubs, Hub("")), waiting(hubs)) == (Receipt.UNSIGNED, [])


@pytest.mark.parametrize("kind", [SubscriptionKind.DENIED, SubscriptionKind.ENDED])
def test_where_the_subscription_has_ended_the_body_is_not_even_read(tmp_path: Path, kind: SubscriptionKind) -> None:
    hubs, hub = some_hubs(tmp_path), Hub()
    hubs.save(kind=kind)
    assert (receive(hubs, hub), hub.read) == (Receipt.UNKNOWN, 0)


def test_nor_for_an_unknown_token_or_a_source_that_is_no_more(tmp_path: Path) -> None:
    hubs, hub = some_hubs(tmp_path), Hub()
    hubs.active()
    receipts = [receive(hubs, hub, "another"), receive(hubs, hub, sources=())]
    assert (receipts, hub.read) == ([Receipt.UNKNOWN] * 2, 0)


def test_a_body_that_is_too_large_is_not_kept(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    hubs.active()
    assert (receive(hubs, Hub(body=None)), waiting(hubs)) == (Receipt.LARGE, [])


def test_of_one_source_only_some_may_wait(tmp_path: Path) -> None:
    hubs = some_hubs(tmp_path)
    hubs.active()
    receipts = [receive(hubs, Hub()) for _ in range(MOST + 1)]
    assert receipts == [Receipt.TAKEN] * MOST + [Receipt.FULL]
    assert len(waiting(hubs)) == MOST
