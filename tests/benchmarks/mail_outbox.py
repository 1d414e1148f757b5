"""A campaign whose mails are due, laid straight into the tables: what a benchmark of sending begins with."""

import datetime

from django.db import connection
from django.db.models import Count
from django.db.models.functions import Mod
from django.utils import timezone

from surveys.domain.mail_kinds import INVITATION_MAIL, planned_occasion
from surveys.models import Campaign, Employee, Invitation, MailStep
from surveys.services.campaign_texts import add_default_texts
from tests.factories import as_owner, make_campaign, make_legal_entity, make_organisation, make_site, make_week
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.outbox import PlannedMail, plan_mails
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

BATCH = 2000
DOMAINS = 8
DUE = datetime.timedelta(minutes=1)


def make_due_invitations(*, slug: str, people: int) -> Organisation:
    """A running campaign with an invitation in the outbox, due now, for each of `people`."""
    now = timezone.now()
    organisation = make_organisation(slug=slug)
    legal_entity, site = make_legal_entity(organisation), make_site(organisation)
    campaign = make_campaign(organisation)
    week = make_week(campaign, opens_at=now - datetime.timedelta(hours=1))
    with as_owner(organisation):
        add_default_texts(campaign=campaign)
        MailStep.objects.create(
            organisation=organisation,
            campaign=campaign,
            week=week,
            kind="invitation",
            due_at=week.opens_at,
            expires_at=week.closes_at,
            state="released",
        )
        employees = Employee.objects.bulk_create(
            [
                Employee(
                    organisation=organisation,
                    legal_entity=legal_entity,
                    site=site,
                    staff_number=f"{number:06d}",
                    email=f"medewerker{number}@bedrijf{number % DOMAINS}.example",
                    monthly_hours=160,
                    contract_kind="permanent",
                )
                for number in range(people)
            ],
            batch_size=BATCH,
        )
        Invitation.objects.bulk_create(
            [Invitation(organisation=organisation, campaign=campaign, week=week, employee=each) for each in employees],
            batch_size=BATCH,
        )
    _plan(organisation, campaign, now=now)
    return organisation


def make_due_again(organisation: Organisation) -> None:
    """Put every mail of the organisation back into the queue, as new."""
    with as_owner(organisation):
        OutgoingMail.objects.filter(organisation=organisation).update(
            state="queued", attempts=0, claimed_at=None, sent_at=None, message_id="", subject="", body="", reason=""
        )
        Invitation.objects.filter(organisation=organisation).update(invited_at=None)
    clean_up()


def let_most_answer(organisation: Organisation) -> int:
    """Nine of ten answer: their mails are withdrawn once claimed. Returns how many answered."""
    with as_owner(organisation):
        asked = Invitation.objects.filter(organisation=organisation).annotate(tenth=Mod("pk", 10))
        count = asked.exclude(tenth=0).update(answered_at=timezone.now())
    clean_up()
    return count


def clean_up() -> None:
    """What autovacuum does within a minute; without it each run would find the dead rows of the one before."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute("VACUUM ANALYZE mailing_outgoingmail, surveys_invitation, surveys_employee")


def states(organisation: Organisation) -> dict[str, int]:
    with as_owner(organisation):
        found = OutgoingMail.objects.filter(organisation=organisation).values_list("state")
        return dict(found.annotate(count=Count("pk")).order_by("state"))


def _plan(organisation: Organisation, campaign: Campaign, *, now: datetime.datetime) -> None:
    with as_owner(organisation):
        rows = list(
            Invitation.objects.filter(campaign=campaign)
            .order_by("pk")
            .values_list("code", "employee__code", "employee__email")
        )
    with organisation_scope(organisation):
        plan_mails(
            organisation=organisation,
            mails=[
                PlannedMail(
                    kind=INVITATION_MAIL,
                    occasion=planned_occasion(kind=INVITATION_MAIL, number=0, invitation=code),
                    reference=code,
                    recipient=email,
                    language="nl",
                    due_at=now - DUE,
                    addressee=person,
                    counter=str(now.year),
                )
                for code, person, email in rows
            ],
        )
    clean_up()
