"""Decoding as a stream."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedhub.adapters.http.body import Body, open_body, too_big
from feedhub.model.fetching import Refused, Why
from tests.unit.adapters.http.packing import SKIPPED, packed, wide

TEXT = bytes(range(256)) * 20
FORMS = [
    ("gzip", packed("gzip", TEXT)),
    ("gzip", packed("gzip", TEXT[:99]) + packed("gzip", b"") + packed("gzip", TEXT[99:]) + b"\0\0\0"),
    ("deflate", packed("deflate", TEXT)),
    ("deflate", packed("raw deflate", TEXT)),
    ("br", packed("br", TEXT)),
    ("zstd", packed("zstd", TEXT)),
    ("zstd", SKIPPED + packed("zstd", TEXT[:99]) + SKIPPED + packed("zstd", TEXT[99:])),
    ("zstd", packed("zstd", TEXT) + b"padding"),
    ("deflate", packed("deflate", TEXT) + b"padding"),
    ("", TEXT),
]
WHOLE = [FORMS[0], *FORMS[2:6]]
BROKEN = Refused(why=Why.BODY, detail="The reply says that it is compressed, but cannot be decompressed.")


def a_body(coding: str, limit: int = 10_000) -> Body:
    """A body in one coding."""
    body = open_body((coding,), limit=limit)
    assert isinstance(body, Body)
    return body


@pytest.mark.parametrize(("coding", "wire"), FORMS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000, 100_000])
def test_the_cuts_between_chunks_do_not_matter(coding: str, wire: bytes, size: int) -> None:
    """Not even through the bytes that tell the form."""
    body = a_body(coding)
    faults = [body.take(wire[start : start + size]) for start in range(0, len(wire), size)]
    assert (set(faults), body.end(), body.wire) == ({None}, TEXT, len(wire))


@pytest.mark.parametrize(("coding", "wire"), FORMS)
def test_one_byte_over_the_limit_is_too_many(coding: str, wire: bytes) -> None:
    """And just the limit is not."""
    assert a_body(coding, limit=max(len(TEXT), len(wire))).take(wire) is None
    assert a_body(coding, limit=len(TEXT) - 1).take(wire) == too_big(len(TEXT) - 1)


@pytest.mark.parametrize(("coding", "wire"), FORMS[:7])
def test_every_truncation_is_seen(coding: str, wire: bytes) -> None:
    """Each proper start of the stream, the ends of its members excepted, is not the whole."""
    ends = _ends()
    for length in range(0, len(wire) - 4, 13):
        body = a_body(coding)
        body.take(wire[:length])
        assert length in ends or isinstance(body.end(), Refused)


@pytest.mark.parametrize(("coding", "wire"), WHOLE)
def test_what_follows_the_end_in_a_later_chunk_is_passed_over(coding: str, wire: bytes) -> None:
    """Some servers pad."""
    body = a_body(coding)
    assert (body.take(wire), body.take(b"<!-- cached -->"), body.end()) == (None, None, TEXT)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "br", "zstd"])
@pytest.mark.parametrize("size", [100, 16_384])
def test_a_bomb_is_given_up_before_it_fills_the_memory(coding: str, size: int) -> None:
    """Whatever the ratio, what it held is near the limit: 64 kB here, of 30 MB."""
    bomb = packed(coding, b"\0" * 30_000_000)
    body = a_body(coding.removeprefix("raw "), limit=65_536)
    tracemalloc.start()
    chunks = (bomb[start : start + size] for start in range(0, len(bomb), size))
    fault = next(fault for chunk in chunks if (fault := body.take(chunk)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert fault == too_big(65_536)
    assert peak < 1_000_000


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_empty_streams_without_end_are_given_up(coding: str) -> None:
    """They would cost time without ever adding a byte."""
    assert a_body(coding).take(packed(coding, b"") * 101) == BROKEN


def test_a_window_beyond_what_http_allows_is_not_opened() -> None:
    """It would cost 128 MB to read a small feed."""
    assert a_body("zstd").take(wide(TEXT)) == BROKEN


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@given(noise=st.binary(min_size=1, max_size=300))
def test_noise_is_never_an_exception(coding: str, noise: bytes) -> None:
    """It is refused at once or at the end, or was a stream by accident."""
    body = a_body(coding)
    fault = body.take(noise) or body.end()
    assert isinstance(fault, Refused | bytes)


@pytest.mark.parametrize("codings", [("compress",), ("gzip, br",), ("gzip", "gzip"), ("dcz",), ("aes128gcm",)])
def test_what_we_did_not_ask_for_is_refused_by_name(codings: tuple[str, ...]) -> None:
    """Two codings one over the other among it."""
    named = ", ".join(codings)
    assert open_body(codings, limit=10) == Refused(
        why=Why.BODY, detail=f"The server packed its reply in a way that we did not ask for ({named})."
    )


@pytest.mark.parametrize("codings", [(), ("",), ("identity",), (" , Identity",)])
def test_a_body_in_no_coding_is_taken_as_it_is(codings: tuple[str, ...]) -> None:
    """However that is said."""
    body = open_body(codings, limit=10)
    assert isinstance(body, Body)
    assert (body.take(b"plain"), body.end()) == (None, b"plain")


def _ends() -> set[int]:
    """Where a stream of FORMS may end and be whole, though another follows."""
    members = packed("gzip", TEXT[:99]), packed("gzip", b"")
    frames = SKIPPED, packed("zstd", TEXT[:99]), SKIPPED
    found: set[int] = set()
    for parts in (members, frames):
        for count in range(len(parts)):
            found.add(sum(map(len, parts[: count + 1])))
    return {end + extra for end in found for extra in range(4)}
