"""A follow-up: a random few of the silent, one mail each, one answer that HR never sees."""

import datetime
import time
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from surveys.models import (
    Campaign,
    Employee,
    FollowUp,
    FollowUpAnswer,
    FollowUpQuestion,
    Invitation,
    Response,
    RetentionRun,
)
from surveys.selectors.follow_up import follow_up_state, silent_people
from surveys.services.follow_up import (
    FollowUpAsked,
    FollowUpGone,
    FollowUpSize,
    FollowUpTooEarly,
    FollowUpTooLate,
    NobodySilent,
    QuestionClosed,
    TooFewSilent,
    answer_follow_up,
    ask_follow_up,
    delete_follow_up_answer,
)
from tests.factories import as_owner, make_employee, make_organisation, personal_path
from tests.surveys.campaigns import events, local, mails, make_started, rows, send_all
from tests.surveys.follow_ups import ASKED, CLOSED, ask, closed_survey, silent_invitations
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.stops import stop_address
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import Role, organisation_scope

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def follow_up_mails(organisation):
    return rows(OutgoingMail, organisation, "recipient", "state", "reason", kind="surveys.follow_up")


def as_person(invitation):
    return organisation_scope(invitation.organisation, role=Role.RESPONDENT, employee_id=invitation.employee_id)


def change(organisation, **fields):
    """Change the first of the silent."""
    first = silent_invitations(organisation)[0]
    with as_owner(organisation):
        Employee.objects.filter(pk=first.employee_id).update(**fields)
    return first


def test_a_random_few_of_the_silent_get_one_mail_each(organisation, mailoutbox):
    campaign = closed_survey(organisation, silent=35)
    follow_up = ask(organisation, campaign, size=30)
    silent = {row.pk: row.employee.email for row in silent_invitations(organisation)}
    asked = rows(FollowUpQuestion, organisation, "invitation")
    assert (len(asked), set(asked) <= set(silent)) == (30, True)
    assert (follow_up.silent, follow_up.closes_at) == (35, local("2026-04-14", "23:59"))
    assert send_all(organisation, now=ASKED) == 30
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(silent[pk] for pk in asked)
    mail = mailoutbox[0]
    invitation = next(row for row in silent_invitations(organisation) if row.employee.email == mail.to[0])
    with as_owner(organisation):
        link = f"http://testserver{personal_path(invitation)}"
    assert mail.subject == "Eén vraag van Voorbeeld Fietsfabriek"
    assert f"{link}usual/" in mail.body
    assert "Hoe ging je op een gewone werkdag meestal naar je werk?" in mail.body
    assert "dinsdag 14 april" in mail.body
    assert mail.extra_headers["List-Unsubscribe"] == f"<{link}stop/>"
    with as_owner(organisation):
        kept = OutgoingMail.objects.get(kind="surveys.follow_up", recipient=mail.to[0])
        event = AuditEvent.objects.get(organisation=organisation, action="campaign.follow_up_asked")
    assert (kept.counter, link.split("/")[4] in kept.body) == ("2026", False)
    assert event.detail == {"silent": 35, "reachable": 35, "asked": 30}


@pytest.mark.parametrize(
    "fields",
    [
        {"email": ""},
        {"left_at": CLOSED},
        {"employed_until": datetime.date(2026, 3, 30)},
        {"is_on_leave": True},
    ],
)
def test_who_cannot_be_mailed_is_not_drawn(organisation, fields):
    campaign = closed_survey(organisation, silent=16)
    first = change(organisation, **fields)
    assert ask(organisation, campaign, size=40).silent == 15
    assert first.pk not in rows(FollowUpQuestion, organisation, "invitation")


@pytest.mark.parametrize("field", ["opted_out_at", "mail_stopped_at"])
def test_who_wanted_no_mail_is_not_drawn(organisation, field):
    campaign = closed_survey(organisation, silent=16)
    first = silent_invitations(organisation)[0]
    with as_owner(organisation):
        Invitation.objects.filter(pk=first.pk).update(**{field: CLOSED})
    ask(organisation, campaign, size=40)
    assert first.pk not in rows(FollowUpQuestion, organisation, "invitation")


def test_stopped_address_and_full_year_are_not_drawn(organisation):
    campaign = closed_survey(organisation)
    first, second, *_ = silent_invitations(organisation)
    with organisation_scope(organisation):
        stop_address(organisation=organisation, address=first.employee.email, kind="hard_bounce", now=CLOSED)
    with as_owner(organisation):
        for number in range(organisation.yearly_mail_limit):
            OutgoingMail.objects.create(
                organisation=organisation,
                kind="surveys.reminder",
                occasion=f"x{number}",
                reference=second.code,
                recipient=second.employee.email,
                addressee=second.employee.code,
                counter="2026",
                state="sent",
                due_at=CLOSED,
            )
    with organisation_scope(organisation):
        silent = silent_people(organisation=organisation, campaign=campaign, now=ASKED)
    assert (silent.silent, len(silent.reachable)) == (15, 13)
    assert not {first.pk, second.pk} & {row.pk for row in silent.reachable}


