"""Requests to make, and what asking can end in."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """ETag and Last-Modified as the publisher gave them, byte for byte (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request to make: `ref` comes back with the outcome, untouched. With `form` it is a POST of these pairs."""

    ref: str
    url: str
    validators: Validators = Validators()
    accept: str = "*/*"
    form: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that a reply's head or a document names (RFC 8288): `url` is absolute, `rel` one lower-case word."""

    rel: str
    url: str
    media_type: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A complete body, decoded from its content coding. `url` is where it was found in the end.

    `fresh_for` is how long the reply is good for (Cache-Control, Expires: RFC 9111, section 4.2), None where it does
    not say; `links` are those of its Link headers.
    """

    body: bytes
    media_type: str
    charset: str | None
    url: str
    validators: Validators
    wire_bytes: int
    millis: int
    status: int = 200
    fresh_for: timedelta | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """304: what we have is still right; the validators are those sent, as far as the reply did not renew them."""

    validators: Validators
    millis: int
    fresh_for: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A POST was taken (any 2xx); its body is left unread."""

    status: int
    millis: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """410: the publisher says that it will not come back."""

    millis: int


class Why(StrEnum):
    """Why a fetch gave nothing, in the words of logs and pages."""

    GUARD = "guard"
    """The address is private, odd or not http: never dialled."""
    REDIRECT = "redirect"
    """Too many redirects, a circle, or one that we do not follow."""
    STATUS = "status"
    """The server answered with a status that carries no feed."""
    LIMIT = "limit"
    """Too many bytes, headers too long, or the deadline passed while bytes still came."""
    TIMEOUT = "timeout"
    NETWORK = "network"
    """No such name, connection refused or reset, TLS failure, a reply that is not HTTP."""
    BODY = "body"
    """A content coding that cannot be decoded, or a body cut short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing usable came, for an expected reason; `detail` is one plain sentence for an admin."""

    why: Why
    detail: str
    status: int | None = None
    retry_after: timedelta | None = None
    millis: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Every hop was permanent (301, 308): the new address, and what stands there."""

    url: str
    then: Fetched | NotModified | Accepted | Gone | Refused


Outcome = Fetched | NotModified | Accepted | Moved | Gone | Refused
