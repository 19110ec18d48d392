"""Certificates for servers on loopback, from an authority that is made anew in each run of the tests."""

import ssl
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme

HOSTS = ("localhost", "127.0.0.1", "127.0.0.2", "::1")
"""The names that the certificate of an origin is for."""


@cache
def authorities() -> Path:
    """The certificate of the authority that vouches for origins, as a file."""
    path = Path(_folder().name) / "authority.pem"
    _authority().cert_pem.write_to_path(path)
    return path


def tls_context() -> ssl.SSLContext:
    """What a server needs to be one of HOSTS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _authority().issue_cert(*HOSTS).configure_cert(context)
    return context


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


@cache
def _folder() -> TemporaryDirectory[str]:
    """Kept until the process ends, which removes it."""
    return TemporaryDirectory(prefix="feedhub-origin-")
