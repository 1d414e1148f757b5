"""A run of mails against a real mail server: what is lost on the way, what waits, what goes on."""

import datetime
import itertools

import pytest
from django.db import connection, connections
from django.test import override_settings

from surveys.domain.mail_kinds import INVITATION_MAIL, REMINDER_MAIL, planned_occasion
from surveys.models import Campaign, CampaignText, Invitation
from surveys.services.campaign_texts import add_default_texts
from surveys.services.survey_mail import resolve_interrupted_mails, send_due_mails
from tests.factories import NOW, as_owner, make_campaign, make_employee, make_invitation, make_organisation, make_week
from tests.mailing.outbox_rows import stops
from tests.mailing.sink import DROP, PASS, Reply, Rule, Stage, refuse, running_sink
from tests.surveys.campaigns import mails, rows
from wpm_platform.mailing.models import DomainPause, OutgoingMail
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
from wpm_platform.scoping import organisation_scope

MINUTE = datetime.timedelta(minutes=1)
STATES = ("recipient", "state", "reason")


@pytest.fixture
def organisation(transactional_db):
    return make_organisation()


def make_people(organisation, *, count=4, kind=INVITATION_MAIL, domain="voorbeeld.example"):
    """A running campaign in which each has a mail of this kind due now, in the order of their names."""
    campaign = make_campaign(organisation)
    week = make_week(campaign)
    number = 1 if kind == REMINDER_MAIL else 0
    with as_owner(organisation):
        add_default_texts(campaign=campaign)
    invitations = [
        make_invitation(week, make_employee(organisation, email=f"m{position}@{domain}")) for position in range(count)
    ]
    with organisation_scope(organisation):
        plan_mails(
            organisation=organisation,
            mails=[
                PlannedMail(
                    kind=kind,
                    occasion=planned_occasion(kind=kind, number=number, invitation=invitation.code),
                    reference=invitation.code,
                    recipient=invitation.employee.email,
                    language="nl",
                    due_at=NOW,
                    addressee=invitation.employee.code,
                    counter="2026",
                )
                for invitation in invitations
            ],
        )
    return campaign


def run(organisation, *rules, now=NOW, seconds=30, clock=None, on_stage=None):
    """One run of a worker; returns the mail server that it talked to, and whether there may be more."""
    with (
        running_sink(rules=rules, on_stage=on_stage, keeps_content=True) as sink,
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=sink.port,
            EMAIL_TIMEOUT=5,
        ),
    ):
        sink.is_unfinished = send_due_mails(
            organisation_id=organisation.pk, clock=clock or (lambda: now), seconds=seconds, keeps_place=lambda: True
        )
    return sink


def sweep(organisation, *, now):
    with organisation_scope(organisation):
        return resolve_interrupted_mails(organisation=organisation, now=now)


def change(organisation, model, *, where=None, **fields):
    with as_owner(organisation):
        model.objects.filter(organisation=organisation, **(where or {})).update(**fields)


def arrived(sink):
    return [mail.recipient.partition("@")[0] for mail in sink.accepted]


def test_all_due_mails_leave_over_one_connection(organisation):
    make_people(organisation)
    sink = run(organisation)
    assert (arrived(sink), sink.connections, sink.is_unfinished) == (["m0", "m1", "m2", "m3"], 1, False)
    assert mails(organisation, "state", "attempts", "sent_at") == [("sent", 1, NOW)] * 4
    assert rows(Invitation, organisation, "invited_at") == [NOW] * 4
    assert run(organisation).accepted == []


def test_each_person_gets_their_own_link_and_no_other(organisation):
    make_people(organisation)
    sink = run(organisation)
    links = [mail.headers["List-Unsubscribe"] for mail in sink.accepted]
    assert len(set(links)) == 4
    tokens = [link.split("/r/")[1].split("/")[0] for link in links]
    for mail, own in itertools.product(sink.accepted, tokens):
        assert (own.encode() in mail.content) is (own in mail.headers["List-Unsubscribe"])
    assert not any(token in body for token in tokens for body in mails(organisation, "body"))


def test_run_ends_after_its_time_and_the_next_goes_on(organisation):
    make_people(organisation)
    moments = itertools.count()

    def clock():
        return NOW + datetime.timedelta(seconds=10 * next(moments))

    sink = run(organisation, clock=clock, seconds=25)
    assert (arrived(sink), sink.is_unfinished) == (["m0", "m1"], True)
    assert arrived(run(organisation)) == ["m2", "m3"]


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA])
def test_connection_lost_before_the_text_repeats_nothing_and_loses_nothing(organisation, stage):
    make_people(organisation)
    sink = run(organisation, Rule(stage=stage, reply=DROP, numbers=[2]))
    assert (arrived(sink), sink.connections) == (["m0", "m1", "m2", "m3"], 2)
    assert mails(organisation, "state", "attempts") == [("sent", 1)] * 4


