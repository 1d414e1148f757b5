from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.guessing import FREE_MISTAKES, must_wait
from surveys.domain.paper_code import ALPHABET, CodeText, new_code, typed_code

codes = st.text(ALPHABET, min_size=8, max_size=8)
CJ4M = CodeText(lookup="CJ4M", secret="7RXK")


def test_no_character_looks_like_another_and_no_code_spells_a_word():
    assert not set(ALPHABET) & set("0OQ1ILUVYZASGB")
    assert not set(ALPHABET) & set("AEIOUY")
    assert len(set(ALPHABET)) == len(ALPHABET) == 21


def test_new_codes_use_the_whole_alphabet_and_avoid_what_is_taken():
    made = [new_code() for _ in range(400)]
    assert set(Counter("".join(f"{code.lookup}{code.secret}" for code in made))) == set(ALPHABET)
    taken = {"".join((a, b, c, d)) for a in ALPHABET for b in ALPHABET for c in ALPHABET for d in ALPHABET} - {"CJ4M"}
    assert new_code(taken=taken).lookup == "CJ4M"


@given(codes)
def test_a_printed_code_reads_back(one):
    code = CodeText(lookup=one[:4], secret=one[4:])
    assert typed_code(str(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "CJ4M-7RXK",
        "cj4m7rxk",
        " cj4m 7rxk ",
        "CJ 4M 7R XK",
        "CJ4M–7RXK",
        "CJ4M\u00a07RXK\u200b",
        "CJ4M_7RXK.",
        "#CJ4M7RXK"[1:],
    ],
)
def test_grouping_and_capitals_do_not_matter(typed):
    assert typed_code(typed) == CJ4M


def test_letters_that_stand_on_no_slip_are_read_as_the_digit_they_look_like():
    assert typed_code("zasg bcdf") == CodeText(lookup="2456", secret="8CDF")


@pytest.mark.parametrize("typed", ["", "CJ4M", "CJ4M7RX", "CJ4M7RXKK", "CJ4M7RX0", "CJ4M7RXO", "ıJ4M7RXK", "\x00" * 8])
def test_what_cannot_be_a_code_is_none(typed):
    assert typed_code(typed) is None


@given(st.text(max_size=30))
def test_any_text_is_a_code_or_none(text):
    code = typed_code(text)
    assert code is None or set(code.lookup + code.secret) <= set(ALPHABET)


def test_an_office_may_be_wrong_before_it_waits():
    assert [must_wait(FREE_MISTAKES - 1), must_wait(FREE_MISTAKES), must_wait(0, FREE_MISTAKES), must_wait()] == [
        False,
        True,
        True,
        False,
    ]
