"""Fixed weekdays in the ways in which files write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.weekdays import weekdays_name, weekdays_of


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ma di do", (1, 2, 4)),
        ("1,2,4", (1, 2, 4)),
        ("1.2", (1, 2)),  # what a Dutch Excel makes of "1,2"
        ("mon-thu", (1, 2, 3, 4)),
        ("ma t/m do", (1, 2, 3, 4)),
        ("maandag tot en met woensdag, vrijdag", (1, 2, 3, 5)),
        ("Mon to Wed and Sat", (1, 2, 3, 6)),
        ("Ma/Wo/Vr", (1, 3, 5)),
        ("ma-di-do", (1, 2, 4)),
        ("ma. en di.", (1, 2)),
        ("vr-ma", (1, 5, 6, 7)),
        ("1-5", (1, 2, 3, 4, 5)),
        ("ma–vr", (1, 2, 3, 4, 5)),
        ("maandag", (1,)),
        ("do di ma di", (1, 2, 4)),
        ("Zo", (7,)),
    ],
)
def test_days_are_read(text, days):
    assert weekdays_of(text) == days


@pytest.mark.parametrize(
    "text", ["", " ", "-", ",", "5", "8", "0,1", "124", "36", "1,8", "vroege dienst", "ma dienst", "ma-", "-ma", "en"]
)
def test_anything_else_is_none(text):
    assert weekdays_of(text) is None


@given(st.sets(st.integers(1, 7), min_size=1))
def test_every_set_of_days_has_one_name_that_reads_as_itself(days):
    assert weekdays_of(weekdays_name(days)) == tuple(sorted(days))


@given(st.text())
def test_no_text_is_a_crash(text):
    found = weekdays_of(text)
    assert found is None or found == tuple(sorted(set(found) & set(range(1, 8))))


@pytest.mark.parametrize("text", ["ma " * 5000, "-" * 5000, "t/m" * 5000])
def test_long_texts_are_no_days(text):
    assert weekdays_of(text) is None
