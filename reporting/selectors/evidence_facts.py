"""What the evidence tells beside the figures: counts that will be gone one day, read when a report is frozen.

All of it is about groups of five and more or a whole legal entity; it leaves the organisation as it stands here.
"""

from typing import Any

from django.db import connection

from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ReportInputs
from reporting.domain.rvo import FUELLED_MODES, Fuel, RvoLine
from reporting.domain.shielded import shielded_reasons, shielded_sites, shown_people
from reporting.domain.survey_sums import SurveySums
from reporting.domain.unknown_fuel import spread_unknown_fuel
from reporting.models import Report
from reporting.selectors.headcount import staff_headcount
from reporting.selectors.response import response_figures
from reporting.selectors.survey_facts import kept_survey, survey_facts
from reporting.selectors.survey_statement import USED_DAYS
from surveys.models import Campaign
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
    found = survey_facts(organisation=organisation, campaign=campaign, legal_entity=legal_entity)
    contributors = line_contributors(
        organisation=organisation,
        campaign=campaign,
        legal_entity=legal_entity,
        survey=inputs.survey,
        parameters=parameters,
    )
    return {
        "invited": response.invited,
        "answered": response.answered,
        "required": response.required,
        "wanted_margin": str(response.wanted_margin),
        "confidence": str(response.confidence),
        "reached_margin": None if response.reached is None else str(response.reached),
        "left_out": shielded_reasons(found.left_out),
        "sites": shielded_sites(found.sites, elsewhere=found.elsewhere),
        "mails": found.mails,
        "contributors": [{"line": line.value, "people": shown_people(contributors.get(line, 0))} for line in RvoLine],
    }


def line_contributors(
    *,
    organisation: Organisation,
    campaign: Campaign,
    legal_entity: LegalEntity,
    survey: SurveySums | None,
    parameters: Parameters,
) -> dict[RvoLine, int]:
    """How many different people's kilometres are in each line of block 4; a line without anybody is left out.

    survey: the sums of all weeks of this campaign. The people of a mode whose fuel nobody told count on each of its
    lines, which have no figure.
    """
    kept = kept_survey(organisation=organisation, campaign=campaign, legal_entity=legal_entity)
    if kept is not None:
        counted = kept.sums["contributors"].get(str(parameters.reporting_year), {})
        return {RvoLine(line): people for line, people in counted.items()}
    return live_contributors(
        organisation=organisation,
        campaign=campaign,
        legal_entity=legal_entity,
        survey=survey,
        parameters=parameters,
    )


def live_contributors(
    *,
    organisation: Organisation,
    campaign: Campaign,
    legal_entity: LegalEntity,
    survey: SurveySums | None,
    parameters: Parameters,
) -> dict[RvoLine, int]:
    """The same from the answers as they are."""
    places = {(mode, fuel): {place.line} for (mode, fuel), place in parameters.form.places.items()}
    sums = survey.sums if survey else ()
    for row in sums:
        if row.mode in FUELLED_MODES and row.fuel is not Fuel.UNKNOWN and row.metres:
            line = parameters.form.place(mode=row.mode, fuel=row.fuel).line
            places.setdefault((row.mode, Fuel.UNKNOWN), set()).add(line)
    for mode in spread_unknown_fuel(sums).unresolved:
        places[mode, Fuel.UNKNOWN] = set(parameters.form.lines_of(mode=mode))
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
