"""Lists of a campaign that is paused or closed, and steps whose time is over."""

import pytest
from django.core import mail as django_mail

from surveys.models import BatchLine, Invitation, MailBatch, MailStep
from surveys.services.campaign_states import close_campaign, pause_campaign, resume_campaign
from surveys.services.mail_batches import expire_late_steps, undo_batch
from tests.factories import as_owner, make_employee, make_invitation, make_organisation
from tests.surveys.campaigns import (
    advance,
    local,
    mails,
    make_draft,
    make_started,
    plan_step,
    rows,
    step_states,
)
from tests.surveys.mail_lists import (
    FIRST,
    MINUTE,
    OPENING,
    SECOND,
    TEN_MINUTES,
    change,
    do,
    lines,
    make_pattern,
    pass_moment,
    states,
)
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
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


def test_step_that_nobody_gets_says_so(organisation):
    make_started(organisation)
    pass_moment(organisation, OPENING)
    change(organisation, "anna@voorbeeld.example", model=Invitation, answered_at=OPENING)
    pass_moment(organisation, FIRST)
    step = plan_step(organisation, "reminder", number=1)
    assert (step.state, step.reason) == ("expired", "nobody")


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
