"""One request and its reply, as it happens: what to do with each address, line and chunk, and when to give up."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feedhub.adapters.http.body import Body, open_body, too_big
from feedhub.adapters.http.failures import failure, no_such_host
from feedhub.adapters.http.guard import Guard
from feedhub.adapters.http.head import Head
from feedhub.adapters.http.journey import Journey
from feedhub.adapters.http.limits import Limits
from feedhub.adapters.http.names import Names
from feedhub.adapters.http.replies import BODILESS, WITH_BODY, Reply
from feedhub.model.fetching import Refused, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What all requests have in common. `authorities` is a file of certificates, None for libcurl's own idea."""

    limits: Limits
    guard: Guard
    names: Names
    user_agent: str
    authorities: str | None


class Exchange:
    """The journey's present request. Its methods give False where the transfer is to end at once.

    A body is read for 200 and 203 alone, and never for a POST: with the head of any other reply everything is known, so
    the connection is given up there rather than read to its end.
    """

    def __init__(self, journey: Journey, door: Door, watch: Callable[[], float]) -> None:
        self.journey = journey
        self._door = door
        self._watch = watch
        self._began = self._heard = watch()
        self._blocked: Refused | None = None
        self._dialled = self._connected = False
        self._head = Head(door.limits)
        self._body: Body | None = None
        self._fault: Refused | None = None

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return self._watch() - self._began

    def reachable(self, addresses: Sequence[str]) -> Sequence[str] | Refused:
        """Those of the addresses that the target's name has which may be dialled, or why none may."""
        good = [address for address in addresses if self.address(address)]
        self._dialled = False
        return good or self._blocked or no_such_host(self.journey.target)

    def address(self, address: str) -> bool:
        """Whether a socket to this address may be made."""
        journey = self.journey
        blocked = self._door.guard.refuse_address(address, journey.target, redirected=journey.redirected)
        self._blocked = blocked or self._blocked
        self._dialled = self._dialled or blocked is None
        return blocked is None

    def connected(self, address: str) -> bool:
        """There is a connection, new or used before, to this address: whether the request may be sent over it."""
        self._connected = True
        self._heard = self._watch()
        return self.address(address)

    def line(self, line: bytes) -> bool:
        """A line of the head came."""
        self._heard = self._watch()
        begun = self._head.complete
        self._fault = self._head.take(line)
        if self._head.complete and not begun and self._fault is None:
            return self._head_came()
        return self._fault is None

    def chunk(self, chunk: bytes) -> bool:
        """A piece of the body came, as it was on the wire."""
        self._heard = self._watch()
        if self._body is None:
            return False
        self._fault = self._body.take(chunk)
        return self._fault is None

    def end(self, code: int, message: str) -> Reply | Refused:
        """What came of it, once the transfer ended with this code of libcurl (0: well)."""
        if self._fault is not None:
            return self._fault
        if self._head.complete and self._body is None:
            return Reply(head=self._head, body=b"", wire_bytes=0)
        if code == 0 and self._body is not None:
            return self._whole(self._body)
        if self._blocked is not None and not self._dialled:
            return self._blocked
        return failure(code, message, target=self.journey.target, in_body=self._head.complete)

    def overdue(self) -> Refused | None:
        """A refusal if the server has used up its time."""
        limits, now, host = self._door.limits, self._watch(), self.journey.target.authority
        if self.journey.spent + now - self._began > limits.deadline:
            if self._head.status:
                return Refused(why=Why.LIMIT, detail=f"The reply of {host} took longer than {limits.deadline:g} s.")
            return Refused(why=Why.TIMEOUT, detail=f"{host} gave no reply within {limits.deadline:g} s.")
        if not self._connected and now - self._began > limits.connect:
            return Refused(why=Why.TIMEOUT, detail=f"No connection to {host} within {limits.connect:g} s.")
        if self._connected and now - self._heard > limits.stall:
            return Refused(why=Why.TIMEOUT, detail=f"{host} fell silent for {limits.stall:g} s.")
        return None

    def _head_came(self) -> bool:
        """Whether to read on after the head."""
        if self._head.status not in WITH_BODY or self.journey.form is not None:
            return self._head.status in BODILESS or self._head.value("content-length") == "0"
        limit = self._door.limits.body
        self._fault = _length_fault(self._head.values("content-length"), limit=limit)
        if self._fault is not None:
            return False
        body = open_body(self._head.values("content-encoding"), limit=limit)
        self._body, self._fault = (None, body) if isinstance(body, Refused) else (body, None)
        return self._fault is None

    def _whole(self, body: Body) -> Reply | Refused:
        content = body.end()
        return content if isinstance(content, Refused) else Reply(head=self._head, body=content, wire_bytes=body.wire)


def _length_fault(lengths: tuple[str, ...], *, limit: int) -> Refused | None:
    """A body that says it is beyond the limit need not be begun. libcurl itself refuses lengths that differ."""
    if not all(_LENGTH.fullmatch(length) for length in lengths):
        return Refused(why=Why.BODY, detail="The reply gives no clear length of itself: tell the publisher.")
    too_long = any(int(length) > limit for length in lengths)
    return too_big(limit) if too_long else None


_LENGTH = re.compile(r"[0-9]{1,20}")
