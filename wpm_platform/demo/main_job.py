"""The main job through the product's services: staff file, campaign with its mails, report.

What employees do goes over HTTP (`answering`); what the site does by itself is left to its worker and beat.
"""

import datetime
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import F

from reporting.domain.report_inputs import ManualTotal
from reporting.domain.rvo import FORM_CELLS, RvoBlock, RvoLine
from reporting.models import ReportVersion
from reporting.selectors.plausibility import answered_findings
from reporting.services.entered_totals import enter_business_totals
from reporting.services.files import version_file
from reporting.services.filing import freeze_report
from reporting.services.report_versions import build_report
from reporting.services.reports import open_report
from surveys.domain.calendar import working_days_after
from surveys.domain.campaign_plan import CampaignPlan
from surveys.domain.mail_steps import ANNOUNCED_WORKING_DAYS_BEFORE
from surveys.enums import ImportState
from surveys.models import Campaign, Invitation, MailStep, StaffImport, SurveyWeek
from surveys.services.campaign_start import start_campaign
from surveys.services.campaign_states import close_campaign
from surveys.services.campaigns import CampaignDetails, create_campaign
from surveys.services.staff_import import choose_mapping, confirm_staff_import, upload_staff_file
from wpm_platform import clock
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import LegalEntity, Organisation, User
from wpm_platform.organisations.services.founding import create_organisation
from wpm_platform.organisations.services.joining import accept_as_new_person
from wpm_platform.owner import owner_connection
from wpm_platform.scoping import Role, organisation_scope

PATIENCE_SECONDS = 240
MADE_UP = "Dit cijfer hoort bij de verzonnen gegevens van deze demonstratie."
EXPORTS = ("xlsx", "csv", "json", "pdf", "zip")
# Made-up business travel; every other cell of blocks 1 to 3 is entered as zero.
BUSINESS: dict[tuple[RvoBlock, RvoLine], int | Decimal] = {
    (RvoBlock.FLEET, RvoLine.CAR_DIESEL): 96_400,
    (RvoBlock.FLEET, RvoLine.CAR_ELECTRIC): 212_750,
    (RvoBlock.MOBILITY_SERVICE, RvoLine.PUBLIC_TRANSPORT): 38_120,
    (RvoBlock.EXPENSE_CLAIM, RvoLine.CAR_PETROL): 41_300,
    (RvoBlock.EXPENSE_CLAIM, RvoLine.PUBLIC_TRANSPORT): Decimal("2875.40"),
}
Found = TypeVar("Found")


class TookTooLong(RuntimeError):
    """The site's worker did not finish something in time; its log says why."""


@dataclass(frozen=True, kw_only=True)
class Employer:
    """A made-up customer: its organisation, and the owner who does the work."""

    organisation: Organisation
    owner: User


def found_employer(*, name: str, slug: str, kvk_number: str, email: str, password: str) -> Employer:
    """A new customer with an owner who can log in with a password alone, as nobody has a phone here."""
    now = clock.now()
    with owner_connection():
        invitation = create_organisation(
            name=name, slug=slug, kvk_number=kvk_number, owner_email=email, language="nl", now=now
        )
        organisation = invitation.organisation
        organisation.requires_second_factor = False
        organisation.contact_name = "Personeelszaken"
        organisation.contact_email = email
        organisation.save()
        with organisation_scope(organisation, role=Role.OWNER):
            owner = accept_as_new_person(
                organisation=organisation,
                code=invitation.code,
                name="Personeelszaken",
                password=password,
                language="nl",
                now=now,
            )
    return Employer(organisation=organisation, owner=owner)


def import_staff(employer: Employer, path: Path) -> dict[str, Any]:
    """Upload, check and apply a staff file, skipping rows with errors. Returns the outcome's counts."""
    organisation, owner = employer.organisation, employer.owner
    with organisation_scope(organisation):
        staff_import = upload_staff_file(
            organisation=organisation, actor=owner, filename=path.name, content=path.read_bytes(), now=clock.now()
        )
        choose_mapping(
            staff_import=staff_import,
            mapping=staff_import.mapping,
            legal_entity=LegalEntity.objects.get(organisation=organisation),
        )
    _wait_for_import(staff_import, ImportState.CHECKED)
    with organisation_scope(organisation):
        confirm_staff_import(staff_import=staff_import, actor=owner, skips_wrong_rows=True, now=clock.now())
    return _wait_for_import(staff_import, ImportState.APPLIED).outcome


def start_survey(employer: Employer, *, name: str, has_reminders: bool = True) -> Campaign:
    """Ask about the last week but one. Returns the running campaign; its announcement leaves tomorrow or later."""
    organisation, owner, now, today = employer.organisation, employer.owner, clock.now(), clock.today()
    monday = surveyed_monday(today)
    with organisation_scope(organisation):
        campaign = create_campaign(
            organisation=organisation,
            actor=owner,
            now=now,
            plan=CampaignPlan(
                kind="one_week",
                reporting_year=monday.year,
                mondays=(monday,),
                opens_on=working_days_after(today, days=ANNOUNCED_WORKING_DAYS_BEFORE + 1),
            ),
            details=CampaignDetails(
                name=name, sender_name="Personeelszaken", reply_to=owner.email, has_reminders=has_reminders
            ),
        )
        return start_campaign(organisation=organisation, actor=owner, now=now, today=today, campaign=campaign)


