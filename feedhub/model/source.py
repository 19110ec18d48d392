"""Sources, and what asking one of them can end in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from feedhub.model.keys import Digest, OutletSlug, SourceSlug


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A feed we read; belongs to one outlet. `every` is how often the editor wants it asked."""

    slug: SourceSlug
    url: str
    outlet: OutletSlug
    title: str = ""
    lang: str | None = None
    every: timedelta = timedelta(minutes=30)
    tags: tuple[str, ...] = ()
    fulltext: bool = False
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """ETag and Last-Modified as the publisher gave them, byte for byte (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request to make: `ref` comes back with the outcome, untouched."""

    ref: str
    url: str
    validators: Validators = Validators()
    accept: str = "*/*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A complete body, decoded from its content coding. `url` is where it was found in the end."""

    body: bytes
    media_type: str
    charset: str | None
    url: str
    validators: Validators
    wire_bytes: int
    millis: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """304: what we have is still right; the validators as renewed by the reply."""

    validators: Validators
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
    then: Fetched | NotModified | Gone | Refused


Outcome = Fetched | NotModified | Moved | Gone | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What the store knows of a source between polls. `fence` grows with each lease."""

    slug: SourceSlug
    url: str
    validators: Validators = Validators()
    body_digest: Digest | None = None
    title: str = ""
    due: datetime
    fence: int = 0
    leased_until: datetime | None = None
    last_poll: datetime | None = None
    last_success: datetime | None = None
    last_change: datetime | None = None
    failures: int = 0
    deaths: int = 0
    fault: str = ""
    """The last failure in plain words with what to do; empty after a success."""
    next_reason: str = ""
    gone: bool = False
    moved_to: str | None = None
    entries: int = 0
    """How many entries the store holds of it."""
