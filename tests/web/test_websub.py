"""The addresses that hubs call."""

import hmac
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedhub.flows.receive_push import MOST
from feedhub.model.websub import SubscriptionKind
from feedhub.web.places import Places
from feedhub.web.public.websub import MOST_BYTES
from tests.builders import NOW, a_site, a_subscription
from tests.shelf import LostStore, Shelf
from tests.web.scene import a_client

TOKEN = "token-of-harbour"
CALLBACK = f"/websub/{TOKEN}"
INTENT = {
    "hub.mode": "subscribe",
    "hub.topic": "https://harbour.example/rss",
    "hub.challenge": "7f3a-what?",
    "hub.lease_seconds": "86400",
}
BODY = "<rss>Нефть</rss>".encode()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A store in which the source `harbour` waits for its hub."""
    shelf = Shelf(tmp_path)
    with shelf.store.write() as unit:
        unit.subscriptions.save(a_subscription(asked_at=NOW))
    return shelf


@pytest.fixture
def client(shelf: Shelf) -> FlaskClient:
    """Of the app over that store."""
    return a_client(shelf.store)


def kind(shelf: Shelf) -> SubscriptionKind | None:
    """How the subscription stands."""
    with shelf.store.read() as unit:
        found = unit.subscriptions.find(TOKEN)
    return found.kind if found else None


def ask(client: FlaskClient, token: str = TOKEN, **changes: str) -> TestResponse:
    """What a hub is answered; underscores in names stand for dots."""
    query = INTENT | {name.replace("hub_", "hub."): value for name, value in changes.items()}
    return client.get(f"/websub/{token}?{urlencode(query)}")


def push(
    client: FlaskClient, body: bytes = BODY, *, method: str = "sha1", headers: dict[str, str] | None = None
) -> TestResponse:
    """What a hub is answered that delivers a body, signed well unless the headers say otherwise."""
    signature = f"{method}={hmac.new(b'secret-of-harbour', body, method).hexdigest()}"
    given = {"X-Hub-Signature": signature, "Content-Type": "application/rss+xml; charset=UTF-8"} | (headers or {})
    return client.post(CALLBACK, data=body, headers=given)


def pushes(shelf: Shelf) -> list[tuple[bytes, str, str | None]]:
    """What waits to be read."""
    with shelf.store.read() as unit:
        return [(push.body, push.media_type, push.charset) for push in unit.subscriptions.pushes(100)]


def test_a_callback_is_named_by_the_base_url_alone() -> None:
    assert Places("https://example.org/news").callback("abc") == "https://example.org/news/websub/abc"


def test_the_challenge_goes_back_as_it_came_and_is_no_page(shelf: Shelf, client: FlaskClient) -> None:
    answer = ask(client)
    assert (answer.status_code, answer.data, answer.content_type) == (200, b"7f3a-what?", "text/plain; charset=utf-8")
    assert {name: answer.headers.get(name) for name in SAFE} == SAFE
    assert "Set-Cookie" not in answer.headers
    assert kind(shelf) is SubscriptionKind.ACTIVE


SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("octets", [b"\xff\xfe\x00 +", "нефть".encode(), b"<script>alert(1)</script>", b"a\r\nB: c"])
def test_whatever_bytes_it_holds(client: FlaskClient, octets: bytes) -> None:
    query = urlencode({name: octets if name == "hub.challenge" else value for name, value in INTENT.items()})
    answer = client.get(f"{CALLBACK}?{query}")
    assert (answer.status_code, answer.data) == (200, octets)


def test_205_another_topic_is_not_found(shelf: Shelf, client: FlaskClient) -> None:
    answer = ask(client, hub_topic="https://harbour.example/another")
    assert (answer.status_code, kind(shelf)) == (404, SubscriptionKind.ASKED)


@pytest.mark.parametrize("query", ["", "&" * 100 + "x=1&" * 100, "hub.mode=subscribe", "hub.mode=%00", "%ff=%ff"])
def test_what_makes_no_sense_is_not_found(shelf: Shelf, client: FlaskClient, query: str) -> None:
    assert (client.get(f"{CALLBACK}?{query}").status_code, kind(shelf)) == (404, SubscriptionKind.ASKED)


def test_of_two_values_the_first_is_meant(client: FlaskClient) -> None:
    answer = client.get(f"{CALLBACK}?{urlencode(INTENT)}&hub.challenge=other&hub.topic=other")
    assert (answer.status_code, answer.data) == (200, b"7f3a-what?")


@pytest.mark.parametrize("token", ["another", "%00", "..", "a" * 5000])
def test_an_unknown_address_is_not_found(client: FlaskClient, token: str) -> None:
    assert ask(client, token).status_code == 404


def test_a_denial_is_heard(shelf: Shelf, client: FlaskClient) -> None:
    answer = ask(client, hub_mode="denied", hub_reason="нет места")
    with shelf.store.read() as unit:
        found = unit.subscriptions.find(TOKEN)
    assert found
    assert (answer.status_code, answer.data) == (200, b"")
    assert (found.kind, found.fault) == (SubscriptionKind.DENIED, "the hub denied the subscription: нет места")


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_300_a_push_is_taken_and_kept_as_it_came(shelf: Shelf, client: FlaskClient, method: str) -> None:
    answer = push(client, method=method)
    assert (answer.status_code, answer.data) == (202, b"")
    assert pushes(shelf) == [(BODY, "application/rss+xml", "UTF-8")]


def test_a_form_is_a_body_like_any_other(shelf: Shelf, client: FlaskClient) -> None:
    answer = push(client, b"a=1&b=2", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert (answer.status_code, pushes(shelf)) == (202, [(b"a=1&b=2", "application/x-www-form-urlencoded", None)])


def test_301_a_wrong_signature_is_rejected(shelf: Shelf, client: FlaskClient) -> None:
    answer = push(client, headers={"X-Hub-Signature": f"sha256={'0' * 64}"})
    assert (answer.status_code, pushes(shelf)) == (403, [])


def test_302_without_a_signature_it_is_rejected(shelf: Shelf, client: FlaskClient) -> None:
    answer = client.post(CALLBACK, data=BODY, headers={"Content-Type": "application/rss+xml"})
    assert (answer.status_code, pushes(shelf)) == (403, [])


def test_a_hub_that_goes_on_after_the_end_is_told_that_it_is_the_end(shelf: Shelf, client: FlaskClient) -> None:
    with shelf.store.write() as unit:
        unit.subscriptions.drop(a_subscription().source)
    assert push(client).status_code == 410


class Endless:
    """A body of zeros that never ends; `given` says how much of it was taken."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        """So many more."""
        assert size >= 0, "it would never end"
        self.given += size
        return bytes(size)

    def readinto(self, into: bytearray) -> int:
        """The same into a buffer."""
        self.given += len(into)
        return len(into)


def test_no_more_is_read_than_we_take(client: FlaskClient) -> None:
    """Neither of a body that says how long it is nor of one in chunks that does not."""
    for length in (MOST_BYTES + 1, None):
        body = Endless()
        environ = {"wsgi.input": body, "wsgi.input_terminated": True} | (
            {"CONTENT_LENGTH": str(length)} if length else {"HTTP_TRANSFER_ENCODING": "chunked"}
        )
        answer = client.post(CALLBACK, environ_overrides=environ)
        assert answer.status_code == 413
        assert body.given <= (0 if length else MOST_BYTES + 70_000)


def test_a_body_as_large_as_may_be_is_taken(shelf: Shelf, client: FlaskClient) -> None:
    assert push(client, bytes(MOST_BYTES)).status_code == 202
    assert [len(body) for body, _, _ in pushes(shelf)] == [MOST_BYTES]


def test_where_too_much_waits_the_hub_is_asked_to_come_again(client: FlaskClient) -> None:
    answers = [push(client) for _ in range(MOST + 1)]
    assert [answer.status_code for answer in answers] == [202] * MOST + [503]
    assert answers[-1].headers["Retry-After"] == "60"


def test_nobody_else_may_use_the_address(client: FlaskClient) -> None:
    for method in ("HEAD", "PUT", "DELETE", "OPTIONS"):
        answer = client.open(f"{CALLBACK}?{urlencode(INTENT)}", method=method)
        assert (answer.status_code, "POST" in answer.headers["Allow"]) == (405, True)


def test_head_changes_nothing(shelf: Shelf, client: FlaskClient) -> None:
    client.head(f"{CALLBACK}?{urlencode(INTENT)}")
    assert kind(shelf) is SubscriptionKind.ASKED


def test_a_base_url_with_a_path_serves_callbacks_below_the_proxy(shelf: Shelf) -> None:
    client = a_client(shelf.store, a_site(base_url="https://example.org/news"))
    assert ask(client).status_code == 200


def test_a_token_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    answer = a_client(LostStore()).post(CALLBACK, data=BODY)
    assert answer.status_code == 503
    assert [record.__dict__["path"] for record in caplog.records] == ["/websub/<token>"]
