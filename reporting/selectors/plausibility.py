"""What stands out of a report before it is frozen, and what was answered: a fixed number of queries."""

from dataclasses import dataclass

from reporting.domain.commute import why_no_commute
from reporting.domain.parameters import Parameters
from reporting.domain.plausibility.asked_checks import AskedSome
from reporting.domain.plausibility.checks import Surroundings, findings
from reporting.domain.plausibility.finding import Finding
from reporting.domain.plausibility.year_checks import EarlierFigures
from reporting.domain.report_inputs import ReportInputs
from reporting.enums import ReportState
from reporting.models import FindingAnswer, Report, ReportVersion
from reporting.selectors.check_queries import far_people, staff_distances
from reporting.selectors.versions import stored_matrix, stored_source_of
from surveys.domain.asking import WITH_JOINERS
from surveys.domain.population import MODELLED
from surveys.selectors.population import frozen_population
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class AnsweredFinding:
    """A finding with the answer that holds for its figures (None: it is open).

    earlier: the last answer that does not hold, for it was taken back or given about other figures.
    """

    finding: Finding
    answer: FindingAnswer | None = None
    earlier: FindingAnswer | None = None

    @property
    def is_open(self) -> bool:
        return self.answer is None


def answered_findings(*, organisation: Organisation, report: Report, version: ReportVersion) -> list[AnsweredFinding]:
    """What stands out of a version's stored figures beside the staff list and last year as they are now."""
    inputs, parameters = stored_source_of(version)
    around = surroundings(organisation=organisation, report=report, inputs=inputs, parameters=parameters)
    answers = list(
        FindingAnswer.objects.filter(organisation=organisation, report=report)
        .select_related("answered_by", "withdrawn_by")
        .defer("answered_by__password", "withdrawn_by__password")
        .order_by("-answered_at", "-pk")
    )
    return [
        AnsweredFinding(
            finding=finding,
            answer=next((row for row in answers if _holds(row, finding)), None),
            earlier=next((row for row in answers if row.finding == finding.key and not _holds(row, finding)), None),
        )
        for finding in findings(inputs, stored_matrix(version), parameters, around=around)
    ]


def surroundings(
    *, organisation: Organisation, report: Report, inputs: ReportInputs, parameters: Parameters
) -> Surroundings:
    """Last year's figures, the staff's distances and the impossible answers; of a survey among few people none of the
    last two."""
    earlier = earlier_figures(organisation=organisation, report=report)
    reason = why_no_commute(
        survey=inputs.survey, headcount=inputs.headcount.commute_multiplier, least_people=inputs.least_people
    )
    if report.campaign_id is None or reason is not None:
        return Surroundings(earlier=earlier)
    return Surroundings(
        earlier=earlier,
        distances=staff_distances(organisation=organisation, report=report),
        far_people=far_people(organisation=organisation, report=report, parameters=parameters),
        asked=asked_some_of(report),
    )


def asked_some_of(report: Report) -> AskedSome | None:
    """Of a report's survey that asked joiners: how many of how many; None when it asked everybody, or a lot."""
    campaign = report.campaign
    if campaign is None or campaign.asks not in WITH_JOINERS:
        return None
    counts = frozen_population(campaign=campaign)
    modelled = sum(count for reason, count in counts.excluded if reason in MODELLED)
    return AskedSome(asked=counts.invited, staff=counts.invited + modelled)


def earlier_figures(*, organisation: Organisation, report: Report) -> EarlierFigures | None:
    """The newest version of last year's report of the same legal entity that was frozen; None without one."""
    version: ReportVersion | None = (
        ReportVersion.objects.filter(
            organisation=organisation,
            report__legal_entity=report.legal_entity_id,
            report__reporting_year=report.reporting_year - 1,
        )
        .exclude(state=ReportState.DRAFT)
        .order_by("-number")
        .first()
    )
    if version is None:
        return None
    inputs, matrix = stored_source_of(version)[0], stored_matrix(version)
    return EarlierFigures(
        reporting_year=inputs.reporting_year,
        headcount=inputs.headcount.counted,
        method=matrix.commute_method,
        matrix=matrix,
    )


def _holds(answer: FindingAnswer, finding: Finding) -> bool:
    return answer.withdrawn_at is None and answer.fingerprint == finding.fingerprint
