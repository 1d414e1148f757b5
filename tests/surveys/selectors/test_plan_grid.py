"""The plan laid out over weeks and days, and the lists that wait."""

import datetime

import pytest

from surveys.models import Campaign, MailBatch
from surveys.selectors.mail_plan import plan_calendar
from surveys.selectors.plan_grid import plan_grid
from surveys.selectors.waiting_batches import waiting_batches
from surveys.services.mail_batches import undo_batch
from tests.factories import make_campaign, make_employee, make_organisation
from tests.surveys.campaigns import advance, local, make_draft, make_started
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
OPENING = local("2026-03-16")
TEN_MINUTES = datetime.timedelta(minutes=10)


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_employee(organisation)
    return organisation


def grid(organisation, campaign, *, now):
    with organisation_scope(organisation):
        found = Campaign.objects.select_related("organisation").get(pk=campaign.pk)
        return plan_grid(calendar=plan_calendar(campaign=found, now=now), now=now)


def placed(weeks):
    return {
        day.date.isoformat(): [line.step.kind for line in day.lines] + ["close"] * len(day.closings)
        for week in weeks
        for day in week.days
        if not day.is_empty
    }


def test_every_mail_and_every_close_has_its_day(organisation):
    weeks = grid(organisation, make_draft(organisation), now=local("2026-03-10"))
    assert placed(weeks) == {
        "2026-03-11": ["announcement"],
        "2026-03-16": ["invitation"],
        "2026-03-18": ["reminder"],
        "2026-03-23": ["reminder"],
        "2026-03-27": ["reminder"],
        "2026-03-30": ["close"],
        "2026-03-31": ["thanks"],
    }
    assert [(week.number, week.is_asked, len(week.days)) for week in weeks] == [
        (11, True, 7),
        (12, False, 7),
        (13, False, 7),
        (14, False, 7),
    ]
    assert [day.date.isoformat() for week in weeks for day in week.days if day.is_today] == ["2026-03-10"]


def test_weekends_holidays_and_school_holidays_are_marked(organisation):
    campaign = make_draft(organisation, mondays=(datetime.date(2026, 4, 20),))
    weeks = grid(organisation, campaign, now=local("2026-04-01"))
    quiet = {day.date.isoformat(): day.public_holiday for week in weeks for day in week.days if day.is_quiet}
    assert quiet["2026-04-25"] == ""
    assert quiet["2026-04-27"] == "Koningsdag"
    assert "2026-04-28" not in quiet
    king = next(week for week in weeks if week.monday == datetime.date(2026, 4, 27))
    assert [holiday.kind for holiday in king.school_holidays] == ["may"]
    assert [day.public_holiday for day in king.public_holidays] == ["Koningsdag"]


def test_the_day_is_that_of_the_dutch_clock(organisation):
    """Ten minutes past midnight here is still the day before in UTC."""
    weeks = grid(organisation, make_draft(organisation), now=local("2026-03-17", "00:10"))
    assert [day.date.isoformat() for week in weeks for day in week.days if day.is_today] == ["2026-03-17"]
    [closing] = [closing for week in weeks for day in week.days for closing in day.closings]
    assert (closing.number, closing.is_over) == (1, False)


def test_weeks_in_which_nothing_leaves_are_there_and_empty(organisation):
    mondays = tuple(datetime.date(2026, 3, 9) + datetime.timedelta(weeks=number) for number in range(3))
    weeks = grid(organisation, make_draft(organisation, kind="weekly_panel", mondays=mondays), now=local("2026-03-10"))
    assert [week.monday - weeks[0].monday for week in weeks] == [
        datetime.timedelta(weeks=number) for number in range(len(weeks))
    ]
    assert [closing.number for week in weeks for day in week.days for closing in day.closings] == [1, 2, 3]


def test_a_campaign_without_weeks_has_no_calendar(organisation):
    assert grid(organisation, make_campaign(organisation, state="draft"), now=OPENING) == ()


def waiting(organisation, *, now, campaign=None):
    with organisation_scope(organisation):
        found = waiting_batches(organisation=organisation, now=now, campaign=campaign)
        return [batch.step.kind for batch in found]


def test_a_list_waits_until_it_leaves_or_is_undone(organisation, settings):
    settings.MAIL_UNDO_MINUTES = 10
    campaign = make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    assert waiting(organisation, now=OPENING - TEN_MINUTES, campaign=campaign) == ["invitation"]
    assert waiting(organisation, now=OPENING - TEN_MINUTES, campaign=make_campaign(organisation)) == []
    assert waiting(organisation, now=OPENING) == []
    assert waiting(make_organisation(), now=OPENING - TEN_MINUTES) == []
    with organisation_scope(organisation):
        undo_batch(organisation=organisation, actor=None, now=OPENING - TEN_MINUTES, batch=MailBatch.objects.get())
    assert waiting(organisation, now=OPENING - TEN_MINUTES) == []
