"""Whom we trust to vouch for servers: the operating system's own list of certificate authorities.

The libcurl inside pycurl's wheels looks only where Red Hat keeps that list, so it has to be told.
"""

import ssl
from pathlib import Path


def find_authorities() -> str | None:
    """The path of the system's bundle of certificate authorities, None if none is known."""
    own = ssl.get_default_verify_paths().cafile
    return next((path for path in (own, *_BUNDLES) if path and Path(path).is_file()), None)


_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Alpine, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # macOS, BSD
)
