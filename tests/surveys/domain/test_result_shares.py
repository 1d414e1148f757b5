"""Whole percentages that add up."""

from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.result_shares import percentage_shares


def test_shares_largest_first():
    assert percentage_shares({"bicycle": 10, "car": 30}) == (("car", 75), ("bicycle", 25))


def test_largest_remainder_gets_what_rounding_leaves():
    assert percentage_shares({"car": 2, "bicycle": 1}) == (("car", 67), ("bicycle", 33))
    assert percentage_shares({"car": 1, "bicycle": 1, "walking": 1}) == (("bicycle", 34), ("car", 33), ("walking", 33))


def test_nothing_to_share():
    assert percentage_shares({}) == ()


@given(st.dictionaries(st.text(max_size=5), st.integers(min_value=1, max_value=10**7), min_size=1, max_size=7))
def test_shares_add_up_to_a_hundred_and_follow_the_days(days):
    shares = dict(percentage_shares(days))
    assert sum(shares.values()) == 100
    for mode, count in days.items():
        assert abs(shares[mode] - count * 100 / sum(days.values())) < 1
