"""Whether a push is from the hub that we gave our secret to (WebSub, section 7.1)."""

import hmac

_METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})


def signed(body: bytes, *, signature: str, secret: str) -> bool:
    """Whether `METHOD=HEX` is the HMAC of the body. The comparison takes as long however much of it is right.

    SHA-1 is taken although it is old: most hubs know nothing else, and HMAC does not rest on what is broken in it.
    """
    method, _, given = signature.strip().partition("=")
    method = method.lower()
    if method not in _METHODS:
        return False
    made = hmac.new(secret.encode(), body, method).hexdigest()
    return hmac.compare_digest(made.encode(), given.lower().encode("utf-8", "surrogatepass"))
