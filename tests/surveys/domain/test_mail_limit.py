"""Which count a mail adds to, and when a plan is above what was promised."""

import pytest

from surveys.domain.mail_limit import PlannedCount, counter_name, planned_per_counter
from tests.surveys.campaigns import local


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        (local("2026-12-31", "23:59"), "2026"),
        (local("2027-01-01", "00:00"), "2027"),  # still 2026 in UTC
    ],
)
def test_year_is_that_of_the_dutch_calendar(moment, name):
    assert counter_name(moment) == name


def test_panel_counts_for_itself():
    assert counter_name(local("2026-12-31"), panel="abc") == "panel:abc"


def test_plan_over_new_year_counts_for_both_years():
    moments = [local("2026-12-28"), local("2026-12-31"), local("2027-01-04")]
    assert planned_per_counter(moments) == {"2026": 2, "2027": 1}
    assert planned_per_counter(moments, panel="abc") == {"panel:abc": 3}


@pytest.mark.parametrize(("planned", "earlier", "is_exceeded"), [(8, 0, False), (6, 2, False), (6, 3, True)])
def test_limit_counts_other_campaigns_too(planned, earlier, is_exceeded):
    count = PlannedCount(name="2026", planned=planned, earlier=earlier, limit=8)
    assert (count.total, count.is_exceeded) == (planned + earlier, is_exceeded)