def test_connection_lost_after_the_text_repeats_an_invitation_under_the_same_message_id(organisation):
    make_people(organisation)
    cut = run(organisation, Rule(stage=Stage.MESSAGE, reply=DROP, numbers=[2]))
    assert arrived(cut) == ["m0", "m2", "m3"]
    [message_id] = rows(OutgoingMail, organisation, "message_id", state="awaiting_retry")
    again = run(organisation, now=NOW + 5 * MINUTE)
    assert [(mail.recipient, mail.message_id) for mail in again.accepted] == [("m1@voorbeeld.example", message_id)]
    assert mails(organisation, "state", "attempts") == [("sent", 1), ("sent", 2), ("sent", 1), ("sent", 1)]


def test_server_that_never_answers_a_text_gets_an_invitation_three_times_at_most(organisation):
    make_people(organisation, count=1)
    texts = 0
    for minutes in (0, 5, 40, 600, 6000):
        texts += run(organisation, Rule(stage=Stage.MESSAGE, reply=DROP), now=NOW + minutes * MINUTE).visits[
            Stage.MESSAGE
        ]
    assert (texts, mails(organisation, "state")) == (3, ["unknown"])


def test_connection_lost_after_the_text_never_repeats_a_reminder(organisation):
    make_people(organisation, kind=REMINDER_MAIL)
    sink = run(organisation, Rule(stage=Stage.MESSAGE, reply=DROP, numbers=[2]))
    assert arrived(sink) == ["m0", "m2", "m3"]
    assert mails(organisation, *STATES)[1] == ("m1@voorbeeld.example", "unknown", "SMTPServerDisconnected")
    assert run(organisation, now=NOW + 60 * MINUTE).accepted == []


@pytest.mark.parametrize("code", [421, 450, 451, 452])
def test_domain_that_asks_for_less_waits_and_the_others_go_on(organisation, code):
    make_people(organisation, count=3, domain="druk.example")
    make_people(organisation, count=3, domain="rustig.example")
    sink = run(organisation, refuse(Stage.RCPT, code, domain="druk.example"))
    assert {mail.recipient.partition("@")[2] for mail in sink.accepted} == {"rustig.example"}
    assert sink.visits[Stage.RCPT] == 4
    assert list(DomainPause.objects.values_list("domain", "strikes")) == [("druk.example", 1)]
    assert arrived(run(organisation, now=NOW + MINUTE / 2)) == []
    assert arrived(run(organisation, now=NOW + MINUTE)) == ["m0", "m1", "m2"]
    assert set(mails(organisation, "state", "attempts")) == {("sent", 1)}


def test_address_that_does_not_exist_stops_and_the_others_go_on(organisation):
    make_people(organisation)
    sink = run(organisation, refuse(Stage.RCPT, 550, recipient="m1@voorbeeld.example", text="5.1.1 No such user"))
    assert arrived(sink) == ["m0", "m2", "m3"]
    assert mails(organisation, *STATES)[1] == ("m1@voorbeeld.example", "hard_bounce", "550 5.1.1 No such user")
    assert stops(organisation) == ["hard_bounce"]
    assert rows(Invitation, organisation, "invited_at")[1] is None


def test_mail_server_that_is_away_costs_nobody_an_attempt(organisation):
    make_people(organisation)
    sink = run(organisation, Rule(stage=Stage.BANNER, reply=DROP))
    assert (sink.visits[Stage.BANNER], sink.is_unfinished) == (1, False)
    assert set(mails(organisation, "state", "attempts")) == {("queued", 0)}
    assert sorted(arrived(run(organisation, now=NOW + MINUTE))) == ["m0", "m1", "m2", "m3"]


def test_mail_server_that_refuses_us_gets_one_try_per_run_and_no_mail_is_given_up(organisation):
    make_people(organisation)
    now = NOW
    for turn in range(1, 7):
        sink = run(organisation, refuse(Stage.MAIL, 550, text="5.7.1 account suspended"), now=now)
        assert (sink.visits[Stage.MAIL], sink.is_unfinished) == (1, False)
        now += MINUTE * 30 if turn % 4 == 0 else MINUTE
    assert set(mails(organisation, "state", "attempts")) == {("queued", 0)}
    assert stops(organisation) == []
    assert sorted(arrived(run(organisation, now=now + MINUTE * 30))) == ["m0", "m1", "m2", "m3"]


