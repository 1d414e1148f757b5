"""Pieces that were compressed one by one are one gzip file, whatever they are."""

import gzip
import random
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.views.respond import gzip_pieces
from surveys.views.respond.gzip_pieces import FixedText, Word

LONGEST_WORD = 65_535
# Deflate looks 32 kB back: a text longer than that, and a word far from where it may be found again.
WINDOW = 32_768

texts = st.builds(lambda text, times: (text * times).encode(), st.text(), st.sampled_from([1, 1, 50, WINDOW]))
words = st.text(max_size=100).map(str.encode) | st.binary(max_size=100)
pieces_of_a_page = st.lists(st.builds(FixedText, texts) | st.builds(Word, words), max_size=8)


def gzipped(pieces, padding=0):
    return gzip_pieces.gzipped(pieces, padding=padding)


def unpacked(file):
    """As a browser and as Python's own module do it; the whole file is one member without anything behind it."""
    browser = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    text = browser.decompress(file)
    assert (browser.eof, browser.unused_data) == (True, b"")
    assert gzip.decompress(file) == zlib.decompress(file, wbits=31) == text
    return text


@given(pieces=pieces_of_a_page, padding=st.integers(0, 99))
def test_any_pieces_unpack_to_their_texts_one_after_the_other(pieces, padding):
    file = gzipped(pieces, padding)
    assert len(file) == len(gzipped(pieces)) + padding
    assert unpacked(file) == b"".join(piece.text for piece in pieces)
    assert all(piece.text in file for piece in pieces if isinstance(piece, Word))


def test_no_pieces_and_empty_ones_are_an_empty_page():
    for pieces in ([], [FixedText(b"")], [Word(b"")], [Word(b""), FixedText(b""), Word(b"")]):
        assert unpacked(gzipped(pieces)) == b""


def test_a_text_beyond_the_window_of_deflate_comes_back_whole():
    dense = random.Random(0).randbytes(3 * WINDOW)
    pieces = [FixedText(dense), Word("één".encode()), FixedText("ﻤﺮﺤﺒﺎ ".encode() * WINDOW), FixedText(dense)]
    assert unpacked(gzipped(pieces)) == b"".join(piece.text for piece in pieces)


def test_what_is_fixed_gets_smaller_and_a_word_stays_as_it_is():
    fixed, word = FixedText(b"<button>bicycle</button>" * 1000), Word(b"token" * 1000)
    assert len(gzipped([fixed])) < len(fixed.text) / 10
    file = gzipped([fixed, word, fixed])
    assert word.text in file
    assert b"bicycle" * 1000 not in file
    assert unpacked(file) == fixed.text + word.text + fixed.text


def test_no_length_tells_whether_a_word_stands_in_the_text_around_it():
    fixed = FixedText(b"guessed-token" * 10)
    lengths = {len(gzipped([fixed, Word(word), fixed])) for word in (b"guessed-token", b"another-token")}
    assert len(lengths) == 1


def test_a_text_is_compressed_once():
    fixed = FixedText(b"the same at each visit")
    assert gzipped([fixed]) == gzipped([fixed])
    assert fixed.blocks is fixed.blocks


def test_the_longest_word_fits_and_a_longer_one_is_refused():
    longest = Word(bytes(range(256)) * 255 + bytes(255))
    assert len(longest.text) == LONGEST_WORD
    assert unpacked(gzipped([FixedText(b"<"), longest, FixedText(b">")])) == b"<" + longest.text + b">"
    with pytest.raises(struct.error):
        gzipped([Word(longest.text + b"!")])
