"""Bodies packed in the codings that the door asks for, as servers would."""

import gzip
import sys
import zlib

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SKIPPED = b"\x50\x2a\x4d\x18\x04\x00\x00\x00skip"
"""A frame of zstd that holds nothing for the reader (RFC 8878, section 3.1.2)."""


def packed(coding: str, data: bytes) -> bytes:
    """The data in a coding by its name; "raw deflate" is what many send as deflate."""
    match coding:
        case "gzip":
            return gzip.compress(data)
        case "deflate":
            return zlib.compress(data)
        case "raw deflate":
            return zlib.compress(data)[2:-4]
        case "br":
            done: bytes = brotli.compress(data, quality=5)
            return done
        case _:
            return zstd.compress(data)


def wide(data: bytes) -> bytes:
    """The data as zstd with a window of 128 MB, which its reader would have to hold."""
    options = {int(zstd.CompressionParameter.window_log): 27}
    compressor = zstd.ZstdCompressor(options=options)
    return compressor.compress(data) + compressor.flush()
