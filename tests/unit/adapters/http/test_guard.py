"""Which addresses the door dials."""

import pytest

from feedhub.adapters.http.guard import Guard, forbidden
from feedhub.adapters.http.target import Target, read_target
from feedhub.errors import ConfigError
from feedhub.model.fetching import Refused, Why

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2003::1",
    "2606:4700::1111",
    "2a00:1450:4001::1",
]

FORBIDDEN = [
    ("0.0.0.0", "unspecified"),
    ("0.1.2.3", "unspecified"),
    ("10.0.0.1", "private"),
    ("100.64.0.1", "shared by a carrier (CGNAT)"),
    ("100.127.255.255", "shared by a carrier (CGNAT)"),
    ("127.0.0.1", "loopback"),
    ("127.255.255.254", "loopback"),
    ("169.254.169.254", "link-local"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private"),
    ("192.0.0.8", "reserved"),
    ("192.0.2.1", "for documentation"),
    ("192.88.99.1", "a 6to4 relay"),
    ("192.168.1.1", "private"),
    ("198.18.0.1", "for benchmarks"),
    ("198.51.100.7", "for documentation"),
    ("203.0.113.9", "for documentation"),
    ("224.0.0.1", "multicast"),
    ("239.255.255.255", "multicast"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "reserved"),
    ("::", "unspecified"),
    ("::1", "loopback"),
    ("::127.0.0.1", "IPv4-compatible"),
    ("::8.8.8.8", "IPv4-compatible"),
    ("::ffff:127.0.0.1", "IPv4-mapped"),
    ("::ffff:8.8.8.8", "IPv4-mapped"),
    ("::ffff:0:8.8.8.8", "IPv4-translated"),
    ("64:ff9b::7f00:1", "NAT64"),
    ("64:ff9b:1::a00:1", "NAT64"),
    ("100::1", "for discarding"),
    ("2001::1", "Teredo"),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo"),
    ("2001:10::1", "reserved"),
    ("2001:db8::1", "for documentation"),
    ("2002:7f00:1::", "6to4"),
    ("3fff::1", "for documentation"),
    ("5f00::1", "reserved"),
    ("4000::1", "reserved"),
    ("fc00::1", "private (ULA)"),
    ("fdff::1", "private (ULA)"),
    ("fe80::1", "link-local"),
    ("fe80::1%eth0", "bound to one interface"),
    ("2606:4700::1%1", "bound to one interface"),
    ("fec0::1", "site-local"),
    ("ff02::1", "multicast"),
    ("", "no IP address"),
    ("/run/x.sock", "no IP address"),
    ("example.com", "no IP address"),
]

LOOPBACK_URLS = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0X7F.0.0.1/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://127.0.0.1./",
    "http://127。0。0。1/",
    "http://１２７.0.0.1/",
    "http://①②⑦.0.0.1/",
    "http://user:pass@127.0.0.1/",
    "http://example.com@127.0.0.1/",
    "http://127.0.0.1:8080/",
    "http://127.0.0.1:00080/",
    "https://127.0.0.1:8443/",
    "http://[::1]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://0/",
    "http://0.0.0.0/",
    "http://0x/",
]


def target(url: str) -> Target:
    """The target of a URL that can be read."""
    found = read_target(url)
    assert isinstance(found, Target)
    return found


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_let_through(address: str) -> None:
    """Also those beside a forbidden network."""
    assert forbidden(address) is None


@pytest.mark.parametrize(("address", "kind"), FORBIDDEN)
def test_other_addresses_are_forbidden_with_their_kind(address: str, kind: str) -> None:
    """The kind is for people to read."""
    assert forbidden(address) == kind


@pytest.mark.parametrize("url", LOOPBACK_URLS)
def test_a_private_address_is_refused_in_every_notation(url: str) -> None:
    """The URL alone tells, so no socket is made."""
    refused = Guard(frozenset()).refuse(target(url))
    assert refused is not None
    assert refused.why == Why.GUARD


