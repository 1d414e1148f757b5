"""One organisation with a row of everything, and the address of every console page in it."""

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from reporting.models import EstimationResult, EstimationRun, FindingAnswer, KeptSurvey, ParameterOverride, Report
from reporting.models.estimation_prior import PriorConsent, PriorOfOthers
from surveys.models import (
    BatchLine,
    Campaign,
    CampaignText,
    CampaignTotals,
    FollowUp,
    FollowUpAnswer,
    FollowUpQuestion,
    ForgetRequest,
    Invitation,
    MailBatch,
    MailStep,
    PaperCode,
    PaperList,
    PatternChange,
    PersonRead,
    PublishedResult,
    Response,
    RetentionHold,
    RetentionPlan,
    RetentionRun,
    SurveyWeek,
    VehicleFacts,
    WorkPattern,
)
from tests.factories import (
    NOW,
    as_owner,
    make_api_key,
    make_campaign,
    make_employee,
    make_invitation,
    make_legal_entity,
    make_member,
    make_member_invitation,
    make_organisation,
    make_response,
    make_site,
    make_week,
)
from tests.reporting.business_imports import make_business_file
from tests.reporting.domain.estimation.surveyed import made_up_card, made_up_estimate
from tests.reporting.report_rows import freeze, make_report
from tests.surveys.staff_imports import checked
from wpm_platform import clock
from wpm_platform.mailing.models import AddressStop, MailEvent, OutgoingMail
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import ApiKey, LegalEntity, Membership, Organisation, User


@dataclass(frozen=True, kw_only=True)
class World:
    organisation: Organisation
    people: dict[str, User]
    codes: dict[str, UUID]
    invitation: Invitation
    response: Response
    key: str

    def arguments(self, route: str) -> dict[str, Any]:
        """What fills the parts of a route's address, so that it names something that exists."""
        known: dict[str, Any] = {
            "slug": self.organisation.slug,
            "language": "nl",
            "kind": "invitation",
            "reason": "agency_clause",
            "year": 2025,
            "number": 1,
            "block": "commute",
            "travel_block": "fleet",
            "line": "car_petrol",
            "file_format": "json",
            "invitation": self.invitation.code,
        }
        known |= {"step": self.codes["mail_step"], "batch": self.codes["mail_batch"]}
        known |= {"file": self.codes["business_file"]}
        known |= {"run": self.codes["estimation_done"]}
        known |= {"paper_list": self.codes["paper_list"]}
        if route == "report_years_export":
            known["file_format"] = "csv"
        subject = max((name for name in self.codes if route.startswith(name)), key=len, default="")
        return known | {"code": self.codes.get(subject)}

    def address(self, route: str) -> str:
        asked = CONSOLE_ROUTES[route]
        return reverse(route, kwargs={name: self.arguments(route)[name] for name in asked})


def make_world(**fields: Any) -> World:
    organisation = make_organisation(**fields)
    entity, site = make_legal_entity(organisation), make_site(organisation)
    people = {
        role: make_member(organisation, role=role, site=site if role == MemberRole.SITE_LEAD else None)
        for role in MemberRole.values
    }
    member_invitation = make_member_invitation(organisation)
    key = make_api_key(organisation)
    report = make_report(organisation=organisation)
    freeze(report)
    employees = [make_employee(organisation, legal_entity=entity, site=site, department="Werkplaats") for _ in range(6)]
    campaign = make_campaign(organisation)
    draft = make_campaign(organisation, state="draft", name="Concept")
    make_week(draft, monday=datetime.date(2026, 3, 16))
    # Open at this very moment, so that personal links open their pages.
    week = make_week(campaign, opens_at=clock.now() - datetime.timedelta(days=1))
    invitations = [make_invitation(week, employee) for employee in employees]
    response = make_response(invitations[0])
    staff_import = checked(organisation, legal_entity=entity, marks_leavers=False)
    with as_owner(organisation):
        VehicleFacts.objects.create(organisation=organisation, employee=employees[0], mode="car", fuel="petrol")
        CampaignText.objects.create(
            organisation=organisation, campaign=campaign, language="nl", kind="invitation", subject="x", body="{link}"
        )
        ParameterOverride.objects.create(
            organisation=organisation, reporting_year=2001, name="x", value="1", source="x", set_at=NOW
        )
        FindingAnswer.objects.create(
            organisation=organisation, report=report, finding="x", fingerprint="0" * 64, reason="x", answered_at=NOW
        )
        run = EstimationRun.objects.create(
            organisation=organisation, report=report, campaign=campaign, method_version="1", requested_at=NOW
        )
        EstimationResult.objects.create(organisation=organisation, run=run, estimate={}, computed_at=NOW)
        done = make_done_estimation(report, campaign)
        PriorConsent.objects.create(organisation=organisation, given_at=NOW)
        PriorOfOthers.objects.create(organisation=organisation, pooled_at=NOW)
        mail = OutgoingMail.objects.create(
            organisation=organisation,
            kind="surveys.invitation",
            occasion="invitation:x",
            reference=invitations[1].code,
            recipient="x@voorbeeld.example",
            state="failed",
            due_at=NOW,
        )
        batch = make_mail_plan(week, invitations[1])
        make_return(mail)
        paper_code = make_paper_code(invitations[2])
        pattern_change = make_pattern_change(organisation)
        PublishedResult.objects.create(organisation=organisation, campaign=draft, figures={}, published_at=NOW)
        PersonRead.objects.create(
            organisation=organisation,
            employee=employees[0],
            reader=None,
            key_name="x",
            page="api_staff",
            read_at=NOW,
            hour=NOW,
        )
        make_retention(campaign, invitations[3])
        codes = {
            "campaign": campaign.code,
            "mail_step": batch.step.code,
            "mail_batch": batch.code,
            "paper_list": paper_code.paper_list.code,
            "report": report.code,
            "report_years": entity.code,
            "estimation_done": done.code,
            "business_file": make_business_file(report).code,
            "staff": employees[0].code,
            "staff_import": staff_import.code,
            "staff_pattern": pattern_change.pattern.code,
            "staff_pattern_undo": pattern_change.code,
            "settings_legal_entity": entity.code,
            "settings_site": site.code,
            "settings_member": Membership.objects.get(user=people[MemberRole.READER]).code,
            "settings_member_withdraw": member_invitation.code,
            "settings_api_key": ApiKey.objects.get().code,
        }
    return World(
        organisation=organisation,
        people=people,
        codes=codes,
        invitation=invitations[1],
        response=response,
        key=key,
    )


