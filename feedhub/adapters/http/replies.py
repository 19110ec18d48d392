"""What a complete reply means: one outcome for every status.

200 and 203 (RFC 9110, section 15.3.4: a proxy changed something) carry a feed. 206 does not, since no range was asked
for, nor do 204, 205 and 226. 304 is only believed where validators were sent. Everything else is refused with a
sentence that says what an admin can do.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from feedhub.adapters.http.head import Head
from feedhub.model.source import Fetched, Gone, NotModified, Refused, Validators, Why

WITH_BODY: Final = frozenset({200, 203})
NOT_MODIFIED: Final = 304
GONE: Final = 410
PERMANENT: Final = frozenset({301, 308})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply that came whole, as far as it was wanted: bodies of other statuses than 200 and 203 are left unread."""

    head: Head
    body: bytes
    wire_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the reply answers: the URL without credentials, validators sent, time it took, our clock."""

    url: str
    validators: Validators
    millis: int
    now: Callable[[], datetime] | None


def read_reply(reply: Reply, asked: Asked) -> Fetched | NotModified | Gone | Refused:
    """The outcome that a reply stands for; redirects are dealt with before."""
    status = reply.head.status
    if status in WITH_BODY:
        return _fetched(reply, asked)
    if status == NOT_MODIFIED and asked.validators != Validators():
        return NotModified(validators=_renewed(reply.head, asked.validators), millis=asked.millis)
    if status == GONE:
        return Gone(millis=asked.millis)
    return Refused(
        why=Why.STATUS,
        detail=f"HTTP {status}: {_SENTENCES.get(status) or _SENTENCES.get(status // 100) or _ODD}",
        status=status,
        retry_after=_retry_after(reply.head, asked.now),
        millis=asked.millis,
    )


def clean_validators(validators: Validators) -> Validators:
    """Those of the validators that can be sent as they are; one with a line end in it would be a header of its own."""
    return Validators(etag=_sendable(validators.etag), last_modified=_sendable(validators.last_modified))


def one_line(text: str) -> str:
    """The text if it can be the value of a header as it is, else nothing: a line end in it would begin another."""
    return text if _ONE_LINE.fullmatch(text) and text == text.strip(" \t") else ""


_ODD = "the server answers with something that is no feed: check the address."
_SENTENCES = {
    2: "the server says all is well but sends no feed: check the address.",
    3: "the server sends us elsewhere in a way that we cannot follow: check the address.",
    4: "the server refuses the request: check the address.",
    5: "the server has a fault of its own; it is asked again later.",
    206: "the server sends a part of the feed, though all of it was asked for: tell the publisher.",
    304: "the server says that nothing changed, though we have nothing yet: tell the publisher.",
    401: "the feed wants a login: ask the publisher for an open address.",
    402: "the feed wants to be paid for: ask the publisher for an open address.",
    403: "the server does not let us in: ask the publisher to allow this reader.",
    404: "nothing is at this address: look on the publisher's site for where the feed is now.",
    406: "the server has no form of this feed that we read: check the address.",
    407: "a proxy wants a login: ask your network's administrator.",
    429: "the server says that we ask too often; it is asked less often from now on.",
    451: "the feed is withheld for legal reasons.",
    503: "the server is overloaded or under repair; it is asked again later.",
}

_ONE_LINE = re.compile(r"[\t -~\x80-\xff]*")  # RFC 9110, section 5.5
_LONGEST_VALIDATOR = 4096
_LONGEST_WAIT = timedelta(days=31)
_SECONDS = re.compile(r"[0-9]{1,9}")
_LONGEST_DATE = 40
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")
_CHARSET = re.compile(r"[A-Za-z0-9_.:()+-]{1,40}")


def _fetched(reply: Reply, asked: Asked) -> Fetched:
    media_type, charset = _content_type(reply.head.value("content-type"))
    return Fetched(
        body=reply.body,
        media_type=media_type,
        charset=charset,
        url=asked.url,
        validators=_validators(reply.head),
        wire_bytes=reply.wire_bytes,
        millis=asked.millis,
    )


def _validators(head: Head) -> Validators:
    given = Validators(etag=head.value("etag") or None, last_modified=head.value("last-modified") or None)
    return clean_validators(given)


def _renewed(head: Head, sent: Validators) -> Validators:
    """What a 304 says anew replaces what was sent; what it leaves out stays (RFC 9111, section 4.3.4)."""
    new = _validators(head)
    return Validators(etag=new.etag or sent.etag, last_modified=new.last_modified or sent.last_modified)


def _sendable(value: str | None) -> str | None:
    return one_line(value) or None if value and len(value) <= _LONGEST_VALIDATOR else None


def _content_type(value: str) -> tuple[str, str | None]:
    """Media type in lower case without parameters, and its charset."""
    media_type, *parameters = value.split(";")
    media_type = media_type.strip().lower()
    charset = None
    for parameter in parameters:
        name, _, text = parameter.partition("=")
        text = text.strip().strip("\"'")
        if name.strip().lower() == "charset" and charset is None and _CHARSET.fullmatch(text):
            charset = text
    return media_type if _TYPE.fullmatch(media_type) else "", charset


def _retry_after(head: Head, now: Callable[[], datetime] | None) -> timedelta | None:
    """Retry-After in either form (RFC 9110, section 10.2.3), at most 31 days.

    A date is reckoned from the reply's own Date, since it is the server's clock that both were read from; from ours
    where it gives none.
    """
    value = head.value("retry-after")
    if _SECONDS.fullmatch(value):
        return min(timedelta(seconds=int(value)), _LONGEST_WAIT)
    until = _date(value)
    since = _date(head.value("date")) or (now() if now else None)
    if until is None or since is None:
        return None
    return min(max(until - since, timedelta(0)), _LONGEST_WAIT)


def _date(value: str) -> datetime | None:
    """An HTTP-date in any of its three forms (RFC 9110, section 5.6.7)."""
    if not value or len(value) > _LONGEST_DATE:
        return None
    try:
        when = parsedate_to_datetime(value)
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
