"""The list of a mail: who gets it, who does not and why, and when each mail leaves."""

import datetime

import pytest
from django.core import mail as django_mail

from surveys.models import BatchLine, Employee, Invitation, MailBatch
from surveys.services.mail_batches import prepare_due_steps
from tests.factories import as_owner, make_employee, make_organisation
from tests.surveys.campaigns import (
    advance,
    local,
    mails,
    make_started,
    plan_step,
    rows,
    send_all,
    step_states,
)
from tests.surveys.mail_lists import (
    FIRST,
    MINUTE,
    OPENING,
    SECOND,
    TEN_MINUTES,
    THIRD,
    change,
    lines,
    make_pattern,
    pass_moment,
)
from wpm_platform.mailing.enums import MailEventKind
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.stops import stop_address
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_employee(organisation, email="anna@voorbeeld.example")
    return organisation


@pytest.fixture
def _ten_minutes(settings):
    settings.MAIL_UNDO_MINUTES = 10


@pytest.mark.usefixtures("_ten_minutes")
def test_list_is_made_ten_minutes_early_so_that_mails_leave_in_time(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES - MINUTE)
    assert lines(organisation) == []
    advance(organisation, now=OPENING - TEN_MINUTES)
    assert lines(organisation) == [("anna@voorbeeld.example", "", OPENING)]
    assert rows(MailBatch, organisation, "prepared_at", "releases_at") == [(OPENING - TEN_MINUTES, OPENING)]
    assert plan_step(organisation, "invitation").state == "prepared"
    assert send_all(organisation, now=OPENING - MINUTE) == 0
    pass_moment(organisation, OPENING)
    assert plan_step(organisation, "invitation").state == "released"
    assert rows(Invitation, organisation, "invited_at") == [OPENING]


def test_mail_carries_its_person_and_its_count(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING)
    [employee] = rows(Employee, organisation, "code")
    [invitation] = rows(Invitation, organisation, "code")
    assert mails(organisation, "kind", "occasion", "reference", "addressee", "counter") == [
        ("surveys.invitation", f"invitation:{invitation}", invitation, employee, "2026")
    ]


def test_panel_counts_its_mails_under_its_own_name(organisation):
    mondays = (datetime.date(2026, 3, 9), datetime.date(2026, 3, 16))
    panel = make_started(organisation, kind="weekly_panel", mondays=mondays)
    advance(organisation, now=OPENING)
    assert mails(organisation, "counter") == [f"panel:{panel.code}"]


def test_list_says_of_everybody_whether_they_get_it_and_why_not(organisation):
    for name in ("bram", "carla", "dirk", "els", "fatma", "gijs", "hanna", "iris"):
        make_employee(organisation, email=f"{name}@voorbeeld.example", language="en" if name == "iris" else "nl")
    make_started(organisation)
    change(organisation, "bram@voorbeeld.example", model=Invitation, answered_at=OPENING)
    change(organisation, "carla@voorbeeld.example", model=Invitation, opted_out_at=OPENING)
    change(organisation, "dirk@voorbeeld.example", model=Invitation, mail_stopped_at=OPENING)
    change(organisation, "els@voorbeeld.example", left_at=OPENING)
    change(organisation, "fatma@voorbeeld.example", is_on_leave=True)
    change(organisation, "hanna@voorbeeld.example", email="")
    with organisation_scope(organisation):
        address, kind = "GIJS@voorbeeld.example", MailEventKind.HARD_BOUNCE
        stop_address(organisation=organisation, address=address, kind=kind, now=OPENING)
    advance(organisation, now=OPENING)
    assert [(email.split("@")[0], reason, due_at) for email, reason, due_at in lines(organisation)] == [
        ("anna", "", OPENING),
        ("bram", "answered", None),
        ("carla", "opted_out", None),
        ("dirk", "mail_stopped", None),
        ("els", "left", None),
        ("fatma", "on_leave", None),
        ("gijs", "bounced", None),
        ("", "no_address", None),
        ("iris", "", OPENING),
    ]
    assert rows(BatchLine, organisation, "language", reason="") == ["nl", "en"]
    assert mails(organisation, "recipient") == ["anna@voorbeeld.example", "iris@voorbeeld.example"]


def test_list_stays_as_it_was_frozen(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING)
    before = lines(organisation)
    change(organisation, "anna@voorbeeld.example", model=Invitation, opted_out_at=OPENING)
    make_employee(organisation)
    pass_moment(organisation, OPENING + MINUTE)
    assert lines(organisation) == before
    assert mails(organisation, "state", "reason") == [("withdrawn", "opted_out")]


def test_mail_waits_for_the_own_shift_and_the_end_of_leave(organisation):
    pattern = make_pattern(organisation, weeks=[[None, "14:00", "14:00", "14:00", "14:00", None, None]])
    make_employee(organisation, email="bram@voorbeeld.example", work_pattern=pattern)
    make_employee(organisation, email="carla@voorbeeld.example")
    make_started(organisation)
    change(organisation, "carla@voorbeeld.example", is_on_leave=True, leave_until=datetime.date(2026, 3, 18))
    pass_moment(organisation, OPENING)
    moments = [OPENING, local("2026-03-17", "13:30"), local("2026-03-19")]
    assert [due_at for *_person, due_at in lines(organisation)] == moments
    for moment in moments[1:]:
        pass_moment(organisation, moment)
    assert sorted(rows(Invitation, organisation, "invited_at")) == moments


