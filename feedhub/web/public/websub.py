"""Where hubs call: to ask whether we meant to subscribe, and to bring news (WebSub, sections 5.3 and 7).

The address is all the proof that a hub gives before it is believed, so it is unguessable and stands in no link. What
comes without the right signature is answered with 403: a hub that we gave a secret to has no reason to send it.
"""

from urllib.parse import parse_qsl

from flask import Response, request

from feedhub.model.websub import Delivery, Intent, Receipt
from feedhub.web.desk import Desk
from feedhub.web.faults import MISSING, Trouble, told

MOST_BYTES = 10_000_000
"""As much as a poll takes."""
_MOST_FIELDS = 30

_TROUBLES = {
    Receipt.UNKNOWN: Trouble(
        status=410, title="No such subscription", detail="Nobody here is subscribed under this address (any more)."
    ),
    Receipt.LARGE: Trouble(
        status=413, title="Too large", detail=f"A push may have {MOST_BYTES:,} bytes. Nothing was kept."
    ),
    Receipt.UNSIGNED: Trouble(
        status=403, title="Not signed", detail="The signature is missing or wrong (X-Hub-Signature). Nothing was kept."
    ),
    Receipt.FULL: Trouble(
        status=503, title="Too many at once", detail="What came before is still being read. Please try again.", retry=60
    ),
}
_ONLY = Trouble(status=405, title="Only for hubs", detail="Hubs call this address (GET, POST), nobody else.")

HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "no-store"}
"""The challenge is a stranger's text under our address: no browser shall take it for a page of ours (section 8.2)."""


def callback(desk: Desk, token: str) -> Response:
    """One subscription's address. HEAD would have to change what GET changes: it is not answered."""
    if request.method == "GET":
        return _verify(desk, token)
    if request.method == "POST":
        return _receive(desk, token)
    return told(_ONLY, {"Allow": "GET, POST"})


def _verify(desk: Desk, token: str) -> Response:
    answer = desk.flows.verify(token, _intent(request.query_string))
    if answer is None:
        return told(MISSING)
    return Response(answer.encode("latin-1"), content_type="text/plain; charset=utf-8", headers=HEADERS)


def _receive(desk: Desk, token: str) -> Response:
    receipt = desk.flows.receive(token, _delivery)
    trouble = _TROUBLES.get(receipt)
    return told(trouble) if trouble else Response(status=202, content_type="text/plain; charset=utf-8", headers=HEADERS)


def _delivery() -> Delivery | None:
    if (request.content_length or 0) > MOST_BYTES:
        return None
    request.max_content_length = MOST_BYTES + 1  # one that comes in chunks is cut there without a word
    body = request.get_data(cache=False)
    if len(body) > MOST_BYTES:
        return None
    return Delivery(
        body=body,
        media_type=request.mimetype,
        charset=request.mimetype_params.get("charset"),
        signature=request.headers.get("X-Hub-Signature", ""),
    )


def _intent(query: bytes) -> Intent:
    """What the hub says; the challenge has a character a byte, so that it goes back as it came whatever it holds."""
    try:
        pairs = parse_qsl(
            query.decode("latin-1"), keep_blank_values=True, encoding="latin-1", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return Intent()
    said = dict(reversed(pairs))  # of two values the first is meant
    return Intent(
        mode=said.get("hub.mode", ""),
        topic=_text(said.get("hub.topic", "")),
        challenge=said.get("hub.challenge", ""),
        lease_seconds=said.get("hub.lease_seconds", ""),
        reason=_text(said.get("hub.reason", "")),
    )


def _text(octets: str) -> str:
    return octets.encode("latin-1").decode("utf-8", "replace")
