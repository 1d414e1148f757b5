"""The employer of the run: a campaign that invites and reminds, and a look at its outbox."""

import datetime
import random

from django.core.management import call_command
from django.db import connection
from django.db.models import Q

from surveys.models import Employee, Invitation, MailStep
from tests.benchmarks.kill_mail.tally import UNSETTLED, Row
from tests.factories import as_owner, make_legal_entity, make_organisation, make_site
from tests.surveys.campaigns import local, make_started
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

INVITED_AT = local("2026-03-16", "09:05")
REMINDED_AT = local("2026-03-18", "09:05")
DOMAINS = 4
BATCH = 2000


def make_world(*, people: int) -> Organisation:
    """A running campaign on a new database: invitations leave on 16 March 2026, the first reminder on the 18th."""
    migrate()
    organisation = make_organisation(slug="kill-mail")
    make_people(organisation, count=people)
    make_started(organisation)
    return organisation


def migrate() -> None:
    """The tables, made by the connected owner; from then on this process works under the application's role."""
    options = connection.settings_dict["OPTIONS"]
    role = options.pop("assume_role", None)
    connection.close()
    call_command("migrate", verbosity=0)
    if role:
        options["assume_role"] = role
    connection.close()


def make_people(organisation: Organisation, *, count: int) -> None:
    """Permanent employees with an address each, at a handful of domains."""
    legal_entity, site = make_legal_entity(organisation), make_site(organisation)
    with as_owner(organisation):
        Employee.objects.bulk_create(
            (
                Employee(
                    organisation=organisation,
                    legal_entity=legal_entity,
                    site=site,
                    staff_number=f"{number:05d}",
                    email=f"medewerker{number}@vestiging{number % DOMAINS}.voorbeeld.example",
                    monthly_hours=160,
                    contract_kind="permanent",
                )
                for number in range(count)
            ),
            batch_size=BATCH,
        )


def addresses(organisation: Organisation) -> list[str]:
    with as_owner(organisation):
        return list(Employee.objects.filter(organisation=organisation).values_list("email", flat=True))


def outbox(organisation: Organisation) -> list[Row]:
    with as_owner(organisation):
        found = OutgoingMail.objects.filter(organisation=organisation).values_list(
            "kind", "recipient", "message_id", "state", "reason"
        )
        return [
            Row(kind=kind.removeprefix("surveys."), recipient=recipient, message_id=message_id, state=state, reason=why)
            for kind, recipient, message_id, state, why in found
        ]


def unsettled(organisation: Organisation, *, kind: str) -> int:
    """Mails of this kind that wait or are on their way."""
    with as_owner(organisation):
        return OutgoingMail.objects.filter(
            organisation=organisation,
            kind=f"surveys.{kind}",
            state__in=UNSETTLED,
        ).count()


def waits_for_later(organisation: Organisation, *, now: datetime.datetime) -> bool:
    """Whether mails wait, all of them for a later moment: nothing is due, and nothing is on its way."""
    with as_owner(organisation):
        mails = OutgoingMail.objects.filter(
            organisation=organisation, state__in=["queued", "inflight", "awaiting_retry"]
        )
        is_busy = mails.filter(Q(state="inflight") | Q(due_at__lte=now)).exists()
        return not is_busy and mails.exists()


def is_prepared(organisation: Organisation, *, kind: str) -> bool:
    """Whether the list of the first mail of this kind was made, and its mails stand in the outbox."""
    with as_owner(organisation):
        first = MailStep.objects.filter(organisation=organisation, kind=kind).earliest("due_at")
        return first.state in ("prepared", "released")


def let_some_answer(organisation: Organisation, *, count: int, seed: int, at: datetime.datetime) -> None:
    """People answer whose reminder stands at the end of the queue: it must not leave any more."""
    with as_owner(organisation):
        last = OutgoingMail.objects.filter(organisation=organisation, kind="surveys.reminder", state="queued")
        codes = list(last.order_by("-due_at", "-pk").values_list("reference", flat=True)[: 5 * count])
        chosen = random.Random(f"answers {seed}").sample(codes, min(count, len(codes)))
        Invitation.objects.filter(organisation=organisation, code__in=chosen).update(answered_at=at)
