"""URLs as the door reads them: one reading, so that what is checked is what is dialled.

libcurl is only ever handed `Target.url`, which is built from parts that were read here: no user information, a host of
plain ASCII in one spelling (names in lower case and punycode, IPv4 in dotted form whatever its notation, RFC 5952 for
IPv6), no fragment. Two readers of one URL cannot disagree where nothing is left to read differently.
"""

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit

import idna

from feedhub.model.fetching import Refused, Why

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where one request goes. `host` has brackets around IPv6, `path` holds the query too; both are ASCII."""

    scheme: str
    host: str
    port: int
    path: str
    userinfo: str = ""

    @property
    def authority(self) -> str:
        """Host, and port where it is not the scheme's own."""
        return self.host if self.port == DEFAULT_PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL without user information: for the wire, for logs, for people."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def private_url(self) -> str:
        """The URL with its user information, for the store alone."""
        return f"{self.scheme}://{self.userinfo}@{self.authority}{self.path}" if self.userinfo else self.url

    @property
    def literal(self) -> str | None:
        """The address, where the host is one and not a name."""
        bare = self.host.strip("[]")
        return bare if self.host.startswith("[") or _ends_in_number(bare) else None

    @property
    def login(self) -> bytes:
        """User information as bytes, percent-decoded."""
        return unquote_to_bytes(self.userinfo)


def read_target(url: str) -> Target | Refused:
    """The URL taken apart, or why it is none that we ask. Never raises, whatever the text."""
    text = url.strip(" \t\r\n\f")
    fault = _unfit(text)
    if fault:
        return _refused(fault)
    try:
        parts = urlsplit(text)
    except ValueError:
        return _refused(f"is not a URL: {shown(text)}")
    if parts.scheme not in DEFAULT_PORTS:
        return _refused(f"must begin with http:// or https://: {shown(text)}")
    userinfo, _, hostport = parts.netloc.rpartition("@")
    host, port = _host_and_port(hostport, DEFAULT_PORTS[parts.scheme])
    if not host:
        return _refused(f"has no valid host name: {shown(hostport)}")
    if not port:
        return _refused(f"has no valid port: {shown(hostport)}")
    query = f"?{parts.query}" if parts.query else ""
    path = quote(f"{parts.path or '/'}{query}", safe=_SAFE)
    userinfo = quote(userinfo, safe=_SAFE_USERINFO)
    return Target(scheme=parts.scheme, host=host, port=port, path=path, userinfo=userinfo)


def resolve_target(base: Target, location: str) -> Target | Refused:
    """A Location read against the URL that gave it (RFC 9110, section 10.2.2).

    `location` is what stood on the wire read as Latin-1; browsers take it for UTF-8, and so do servers that leave
    other scripts unescaped. User information in it is dropped: a server does not choose the credentials we show.
    """
    try:
        text = location.encode("latin-1").decode()
    except UnicodeError:
        text = location
    fault = _unfit(text)
    if fault:
        return _refused(fault)
    try:
        joined = urljoin(base.url, text)
    except ValueError:
        return _refused(f"is not a URL: {shown(text)}")
    target = read_target(joined)
    if isinstance(target, Refused) or not target.userinfo:
        return target
    return Target(scheme=target.scheme, host=target.host, port=target.port, path=target.path)


def shown(text: str) -> str:
    """A text from outside, made fit for a sentence: printable, short, without credentials."""
    clean = "".join(char if char.isprintable() else "?" for char in text[:_SHOWN])
    head, at, tail = clean.rpartition("@")
    scheme, found, _ = head.partition("://")
    clean = f"{scheme + found if found else ''}{tail}" if at else clean
    return f"“{clean}…”" if len(text) > _SHOWN else f"“{clean}”"


_MAX_URL = 8192  # what the usual servers take at most, Apache 8190
_MAX_NAME = 253  # RFC 1035, section 2.3.4, less the root
_SHOWN = 120
_SAFE = "%/:?#[]@!$&'()*+,;=|~"
_SAFE_USERINFO = "%:!$&'()*+,;=~"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_PORT = re.compile(r"[0-9]{1,5}")
_MAX_PORT = 65535


def _unfit(text: str) -> str:
    if not text:
        return "is empty"
    if len(text) > _MAX_URL:
        return f"is longer than {_MAX_URL} characters: {shown(text)}"
    if _CONTROL.search(text):
        return f"holds control characters: {shown(text)}"
    if _SURROGATE.search(text):
        return f"holds broken characters: {shown(text)}"
    return ""


def _refused(fault: str) -> Refused:
    return Refused(why=Why.GUARD, detail=f"The address {fault}.")


def _host_and_port(hostport: str, default: int) -> tuple[str, int]:
    """Either part is empty or 0 where it is not valid."""
    if hostport.startswith("["):
        bare, _, rest = hostport[1:].partition("]")
        host, port = _ipv6(bare), rest.removeprefix(":") if rest.startswith(":") else rest and "bad"
    else:
        bare, _, port = hostport.partition(":")
        host = _name(bare) if len(bare) <= _MAX_NAME else ""
    if not port:
        return host, default
    number = int(port) if _PORT.fullmatch(port) else 0
    return host, number if number <= _MAX_PORT else 0


def _ipv6(text: str) -> str:
    """In brackets, RFC 5952; empty if it is none. Zones ("%eth0") name an interface of ours, so they are none."""
    if "%" in text:
        return ""
    try:
        return f"[{ipaddress.IPv6Address(text).compressed}]"
    except ValueError:
        return ""


@lru_cache(maxsize=1 << 14)
def _name(text: str) -> str:
    """A host name or IPv4 address in its one spelling; empty if it is none.

    Other scripts become punycode as in browsers (IDNA 2008, read with the mappings of UTS 46): ß stays itself.
    """
    if not text:
        return ""
    try:
        plain = text.lower() if text.isascii() else idna.encode(text, uts46=True).decode("ascii")
    except UnicodeError:  # which IDNAError is
        return ""
    plain = plain.removesuffix(".")
    if not _NAME.fullmatch(plain):
        return ""
    return _ipv4(plain) if _ends_in_number(plain) else plain


def _ends_in_number(host: str) -> bool:
    return _NUMBER.fullmatch(host.rpartition(".")[2]) is not None


def _ipv4(text: str) -> str:
    """Dotted form of any notation that resolvers take: decimal, octal, hex, fewer than four parts (WHATWG URL)."""
    labels = text.split(".")
    if len(labels) > 4 or not all(_NUMBER.fullmatch(label) for label in labels):  # noqa: PLR2004 (IPv4 has four)
        return ""
    try:
        *firsts, last = (_number(label) for label in labels)
    except ValueError:
        return ""
    if any(part > 255 for part in firsts) or last >= 256 ** (4 - len(firsts)):  # noqa: PLR2004 (bytes)
        return ""
    value = last + sum(part << (24 - 8 * place) for place, part in enumerate(firsts))
    return str(ipaddress.IPv4Address(value))


def _number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8) if len(label) > 1 and label.startswith("0") else int(label)