def test_slow_mail_server_is_waited_for(organisation):
    make_people(organisation, count=1)
    sink = run(organisation, Rule(stage=Stage.MESSAGE, reply=Reply(delay_seconds=1)))
    assert (arrived(sink), mails(organisation, "state")) == (["m0"], ["sent"])


def test_text_that_changes_during_the_run_is_used_from_the_next_mail_on(organisation):
    make_people(organisation)

    def change_after_the_second(visit):
        if visit.stage == Stage.MESSAGE and visit.recipient.startswith("m1"):
            change(organisation, CampaignText, where={"kind": "invitation"}, subject="Nieuw onderwerp")
            connections.close_all()
        return PASS

    run(organisation, on_stage=change_after_the_second)
    assert [subject == "Nieuw onderwerp" for subject in mails(organisation, "subject")] == [False, False, True, True]


def test_person_who_answers_during_the_run_gets_no_mail(organisation):
    make_people(organisation)

    def answer_during_the_second(visit):
        if visit.stage == Stage.MESSAGE and visit.recipient.startswith("m1"):
            change(organisation, Invitation, where={"employee__email__startswith": "m2"}, answered_at=NOW)
            connections.close_all()
        return PASS

    sink = run(organisation, on_stage=answer_during_the_second)
    assert arrived(sink) == ["m0", "m1", "m3"]
    assert mails(organisation, *STATES)[2] == ("m2@voorbeeld.example", "withdrawn", "answered")


def test_pausing_stops_a_run_that_goes_on(organisation):
    make_people(organisation)

    def pause_during_the_second(visit):
        if visit.stage == Stage.MESSAGE and visit.recipient.startswith("m1"):
            change(organisation, Campaign, state="paused")
            connections.close_all()
        return PASS

    assert arrived(run(organisation, on_stage=pause_during_the_second)) == ["m0", "m1"]
    assert mails(organisation, "state", "reason")[2:] == [("withdrawn", "paused")] * 2


def test_mail_that_cannot_be_rendered_fails_in_the_end_and_holds_up_nobody(organisation):
    make_people(organisation)
    with organisation_scope(organisation):
        # A test mail without the part that names its text.
        campaign = Campaign.objects.get()
        broken = PlannedMail(
            kind="surveys.test_mail",
            occasion="test-mail",
            reference=campaign.code,
            recipient="hr@voorbeeld.example",
            language="nl",
            due_at=NOW - MINUTE,
        )
        plan_mails(organisation=organisation, mails=[broken])
    assert arrived(run(organisation)) == ["m0", "m1", "m2", "m3"]
    assert mails(organisation, "state", "reason")[4] == ("awaiting_retry", "IndexError")
    run(organisation, now=NOW + 5 * MINUTE)
    run(organisation, now=NOW + 40 * MINUTE)
    assert mails(organisation, "state", "reason", "attempts")[4] == ("failed", "IndexError", 3)
    assert run(organisation, now=NOW + 6000 * MINUTE).accepted == []


def test_mail_that_cannot_be_built_holds_up_nobody(organisation):
    make_people(organisation)
    change(organisation, OutgoingMail, where={"recipient__startswith": "m1"}, message_id="<two\nlines@x>")
    assert arrived(run(organisation)) == ["m0", "m2", "m3"]
    assert mails(organisation, "state", "reason")[1] == ("awaiting_retry", "BadHeaderError")


# --- PostgreSQL goes away while a mail is under way --------------------------------------------------------------


def end_connections_of_others():
    """What a restart of PostgreSQL does to a worker: its connection is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connections.close_all()


@pytest.mark.parametrize("kind", [INVITATION_MAIL, REMINDER_MAIL])
def test_database_that_restarts_during_a_delivery_loses_and_repeats_nothing(organisation, kind):
    make_people(organisation, kind=kind)

    def restart_during_the_second(visit):
        if visit.stage == Stage.MESSAGE and visit.recipient.startswith("m1"):
            end_connections_of_others()
        return PASS

    sink = run(organisation, on_stage=restart_during_the_second)
    assert arrived(sink) == ["m0", "m1", "m2", "m3"]
    assert mails(organisation, "state", "attempts") == [("sent", 1)] * 4


# --- Workers that died -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "state"), [(INVITATION_MAIL, "queued"), (REMINDER_MAIL, "unknown")])
def test_mail_of_a_dead_worker_is_decided_by_the_rule(organisation, kind, state):
    make_people(organisation, count=1, kind=kind)
    change(organisation, OutgoingMail, state="inflight", claimed_at=NOW, attempts=1)
    assert sweep(organisation, now=NOW + 10 * MINUTE) == (0, 0)
    sweep(organisation, now=NOW + 11 * MINUTE)
    assert mails(organisation, "state", "reason") == [(state, "interrupted")]
