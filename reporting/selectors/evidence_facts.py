"""What the evidence tells beside the figures: counts that will be gone one day, read when a report is frozen.

All of it is about groups of five and more or a whole legal entity; it leaves the organisation as it stands here.
"""

from collections import Counter
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, QuerySet

from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ReportInputs
from reporting.domain.rvo import FUELLED_MODES, Fuel, RvoLine
from reporting.domain.shielded import shielded_reasons, shielded_sites, shown_people
from reporting.models import Report
from reporting.selectors.headcount import staff_headcount
from reporting.selectors.response import response_figures
from reporting.selectors.survey import USED_DAYS
from surveys.domain.small_groups import GroupCount
from surveys.models import Campaign, Invitation, PopulationMember
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import LegalEntity, Organisation
from wpm_platform.scoping import Role, organisation_scope

# A person may contribute to several lines. Who does not know the fuel contributes to each line that got a share.
CONTRIBUTORS = (
    USED_DAYS
    + """
    , places AS (
        SELECT * FROM unnest(%(modes)s::text[], %(fuels)s::text[], %(lines)s::text[]) AS place (mode, fuel, line)
    )
    SELECT p.line, count(DISTINCT u.employee_id)
    FROM used u
    JOIN places p
      ON p.mode = u.mode
     AND p.fuel = CASE WHEN u.mode = ANY(%(fuelled)s) THEN COALESCE(NULLIF(u.fuel, ''), 'unknown') ELSE '' END
    WHERE u.whereabouts IN ('workplace', 'other_site')
    GROUP BY p.line
"""
)


def evidence_facts(
    *, organisation: Organisation, report: Report, inputs: ReportInputs, parameters: Parameters
) -> dict[str, Any]:
    """JSON-ready, by the part `facts` of the published schema; the number of queries does not depend on the people."""
    headcount = staff_headcount(
        legal_entity=report.legal_entity, reference_date=inputs.headcount.reference_date, parameters=parameters
    )
    excluded = {reason.value: people for reason, people in headcount.totals.excluded.items()}
    campaign = report.campaign if inputs.survey is not None else None
    return {
        "headcount_excluded": shielded_reasons(excluded),
        "survey": None
        if campaign is None
        else _survey(
            organisation=organisation,
            campaign=campaign,
            legal_entity=report.legal_entity,
            inputs=inputs,
            parameters=parameters,
        ),
        "warnings": [],
    }


def _survey(
    *,
    organisation: Organisation,
    campaign: Campaign,
    legal_entity: LegalEntity,
    inputs: ReportInputs,
    parameters: Parameters,
) -> dict[str, Any]:
    response = response_figures(
        organisation=organisation,
        campaign=campaign,
        legal_entity=legal_entity,
        headcount=inputs.headcount.commute_multiplier,
        parameters=parameters,
    )
    members = PopulationMember.objects.filter(organisation=organisation, campaign=campaign)
    own = members.filter(legal_entity=legal_entity)
    left_out = Counter(own.filter(is_invited=False).values_list("exclusion_reason", flat=True))
    others = members.exclude(legal_entity=legal_entity)
    contributors = line_contributors(
        organisation=organisation,
        campaign=campaign,
        legal_entity=legal_entity,
        inputs=inputs,
        parameters=parameters,
    )
    return {
        "invited": response.invited,
        "answered": response.answered,
        "required": response.required,
        "wanted_margin": str(response.wanted_margin),
        "confidence": str(response.confidence),
        "reached_margin": None if response.reached is None else str(response.reached),
        "left_out": shielded_reasons(left_out),
        "sites": shielded_sites(_sites(own, campaign), elsewhere=_sites(others, campaign)),
        "mails": _mails(organisation=organisation, campaign=campaign, members=own),
        "contributors": [{"line": line.value, "people": shown_people(contributors.get(line, 0))} for line in RvoLine],
    }


def _sites(members: QuerySet[PopulationMember], campaign: Campaign) -> list[GroupCount]:
    """Invited people per legal entity and site."""
    answered = Invitation.objects.filter(campaign=campaign, employee=OuterRef("employee"), answered_at__isnull=False)
    rows = (
        members.filter(is_invited=True)
        .annotate(has_answered=Exists(answered), site_name=F("site__name"))
        .order_by()
        .values("legal_entity_id", "site_id", "site_name", "has_answered")
        .annotate(n=Count("pk"))
    )
    people: Counter[tuple[int, int, str]] = Counter()
    answers: Counter[tuple[int, int, str]] = Counter()
    for row in rows:
        place = (row["legal_entity_id"], row["site_id"], row["site_name"])
        people[place] += row["n"]
        answers[place] += row["n"] if row["has_answered"] else 0
    return [
        GroupCount(name=place[2], people=people[place], invited=people[place], answered=answers[place])
        for place in sorted(people)
    ]


def _mails(
    *, organisation: Organisation, campaign: Campaign, members: QuerySet[PopulationMember]
) -> list[dict[str, Any]]:
    """Mails per kind and what became of them, of the legal entity's people."""
    invitations = Invitation.objects.filter(
        organisation=organisation, campaign=campaign, employee__in=members.values("employee")
    )
    rows = (
        OutgoingMail.objects.filter(organisation=organisation, reference__in=invitations.values("code"))
        .order_by("kind", "state")
        .values("kind", "state")
        .annotate(mails=Count("pk"))
    )
    return [{"kind": row["kind"].rpartition(".")[2], "state": row["state"], "mails": row["mails"]} for row in rows]


def line_contributors(
    *,
    organisation: Organisation,
    campaign: Campaign,
    legal_entity: LegalEntity,
    inputs: ReportInputs,
    parameters: Parameters,
) -> dict[RvoLine, int]:
    """How many different people's kilometres are in each line of block 4; a line without anybody is left out."""
    places = {(mode, fuel): {place.line} for (mode, fuel), place in parameters.form.places.items()}
    for row in inputs.survey.sums if inputs.survey else ():
        if row.mode in FUELLED_MODES and row.fuel is not Fuel.UNKNOWN and row.metres:
            line = parameters.form.place(mode=row.mode, fuel=row.fuel).line
            places.setdefault((row.mode, Fuel.UNKNOWN), set()).add(line)
    flat = [(mode.value, fuel.value, line.value) for (mode, fuel), lines in places.items() for line in lines]
    named: dict[str, Any] = {
        "organisation": organisation.pk,
        "campaign": campaign.pk,
        "legal_entity": legal_entity.pk,
        "modes": [mode for mode, _, _ in flat],
        "fuels": [fuel for _, fuel, _ in flat],
        "lines": [line for _, _, line in flat],
        "fuelled": [mode.value for mode in sorted(FUELLED_MODES)],
    }
    with organisation_scope(organisation, role=Role.REPORTING), connection.cursor() as cursor:
        cursor.execute(CONTRIBUTORS, named)
        return {RvoLine(line): people for line, people in cursor.fetchall()}
