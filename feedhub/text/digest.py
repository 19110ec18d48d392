"""One short, stable digest for everything that has to be compared by identity."""

from hashlib import blake2b

from feedhub.model.keys import Digest


def digest(*parts: str | bytes) -> Digest:
    """BLAKE2b-128 over the parts in order; ("ab", "c") and ("a", "bc") differ."""
    pieces: list[bytes] = []
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        pieces += (len(data).to_bytes(8, "little"), data)
    return Digest(blake2b(b"".join(pieces), digest_size=16).hexdigest())
