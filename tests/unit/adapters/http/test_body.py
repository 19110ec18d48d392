"""Decoding as a stream."""

import gzip
import zlib

import pytest

from feedhub.adapters.http.body import Body, open_body, too_big
from feedhub.model.source import Refused

TEXT = bytes(range(256)) * 20
FORMS = [
    ("gzip", gzip.compress(TEXT)),
    ("gzip", gzip.compress(TEXT[:99]) + gzip.compress(b"") + gzip.compress(TEXT[99:]) + b"\0\0\0"),
    ("deflate", zlib.compress(TEXT)),
    ("deflate", zlib.compress(TEXT)[2:-4]),
    ("deflate", zlib.compress(TEXT) + b"padding"),
    ("", TEXT),
]


def a_body(coding: str, limit: int = 10_000) -> Body:
    """A body in one coding."""
    body = open_body((coding,), limit=limit)
    assert isinstance(body, Body)
    return body


@pytest.mark.parametrize(("coding", "wire"), FORMS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000, 100_000])
def test_the_cuts_between_chunks_do_not_matter(coding: str, wire: bytes, size: int) -> None:
    """Not even through the two bytes that tell the form."""
    body = a_body(coding)
    faults = [body.take(wire[start : start + size]) for start in range(0, len(wire), size)]
    assert (set(faults), body.end(), body.wire) == ({None}, TEXT, len(wire))


@pytest.mark.parametrize(("coding", "wire"), FORMS)
def test_one_byte_over_the_limit_is_too_many(coding: str, wire: bytes) -> None:
    """And just the limit is not."""
    assert a_body(coding, limit=max(len(TEXT), len(wire))).take(wire) is None
    assert a_body(coding, limit=len(TEXT) - 1).take(wire) == too_big(len(TEXT) - 1)


@pytest.mark.parametrize(("coding", "wire"), FORMS[:4])
def test_every_truncation_is_seen(coding: str, wire: bytes) -> None:
    """Each proper start of the stream, the ends of members excepted, is not the whole."""
    ends = {len(gzip.compress(TEXT[:99])), len(gzip.compress(TEXT[:99]) + gzip.compress(b""))}
    for length in range(0, len(wire) - 4, 13):
        body = a_body(coding)
        body.take(wire[:length])
        assert length in ends or isinstance(body.end(), Refused)
