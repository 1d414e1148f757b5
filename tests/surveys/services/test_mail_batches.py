"""A mail on its way: its list is frozen, can be undone for some minutes, and then leaves; late ones expire."""

import datetime

import pytest
from django.core import mail as django_mail

from surveys.models import BatchLine, Employee, Invitation, MailBatch, MailStep, WorkPattern
from surveys.services.campaign_states import close_campaign, pause_campaign, resume_campaign
from surveys.services.mail_batches import BatchReleased, BatchUndone, expire_late_steps, prepare_due_steps, undo_batch
from surveys.services.mail_plan import move_step, restore_step
from tests.factories import as_owner, audited, make_employee, make_invitation, make_organisation
from tests.surveys.campaigns import (
    advance,
    local,
    mails,
    make_draft,
    make_started,
    plan_step,
    rows,
    send_all,
    step_states,
)
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.mailing.enums import MailEventKind
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
from wpm_platform.mailing.services.stops import stop_address
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
OPENING, FIRST, SECOND, THIRD = (local(f"2026-03-{day}") for day in (16, 18, 23, 27))
TEN_MINUTES = datetime.timedelta(minutes=10)
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_employee(organisation, email="anna@voorbeeld.example")
    return organisation


@pytest.fixture
def _ten_minutes(settings):
    settings.MAIL_UNDO_MINUTES = 10


def pass_moment(organisation, now):
    advance(organisation, now=now)
    send_all(organisation, now=now)


def lines(organisation, **filters):
    """Who is in the lists, in the order in which they were made: address, reason, own moment."""
    return rows(BatchLine, organisation, "employee__email", "reason", "due_at", **filters)


def batch(organisation):
    with as_owner(organisation):
        return MailBatch.objects.select_related("step").get(organisation=organisation, undone_at=None)


def make_pattern(organisation, *, weeks, name="Dienst"):
    with as_owner(organisation):
        monday = datetime.date(2026, 3, 2)
        return WorkPattern.objects.create(organisation=organisation, name=name, starts_on=monday, weeks=weeks)


def states(organisation, kind):
    return [state for found, state in mails(organisation, "kind", "state") if found == kind]


def do(service, organisation, *, now, **arguments):
    with organisation_scope(organisation):
        return service(organisation=organisation, actor=None, now=now, **arguments)


def change(organisation, who, *, model=Employee, **fields):
    with as_owner(organisation):
        if model is Employee:
            Employee.objects.filter(email=who).update(**fields)
        else:
            model.objects.filter(employee__email=who).update(**fields)


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


def test_step_that_nobody_gets_says_so(organisation):
    make_started(organisation)
    pass_moment(organisation, OPENING)
    change(organisation, "anna@voorbeeld.example", model=Invitation, answered_at=OPENING)
    pass_moment(organisation, FIRST)
    step = plan_step(organisation, "reminder", number=1)
    assert (step.state, step.reason) == ("expired", "nobody")


