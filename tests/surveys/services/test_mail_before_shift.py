"""The real plan and engine: a mail lies on top when the shift begins, on a day that is worked, within mail hours."""

import datetime

import pytest

from surveys.domain.calendar import AMSTERDAM
from surveys.models import BatchLine, Employee, Invitation
from surveys.services.pattern_groups import give_person_pattern
from tests.factories import as_owner, make_employee, make_organisation
from tests.surveys.campaigns import advance, local, make_started, rows, send_all
from tests.surveys.work_patterns import FREE, LATE, NIGHTS, make_work_pattern
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
# Asked about 9 to 15 March; invited from Monday 16 March, 09:00, reminded on the 18th and the 23rd.
MONDAY = datetime.date(2026, 3, 16)
EARLY = ("06:00", "06:00", "06:00", "06:00", "06:00", None, None)
SATURDAYS = (None, None, None, None, None, "08:00", None)
WORKED = ("", "", "", "", "", None, None)


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_employee(organisation, email="kantoor@voorbeeld.example")
    return organisation


def person(organisation, name, *weeks):
    pattern = make_work_pattern(organisation, *weeks, name=name, starts_on=MONDAY)
    return make_employee(organisation, email=f"{name}@voorbeeld.example", work_pattern=pattern)


def run(organisation, *, until="2026-03-27"):
    """The ticks of each day: in the night, when mail may begin and end, and half an hour before shifts and offices."""
    day = MONDAY
    while day < datetime.date.fromisoformat(until):
        for clock_time in ("05:30", "07:00", "07:30", "09:00", "13:30", "19:30", "22:00"):
            now = local(day.isoformat(), clock_time)
            advance(organisation, now=now)
            send_all(organisation, now=now)
        day += datetime.timedelta(days=1)


def sent(organisation, name, kind="invitation"):
    with as_owner(organisation):
        moments = OutgoingMail.objects.filter(
            kind=f"surveys.{kind}", recipient=f"{name}@voorbeeld.example", sent_at__isnull=False
        ).order_by("sent_at")
        return [f"{at.astimezone(AMSTERDAM):%a %d %H:%M}" for at in moments.values_list("sent_at", flat=True)]


def test_everybody_gets_it_before_their_own_shift(organisation):
    person(organisation, "vroeg", EARLY)
    person(organisation, "laat", LATE)
    person(organisation, "nacht", NIGHTS)
    person(organisation, "zaterdag", SATURDAYS)
    person(organisation, "vrijgeroosterd", FREE, EARLY)
    person(organisation, "daarnakantoor", FREE, WORKED)
    make_started(organisation)
    run(organisation)
    assert {
        name: sent(organisation, name)
        for name in ("kantoor", "vroeg", "laat", "nacht", "zaterdag", "vrijgeroosterd", "daarnakantoor")
    } == {
        "kantoor": ["Mon 16 09:00"],
        # Today's shift had begun when the plan started; tomorrow's begins before mail may leave: the evening before.
        "vroeg": ["Mon 16 19:30"],
        "laat": ["Tue 17 13:30"],
        # Half an hour before the quiet hours, as the shift begins within them.
        "nacht": ["Mon 16 19:30"],
        "zaterdag": ["Sat 21 07:30"],
        # The week off passes; the invitation comes before the first shift, and before the survey closes.
        "vrijgeroosterd": ["Sun 22 19:30"],
        "daarnakantoor": ["Mon 23 09:00"],
    }


def test_reminders_keep_to_the_roster_too(organisation):
    person(organisation, "laat", LATE)
    person(organisation, "vrijgeroosterd", FREE, LATE)
    make_started(organisation)
    run(organisation)
    assert sent(organisation, "kantoor", "reminder") == ["Wed 18 09:00", "Mon 23 09:00"]
    # The second reminder comes on Monday; who is off then gets it on Tuesday.
    assert sent(organisation, "laat", "reminder") == ["Wed 18 13:30", "Tue 24 13:30"]
    # Nobody is reminded of what they never got.
    assert sent(organisation, "vrijgeroosterd", "reminder") == []


def test_no_mail_at_all_for_who_works_on_no_day_until_the_close(organisation):
    person(organisation, "nooit", FREE)
    make_started(organisation)
    run(organisation, until="2026-03-30")
    assert sent(organisation, "nooit") == []
    reasons = rows(BatchLine, organisation, "reason", employee__email="nooit@voorbeeld.example")
    assert reasons[0] == "no_working_day"
    assert rows(Invitation, organisation, "asked_days", employee__email="nooit@voorbeeld.example") == [""]


def test_pattern_given_before_the_list_is_made_counts_for_the_mail_and_not_for_the_days(organisation):
    employee = make_employee(organisation, email="wissel@voorbeeld.example")
    late = make_work_pattern(organisation, LATE, starts_on=MONDAY)
    make_started(organisation)
    with organisation_scope(organisation):
        employee = Employee.objects.select_related("organisation").get(pk=employee.pk)
        give_person_pattern(employee=employee, pattern=late, seen=None, actor=None, now=local("2026-03-13"))
    run(organisation, until="2026-03-18")
    assert sent(organisation, "wissel") == ["Tue 17 13:30"]
    assert rows(Invitation, organisation, "asked_days", employee=employee.pk) == [""]