def test_mail_is_looked_at_again_before_it_leaves(organisation, mailoutbox):
    campaign = closed_survey(organisation, silent=15)
    ask(organisation, campaign)
    first = silent_invitations(organisation)[0]
    with as_owner(organisation):
        Invitation.objects.filter(pk=first.pk).update(opted_out_at=ASKED)
    send_all(organisation, now=ASKED)
    assert len(mailoutbox) == 14
    assert (first.employee.email, "withdrawn", "opted_out") in follow_up_mails(organisation)


def test_mail_that_is_late_does_not_leave(organisation, mailoutbox):
    campaign = closed_survey(organisation, silent=15)
    ask(organisation, campaign)
    send_all(organisation, now=local("2026-04-15"))
    assert mailoutbox == []
    assert {row[1:] for row in follow_up_mails(organisation)} == {("withdrawn", "expired")}


def test_at_night_it_waits_for_the_morning(organisation):
    campaign = closed_survey(organisation, silent=15)
    ask(organisation, campaign, now=local("2026-03-31", "22:00"))
    assert set(rows(OutgoingMail, organisation, "due_at", kind="surveys.follow_up")) == {local("2026-04-01", "07:00")}


def test_panel_asks_who_answered_in_no_week_by_the_last_one(organisation):
    mondays = (datetime.date(2026, 3, 9), datetime.date(2026, 3, 16))
    campaign = closed_survey(organisation, silent=15, answered=3, kind="weekly_panel", mondays=mondays)
    ask(organisation, campaign)
    weeks = rows(FollowUpQuestion, organisation, "invitation__week__monday")
    assert weeks == [mondays[1]] * 15


def test_refused_before_the_close_too_late_twice_and_without_anybody(organisation):
    open_campaign = make_started(organisation) if make_employee(organisation) else None
    with pytest.raises(FollowUpTooEarly):
        ask(organisation, open_campaign)
    other = make_organisation()
    campaign = closed_survey(other)
    for size in (29, 401):
        with pytest.raises(FollowUpSize):
            ask(other, campaign, size=size)
    with pytest.raises(FollowUpTooLate):
        ask(other, campaign, now=CLOSED + 61 * DAY)
    ask(other, campaign)
    with pytest.raises(FollowUpAsked):
        ask(other, campaign)
    assert len(follow_up_mails(other)) == 15
    nobody = make_organisation()
    with pytest.raises(NobodySilent):
        ask(nobody, closed_survey(nobody, silent=0))
    assert events(nobody).count("campaign.follow_up_asked") == 0


def test_fewer_than_an_estimate_can_use_are_not_asked_at_all(organisation):
    campaign = closed_survey(organisation, silent=14)
    with pytest.raises(TooFewSilent):
        ask(organisation, campaign)
    assert (rows(FollowUp, organisation), rows(FollowUpQuestion, organisation)) == ([], [])
    assert (follow_up_mails(organisation), events(organisation).count("campaign.follow_up_asked")) == ([], 0)


def test_fewer_than_wanted_are_all_asked(organisation):
    ask(organisation, closed_survey(organisation, silent=15), size=30)
    assert len(rows(FollowUpQuestion, organisation)) == 15


def test_nobody_is_asked_while_the_rows_of_the_campaign_go(organisation):
    campaign = closed_survey(organisation)
    with as_owner(organisation):
        RetentionRun.objects.create(
            organisation=organisation,
            campaign=campaign,
            months=1,
            planned_on=ASKED.date(),
            announced_at=ASKED,
            started_at=ASKED,
        )
    with pytest.raises(FollowUpGone):
        ask(organisation, campaign)


def test_campaign_of_another_organisation_is_not_found(organisation):
    campaign = closed_survey(organisation)
    with pytest.raises(Campaign.DoesNotExist):
        ask(make_organisation(), campaign)


def test_answer_is_kept_changed_and_deleted_and_is_no_response(organisation):
    campaign = closed_survey(organisation, silent=15)
    ask(organisation, campaign)
    person = silent_invitations(organisation)[0]
    for mode in ("car", "bicycle"):
        with as_person(person):
            answer_follow_up(invitation=person, usual_mode=mode, now=ASKED + DAY)
    assert rows(FollowUpAnswer, organisation, "employee", "usual_mode") == [(person.employee_id, "bicycle")]
    assert (rows(Response, organisation), rows(Invitation, organisation, "pk", pk=person.pk, answered_at=None)) == (
        [],
        [person.pk],
    )
    with organisation_scope(organisation):
        state = follow_up_state(campaign=campaign, now=ASKED + DAY)
    assert (state.asked, state.answered, state.is_open) == (15, 1, True)
    for _ in range(2):
        with as_person(person):
            delete_follow_up_answer(invitation=person, now=ASKED + DAY)
    assert rows(FollowUpAnswer, organisation) == []
    assert rows(FollowUpQuestion, organisation, "answered_at", "deleted_at", invitation=person) == [(None, None)]


