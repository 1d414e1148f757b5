"""All reported years of a legal entity, each from one stored version: nothing here looks at answers or staff."""

from collections.abc import Mapping
from typing import Any

from reporting.domain.matrix import Matrix
from reporting.domain.parameter_reading import parameters_from
from reporting.domain.parameters import Parameters, ThresholdStatus
from reporting.domain.report_inputs import inputs_from_json
from reporting.domain.rvo import RvoLine
from reporting.domain.shielded import FEW
from reporting.domain.years.breaks import FACTORS, THRESHOLD
from reporting.domain.years.figures import YearFigures
from reporting.enums import ReportState
from reporting.models import Report, ReportSource, ReportVersion
from reporting.selectors.reports import reports_with_versions
from reporting.selectors.versions import stored_matrices
from wpm_platform.organisations.models import LegalEntity, Organisation
from wpm_platform.scoping import Role, organisation_scope

SETTLED = (ReportState.FROZEN, ReportState.FILED)


def years_of(*, organisation: Organisation, legal_entity: LegalEntity) -> tuple[YearFigures, ...]:
    """Oldest first; a year whose report has no version is left out. The number of queries does not depend on the years.

    A version that is frozen or filed goes before the newest one, which may be a draft.
    """
    reports = reports_with_versions(organisation=organisation).filter(legal_entity=legal_entity)
    chosen = {
        report.reporting_year: version
        for report in reports.order_by("reporting_year")
        if (version := _told(report)) is not None
    }
    matrices = stored_matrices(organisation_id=organisation.pk, versions=chosen.values())
    with organisation_scope(organisation, role=Role.REPORTING):
        documents = dict(
            ReportSource.objects.filter(organisation=organisation, version__in=list(chosen.values())).values_list(
                "version_id", "document"
            )
        )
    return tuple(
        _figures(
            year, is_draft=version.state not in SETTLED, document=documents[version.pk], matrix=matrices[version.pk]
        )
        for year, version in chosen.items()
    )


def _told(report: Report) -> ReportVersion | None:
    versions: list[ReportVersion] = list(report.versions.all())
    settled = (version for version in versions if version.state in SETTLED)
    return next(settled, versions[0] if versions else None)


def _figures(year: int, *, is_draft: bool, document: Mapping[str, Any], matrix: Matrix) -> YearFigures:
    inputs, parameters = inputs_from_json(document["report"]), parameters_from(document["parameters"])
    kept = (document.get("facts") or {}).get("survey") or {}
    survey = inputs.survey
    return YearFigures(
        year=year,
        is_draft=is_draft,
        matrix=matrix,
        counted=inputs.headcount.counted,
        commute_people=inputs.headcount.commute_multiplier,
        form_version=parameters.form.version,
        respondents=survey.respondents if survey else None,
        weeks=len(survey.weeks) if survey else 0,
        invited=kept.get("invited"),
        answered=kept.get("answered"),
        factors=_factors(parameters),
        few=frozenset(RvoLine(row["line"]) for row in kept.get("contributors", ()) if row["people"] == FEW),
    )


def _factors(parameters: Parameters) -> dict[str, str]:
    """What the figures depend on, as text: the parameters of the calculation, and from how many employees it counts."""
    found = {key: str(parameters.values[key].value) for key in FACTORS if key in parameters.values}
    in_force = [row.employees for row in parameters.thresholds if row.status is ThresholdStatus.IN_FORCE]
    return {**found, **({THRESHOLD: str(in_force[-1])} if in_force else {})}