@pytest.mark.usefixtures("_ten_minutes")
def test_undone_list_sends_nothing_and_can_be_planned_again(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    undone = do(undo_batch, organisation, now=OPENING - MINUTE, batch=batch(organisation))
    assert (undone.undone_at, plan_step(organisation, "invitation").state) == (OPENING - MINUTE, "undone")
    pass_moment(organisation, OPENING)
    assert mails(organisation, "state", "reason") == [("withdrawn", "undone")]
    with pytest.raises(BatchUndone):
        do(undo_batch, organisation, now=OPENING - MINUTE, batch=undone)

    later = local("2026-03-17", "11:00")
    do(move_step, organisation, now=OPENING, step=plan_step(organisation, "invitation"), due_at=later)
    pass_moment(organisation, later - TEN_MINUTES)
    assert mails(organisation, "state", "due_at") == [("queued", later)]
    pass_moment(organisation, later)
    assert mails(organisation, "state", "reason") == [("sent", "")]
    assert len(rows(MailBatch, organisation)) == 2
    assert [action for action, _subject in audited(organisation)][2:] == ["mail_step.undone", "mail_step.moved"]


@pytest.mark.usefixtures("_ten_minutes")
def test_undone_list_taken_back_waits_its_ten_minutes_again(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    do(undo_batch, organisation, now=OPENING - MINUTE, batch=batch(organisation))
    now = OPENING + TEN_MINUTES
    do(restore_step, organisation, now=now, step=plan_step(organisation, "invitation"))
    advance(organisation, now=now)
    assert mails(organisation, "state", "due_at") == [("queued", now + TEN_MINUTES)]


@pytest.mark.usefixtures("_ten_minutes")
def test_list_cannot_be_undone_once_its_minutes_are_over(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    with pytest.raises(BatchReleased):
        do(undo_batch, organisation, now=OPENING, batch=batch(organisation))
    pass_moment(organisation, OPENING)
    assert mails(organisation, "state") == ["sent"]


@pytest.mark.usefixtures("_ten_minutes")
def test_list_of_another_organisation_is_not_found(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    with pytest.raises(MailStep.DoesNotExist):
        do(undo_batch, make_organisation(), now=OPENING - MINUTE, batch=batch(organisation))
    assert mails(organisation, "state") == ["queued"]


@pytest.mark.usefixtures("_ten_minutes")
def test_undone_step_expires_with_its_reason(organisation):
    make_started(organisation)
    advance(organisation, now=OPENING)
    pass_moment(organisation, OPENING + TEN_MINUTES)
    advance(organisation, now=FIRST - TEN_MINUTES)
    do(undo_batch, organisation, now=FIRST - MINUTE, batch=rows(MailBatch, organisation)[-1])
    pass_moment(organisation, SECOND)
    step = plan_step(organisation, "reminder", number=1)
    assert (step.state, step.reason) == ("expired", "undone")


def test_after_downtime_late_steps_expire_and_do_not_stack(organisation):
    make_started(organisation, now=local("2026-03-10"))
    pass_moment(organisation, local("2026-03-25"))
    assert step_states(organisation)[:4] == [
        ("announcement", 0, "expired", "late"),
        ("invitation", 0, "released", ""),
        ("reminder", 1, "expired", "late"),
        ("reminder", 2, "expired", "nobody"),  # nobody had been invited yet
    ]
    assert len(django_mail.outbox) == 1


@pytest.mark.usefixtures("_ten_minutes")
def test_step_that_could_only_leave_after_its_time_expires(organisation):
    make_started(organisation)
    pass_moment(organisation, OPENING - TEN_MINUTES)
    pass_moment(organisation, OPENING)
    pass_moment(organisation, SECOND - MINUTE)  # the first wakes up as the second is about to leave
    assert step_states(organisation)[2:4] == [("reminder", 1, "expired", "late"), ("reminder", 2, "prepared", "")]


def test_expiring_twice_is_expiring_once(organisation):
    make_started(organisation)
    late = local("2026-03-25")
    with organisation_scope(organisation):
        assert expire_late_steps(organisation=organisation, now=late) == 1
        assert expire_late_steps(organisation=organisation, now=late) == 0
        assert expire_late_steps(organisation=make_organisation(), now=late) == 0


def test_draft_never_prepares_or_expires(organisation):
    make_draft(organisation)
    pass_moment(organisation, local("2026-05-01"))
    assert {state for *_step, state, _reason in step_states(organisation)} == {"planned"}
    assert lines(organisation) == []


@pytest.mark.usefixtures("_ten_minutes")
def test_pause_holds_lists_and_resuming_makes_them_anew_with_their_minutes(organisation):
    campaign = make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    do(pause_campaign, organisation, now=OPENING - MINUTE, campaign=campaign)
    pass_moment(organisation, OPENING)
    assert mails(organisation, "state", "reason") == [("withdrawn", "paused")]
    assert plan_step(organisation, "invitation").state == "prepared"

    resumed_at = local("2026-03-17", "10:00")
    do(resume_campaign, organisation, now=resumed_at, campaign=campaign)
    pass_moment(organisation, resumed_at)
    assert mails(organisation, "state", "due_at") == [("queued", resumed_at + TEN_MINUTES)]
    pass_moment(organisation, resumed_at + TEN_MINUTES)
    assert mails(organisation, "state") == ["sent"]
    assert [undone is None for undone in rows(MailBatch, organisation, "undone_at")] == [False, True]


def test_paused_campaign_prepares_nothing_and_resumes_without_a_flood(organisation):
    campaign = make_started(organisation)
    pass_moment(organisation, OPENING)
    do(pause_campaign, organisation, now=OPENING + MINUTE, campaign=campaign)
    for now in (FIRST, SECOND):
        pass_moment(organisation, now)
    assert len(lines(organisation)) == 1
    do(resume_campaign, organisation, now=local("2026-03-25"), campaign=campaign)
    pass_moment(organisation, local("2026-03-25"))
    assert step_states(organisation)[2:] == [
        ("reminder", 1, "expired", "late"),
        ("reminder", 2, "released", ""),
        ("reminder", 3, "planned", ""),
        ("thanks", 0, "planned", ""),
    ]
    assert len(django_mail.outbox) == 2


def test_resumed_list_leaves_out_who_has_had_it(organisation):
    pattern = make_pattern(organisation, weeks=[[None, *[""] * 6]])
    make_employee(organisation, email="bram@voorbeeld.example", work_pattern=pattern)
    campaign = make_started(organisation)
    pass_moment(organisation, OPENING)  # Anna has hers, Bram's waits for Tuesday
    do(pause_campaign, organisation, now=OPENING + MINUTE, campaign=campaign)
    do(resume_campaign, organisation, now=local("2026-03-18", "12:00"), campaign=campaign)
    pass_moment(organisation, local("2026-03-18", "12:00"))
    again = [(email.split("@")[0], reason) for email, reason, _due in lines(organisation, batch__undone_at=None)]
    assert again[:2] == [("anna", "already_sent"), ("bram", "")]
    invitations = [message.to[0].split("@")[0] for message in django_mail.outbox if "/r/" in message.body]
    assert sorted(set(invitations)) == ["anna", "bram"]
    assert [state for kind, state in mails(organisation, "kind", "state") if kind == "surveys.invitation"] == [
        "sent"
    ] * 2


def test_second_pause_holds_what_came_back_from_the_mail_server_during_the_first(organisation):
    campaign = make_started(organisation)
    advance(organisation, now=OPENING)
    with as_owner(organisation):  # a worker is talking to the mail server
        OutgoingMail.objects.update(state="inflight", claimed_at=OPENING, attempts=1)
    do(pause_campaign, organisation, now=OPENING + MINUTE, campaign=campaign)
    with as_owner(organisation):  # which says: later
        OutgoingMail.objects.update(state="queued", due_at=OPENING + 9 * MINUTE, attempts=0)
        other = make_employee(organisation, email="bram@voorbeeld.example")
        week = campaign.weeks.get()
        invitation = make_invitation(week, other)
        step = MailStep.objects.get(kind="invitation")
        line = BatchLine.objects.create(
            organisation=organisation, batch=step.batches.get(), employee=other, invitation=invitation, language="nl"
        )
        plan_mails(
            organisation=organisation,
            mails=[
                PlannedMail(
                    kind="surveys.invitation",
                    occasion=f"invitation:{invitation.code}",
                    reference=invitation.code,
                    recipient=other.email,
                    language=line.language,
                    due_at=OPENING,
                )
            ],
        )
        OutgoingMail.objects.filter(reference=invitation.code).update(state="withdrawn", reason="paused")
    do(resume_campaign, organisation, now=OPENING + 2 * MINUTE, campaign=campaign)
    advance(organisation, now=OPENING + 2 * MINUTE)
    do(pause_campaign, organisation, now=OPENING + 3 * MINUTE, campaign=campaign)
    do(resume_campaign, organisation, now=OPENING + 4 * MINUTE, campaign=campaign)
    advance(organisation, now=OPENING + 4 * MINUTE)
    assert states(organisation, "surveys.invitation") == ["queued", "queued"]


def test_pause_that_outlasts_a_prepared_step_expires_it(organisation, settings):
    settings.MAIL_UNDO_MINUTES = 10
    campaign = make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    pass_moment(organisation, OPENING)
    advance(organisation, now=FIRST - TEN_MINUTES)
    do(pause_campaign, organisation, now=FIRST - MINUTE, campaign=campaign)
    do(resume_campaign, organisation, now=SECOND, campaign=campaign)
    assert step_states(organisation)[2] == ("reminder", 1, "expired", "late")
    pass_moment(organisation, SECOND)
    assert states(organisation, "surveys.reminder") == ["withdrawn", "queued"]


def test_closing_expires_what_has_not_left_and_brings_the_thanks_forward(organisation):
    campaign = make_started(organisation)
    pass_moment(organisation, OPENING)
    do(close_campaign, organisation, now=local("2026-03-20", "15:00"), campaign=campaign)
    assert step_states(organisation) == [
        ("announcement", 0, "expired", "started_later"),
        ("invitation", 0, "released", ""),
        ("reminder", 1, "expired", "closed"),
        ("reminder", 2, "expired", "closed"),
        ("thanks", 0, "planned", ""),
        ("reminder", 3, "expired", "closed"),
    ]
    assert plan_step(organisation, "thanks").due_at == local("2026-03-23")


def test_lists_of_one_organisation_are_no_other_ones(organisation):
    other = make_organisation()
    make_employee(other)
    make_started(organisation)
    make_started(other)
    with organisation_scope(organisation):
        assert prepare_due_steps(organisation=organisation, now=OPENING) == 1
        assert prepare_due_steps(organisation=organisation, now=OPENING) == 0
    assert len(lines(other)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_make_one_list(organisation):
    for _ in range(5):
        make_employee(organisation)
    make_started(organisation)

    def beat():
        with organisation_scope(organisation):
            return prepare_due_steps(organisation=organisation, now=OPENING)

    assert sorted(at_once(*[beat] * 4)) == [0, 0, 0, 1]
    assert (len(rows(MailBatch, organisation)), len(lines(organisation)), len(mails(organisation))) == (1, 6, 6)


@pytest.mark.django_db(transaction=True)
def test_undo_and_pause_and_beat_at_once_leave_no_mail_waiting(organisation, settings):
    settings.MAIL_UNDO_MINUTES = 10
    campaign = make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    prepared, now = batch(organisation), OPENING - MINUTE
    outcomes = at_once(
        lambda: do(undo_batch, organisation, now=now, batch=prepared),
        lambda: do(undo_batch, organisation, now=now, batch=prepared),
        lambda: do(pause_campaign, organisation, now=now, campaign=campaign),
        lambda: advance(organisation, now=now),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "BatchUndone",
        "Campaign",
        "MailBatch",
        "NoneType",
    ]
    assert [state for state in mails(organisation, "state") if state != "withdrawn"] == []
    assert plan_step(organisation, "invitation").state == "undone"
    with as_owner(organisation):
        assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("people", [1, 30])
def test_making_a_list_takes_the_same_queries_for_any_number_of_people(
    organisation, people, django_assert_max_num_queries
):
    for _ in range(people - 1):
        make_employee(organisation)
    make_started(organisation)
    with organisation_scope(organisation), django_assert_max_num_queries(30):
        assert prepare_due_steps(organisation=organisation, now=OPENING) == 1
