"""What is written down of a delivery, by whom it may be written, and what it leads to."""

import datetime

import pytest
from django.db import OperationalError

from tests.factories import NOW, as_owner, make_organisation
from tests.mailing.outbox_rows import events, stops, stored
from tests.mailing.services.test_outbox import KIND, planned
from wpm_platform.mailing.domain.retries import Result
from wpm_platform.mailing.enums import MailEventKind
from wpm_platform.mailing.models import DomainPause, OutgoingMail
from wpm_platform.mailing.services.delivery import Outcome
from wpm_platform.mailing.services.letters import Letter
from wpm_platform.mailing.services.outbox import claim_mail, plan_mails, withdraw_mails
from wpm_platform.mailing.services.outcomes import PATIENCE_SECONDS, record_outcome, with_patience
from wpm_platform.mailing.services.stops import stop_of
from wpm_platform.mailing.services.sweeping import resolve_interrupted
from wpm_platform.scoping import organisation_scope

MINUTE = datetime.timedelta(minutes=1)
LINK = "http://testserver/r/geheim-stuk/"
LETTER = Letter(
    subject="Hoe reisde je?", text=f"Begin hier: {LINK}", html="<p>", sender="wpm@platform.example", secrets=(LINK,)
)
SENT = Outcome(result=Result.SENT, smtp_code=250, reason="OK")


@pytest.fixture
def organisation(db):
    return make_organisation()


@pytest.fixture
def mail(organisation):
    with organisation_scope(organisation):
        plan_mails(organisation=organisation, mails=[planned()])
    return claim(organisation)


def claim(organisation, *, now=NOW):
    with organisation_scope(organisation):
        mail = claim_mail(organisation=organisation, kinds=[KIND], now=now)
    if mail is not None:
        mail.organisation = organisation
    return mail


def record(mail, outcome, *, now=NOW, letter=LETTER, is_repeatable=False):
    with organisation_scope(mail.organisation_id):
        return record_outcome(mail=mail, letter=letter, outcome=outcome, now=now, is_repeatable=is_repeatable)


def refused(code, reason="no", result=Result.REFUSED):
    return Outcome(result=result, smtp_code=code, reason=reason)


def sweep(organisation, *, now, repeatable=(KIND,)):
    with organisation_scope(organisation):
        return resolve_interrupted(organisation=organisation, kinds=[KIND], repeatable_kinds=repeatable, now=now)


def change(mail, **fields):
    with as_owner(mail.organisation):
        OutgoingMail.objects.filter(pk=mail.pk).update(**fields)


def test_sent_mail_is_kept_without_its_personal_link(mail):
    record(mail, Outcome(result=Result.SENT, smtp_code=250, provider_id="p-1"))
    sent = stored(mail)
    assert (sent.state, sent.sent_at, sent.subject, sent.provider_id) == ("sent", NOW, LETTER.subject, "p-1")
    assert sent.body == "Begin hier: …"


def test_recorded_twice_is_recorded_once(mail):
    record(mail, SENT)
    record(mail, SENT)
    assert (stored(mail).state, stored(mail).attempts) == ("sent", 1)


@pytest.mark.parametrize(
    ("code", "reason", "state", "kind", "stopped"),
    [
        (550, "5.1.1 <weg@voorbeeld.example> unknown", "hard_bounce", "hard_bounce", ["hard_bounce"]),
        (554, "Refused", "blocked", "blocked", []),
        (452, "4.2.2 Mailbox full", "awaiting_retry", "soft_bounce", []),
    ],
)
def test_refused_recipient_is_recorded_as_what_came_back(organisation, mail, code, reason, state, kind, stopped):
    record(mail, refused(code, reason))
    assert (stored(mail).state, events(mail), stops(organisation)) == (state, [kind], stopped)
    assert "@" not in stored(mail).reason
    assert stored(mail).reason.startswith(f"{code} ")


def test_soft_refusals_end_after_three_retries(organisation, mail):
    now = NOW
    for _ in range(3):
        record(mail, refused(452, "4.2.2 Full"), now=now)
        now = stored(mail).due_at
        mail = claim(organisation, now=now)
    assert now - NOW < datetime.timedelta(hours=48)
    record(mail, refused(452, "4.2.2 Full"), now=now)
    assert (stored(mail).state, stops(organisation)) == ("soft_bounce", ["soft_bounce"])
    assert claim(organisation, now=now + datetime.timedelta(days=30)) is None


@pytest.mark.parametrize("code", [421, 450, 451, 452])
def test_domain_that_asks_for_less_is_left_alone_and_the_mail_keeps_its_attempt(organisation, mail, code):
    record(mail, refused(code, "Too much"))
    assert (stored(mail).state, stored(mail).attempts, stored(mail).due_at) == ("queued", 0, NOW)
    assert list(DomainPause.objects.values_list("domain", "until", "strikes")) == [
        ("voorbeeld.example", NOW + MINUTE, 1)
    ]
    assert claim(organisation, now=NOW + MINUTE / 2) is None
    assert claim(organisation, now=NOW + MINUTE).pk == mail.pk


def test_pauses_double_while_it_goes_on_and_end_with_the_first_mail_that_passes(organisation, mail):
    now = NOW
    for strikes in (1, 2, 3):
        record(mail, refused(451), now=now)
        pause = DomainPause.objects.get()
        assert (pause.strikes, pause.until - now) == (strikes, MINUTE * 2 ** (strikes - 1))
        now = pause.until
        mail = claim(organisation, now=now)
    record(mail, SENT, now=now)
    assert (stored(mail).state, DomainPause.objects.count()) == ("sent", 0)


