"""Our own style sheet and pictures, read once: there are few, and they change with the program alone."""

import gzip
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from importlib.resources import files

CHANGED = datetime(2026, 3, 1, tzinfo=UTC)
"""When these files changed last, for clients that ask by date alone; all others ask by tag or by version."""

_TYPES = {
    "style.css": "text/css; charset=utf-8",
    "favicon.svg": "image/svg+xml",
    "robots.txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file that is served as it is. `version` changes with its bytes."""

    name: str
    media_type: str
    body: bytes
    gzip: bytes
    version: str


def load_assets() -> dict[str, Asset]:
    """All of them by name."""
    folder = files("feedhub.web") / "static"
    return {name: _asset(name, (folder / name).read_bytes()) for name in _TYPES}


def _asset(name: str, body: bytes) -> Asset:
    return Asset(
        name=name,
        media_type=_TYPES[name],
        body=body,
        gzip=gzip.compress(body, 9, mtime=0),
        version=blake2b(body, digest_size=6).hexdigest(),
    )