def test_reminder_skips_who_was_mailed_less_than_a_day_before(organisation):
    late_on_tuesday = make_pattern(organisation, weeks=[[None, "15:00", *[""] * 5]])
    off_until_wednesday = make_pattern(organisation, weeks=[[None, None, *[""] * 5]], name="Woensdag")
    make_employee(organisation, email="bram@voorbeeld.example", work_pattern=late_on_tuesday)
    make_employee(organisation, email="carla@voorbeeld.example", work_pattern=off_until_wednesday)
    make_started(organisation)
    for now in (OPENING, local("2026-03-17", "14:30"), FIRST):
        pass_moment(organisation, now)
    found = [(email.split("@")[0], reason) for email, reason, _due in lines(organisation, batch__step__kind="reminder")]
    assert found == [("anna", ""), ("bram", "just_mailed"), ("carla", "not_invited")]


@pytest.mark.parametrize("state", ["unknown", "delivered"])
def test_who_was_invited_for_all_we_know_is_reminded(organisation, state):
    """Workers died over the invitation every time: nobody noted that it left, and it may well have."""
    make_started(organisation)
    advance(organisation, now=OPENING)
    with as_owner(organisation):
        OutgoingMail.objects.update(state=state)
    pass_moment(organisation, FIRST)
    found = [(email.split("@")[0], reason) for email, reason, _due in lines(organisation, batch__step__kind="reminder")]
    assert found == [("anna", "")]


def test_announcement_goes_to_all_and_thanks_to_who_answered(organisation):
    make_employee(organisation, email="bram@voorbeeld.example")
    make_started(organisation, now=local("2026-03-10"))
    pass_moment(organisation, local("2026-03-11"))
    assert mails(organisation, "kind", "state") == [("surveys.announcement", "sent")] * 2
    assert not any("/r/" in message.body for message in django_mail.outbox)
    pass_moment(organisation, OPENING)
    change(organisation, "bram@voorbeeld.example", model=Invitation, answered_at=OPENING)
    for now in (FIRST, SECOND, THIRD, local("2026-03-30", "23:59"), local("2026-03-31")):
        pass_moment(organisation, now)
    assert [(kind, number, state) for kind, number, state, _reason in step_states(organisation)] == [
        ("announcement", 0, "released"),
        ("invitation", 0, "released"),
        ("reminder", 1, "released"),
        ("reminder", 2, "released"),
        ("reminder", 3, "released"),
        ("thanks", 0, "released"),
    ]
    thanks = lines(organisation, batch__step__kind="thanks")
    assert [(email.split("@")[0], reason) for email, reason, _due in thanks] == [("anna", "not_answered"), ("bram", "")]
    last = django_mail.outbox[-1]
    assert (last.to, len(django_mail.outbox)) == (["bram@voorbeeld.example"], 2 + 2 + 3 + 1)


def test_panel_announces_and_thanks_once_per_person(organisation):
    mondays = (datetime.date(2026, 3, 9), datetime.date(2026, 3, 16))
    make_started(organisation, kind="weekly_panel", mondays=mondays, now=local("2026-03-10"))
    pass_moment(organisation, local("2026-03-11"))
    first, last = rows(Invitation, organisation, "code")
    assert mails(organisation, "occasion") == [f"announcement:{first}"]
    change(organisation, "anna@voorbeeld.example", model=Invitation, answered_at=SECOND)
    for now in (local("2026-03-29", "23:59"), local("2026-03-30")):
        pass_moment(organisation, now)
    assert mails(organisation, "occasion")[-1] == f"thanks:{last}"


def test_limit_holds_at_the_moment_of_the_list_too(organisation):
    make_started(organisation)
    organisation.yearly_mail_limit = 1
    with as_owner(organisation):
        organisation.save()
    for now in (OPENING, FIRST):
        pass_moment(organisation, now)
    assert [reason for _email, reason, _due in lines(organisation)] == ["", "limit_reached"]


def test_lists_of_one_organisation_are_no_other_ones(organisation):
    other = make_organisation()
    make_employee(other)
    make_started(organisation)
    make_started(other)
    with organisation_scope(organisation):
        assert prepare_due_steps(organisation=organisation, now=OPENING) == 1
        assert prepare_due_steps(organisation=organisation, now=OPENING) == 0
    assert len(lines(other)) == 0


@pytest.mark.parametrize("people", [1, 30])
def test_making_a_list_takes_the_same_queries_for_any_number_of_people(
    organisation, people, django_assert_max_num_queries
):
    for _ in range(people - 1):
        make_employee(organisation)
    make_started(organisation)
    with organisation_scope(organisation), django_assert_max_num_queries(30):
        assert prepare_due_steps(organisation=organisation, now=OPENING) == 1
