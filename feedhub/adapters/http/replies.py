"""What a complete reply means: one outcome for every status.

200 and 203 (RFC 9110, section 15.3.4: a proxy changed something) carry a feed. 206 does not, since no range was asked
for, nor do 204, 205 and 226. 304 is only believed where validators were sent. A POST is taken by any 2xx. Everything
else is refused with a sentence that says what an admin can do.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feedhub.adapters.http.freshness import fresh_for
from feedhub.adapters.http.head import Head
from feedhub.adapters.http.links import read_links
from feedhub.adapters.http.moments import http_date
from feedhub.model.fetching import Accepted, Fetched, Gone, NotModified, Refused, Validators, Why

WITH_BODY: Final = frozenset({200, 203})
BODILESS: Final = frozenset({204, 304})
NOT_MODIFIED: Final = 304
SEE_OTHER: Final = 303
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
    """What the reply answers: the URL without credentials, what was sent, the time it took, our clock."""

    url: str
    validators: Validators
    posted: bool
    millis: int
    now: Callable[[], datetime] | None


def read_reply(reply: Reply, asked: Asked) -> Fetched | NotModified | Accepted | Gone | Refused:
    """The outcome that a reply stands for; redirects are dealt with before."""
    status = reply.head.status
    if asked.posted:
        return _read_posted(reply, asked)
    if status in WITH_BODY:
        return _fetched(reply, asked)
    if status == NOT_MODIFIED and asked.validators != Validators():
        return NotModified(
            validators=_renewed(reply.head, asked.validators),
            millis=asked.millis,
            fresh_for=fresh_for(reply.head, asked.now),
        )
    if status == GONE:
        return Gone(millis=asked.millis)
    return _refused(reply.head, asked, _SENTENCES.get(status) or _SENTENCES.get(status // 100) or _ODD)


def retry_after(head: Head, now: Callable[[], datetime] | None) -> timedelta | None:
    """Retry-After in either form (RFC 9110, section 10.2.3), at most 31 days.

    A date is reckoned from the reply's own Date, since it is the server's clock that both were read from; from ours
    where it gives none.
    """
    value = head.value("retry-after")
    if _SECONDS.fullmatch(value):
        return min(timedelta(seconds=int(value)), _LONGEST_WAIT)
    until = http_date(value)
    since = http_date(head.value("date")) or (now() if now else None)
    if until is None or since is None:
        return None
    return min(max(until - since, timedelta(0)), _LONGEST_WAIT)


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

_POST_SENTENCES = {
    4: "the server does not take what we send: it may not serve this feed any more.",
    5: "the server has a fault of its own; it is asked again later.",
    429: "the server says that we ask too often; it is asked less often from now on.",
    503: "the server is overloaded or under repair; it is asked again later.",
}
_POST_ODD = "the server answers in a way that says neither yes nor no: check the address."

_ONE_LINE = re.compile(r"[\t -~\x80-\xff]*")  # RFC 9110, section 5.5
_LONGEST_VALIDATOR = 4096
_LONGEST_WAIT = timedelta(days=31)
_SECONDS = re.compile(r"[0-9]{1,9}")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")
_CHARSET = re.compile(r"[A-Za-z0-9_.:()+-]{1,40}")


def _read_posted(reply: Reply, asked: Asked) -> Accepted | Refused:
    status = reply.head.status
    if status // 100 == 2:  # noqa: PLR2004 (RFC 9110, section 15.3)
        return Accepted(status=status, millis=asked.millis)
    sentence = _POST_SENTENCES.get(status) or _POST_SENTENCES.get(status // 100) or _POST_ODD
    return _refused(reply.head, asked, sentence)


def _refused(head: Head, asked: Asked, sentence: str) -> Refused:
    return Refused(
        why=Why.STATUS,
        detail=f"HTTP {head.status}: {sentence}",
        status=head.status,
        retry_after=retry_after(head, asked.now),
        millis=asked.millis,
    )


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
        status=reply.head.status,
        fresh_for=fresh_for(reply.head, asked.now),
        links=read_links(reply.head.values("link"), asked.url),
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