def test_refused_sender_stops_nobody_and_gives_nothing_up(organisation, mail):
    now = NOW
    for _ in range(5):
        record(mail, refused(550, "5.1.1 who are you", Result.SENDER_REFUSED), now=now)
        back = stored(mail)
        assert (back.state, back.attempts, back.reason, back.due_at - now) == (
            "queued",
            0,
            "550 5.1.1 who are you",
            30 * MINUTE,
        )
        now = back.due_at
        mail = claim(organisation, now=now)
    assert (events(mail), stops(organisation)) == ([], [])


def test_unreached_server_costs_no_attempt_and_keeps_no_copy(mail):
    record(mail, Outcome(result=Result.UNREACHED, reason="ConnectionRefusedError"))
    back = stored(mail)
    assert (back.state, back.attempts, back.due_at, back.body) == ("queued", 0, NOW + MINUTE, "")


@pytest.mark.parametrize(("is_repeatable", "state"), [(True, "awaiting_retry"), (False, "unknown")])
def test_unknown_fate_is_decided_by_the_rule(organisation, mail, is_repeatable, state):
    record(mail, Outcome(result=Result.UNKNOWN, reason="SMTPServerDisconnected"), is_repeatable=is_repeatable)
    assert (stored(mail).state, stored(mail).reason) == (state, "SMTPServerDisconnected")
    again = claim(organisation, now=NOW + 5 * MINUTE)
    assert (again and again.message_id) == (mail.message_id if is_repeatable else None)


def test_faulty_mail_fails_the_third_time(organisation, mail):
    for state in ("awaiting_retry", "awaiting_retry", "failed"):
        record(mail, Outcome(result=Result.FAULTY, reason="KeyError"), letter=None, now=mail.claimed_at)
        assert (stored(mail).state, stored(mail).reason) == (state, "KeyError")
        mail = claim(organisation, now=stored(mail).due_at)
    assert mail is None


# --- Fences: who may write ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [SENT, refused(550), Outcome(result=Result.UNKNOWN)])
def test_worker_whose_mail_was_claimed_by_another_writes_nothing(organisation, mail, outcome):
    later = NOW + 11 * MINUTE
    sweep(organisation, now=later)
    second = claim(organisation, now=later)
    assert record(mail, outcome, now=later) is None
    assert (stored(mail).state, stored(mail).attempts, events(mail)) == ("inflight", 2, [])
    record(second, refused(554, "Refused"), now=later)
    record(mail, outcome, now=later)
    assert (stored(mail).state, events(mail)) == ("blocked", ["blocked"])


@pytest.mark.parametrize(("repeatable", "guess"), [((KIND,), "queued"), ((), "unknown")])
def test_slow_worker_knows_better_than_the_sweep_that_the_mail_left(organisation, mail, repeatable, guess):
    later = NOW + 11 * MINUTE
    sweep(organisation, now=later, repeatable=repeatable)
    assert stored(mail).state == guess
    record(mail, SENT, now=later)
    assert stored(mail).state == "sent"
    assert claim(organisation, now=later) is None


def test_slow_worker_does_not_undo_the_sweep_with_a_refusal(organisation, mail):
    sweep(organisation, now=NOW + 11 * MINUTE, repeatable=())
    assert record(mail, refused(550)) is None
    assert (stored(mail).state, events(mail), stops(organisation)) == ("unknown", [], [])


def test_mail_that_left_is_sent_though_it_was_withdrawn_meanwhile(organisation, mail):
    sweep(organisation, now=NOW + 11 * MINUTE)
    with organisation_scope(organisation):
        withdraw_mails(organisation=organisation, reference=mail.reference, reason="paused")
    record(mail, SENT)
    assert (stored(mail).state, stored(mail).reason) == ("sent", "")


@pytest.mark.parametrize("state", ["delivered", "hard_bounce", "complaint"])
def test_report_that_was_quicker_than_the_worker_stays(mail, state):
    change(mail, state=state, reason="reported")
    record(mail, SENT)
    assert (stored(mail).state, stored(mail).reason, stored(mail).sent_at) == (state, "reported", NOW)


def test_other_organisation_writes_nothing(mail):
    with organisation_scope(make_organisation()):
        assert record_outcome(mail=mail, letter=LETTER, outcome=SENT, now=NOW) is None
    assert stored(mail).state == "inflight"


def test_mail_that_ends_its_worker_each_time_ends_too(organisation, mail):
    change(mail, attempts=10)
    assert sweep(organisation, now=NOW + 11 * MINUTE) == (0, 1)
    assert (stored(mail).state, stored(mail).reason) == ("unknown", "interrupted")


def test_stopped_address_is_the_recipient(organisation, mail):
    record(mail, refused(550, "No such user"))
    with organisation_scope(organisation):
        assert stop_of(organisation=organisation, address=mail.recipient).kind == MailEventKind.HARD_BOUNCE


# --- Patience with PostgreSQL ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_outcome_waits_for_the_database_with_growing_pauses():
    waited, tries = [], []

    def record_at_the_fourth():
        tries.append(1)
        if len(tries) < 4:
            raise OperationalError("the database system is starting up")

    with_patience(record_at_the_fourth, sleep=waited.append)
    assert waited == [1, 2, 4]


@pytest.mark.django_db(transaction=True)
def test_patience_ends_after_two_minutes():
    waited = []

    def never():
        raise OperationalError("gone")

    with pytest.raises(OperationalError):
        with_patience(never, sleep=waited.append)
    assert waited == list(PATIENCE_SECONDS)
    assert sum(waited) == 120
