"""What a person was asked, what became of the mails, and what comes next."""

import pytest

from surveys.enums import MailStepKind
from surveys.models import Campaign, Invitation, MailStep
from surveys.selectors.history_labels import (
    HISTORY_LABELS,
    MAIL_NAMES,
    WORK_HINTS,
    WORK_LABELS,
    WORK_LOOKS,
    moment_label,
    moment_words,
    server_words,
)
from surveys.selectors.invitation_history import NOT_SENT, Moment, invitation_history
from surveys.selectors.mail_reason_labels import mail_reason_label
from surveys.selectors.work_list import WorkKind
from tests.factories import NOW, as_owner, make_week
from tests.mailing.outbox_rows import report
from tests.surveys.mail_rows import HOUR, invited, mailed, running_campaign
from wpm_platform.mailing.enums import MailEventKind, MailState
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def plan(week, kind, *, number=0, due_at=NOW + HOUR, state="planned"):
    with as_owner(week.organisation):
        MailStep.objects.create(
            organisation=week.organisation,
            campaign=week.campaign,
            week=week,
            kind=kind,
            number=number,
            due_at=due_at,
            expires_at=due_at + 48 * HOUR,
            state=state,
        )


def change(model, row, **values):
    with as_owner(row.organisation):
        model.objects.filter(pk=row.pk).update(**values)


def history(invitation, *, now=NOW):
    with organisation_scope(invitation.organisation):
        return invitation_history(organisation=invitation.organisation, employee=invitation.employee, now=now)


def coming(invitation):
    return [(moment.kind, moment.mail, moment.number) for moment in history(invitation)[0].moments if moment.is_coming]


def test_what_comes_next_is_the_first_step_that_is_still_planned():
    week = running_campaign()
    plan(week, MailStepKind.REMINDER, number=1, due_at=NOW - 50 * HOUR, state="released")
    plan(week, MailStepKind.REMINDER, number=3, due_at=NOW + 72 * HOUR)
    plan(week, MailStepKind.REMINDER, number=2)
    plan(week, MailStepKind.THANKS, due_at=NOW + 200 * HOUR)
    invitation = invited(week)
    assert coming(invitation) == [("planned", "surveys.reminder", 2)]
    change(Invitation, invitation, answered_at=NOW)
    assert coming(invitation) == [("planned", "surveys.thanks", 0)]


@pytest.mark.parametrize("field", ["opted_out_at", "mail_stopped_at", "withdrawn_at"])
def test_nothing_comes_for_whom_mail_stopped(field):
    week = running_campaign()
    plan(week, MailStepKind.REMINDER, number=1)
    invitation = invited(week)
    change(Invitation, invitation, **{field: NOW})
    assert (coming(invitation), history(invitation)[0].can_resend) == ([], False)


@pytest.mark.parametrize("state", ["paused", "closed"])
def test_nothing_comes_of_a_campaign_that_does_not_run(state):
    week = running_campaign()
    plan(week, MailStepKind.REMINDER, number=1)
    invitation = invited(week)
    change(Campaign, week.campaign, state=state)
    assert (coming(invitation), history(invitation)[0].can_resend) == ([], False)


def test_a_mail_in_the_outbox_comes_before_the_plan():
    week = running_campaign()
    plan(week, MailStepKind.REMINDER, number=1)
    invitation = invited(week)
    mailed(invitation, state=MailState.AWAITING_RETRY, due_at=NOW + 4 * HOUR)
    assert coming(invitation) == [("waiting", "surveys.invitation", 0)]


def test_each_week_has_its_own_history_the_latest_first():
    week = running_campaign()
    second = make_week(week.campaign, monday=week.monday.replace(day=16))
    invitation = invited(week)
    with as_owner(week.organisation):
        later = Invitation.objects.create(
            organisation=week.organisation, campaign=week.campaign, week=second, employee=invitation.employee
        )
    mailed(invitation)
    found = history(invitation)
    assert [line.invitation for line in found] == [later, invitation]
    assert [len(line.moments) for line in found] == [0, 1]


@pytest.mark.parametrize("state", sorted(NOT_SENT))
def test_a_mail_that_did_not_leave_says_so(state):
    invitation = invited(running_campaign())
    mailed(invitation, state=state, reason="answered", sent_at=None)
    [moment] = history(invitation)[0].moments
    assert (moment.kind, moment.words) == (NOT_SENT[state], "answered")


def test_an_invitation_sent_again_goes_by_its_own_name():
    invitation = invited(running_campaign())
    mailed(invitation, occasion=f"resent-2:{invitation.code}")
    [moment] = history(invitation)[0].moments
    assert (moment.mail, moment.number, moment_label(moment)) == ("again", 0, "Uitnodiging, nog een keer verstuurd")


def test_after_closing_the_invitation_is_not_sent_again():
    week = running_campaign()
    invitation = invited(week)
    assert history(invitation)[0].can_resend is True
    assert history(invitation, now=week.closes_at)[0].can_resend is False
    assert history(invitation, now=week.opens_at - HOUR)[0].can_resend is False


def test_another_organisation_reads_nothing():
    invitation, other = invited(running_campaign()), running_campaign()
    report(mailed(invitation), MailEventKind.DELIVERED)
    with organisation_scope(other.organisation):
        assert invitation_history(organisation=other.organisation, employee=invitation.employee, now=NOW) == []


# --- Words ------------------------------------------------------------------------------------------


def test_everything_that_may_happen_has_words_and_an_icon():
    assert set(MailEventKind.values) | set(NOT_SENT.values()) <= set(HISTORY_LABELS)
    assert [set(words) == set(WorkKind) for words in (WORK_LABELS, WORK_HINTS, WORK_LOOKS)] == [True] * 3
    for kind in HISTORY_LABELS:
        for mail in MAIL_NAMES:
            assert "%" not in moment_label(Moment(at=NOW, kind=kind, mail=mail, number=1))


def test_the_words_of_a_server_and_ours_are_kept_apart():
    refused = Moment(at=NOW, kind="blocked", mail="surveys.reminder", number=2, words="554 spam")
    assert (moment_label(refused), moment_words(refused), server_words(refused)) == (
        "Herinnering 2 geweigerd door een mailfilter",
        "",
        "554 spam",
    )
    withheld = Moment(at=NOW, kind="withheld", mail="surveys.reminder", words="answered")
    assert (moment_words(withheld), server_words(withheld)) == (mail_reason_label("answered"), "")
    away = Moment(at=NOW, kind="auto_reply", mail="surveys.reminder", words="left")
    assert (moment_words(away), server_words(away)) == ("Daarin staat dat de persoon er niet meer werkt.", "")
