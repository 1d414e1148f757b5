"""The outbox's state changes. Owners of a kind of mail plan, claim, re-check and then deliver here.

The order that keeps a crash from sending twice: claim and re-check (commit), hand over to SMTP outside any
transaction, record the outcome (commit). What is left in flight was interrupted; `sweeping` decides about it.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.statements import Row, Statement, ask
from wpm_platform.organisations.models import Organisation

BATCH = 2000
WAITING = (MailState.QUEUED, MailState.AWAITING_RETRY)
UNDONE = "undone"
FIELDS = [field.attname for field in OutgoingMail._meta.concrete_fields]

# wpm_platform/mailing/sql/outbox.sql
CLAIM = f"""
    SELECT claimed.is_struck, {", ".join(f"(claimed.mail).{name}" for name in FIELDS)}
    FROM wpm.claim_mail(%s, %s, %s, %s) AS claimed
"""  # noqa: S608
WITHDRAW = "SELECT wpm.withdraw_mail(%s, %s)"


@dataclass(frozen=True, kw_only=True)
class PlannedMail:
    """A mail to put into the outbox; see `OutgoingMail` for the meaning of the fields."""

    kind: str
    occasion: str
    reference: UUID
    recipient: str
    language: str
    due_at: datetime.datetime
    addressee: UUID | None = None
    counter: str = ""


@transaction.atomic
def plan_mails(*, organisation: Organisation, mails: Iterable[PlannedMail]) -> int:
    """Put mails into the outbox. Returns how many were asked.

    An occasion that is there already stays as it is; one that was withdrawn because its list was undone waits
    again, as planned now.
    """
    planned = list(mails)
    for start in range(0, len(planned), BATCH):
        rows = [_row(organisation, mail) for mail in planned[start : start + BATCH]]
        _revive_undone(organisation, rows)
        OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
    return len(planned)


def claim_mail(*, organisation: Organisation, kinds: Iterable[str], now: datetime.datetime) -> OutgoingMail | None:
    """Take one due mail for delivery, or None; domains that asked for a pause are passed over.

    Commit before handing it to SMTP. The Message-ID is set at the first claim and stays the same. claimed_at
    and attempts name the claim: whoever records an outcome later must still hold it.
    """
    return claimed_mail(ask(claim_statement(organisation=organisation, kinds=kinds, now=now)))


def claim_statement(*, organisation: Organisation, kinds: Iterable[str], now: datetime.datetime) -> Statement:
    """`claim_mail`, to be run with other statements; give its rows to `claimed_mail`."""
    return Statement(sql=CLAIM, values=(organisation.pk, list(kinds), now, settings.MAIL_DOMAIN))


def claimed_mail(rows: list[Row]) -> OutgoingMail | None:
    """The mail that `claim_statement` took, if there was one."""
    if not rows:
        return None
    ((is_struck, *values),) = rows
    mail = OutgoingMail.from_db(connection.alias, FIELDS, values)
    mail.is_struck = is_struck
    return mail


def withdraw_mail(*, mail: OutgoingMail, reason: str) -> None:
    """The mail is not sent after all; `reason` says why."""
    mail.state, mail.reason = MailState.WITHDRAWN, reason
    ask(Statement(sql=WITHDRAW, values=(mail.pk, reason)))


def postpone_mail(*, mail: OutgoingMail, due_at: datetime.datetime, reason: str = "") -> None:
    """Put a claimed mail back until `due_at`, as if nobody had tried to send it."""
    mail.state, mail.due_at, mail.reason = MailState.QUEUED, due_at, reason
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=mail.state, due_at=due_at, reason=reason, attempts=F("attempts") - 1
    )


def redirect_mail(*, mail: OutgoingMail, recipient: str) -> None:
    """A claimed mail goes to another address than planned: the person's address of this moment."""
    mail.recipient, mail.recipient_domain = recipient, domain_of(recipient)
    mail.save(update_fields=["recipient", "recipient_domain"])


def withdraw_mails(*, organisation: Organisation, reference: UUID, reason: str) -> int:
    """Withdraw every mail about `reference` that still waits. Returns how many."""
    waiting = OutgoingMail.objects.filter(organisation=organisation, reference=reference, state__in=WAITING)
    return waiting.update(state=MailState.WITHDRAWN, reason=reason)


def domain_of(address: str) -> str:
    """The part after the @, in small letters."""
    return address.rpartition("@")[2].lower()


def _row(organisation: Organisation, mail: PlannedMail) -> OutgoingMail:
    return OutgoingMail(
        organisation=organisation,
        kind=mail.kind,
        occasion=mail.occasion,
        reference=mail.reference,
        addressee=mail.addressee,
        counter=mail.counter,
        recipient=mail.recipient,
        recipient_domain=domain_of(mail.recipient),
        language=mail.language,
        due_at=mail.due_at,
    )


def _revive_undone(organisation: Organisation, rows: list[OutgoingMail]) -> None:
    """Let the mails of `rows` that were undone wait again, with the new moment, address and language."""
    undone = OutgoingMail.objects.select_for_update().filter(
        organisation=organisation,
        occasion__in=[row.occasion for row in rows],
        state=MailState.WITHDRAWN,
        reason=UNDONE,
    )
    planned = {row.occasion: row for row in rows}
    alike: dict[tuple[datetime.datetime, str, str], list[int]] = defaultdict(list)
    for mail in undone.only("occasion", "recipient"):
        row = planned[mail.occasion]
        alike[(row.due_at, row.language, row.counter)].append(mail.pk)
        if mail.recipient != row.recipient:
            redirect_mail(mail=mail, recipient=row.recipient)
    # A list has few different moments: a statement for each is much less work than a value per row.
    for (due_at, language, counter), found in alike.items():
        OutgoingMail.objects.filter(pk__in=found).update(
            state=MailState.QUEUED, reason="", due_at=due_at, language=language, counter=counter, purged_at=None
        )
