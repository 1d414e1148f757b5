"""Plain helpers that make rows for tests. They work as the owner; product code under test does not."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings

from surveys.domain.personal_link import personal_token
from surveys.enums import CampaignState
from surveys.models import (
    Campaign,
    Employee,
    Invitation,
    PopulationMember,
    Response,
    SurveyWeek,
    TravelProfile,
)
from wpm_platform import clock
from wpm_platform.organisations.domain.member_link import member_token
from wpm_platform.organisations.enums import ApiScope, MemberRole
from wpm_platform.organisations.models import (
    ApiKey,
    AuditEvent,
    LegalEntity,
    Membership,
    MembershipInvitation,
    Organisation,
    Site,
    User,
)
from wpm_platform.organisations.services.api_keys import create_api_key
from wpm_platform.scoping import Role, organisation_scope

AMSTERDAM = datetime.timezone(datetime.timedelta(hours=1))
MONDAY = datetime.date(2026, 3, 9)
NOW = datetime.datetime(2026, 3, 16, 9, 0, tzinfo=AMSTERDAM)
PASSWORD = "a-long-enough-password-for-tests"

_numbers = count(1)


@contextmanager
def as_owner(organisation: Organisation | None = None) -> Iterator[None]:
    """Work as the owner of the tables, beyond row-level security. Only for preparing and inspecting."""
    with organisation_scope(organisation or 0, role=Role.OWNER):
        yield


def make_organisation(*, name: str = "Voorbeeld Fietsfabriek", slug: str = "", **fields: Any) -> Organisation:
    number = next(_numbers)
    fields.setdefault("requires_second_factor", False)
    with as_owner():
        return Organisation.objects.create(name=name, slug=slug or f"voorbeeld-{number}", **fields)


def make_legal_entity(organisation: Organisation, *, kvk_number: str = "", name: str = "") -> LegalEntity:
    number = next(_numbers)
    with as_owner(organisation):
        return LegalEntity.objects.create(
            organisation=organisation,
            kvk_number=kvk_number or f"{90000000 + number}",
            name=name or "Voorbeeld B.V.",
        )


def make_site(organisation: Organisation, *, name: str = "", postcode: str = "") -> Site:
    with as_owner(organisation):
        return Site.objects.create(
            organisation=organisation, name=name or f"Vestiging {next(_numbers)}", postcode=postcode
        )


def make_user(*, email: str = "", name: str = "", password: str = PASSWORD) -> User:
    """A person whose e-mail address is verified, so that they can log in."""
    user = User.objects.create_user(
        email=email or f"hr{next(_numbers)}@voorbeeld.example", name=name, password=password
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_member(
    organisation: Organisation,
    *,
    role: str = MemberRole.HR_ADMIN,
    site: Site | None = None,
    user: User | None = None,
) -> User:
    user = user or make_user()
    with as_owner(organisation):
        Membership.objects.create(organisation=organisation, user=user, role=role, site=site)
    return user


def make_employee(organisation: Organisation, **fields: Any) -> Employee:
    """An employee who counts and is invited unless told otherwise: permanent, 160 hours a month."""
    number = next(_numbers)
    fields.setdefault("staff_number", f"{number:05d}")
    fields.setdefault("email", f"medewerker{number}@voorbeeld.example")
    fields.setdefault("monthly_hours", 160)
    fields.setdefault("contract_kind", "permanent")
    fields["legal_entity"] = fields.get("legal_entity") or _first_or_new(LegalEntity, organisation, make_legal_entity)
    fields["site"] = fields.get("site") or _first_or_new(Site, organisation, make_site)
    with as_owner(organisation):
        return Employee.objects.create(organisation=organisation, **fields)


def _first_or_new(model: Any, organisation: Organisation, make: Any) -> Any:
    with as_owner(organisation):
        first = model.objects.first()
    return first or make(organisation)


def make_campaign(organisation: Organisation, *, state: str = CampaignState.RUNNING, **fields: Any) -> Campaign:
    fields.setdefault("name", "Reisweek 2026")
    fields.setdefault("reporting_year", 2026)
    fields.setdefault("sender_name", "Voorbeeld Personeelszaken")
    fields.setdefault("reply_to", "hr@voorbeeld.example")
    fields.setdefault("created_at", NOW)
    if state != CampaignState.DRAFT:
        fields.setdefault("started_at", NOW)
    with as_owner(organisation):
        return Campaign.objects.create(organisation=organisation, state=state, **fields)


def make_week(campaign: Campaign, *, monday: datetime.date = MONDAY, **fields: Any) -> SurveyWeek:
    fields.setdefault("opens_at", NOW)
    fields.setdefault("closes_at", fields["opens_at"] + datetime.timedelta(days=14))
    with as_owner(campaign.organisation):
        return SurveyWeek.objects.create(organisation=campaign.organisation, campaign=campaign, monday=monday, **fields)


def make_invitation(week: SurveyWeek, employee: Employee, **fields: Any) -> Invitation:
    """An invited employee, in the campaign's frozen population too."""
    with as_owner(week.organisation):
        PopulationMember.objects.get_or_create(
            organisation=week.organisation,
            campaign=week.campaign,
            employee=employee,
            defaults={
                "legal_entity": employee.legal_entity,
                "site": employee.site,
                "department": employee.department,
                "is_invited": True,
            },
        )
        return Invitation.objects.create(
            organisation=week.organisation, campaign=week.campaign, week=week, employee=employee, **fields
        )


