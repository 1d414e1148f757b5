"""Who can get a code on paper, and the lists of slips that were made."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from surveys.enums import CampaignState
from surveys.models import Campaign, Invitation, PaperCode, PaperList, SurveyWeek

OPEN_STATES = (CampaignState.RUNNING, CampaignState.PAUSED)


@dataclass(frozen=True, kw_only=True)
class PaperChoice:
    """For whom slips are made. site_id: None for every site. department: empty for every department."""

    site_id: int | None = None
    department: str = ""
    only_without_address: bool = True


def paper_week(*, campaign: Campaign, now: datetime.datetime) -> SurveyWeek | None:
    """The week that slips are printed for: the first that does not close before `now`; None when it is too late."""
    if campaign.state not in OPEN_STATES:
        return None
    weeks = SurveyWeek.objects.filter(organisation=campaign.organisation_id, campaign=campaign, closes_at__gt=now)
    return weeks.order_by("monday").first()


def people_for_paper(*, week: SurveyWeek, choice: PaperChoice) -> QuerySet[Invitation]:
    """Invitations of the week that still wait for an answer, in the order in which slips are handed out."""
    asked = Invitation.objects.filter(
        organisation=week.organisation_id,
        week=week,
        answered_at__isnull=True,
        withdrawn_at__isnull=True,
        employee__left_at__isnull=True,
    )
    if choice.site_id is not None:
        asked = asked.filter(employee__site=choice.site_id)
    if choice.department:
        asked = asked.filter(employee__department=choice.department)
    if choice.only_without_address:
        asked = asked.filter(employee__email="")
    order = ("employee__site__name", "employee__department", "employee__staff_number", "pk")
    return asked.select_related("employee", "employee__site").order_by(*order)


def without_slip(*, week: SurveyWeek) -> int:
    """How many people without an e-mail address wait for their first slip."""
    return people_for_paper(week=week, choice=PaperChoice()).filter(paper_code__isnull=True).count()


def paper_lists(*, campaign: Campaign) -> QuerySet[PaperList]:
    """Lists that hold codes still, latest first, with `people` and how many of them `answered`.

    A list whose people all got newer slips is empty, and no longer shown.
    """
    return (
        PaperList.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
        .annotate(
            people=Count("codes"),
            answered=Count("codes", filter=Q(codes__invitation__answered_at__isnull=False)),
        )
        .filter(people__gt=0)
    )


def paper_list_by_code(*, campaign: Campaign, code: UUID) -> PaperList | None:
    return PaperList.objects.filter(organisation=campaign.organisation_id, campaign=campaign, code=code).first()


def codes_of_list(*, paper_list: PaperList) -> QuerySet[PaperCode]:
    """Everybody on a list, with their invitation; of the code itself nothing that opens anything."""
    codes = PaperCode.objects.filter(organisation=paper_list.organisation_id, paper_list=paper_list)
    order = ("invitation__employee__department", "invitation__employee__staff_number", "pk")
    return codes.select_related("invitation__employee__site").defer("secret_hash").order_by(*order)


def paper_departments(*, campaign: Campaign) -> list[str]:
    """The departments of the people who were invited, by name."""
    invited = Invitation.objects.filter(organisation=campaign.organisation_id, campaign=campaign)
    names = invited.exclude(employee__department="").values_list("employee__department", flat=True)
    return sorted(set(names))
