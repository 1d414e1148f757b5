"""The outbox: one mail per occasion, one claim per mail, nothing repeated that may not be."""

import datetime
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.factories import NOW, as_owner, make_organisation
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.outbox import (
    PlannedMail,
    claim_mail,
    plan_mails,
    postpone_mail,
    withdraw_mail,
    withdraw_mails,
)
from wpm_platform.mailing.services.sweeping import resolve_interrupted
from wpm_platform.mailing.services.throttle import strike_domain
from wpm_platform.scoping import organisation_scope

KIND = "surveys.invitation"
KINDS = [KIND, "surveys.reminder"]
LATER = NOW + datetime.timedelta(minutes=11)


def planned(
    occasion="invitation:1", *, kind=KIND, reference=None, due_at=NOW, recipient="medewerker@voorbeeld.example"
):
    return PlannedMail(
        kind=kind,
        occasion=occasion,
        reference=reference or uuid.uuid4(),
        recipient=recipient,
        language="nl",
        due_at=due_at,
    )


def states(organisation):
    with as_owner(organisation):
        return {mail.occasion: mail.state for mail in OutgoingMail.objects.all()}


@pytest.fixture
def organisation(db):
    return make_organisation()


def test_same_occasion_twice_is_one_mail(organisation):
    with organisation_scope(organisation):
        plan_mails(organisation=organisation, mails=[planned(), planned("reminder-1:1")])
        plan_mails(organisation=organisation, mails=[planned()])
    assert states(organisation) == {"invitation:1": "queued", "reminder-1:1": "queued"}


def rows(organisation, *fields):
    with as_owner(organisation):
        return list(OutgoingMail.objects.filter(organisation=organisation).order_by("pk").values_list(*fields))


def test_domain_is_kept_in_small_letters(organisation):
    with organisation_scope(organisation):
        plan_mails(organisation=organisation, mails=[planned(recipient="Anna@Voorbeeld.EXAMPLE")])
    assert rows(organisation, "recipient", "recipient_domain") == [("Anna@Voorbeeld.EXAMPLE", "voorbeeld.example")]


def test_undone_mail_waits_again_as_planned_anew_and_no_other_does(organisation):
    with organisation_scope(organisation):
        plan_mails(organisation=organisation, mails=[planned("undone"), planned("paused"), planned("waiting")])
        for occasion, reason in (("undone", "undone"), ("paused", "paused")):
            OutgoingMail.objects.filter(occasion=occasion).update(state="withdrawn", reason=reason)
        again = [planned(name, due_at=LATER, recipient="nieuw@a.nl") for name in ("undone", "paused", "waiting")]
        plan_mails(organisation=organisation, mails=again)
    assert rows(organisation, "occasion", "state", "reason", "due_at", "recipient", "recipient_domain") == [
        ("undone", "queued", "", LATER, "nieuw@a.nl", "a.nl"),
        ("paused", "withdrawn", "paused", NOW, "medewerker@voorbeeld.example", "voorbeeld.example"),
        ("waiting", "queued", "", NOW, "medewerker@voorbeeld.example", "voorbeeld.example"),
    ]


def test_undone_mail_of_another_organisation_stays_undone(organisation):
    other = make_organisation()
    with organisation_scope(other):
        plan_mails(organisation=other, mails=[planned()])
        OutgoingMail.objects.update(state="withdrawn", reason="undone")
    with organisation_scope(organisation):
        plan_mails(organisation=organisation, mails=[planned()])
    assert rows(other, "state") == [("withdrawn",)]
    assert rows(organisation, "state") == [("queued",)]


def test_postponed_mail_is_due_later_as_if_it_had_not_been_tried(organisation):
    with organisation_scope(organisation):
        plan_mails(organisation=organisation, mails=[planned()])
        claimed = claim_mail(organisation=organisation, kinds=[KIND], now=NOW)
        postpone_mail(mail=claimed, due_at=LATER)
        assert claim_mail(organisation=organisation, kinds=[KIND], now=NOW) is None
        again = claim_mail(organisation=organisation, kinds=[KIND], now=LATER)
    assert (again.pk, again.attempts, again.message_id) == (claimed.pk, 1, claimed.message_id)


