"""Which addresses may be dialled: the public internet on the web's own ports, and what the operator names.

The check is made twice. A URL is looked at before anything is done, so that a literal address or an odd port costs
nothing. Then every address that a name resolved to is looked at where its socket is made, and once more where a
request is about to be sent over it: a name that answers differently the second time gains nothing, since nobody asks a
second time. `ipaddress.is_global` is not used: it lets NAT64, 6to4, IPv4-compatible and site-local forms through, each
of which reaches IPv4 behind a gateway. The lists follow the IANA special-purpose address registries (RFC 6890); of IPv6
only 2000::/3 is handed out as global unicast, so all the rest is refused by that alone.
"""

import ipaddress
from functools import lru_cache
from typing import Final

from feedhub.adapters.http.target import DEFAULT_PORTS, Target, read_target
from feedhub.errors import ConfigError, Fault
from feedhub.model.fetching import Refused, Why

PORTS: Final = frozenset({80, 443, 8080, 8443})


class Guard:
    """Lets targets and addresses through, or says why not.

    `allow_hosts` are "host" or "host:port" as they stand in URLs; without a port the two default ports are meant. Only
    these may be private or on an odd port. Raises ConfigError for an entry that is neither.
    """

    def __init__(self, allow_hosts: frozenset[str]) -> None:
        self._allowed = frozenset(pair for entry in allow_hosts for pair in _pairs(entry))

    def refuse(self, target: Target, *, redirected: bool = False) -> Refused | None:
        """Why the target is not to be asked, as far as its URL tells.

        What a server redirected us to comes without advice: no stranger shall write our settings.
        """
        if (target.host, target.port) in self._allowed:
            return None
        if target.port not in PORTS:
            return _refused(f"Port {target.port} is none of {_PORTS_TEXT}", target, redirected=redirected)
        literal = target.literal
        kind = forbidden(literal) if literal else None
        return _refused(f"The address {literal} is {kind}", target, redirected=redirected) if kind else None

    def refuse_address(self, address: str, target: Target, *, redirected: bool = False) -> Refused | None:
        """Why this address, to which the target's name resolved, is not to be dialled."""
        kind = forbidden(address)
        if kind is None or (target.host, target.port) in self._allowed:
            return None
        return _refused(f"{target.host} stands at {address}, which is {kind}", target, redirected=redirected)


@lru_cache(maxsize=4096)
def forbidden(address: str) -> str | None:
    """What kind of address it is, in words, if it is none of the public internet; else None."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "no IP address"
    if isinstance(ip, ipaddress.IPv4Address):
        return next((kind for network, kind in _V4 if ip in network), None)
    if ip.scope_id is not None:
        return "bound to one interface"
    kind = next((kind for network, kind in _V6 if ip in network), None)
    return kind if kind or ip in _GLOBAL_UNICAST else "reserved"


_PORTS_TEXT = ", ".join(str(port) for port in sorted(PORTS))
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")

_V4 = tuple(
    (ipaddress.IPv4Network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a carrier (CGNAT)"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "for documentation"),
        ("192.31.196.0/24", "reserved (AS112)"),
        ("192.52.193.0/24", "reserved (AMT)"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved (AS112)"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)

_V6 = tuple(
    (ipaddress.IPv6Network(network), kind)
    for network, kind in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::/96", "IPv4-compatible"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("100::/64", "for discarding"),
        ("2001::/32", "Teredo"),
        ("2001:db8::/32", "for documentation"),
        ("2001::/23", "reserved"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "reserved (AS112)"),
        ("3fff::/20", "for documentation"),
        ("fc00::/7", "private (ULA)"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)


def _refused(fact: str, target: Target, *, redirected: bool) -> Refused:
    advice = f'An operator can let it through: http.allow_hosts = ["{target.authority}"].'
    warning = "The server that we asked redirects there: tell the publisher, or leave the source out."
    return Refused(why=Why.GUARD, detail=f"{fact}: not asked. {warning if redirected else advice}")


def _pairs(entry: str) -> tuple[tuple[str, int], ...]:
    """The (host, port) pairs that an entry of `http.allow_hosts` names."""
    plain, secure = read_target(f"http://{entry}"), read_target(f"https://{entry}")
    if isinstance(plain, Refused) or isinstance(secure, Refused) or plain.path != "/" or plain.userinfo:
        raise ConfigError((_fault(entry),))
    explicit = plain.port == secure.port
    ports = (plain.port,) if explicit else tuple(DEFAULT_PORTS.values())
    return tuple((plain.host, port) for port in ports)


def _fault(entry: str) -> Fault:
    message = f"http.allow_hosts: {entry!r} is neither a host nor host:port"
    return Fault(file="feedhub.toml", line=0, column=0, message=message, hint='write "127.0.0.1:8700" or "[::1]:8700"')
