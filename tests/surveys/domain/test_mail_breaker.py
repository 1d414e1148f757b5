"""When a campaign's mail stops by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.mail_breaker import has_too_many_bounces, is_opt_out_burst

NUMBERS = st.integers(0, 5000)


@pytest.mark.parametrize(
    ("mails", "hard_bounces", "trips"),
    [
        (39, 39, False),
        (40, 1, False),
        (40, 2, True),
        (100, 4, False),
        (100, 5, True),
        (2000, 99, False),
        (2000, 100, True),
    ],
)
def test_five_percent_of_at_least_forty_mails_bounce(mails, hard_bounces, trips):
    assert has_too_many_bounces(mails=mails, hard_bounces=hard_bounces) is trips


@pytest.mark.parametrize(
    ("mails", "opt_outs", "trips"),
    [
        (0, 50, False),
        (1, 10, True),
        (100, 9, False),
        (333, 10, True),
        (334, 10, False),
        (1000, 29, False),
        (1000, 30, True),
    ],
)
def test_ten_people_and_three_percent_opt_out(mails, opt_outs, trips):
    assert is_opt_out_burst(mails=mails, opt_outs=opt_outs) is trips


@given(mails=NUMBERS, bad=NUMBERS)
def test_the_rules_are_the_percentages_and_minima_that_they_name(mails, bad):
    assert has_too_many_bounces(mails=mails, hard_bounces=bad) == (mails >= 40 and bad / mails >= 0.05)
    assert is_opt_out_burst(mails=mails, opt_outs=bad) == (mails > 0 and bad >= 10 and bad / mails >= 0.03)


@given(mails=NUMBERS, bad=NUMBERS, more=NUMBERS)
def test_more_of_it_never_keeps_a_campaign_going(mails, bad, more):
    assert has_too_many_bounces(mails=mails, hard_bounces=bad + more) >= has_too_many_bounces(
        mails=mails, hard_bounces=bad
    )
    assert is_opt_out_burst(mails=mails, opt_outs=bad + more) >= is_opt_out_burst(mails=mails, opt_outs=bad)