def make_done_estimation(report: Report, campaign: Campaign) -> EstimationRun:
    """A finished estimation with the model card of another, made-up survey."""
    run = EstimationRun.objects.create(
        organisation=report.organisation,
        report=report,
        campaign=campaign,
        method_version="1",
        state="done",
        requested_at=NOW,
        finished_at=NOW,
    )
    EstimationResult.objects.create(
        organisation=report.organisation, run=run, estimate=made_up_estimate(), card=made_up_card(), computed_at=NOW
    )
    return run


def make_follow_up(campaign: Campaign, invitation: Invitation) -> None:
    """One of the silent was asked one question, and answered."""
    row: dict[str, Any] = {"organisation": campaign.organisation}
    asked = FollowUp.objects.create(**row, campaign=campaign, size=10, silent=10, asked_at=NOW, closes_at=NOW)
    person = {"employee": invitation.employee}
    question = FollowUpQuestion.objects.create(**row, **person, follow_up=asked, invitation=invitation)
    FollowUpAnswer.objects.create(**row, **person, question=question, usual_mode="car", answered_at=NOW)


def make_retention(campaign: Campaign, invitation: Invitation) -> None:
    """A row of everything that retention keeps, about a campaign that is not due."""
    row: dict[str, Any] = {"organisation": campaign.organisation, "campaign": campaign}
    RetentionPlan.objects.create(**row, months=12)
    RetentionHold.objects.create(**row, reason="x", placed_at=NOW)
    RetentionRun.objects.create(**row, months=12, planned_on=NOW.date(), announced_at=NOW, started_at=NOW)
    CampaignTotals.objects.create(**row, kept_at=NOW)
    ForgetRequest.objects.create(
        organisation=campaign.organisation, invitation=invitation, employee=invitation.employee, requested_at=NOW
    )
    make_follow_up(campaign, invitation)
    entity = LegalEntity.objects.first()
    KeptSurvey.objects.create(**row, legal_entity=entity, kept_at=NOW, sums={})


def make_mail_plan(week: SurveyWeek, invitation: Invitation) -> MailBatch:
    """A step of the plan with its frozen list of one person."""
    organisation = week.organisation
    step = MailStep.objects.create(
        organisation=organisation,
        campaign=week.campaign,
        week=week,
        kind="invitation",
        due_at=NOW,
        expires_at=NOW + datetime.timedelta(days=3),
        state="released",
    )
    batch = MailBatch.objects.create(organisation=organisation, step=step, prepared_at=NOW, releases_at=NOW)
    BatchLine.objects.create(
        organisation=organisation,
        batch=batch,
        employee=invitation.employee,
        invitation=invitation,
        language="nl",
        due_at=NOW,
    )
    return batch


def make_pattern_change(organisation: Organisation) -> PatternChange:
    """A work pattern that was given to a group, a moment ago."""
    pattern = WorkPattern.objects.create(
        organisation=organisation,
        name="Vroege dienst",
        starts_on=datetime.date(2026, 3, 9),
        weeks=[["06:00"] * 5 + [None] * 2],
    )
    return PatternChange.objects.create(
        organisation=organisation, pattern=pattern, name=pattern.name, people=0, made_at=clock.now()
    )


def make_paper_code(invitation: Invitation) -> PaperCode:
    """A slip for one person, on a list of its own."""
    paper_list = PaperList.objects.create(
        organisation=invitation.organisation, campaign=invitation.campaign, name="Magazijn", created_at=NOW
    )
    return PaperCode.objects.create(
        organisation=invitation.organisation,
        paper_list=paper_list,
        invitation=invitation,
        lookup="AB34",
        secret_hash="x",
        created_at=NOW,
    )


def make_return(mail: OutgoingMail) -> None:
    """A bounce of the mail, and its address stopped for it."""
    MailEvent.objects.create(
        organisation=mail.organisation,
        mail=mail,
        kind="hard_bounce",
        source="smtp",
        happened_at=NOW,
        event_key=f"smtp:{mail.code}",
    )
    AddressStop.objects.create(
        organisation=mail.organisation, address_hash="0" * 64, kind="hard_bounce", stopped_at=NOW
    )


def console_routes() -> dict[str, tuple[str, ...]]:
    """Name → the parts of the address, of every page under `/o/<slug>/`."""
    (console,) = (p for p in get_resolver().url_patterns if str(p.pattern).startswith("o/<slug"))
    return {p.name: tuple(console.pattern.converters | p.pattern.converters) for p in _pages(console)}


def console_views() -> dict[str, Any]:
    (console,) = (p for p in get_resolver().url_patterns if str(p.pattern).startswith("o/<slug"))
    return {p.name: p.callback for p in _pages(console)}


def _pages(resolver: URLResolver) -> list[URLPattern]:
    pages = []
    for pattern in resolver.url_patterns:
        pages += _pages(pattern) if isinstance(pattern, URLResolver) else [pattern]
    return pages


CONSOLE_ROUTES = console_routes()