def surveyed_monday(today: datetime.date) -> datetime.date:
    """The Monday of the last week but one that lies in one calendar year."""
    monday = today - datetime.timedelta(days=today.weekday() + 14)
    while monday.year != (monday + datetime.timedelta(days=6)).year:
        monday -= datetime.timedelta(days=7)
    return monday


def wait_for_mails(employer: Employer, *, kind: str, count: int | None = None) -> int:
    """Wait until all mails of a kind have left, at least one of them or `count`. Returns how many were sent."""

    def sent() -> int | None:
        with organisation_scope(employer.organisation):
            mails = OutgoingMail.objects.filter(organisation=employer.organisation, kind=kind)
            done = mails.filter(state=MailState.SENT).count()
            waits = mails.filter(state__in=[MailState.QUEUED, MailState.INFLIGHT, MailState.AWAITING_RETRY]).exists()
        return done if not waits and done >= (count or 1) else None

    return _wait_until(sent, what=f"mails of kind {kind}")


def invited_count(employer: Employer, campaign: Campaign) -> int:
    """How many people the campaign invites."""
    with organisation_scope(employer.organisation):
        return Invitation.objects.filter(organisation=employer.organisation, campaign=campaign).count()


def let_time_pass_until(employer: Employer, campaign: Campaign, *, kind: str, number: int = 0) -> int:
    """Move all moments of the campaign into the past, so that a mail of its plan is due now. The demo's clock.

    Returns how many days went by.
    """
    with owner_connection(), organisation_scope(employer.organisation, role=Role.OWNER):
        Campaign.objects.select_for_update().get(pk=campaign.pk)
        step = MailStep.objects.get(campaign=campaign, kind=kind, number=number)
        passed = step.due_at - clock.now()
        MailStep.objects.filter(campaign=campaign).update(
            due_at=F("due_at") - passed, expires_at=F("expires_at") - passed
        )
        SurveyWeek.objects.filter(campaign=campaign).update(
            opens_at=F("opens_at") - passed, closes_at=F("closes_at") - passed
        )
        asked = Invitation.objects.filter(campaign=campaign)
        asked.update(invited_at=F("invited_at") - passed)
        OutgoingMail.objects.filter(reference__in=asked.values("code")).update(
            due_at=F("due_at") - passed, sent_at=F("sent_at") - passed
        )
    return round(passed / datetime.timedelta(days=1))


def compute_report(employer: Employer, campaign: Campaign) -> ReportVersion:
    """Close the survey and compute the draft of its year's report."""
    organisation, owner, now = employer.organisation, employer.owner, clock.now()
    with organisation_scope(organisation):
        close_campaign(organisation=organisation, actor=owner, now=now, campaign=campaign)
        report = open_report(
            organisation=organisation,
            actor=owner,
            now=now,
            legal_entity=LegalEntity.objects.get(organisation=organisation),
            reporting_year=campaign.reporting_year,
        )
        return build_report(organisation=organisation, actor=owner, now=now, report=report)


def freeze_with_business_travel(employer: Employer, draft: ReportVersion) -> ReportVersion:
    """Enter made-up business travel, and freeze the report with an answer to whatever stands out of it."""
    organisation, owner, now = employer.organisation, employer.owner, clock.now()
    totals = [
        ManualTotal(block=block, line=line, value=BUSINESS.get((block, line), 0), note="")
        for block, line in FORM_CELLS
        if block is not RvoBlock.COMMUTE
    ]
    with organisation_scope(organisation):
        enter_business_totals(organisation=organisation, actor=owner, now=now, report=draft.report, totals=totals)
        version = build_report(organisation=organisation, actor=owner, now=now, report=draft.report)
        found = answered_findings(organisation=organisation, report=draft.report, version=version)
        reasons = {row.finding.fingerprint: MADE_UP for row in found}
        return freeze_report(organisation=organisation, actor=owner, now=now, report=draft.report, reasons=reasons)


def write_exports(employer: Employer, version: ReportVersion, folder: Path) -> list[Path]:
    """Write the report's files into `folder`."""
    paths = []
    with organisation_scope(employer.organisation):
        for file_format in EXPORTS:
            file = version_file(version, file_format=file_format)
            path = folder / file.name
            path.write_bytes(file.content)
            paths.append(path)
    return paths


def _wait_for_import(staff_import: StaffImport, state: ImportState) -> StaffImport:
    def reached() -> StaffImport | None:
        with organisation_scope(staff_import.organisation_id):
            found: StaffImport = StaffImport.objects.defer("content").get(pk=staff_import.pk)
        if found.state == ImportState.FAILED:
            raise TookTooLong(f"the staff import failed: {found.failure}")
        return found if found.state == state else None

    return _wait_until(reached, what=f"staff import to be {state}")


def _wait_until(condition: Callable[[], Found | None], *, what: str) -> Found:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = condition()
        if found is not None:
            return found
        time.sleep(0.2)
    raise TookTooLong(f"waited {PATIENCE_SECONDS} seconds for the {what}")
