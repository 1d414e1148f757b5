"""Text that is the same at each visit, compressed once, with words between that are not (RFC 1951 and 1952).

The words stand in it as they are: a CSRF token is compressed together with nothing, so that no length tells about it.
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

# Of a file with a name and without a date, on any system.
HEADER = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xff"
LAST_BLOCK = b"\x01\x00\x00\xff\xff"


@dataclass(frozen=True)
class FixedText:
    """A text in UTF-8 that is compressed when it is first asked for."""

    text: bytes

    @cached_property
    def blocks(self) -> bytes:
        """Ends at a whole byte, so that other blocks may follow; points at nothing before it."""
        compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        return compressor.compress(self.text) + compressor.flush(zlib.Z_FULL_FLUSH)


@dataclass(frozen=True)
class Word:
    """Some bytes that stand uncompressed, 65 535 at most."""

    text: bytes

    @property
    def blocks(self) -> bytes:
        length = len(self.text)
        return struct.pack("<BHH", 0, length, length ^ 0xFFFF) + self.text


def gzipped(pieces: Sequence[FixedText | Word], *, padding: int) -> bytes:
    """The file that unpacks to all their texts together. padding: how many bytes longer it is, by the name it bears."""
    text = b"".join([piece.text for piece in pieces])
    blocks = b"".join([piece.blocks for piece in pieces])
    name = b"a" * padding + b"\x00"
    return HEADER + name + blocks + LAST_BLOCK + struct.pack("<II", zlib.crc32(text), len(text) & 0xFFFFFFFF)
