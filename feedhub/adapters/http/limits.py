"""How much one ask may cost: the numbers that keep a hostile server from holding us."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Times in seconds, sizes in bytes.

    `connect` covers name look-up, dialling and the TLS handshake of one hop. `stall` is the longest silence of a
    server that has taken our request. `deadline` covers the whole ask, all its redirects included. `body` holds on
    the wire and after decompression. `head_bytes` and `head_lines` count all heads of one hop, interim ones (1xx) too.
    """

    connect: float = 10.0
    stall: float = 20.0
    deadline: float = 60.0
    body: int = 10_000_000
    head_bytes: int = 64 * 1024
    head_lines: int = 200
    redirects: int = 5