def test_claim_takes_the_earliest_due_mail_of_its_kinds(organisation):
    with organisation_scope(organisation):
        plan_mails(
            organisation=organisation,
            mails=[
                planned("late", due_at=NOW - datetime.timedelta(hours=1)),
                planned("earlier", due_at=NOW - datetime.timedelta(hours=2)),
                planned("other", kind="organisations.member_invitation", due_at=NOW - datetime.timedelta(hours=3)),
                planned("not due yet", due_at=LATER),
            ],
        )
        claims = [claim_mail(organisation=organisation, kinds=[KIND], now=NOW) for _ in range(3)]
    assert [claim and claim.occasion for claim in claims] == ["earlier", "late", None]
    assert claims[0].attempts == 1
    assert claims[0].message_id == f"<{claims[0].code}@platform.example>"


def test_another_organisation_claims_nothing(organisation):
    other = make_organisation()
    with organisation_scope(organisation):
        plan_mails(organisation=organisation, mails=[planned()])
    with organisation_scope(other):
        assert claim_mail(organisation=organisation, kinds=[KIND], now=NOW) is None
        assert claim_mail(organisation=other, kinds=[KIND], now=NOW) is None


def test_message_id_stays_the_same_when_claimed_again(organisation):
    with organisation_scope(organisation):
        plan_mails(organisation=organisation, mails=[planned()])
        first = claim_mail(organisation=organisation, kinds=[KIND], now=NOW)
        resolve_interrupted(organisation=organisation, kinds=KINDS, repeatable_kinds=[KIND], now=LATER)
        second = claim_mail(organisation=organisation, kinds=[KIND], now=LATER)
    assert (second.pk, second.message_id, second.attempts) == (first.pk, first.message_id, 2)


def test_interrupted_reminder_is_never_sent_again(organisation):
    with organisation_scope(organisation):
        plan_mails(organisation=organisation, mails=[planned(), planned("reminder-1:1", kind="surveys.reminder")])
        for _ in range(2):
            claim_mail(organisation=organisation, kinds=[KIND, "surveys.reminder"], now=NOW)
        early = resolve_interrupted(organisation=organisation, kinds=KINDS, repeatable_kinds=[KIND], now=NOW)
        late = resolve_interrupted(organisation=organisation, kinds=KINDS, repeatable_kinds=[KIND], now=LATER)
    assert (early, late) == ((0, 0), (1, 1))
    assert states(organisation) == {"invitation:1": "queued", "reminder-1:1": "unknown"}


def test_withdrawn_mail_keeps_its_reason(organisation):
    reference = uuid.uuid4()
    with organisation_scope(organisation):
        plan_mails(
            organisation=organisation, mails=[planned("a", reference=reference), planned("b", reference=reference)]
        )
        claimed = claim_mail(organisation=organisation, kinds=[KIND], now=NOW)
        withdraw_mail(mail=claimed, reason="answered")
        assert withdraw_mails(organisation=organisation, reference=reference, reason="left") == 1
        assert withdraw_mails(organisation=organisation, reference=reference, reason="left") == 0
        assert sorted(OutgoingMail.objects.values_list("state", "reason")) == [
            (MailState.WITHDRAWN, "answered"),
            (MailState.WITHDRAWN, "left"),
        ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("resting", [[], ["druk.example"]])
def test_parallel_workers_never_claim_the_same_mail(resting):
    organisation = make_organisation()
    with organisation_scope(organisation):
        for domain in resting:
            strike_domain(domain=domain, now=NOW)
        plan_mails(organisation=organisation, mails=[planned(f"invitation:{number}") for number in range(40)])

    def claim_until_empty(_worker):
        taken = []
        try:
            while True:
                with organisation_scope(organisation):
                    mail = claim_mail(organisation=organisation, kinds=[KIND], now=NOW)
                if mail is None:
                    return taken
                taken.append(mail.occasion)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        taken = [occasion for worker in workers.map(claim_until_empty, range(4)) for occasion in worker]
    assert sorted(taken) == sorted(f"invitation:{number}" for number in range(40))
