"""Mails planned in the nights in which the clock changes leave once, at the time that the Dutch clock shows.

On 29 March 2026 the clock goes from 02:00 to 03:00, so that 02:30 never comes; on 25 October it goes from 03:00 to
02:00, so that 02:30 comes twice.
"""

import datetime

import pytest
from django.test import override_settings

from surveys.domain.calendar import AMSTERDAM, local_time
from surveys.models import MailStep, WorkPattern
from surveys.services.campaign_progress import advance_campaigns
from surveys.services.mail_plan import move_step
from surveys.services.mail_plan.refusals import MoveRejected
from tests.factories import as_owner, make_employee, make_organisation
from tests.surveys.campaigns import local, mails, make_started, send_all
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

ALL_DAY = {"MAIL_FROM_HOUR": 0, "MAIL_UNTIL_HOUR": 24}
TICK = datetime.timedelta(minutes=10)
# The asked week, the start, and the Sunday on which the clock changes, while the campaign runs.
SPRING = {"monday": datetime.date(2026, 3, 16), "started": "2026-03-19", "change": "2026-03-29"}
AUTUMN = {"monday": datetime.date(2026, 10, 12), "started": "2026-10-15", "change": "2026-10-25"}
CHANGES = [
    pytest.param(SPRING, "02:30", "2026-03-29T01:30", "03:30", id="spring: the time that is skipped"),
    pytest.param(SPRING, "09:00", "2026-03-29T07:00", "09:00", id="spring: the morning after"),
    pytest.param(AUTUMN, "02:30", "2026-10-25T00:30", "02:30", id="autumn: the time that comes twice"),
    pytest.param(AUTUMN, "09:00", "2026-10-25T08:00", "09:00", id="autumn: the morning after"),
]


def utc(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def started(organisation, when):
    return make_started(organisation, now=local(when["started"]), mondays=(when["monday"],))


def tick(organisation, now):
    with organisation_scope(organisation):
        advance_campaigns(organisation=organisation, now=now)
    send_all(organisation, now=now)


def live(organisation, *, begins, ends):
    """Tick every ten minutes."""
    now = begins
    while now <= ends:
        tick(organisation, now)
        now += TICK


def step(organisation, kind, number=0):
    with as_owner(organisation):
        return MailStep.objects.get(organisation=organisation, kind=kind, number=number)


def moved_to(organisation, kind, number, moment, *, now):
    with organisation_scope(organisation):
        found = MailStep.objects.get(organisation=organisation, kind=kind, number=number)
        return move_step(organisation=organisation, actor=None, now=now, step=found, due_at=moment)


def sent(organisation, kind):
    return [(to, at) for name, to, at in mails(organisation, "kind", "recipient", "sent_at") if name == kind and at]


@pytest.mark.parametrize(("when", "clock_time", "moment", "shown"), CHANGES)
def test_a_reminder_in_the_night_of_the_change_leaves_once(when, clock_time, moment, shown):
    organisation = make_organisation()
    people = sorted(make_employee(organisation).email for _ in range(2))
    with override_settings(**ALL_DAY, MAIL_UNDO_MINUTES=10):
        started(organisation, when)
        invited = step(organisation, "invitation").due_at
        live(organisation, begins=invited - TICK, ends=invited + TICK)
        chosen = local(when["change"], clock_time)
        moved_to(organisation, "reminder", 1, chosen, now=invited + TICK)
        live(organisation, begins=chosen - 7 * TICK, ends=chosen + 13 * TICK)
    reminded = sorted(sent(organisation, "surveys.reminder"))
    assert reminded == [(person, utc(moment)) for person in people]
    assert {f"{at.astimezone(AMSTERDAM):%H:%M}" for _, at in reminded} == {shown}


@pytest.mark.parametrize("when", [SPRING, AUTUMN], ids=["spring", "autumn"])
def test_the_usual_plan_stays_at_nine_on_both_sides_of_the_change(when):
    organisation = make_organisation()
    person = make_employee(organisation).email
    started(organisation, when)
    with as_owner(organisation):
        steps = list(MailStep.objects.filter(organisation=organisation).exclude(kind__in=["thanks", "announcement"]))
    offsets = {found.due_at.astimezone(AMSTERDAM).utcoffset() for found in steps}
    assert len(offsets) == 2  # the plan lies on both sides
    for found in steps:
        assert local_time(found.due_at) == datetime.time(9)
        live(organisation, begins=found.due_at - TICK, ends=found.due_at + TICK)
    due = [(person, found.due_at) for found in steps if found.kind == "reminder"]
    assert sent(organisation, "surveys.invitation") == [(person, steps[0].due_at)]
    assert sent(organisation, "surveys.reminder") == due


@pytest.mark.parametrize(
    ("when", "moment"), [(SPRING, "2026-03-29T05:00"), (AUTUMN, "2026-10-25T06:00")], ids=["spring", "autumn"]
)
def test_quiet_hours_end_at_seven_on_the_new_clock(when, moment):
    organisation = make_organisation()
    person = make_employee(organisation).email
    started(organisation, when)
    invited = step(organisation, "invitation").due_at
    live(organisation, begins=invited, ends=invited + TICK)
    night = local(when["change"], "02:30")
    with pytest.raises(MoveRejected):
        moved_to(organisation, "reminder", 1, night, now=invited + TICK)
    # Planned for the night when the installation still mailed all day.
    with override_settings(**ALL_DAY):
        moved_to(organisation, "reminder", 1, night, now=invited + TICK)
    live(organisation, begins=night - TICK, ends=night + TICK)
    live(organisation, begins=utc(moment) - TICK, ends=utc(moment) + TICK)
    assert sent(organisation, "surveys.reminder") == [(person, utc(moment))]


@pytest.mark.parametrize(
    ("when", "moment", "shown"),
    [(SPRING, "2026-03-29T00:30", "01:30"), (AUTUMN, "2026-10-25T01:30", "02:30")],
    ids=["spring", "autumn"],
)
def test_half_an_hour_before_a_night_shift_is_half_an_hour_before_it(when, moment, shown):
    """The shift begins at 03:00, which is right after the clock went forward, or an hour after it first showed."""
    organisation = make_organisation()
    with as_owner(organisation):
        pattern = WorkPattern.objects.create(
            organisation=organisation, name="Nachtdienst", starts_on=when["monday"], weeks=[["03:00"] * 7]
        )
    person = make_employee(organisation, work_pattern=pattern).email
    with override_settings(**ALL_DAY):
        started(organisation, when)
        invited = step(organisation, "invitation").due_at
        night_after = invited + datetime.timedelta(days=1)
        tick(organisation, invited)
        tick(organisation, night_after)
        chosen = local(when["change"], "00:20")
        moved_to(organisation, "reminder", 1, chosen, now=night_after)
        live(organisation, begins=chosen, ends=utc(moment) + TICK)
    assert sent(organisation, "surveys.reminder") == [(person, utc(moment))]
    assert f"{utc(moment).astimezone(AMSTERDAM):%H:%M}" == shown
