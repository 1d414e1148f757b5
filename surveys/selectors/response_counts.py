"""How many have answered: of the whole organisation, per week, and per site and department without names."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q

from surveys.domain.crossing_groups import shielded_beside
from surveys.domain.small_groups import GroupCount, ShieldedCounts, in_steps, shielded_counts
from surveys.enums import CampaignState
from surveys.models import Campaign, PopulationMember, SurveyWeek
from surveys.selectors.kept_totals import kept_people, shielded_from_json
from wpm_platform.organisations.models import Organisation, Site

NO_GROUPS = ShieldedCounts(shown=(), rest=None, hidden_groups=0)


@dataclass(frozen=True, kw_only=True)
class ResponseCounts:
    """Invitations and answers; in a weekly panel a person counts once per week.

    people: how many different persons were invited. sites, departments: groups of five people and more,
    the others together as a rest; nor do sites and departments together give away fewer than five. While the
    campaign is open their answers are rounded down to fives (`has_exact_groups` is false). The total is exact.
    """

    people: int
    invited: int
    answered: int
    has_exact_groups: bool
    sites: ShieldedCounts
    departments: ShieldedCounts

    @property
    def percentage(self) -> int | None:
        """Answers per hundred invitations, rounded down; None before anybody is invited."""
        return self.answered * 100 // self.invited if self.invited else None


@dataclass(frozen=True, kw_only=True)
class WeekCounts:
    """Invitations and answers of one surveyed week."""

    week: SurveyWeek
    invited: int
    answered: int


def response_counts(
    *,
    organisation: Organisation,
    campaign: Campaign,
    site_id: int | None = None,
    opened_by: datetime.datetime | None = None,
) -> ResponseCounts:
    """The response of a campaign; with `opened_by` of the weeks only that had opened by then (a panel).

    With `site_id` (a site lead) that site's total only, without groups. Such a site of
    fewer than five people has no figures: invited and answered are 0.
    """
    rows = _rows(organisation=organisation, campaign=campaign, site_id=site_id, opened_by=opened_by)
    kept = None if rows else kept_people(campaign)
    if kept is not None:
        return _kept_counts(kept["response"], site_id=site_id)
    is_exact = campaign.state == CampaignState.CLOSED
    total = _group("", rows)
    if site_id is not None:
        return _of_one_site(total, is_exact=is_exact)
    sites = shielded_counts(_groups(rows, name=lambda row: row["site_name"]))
    departments = shielded_beside(
        _groups(rows, name=lambda row: row["department"]),
        beside=sites,
        people={(row["site_name"], row["department"]): row["people"] for row in rows},
    )
    return ResponseCounts(
        people=total.people,
        invited=total.invited,
        answered=total.answered,
        has_exact_groups=is_exact,
        sites=sites if is_exact else _rounded(sites),
        departments=departments if is_exact else _rounded(departments),
    )


def week_counts(*, organisation: Organisation, campaign: Campaign) -> list[WeekCounts]:
    """The response per surveyed week, of the whole organisation."""
    valid = Q(invitations__withdrawn_at__isnull=True)
    kept = (kept_people(campaign) or {}).get("weeks", {})
    weeks = SurveyWeek.objects.filter(organisation=organisation, campaign=campaign).annotate(
        invited_count=Count("invitations", filter=valid),
        answered_count=Count("invitations", filter=valid & Q(invitations__answered_at__isnull=False)),
    )
    return [
        WeekCounts(
            week=week,
            invited=kept.get(str(week.code), {}).get("invited", week.invited_count),
            answered=kept.get(str(week.code), {}).get("answered", week.answered_count),
        )
        for week in weeks.order_by("monday")
    ]


def _rows(
    *, organisation: Organisation, campaign: Campaign, site_id: int | None, opened_by: datetime.datetime | None
) -> list[dict[str, Any]]:
    """Counts per site and department together, in one query; as the staff list was at the start."""
    members = PopulationMember.objects.filter(organisation=organisation, campaign=campaign, is_invited=True)
    if site_id is not None:
        members = members.filter(site=site_id)
    valid = Q(employee__invitations__campaign=campaign, employee__invitations__withdrawn_at__isnull=True)
    if opened_by is not None:
        opened = SurveyWeek.objects.filter(organisation=organisation, campaign=campaign, opens_at__lte=opened_by)
        # An empty list would make the whole query empty, people included.
        valid &= Q(employee__invitations__week__in=list(opened.values_list("pk", flat=True)) or [0])
    asked = FilteredRelation("employee__invitations", condition=valid)
    counts = (
        members.annotate(asked=asked, site_name=F("site__name"))
        .values("site_name", "department")
        .annotate(
            people=Count("employee", distinct=True),
            invited=Count("asked"),
            answered=Count("asked", filter=Q(asked__answered_at__isnull=False)),
        )
        .order_by("site_name", "department")
    )
    return [dict(row) for row in counts]


def _kept_counts(kept: dict[str, Any], *, site_id: int | None) -> ResponseCounts:
    """As kept when the rows about persons went; of one site what was shown of it then."""
    sites = shielded_from_json(kept["sites"])
    if site_id is not None:
        name = Site.objects.values_list("name", flat=True).get(pk=site_id)
        group = next((site for site in sites.shown if site.name == name), None)
        return _of_one_site(group or _group("", ()), is_exact=True)
    return ResponseCounts(
        people=kept["people"],
        invited=kept["invited"],
        answered=kept["answered"],
        has_exact_groups=True,
        sites=sites,
        departments=shielded_from_json(kept["departments"]),
    )


def _groups(rows: list[dict[str, Any]], *, name: Callable[[dict[str, Any]], str]) -> list[GroupCount]:
    return [_group(label, [row for row in rows if name(row) == label]) for label in dict.fromkeys(map(name, rows))]


def _rounded(found: ShieldedCounts) -> ShieldedCounts:
    return ShieldedCounts(
        shown=tuple(_in_steps(group) for group in found.shown),
        rest=_in_steps(found.rest) if found.rest else None,
        hidden_groups=found.hidden_groups,
    )


def _group(name: str, rows: Iterable[dict[str, Any]]) -> GroupCount:
    rows = list(rows)
    return GroupCount(
        name=name,
        people=sum(row["people"] for row in rows),
        invited=sum(row["invited"] for row in rows),
        answered=sum(row["answered"] for row in rows),
    )


def _in_steps(group: GroupCount) -> GroupCount:
    return GroupCount(name=group.name, people=group.people, invited=group.invited, answered=in_steps(group.answered))


def _of_one_site(total: GroupCount, *, is_exact: bool) -> ResponseCounts:
    found = shielded_counts([total])
    shown = found.shown[0] if found.shown else GroupCount(name="", people=0, invited=0, answered=0)
    shown = shown if is_exact else _in_steps(shown)
    return ResponseCounts(
        people=shown.people,
        invited=shown.invited,
        answered=shown.answered,
        has_exact_groups=is_exact,
        sites=NO_GROUPS,
        departments=NO_GROUPS,
    )