@pytest.mark.parametrize("port", [1, 22, 25, 79, 81, 444, 3306, 5432, 6379, 8000, 8081, 9200, 11211, 65535])
def test_odd_ports_are_refused(port: int) -> None:
    """A feed is not read from a mail server."""
    refused = Guard(frozenset()).refuse(target(f"http://example.com:{port}/"))
    assert refused == Refused(
        why=Why.GUARD,
        detail=(
            f"Port {port} is none of 80, 443, 8080, 8443: not asked. "
            f'An operator can let it through: http.allow_hosts = ["example.com:{port}"].'
        ),
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://example.com/",
        "http://example.com:8080/",
        "https://x.example:8443/",
        "http://localhost/",
        "http://1.1.1.1/",
        "https://[2606:4700::1111]/",
        "http://0x01010101/",
    ],
)
def test_what_looks_public_is_let_to_the_dial(url: str) -> None:
    """A name is judged by the address it leads to."""
    assert Guard(frozenset()).refuse(target(url)) is None


def test_a_name_is_refused_at_the_address_it_leads_to() -> None:
    """With name and address in the sentence."""
    refused = Guard(frozenset()).refuse_address("192.168.0.7", target("http://intranet.example/"))
    assert refused == Refused(
        why=Why.GUARD,
        detail=(
            "intranet.example stands at 192.168.0.7, which is private: not asked. "
            'An operator can let it through: http.allow_hosts = ["intranet.example"].'
        ),
    )


def test_a_name_is_let_to_a_public_address() -> None:
    """As most are."""
    assert Guard(frozenset()).refuse_address("1.1.1.1", target("http://example.com/")) is None


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("127.0.0.1:8700", "http://127.0.0.1:8700/feed"),
        ("127.0.0.1:8700", "http://0x7f.1:8700/feed"),
        ("127.0.0.1:8700", "https://127.0.0.1:8700/feed"),
        ("[::1]:8700", "http://[0::1]:8700/"),
        ("localhost:8700", "http://LOCALHOST:8700/"),
        ("localhost", "http://localhost/"),
        ("localhost", "https://localhost/"),
        ("example.com:25", "http://example.com:25/"),
        ("bücher.example:81", "http://xn--bcher-kva.example:81/"),
    ],
)
def test_a_host_that_the_operator_names_is_let_through(entry: str, url: str) -> None:
    """By its URL and by its address, however it is spelt."""
    guard = Guard(frozenset({entry}))
    assert guard.refuse(target(url)) is None
    assert guard.refuse_address("127.0.0.1", target(url)) is None


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        ("127.0.0.1:8700", "http://127.0.0.1:8701/"),
        ("127.0.0.1:8700", "http://127.0.0.1/"),
        ("127.0.0.1:8700", "http://127.0.0.2:8700/"),
        ("127.0.0.1:8700", "http://[::ffff:127.0.0.1]:8700/"),
        ("127.0.0.1:8700", "http://localhost:8700/"),
        ("localhost", "http://localhost:8700/"),
        ("localhost:8700", "http://a.localhost:8700/"),
    ],
)
def test_the_exception_holds_for_that_host_and_port_alone(entry: str, url: str) -> None:
    """Nothing beside it gets in."""
    assert Guard(frozenset({entry})).refuse(target(url)) is not None


@pytest.mark.parametrize(
    "entry", ["", "http://127.0.0.1", "127.0.0.1:x", "[::1", "a b", "host/path", "u@host", "10.0.0.0/8", "*"]
)
def test_an_entry_that_is_no_host_is_an_error_of_configuration(entry: str) -> None:
    """It would never let anything through, and the operator should know."""
    with pytest.raises(ConfigError, match=r"http\.allow_hosts"):
        Guard(frozenset({entry}))


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://example.com:22/"])
def test_what_a_server_redirects_to_comes_without_advice_to_let_it_through(url: str) -> None:
    target = read_target(url)
    assert isinstance(target, Target)
    refused = Guard(frozenset()).refuse(target, redirected=True)
    assert refused is not None
    assert refused.detail.endswith(
        "not asked. The server that we asked redirects there: tell the publisher, or leave the source out."
    )