def personal_path(invitation: Invitation) -> str:
    with as_owner(invitation.organisation):
        number = invitation.link_number
    return f"/r/{personal_token(code=invitation.code, version=number, key=settings.LINK_KEY)}/"


def make_response(invitation: Invitation, *, one_way_metres: int = 10_000, **fields: Any) -> Response:
    """A submitted response without days; add those with `DayAnswer.objects.create` as the owner."""
    fields.setdefault("started_at", NOW)
    fields.setdefault("submitted_at", NOW)
    fields.setdefault("was_normal_week", True)
    employee = invitation.employee
    with as_owner(invitation.organisation):
        TravelProfile.objects.get_or_create(
            employee=employee,
            defaults={
                "organisation": invitation.organisation,
                "site": employee.site,
                "one_way_metres": one_way_metres,
                "updated_at": NOW,
            },
        )
        if fields["submitted_at"]:
            Invitation.objects.filter(pk=invitation.pk).update(answered_at=fields["submitted_at"])
        return Response.objects.create(
            organisation=invitation.organisation,
            invitation=invitation,
            employee=employee,
            campaign=invitation.campaign,
            week=invitation.week,
            legal_entity=employee.legal_entity,
            site=employee.site,
            department=employee.department,
            one_way_metres=one_way_metres,
            **fields,
        )


def make_api_key(organisation: Organisation, *, scopes: list[str] | None = None, **fields: Any) -> str:
    """The text of a key, as a system sends it; valid for ninety days from now unless told otherwise."""
    now = fields.pop("now", clock.now())
    fields.setdefault("expires_at", now + datetime.timedelta(days=90))
    with as_owner(organisation):
        key, text = create_api_key(
            organisation=organisation,
            actor=None,
            name="Voorbeeld salarissysteem",
            scopes=scopes or list(ApiScope.values),
            expires_at=fields.pop("expires_at"),
            now=now,
        )
        if fields:
            ApiKey.objects.filter(pk=key.pk).update(**fields)
    return text


def make_member_invitation(organisation: Organisation, **fields: Any) -> MembershipInvitation:
    """An open invitation of an HR admin; made without a mail."""
    fields.setdefault("email", f"genodigde{next(_numbers)}@voorbeeld.example")
    fields.setdefault("role", MemberRole.HR_ADMIN)
    fields.setdefault("expires_at", clock.now() + datetime.timedelta(days=14))
    with as_owner(organisation):
        return MembershipInvitation.objects.create(organisation=organisation, **fields)


def member_path(invitation: MembershipInvitation) -> str:
    return f"/invitation/{member_token(code=invitation.code, key=settings.LINK_KEY)}/"


def audited(organisation: Organisation) -> list[tuple[str, str]]:
    """(action, subject) of everything in the audit trail, the oldest first."""
    with as_owner(organisation):
        return list(AuditEvent.objects.order_by("pk").values_list("action", "subject"))