def test_the_last_day_counts_until_its_end(organisation):
    campaign = closed_survey(organisation)
    ask(organisation, campaign, size=40, now=local("2026-03-31", "08:30"))
    person = silent_invitations(organisation)[0]
    with as_person(person):
        answer_follow_up(invitation=person, usual_mode="car", now=local("2026-04-14", "23:58"))
    assert rows(FollowUpAnswer, organisation, "usual_mode") == ["car"]


def test_deletion_after_the_last_day_is_marked_once_an_answer_went(organisation):
    campaign = closed_survey(organisation)
    ask(organisation, campaign, size=40)
    told, silent, *_ = silent_invitations(organisation)
    with as_person(told):
        answer_follow_up(invitation=told, usual_mode="car", now=ASKED)
    for person in (told, told, silent):
        with as_person(person):
            delete_follow_up_answer(invitation=person, now=ASKED + (20 if person == told else 21) * DAY)
    assert rows(FollowUpAnswer, organisation) == []
    assert rows(FollowUpQuestion, organisation, "answered_at", "deleted_at", invitation=told) == [
        (None, ASKED + 20 * DAY)
    ]
    assert rows(FollowUpQuestion, organisation, "deleted_at", invitation=silent) == [None]


def test_hr_cannot_read_what_anybody_answered(organisation):
    campaign = closed_survey(organisation, silent=15)
    ask(organisation, campaign)
    person = silent_invitations(organisation)[0]
    with as_person(person):
        answer_follow_up(invitation=person, usual_mode="car", now=ASKED)
    with pytest.raises(ProgrammingError, match="permission denied"), organisation_scope(organisation):
        list(FollowUpAnswer.objects.all())


def test_nobody_answers_for_another_or_after_the_last_day(organisation):
    campaign = closed_survey(organisation, silent=32)
    ask(organisation, campaign)
    first, second, *_ = silent_invitations(organisation)
    with as_person(first), pytest.raises(QuestionClosed):
        answer_follow_up(invitation=second, usual_mode="car", now=ASKED)
    asked = set(rows(FollowUpQuestion, organisation, "invitation"))
    left_out = next(row for row in silent_invitations(organisation) if row.pk not in asked)
    with as_person(left_out), pytest.raises(QuestionClosed):
        answer_follow_up(invitation=left_out, usual_mode="car", now=ASKED)
    one = next(row for row in silent_invitations(organisation) if row.pk in asked)
    with as_person(one), pytest.raises(QuestionClosed):
        answer_follow_up(invitation=one, usual_mode="car", now=local("2026-04-14", "23:59"))
    assert rows(FollowUpAnswer, organisation) == []


@pytest.mark.django_db(transaction=True)
def test_two_people_who_send_it_at_once_send_it_once():
    organisation = make_organisation()
    campaign = closed_survey(organisation)
    barrier, outcomes = Barrier(2), []

    def press_send():
        barrier.wait()
        try:
            with organisation_scope(organisation):
                ask_follow_up(organisation=organisation, actor=None, now=ASKED, campaign=campaign, size=30)
            outcomes.append("sent")
        except FollowUpAsked:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=press_send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "sent"]
    assert (len(rows(FollowUp, organisation)), len(rows(FollowUpQuestion, organisation))) == (1, 15)
    assert len(mails(organisation)) >= 15


def waits_for_a_lock():
    """Whether somebody in this database waits for a row of somebody else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_deletion_beside_an_answer_that_is_being_kept_waits_and_deletes_it():
    organisation = make_organisation()
    campaign = closed_survey(organisation)
    ask(organisation, campaign, size=40)
    person = silent_invitations(organisation)[0]
    is_answered, may_commit = Event(), Event()

    def answer():
        with as_person(person), transaction.atomic():
            answer_follow_up(invitation=person, usual_mode="car", now=ASKED)
            is_answered.set()
            may_commit.wait(10)
        connection.close()

    def delete():
        is_answered.wait(10)
        with as_person(person):
            delete_follow_up_answer(invitation=person, now=ASKED)
        connection.close()

    threads = [Thread(target=answer), Thread(target=delete)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 10
    while not waits_for_a_lock() and time.monotonic() < deadline:
        time.sleep(0.02)
    may_commit.set()
    for thread in threads:
        thread.join()
    answers = rows(FollowUpAnswer, organisation)
    assert (answers, rows(FollowUpQuestion, organisation, "answered_at", invitation=person)) == ([], [None])
