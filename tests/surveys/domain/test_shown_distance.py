"""What a page showed comes back as it was, or as nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.shown_distance import ShownDistance, read_shown

words = st.text(st.characters(exclude_characters="|"), max_size=40)


@given(words, words, st.integers(0, 9_999_999), words)
def test_reads_what_was_written(site, home_postcode, metres, source):
    shown = ShownDistance(site=site, home_postcode=home_postcode, metres=metres, source=source)
    assert read_shown(shown.written()) == shown
    assert shown.is_for(site=site, home_postcode=home_postcode)
    assert not shown.is_for(site=site + "x", home_postcode=home_postcode)
    assert not shown.is_for(site=site, home_postcode=home_postcode + "x")


@pytest.mark.parametrize(
    "text", ["", "|", "a|b|c|d", "a|b|-1|d", "a|b|1.5|d", "a|b|12345678|d", "a|b|²|d", "a|b|1|d|e"]
)
def test_anything_else_is_nothing(text):
    assert read_shown(text) is None


@given(st.text(max_size=60))
def test_never_fails(text):
    read_shown(text)
