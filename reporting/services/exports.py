"""A stored version of a report as a file."""

from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from reporting.domain.co2 import assumed_commute_lines, co2_indication
from reporting.domain.matrix import Matrix
from reporting.domain.rvo import RvoBlock
from reporting.enums import ReportState
from reporting.exports.csv import report_csv
from reporting.exports.exported_report import ExportedReport, ExportedStatus, ReportLabels
from reporting.exports.json import report_json
from reporting.exports.xlsx import report_xlsx
from reporting.labels import (
    BLOCK_LABELS,
    CHOICE_LABELS,
    FLAG_LABELS,
    LINE_LABELS,
    METHOD_LABELS,
    ORIGIN_LABELS,
    REASON_LABELS,
    STEP_LABELS,
    UNIT_LABELS,
)
from reporting.models import ReportVersion
from reporting.selectors.versions import stored_matrix, stored_source_of

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


class ExportFormatUnknown(ValueError):
    """Reports leave as XLSX, CSV or JSON."""


@dataclass(frozen=True, kw_only=True)
class ReportFile:
    """A file to hand over."""

    name: str
    content_type: str
    content: bytes


def report_file(version: ReportVersion, *, file_format: str) -> ReportFile:
    """The file of one stored version: xlsx, csv or json. The same version and language always give the same bytes.

    `version.report.legal_entity` is read. Raises `ExportFormatUnknown`.
    """
    if file_format not in CONTENT_TYPES:
        raise ExportFormatUnknown(f"{file_format} is none of {', '.join(CONTENT_TYPES)}.")
    report = exported_report(version)
    if file_format == "xlsx":
        content = report_xlsx(report, labels=export_labels())
    elif file_format == "csv":
        content = report_csv(report, labels=export_labels())
    else:
        content = report_json(report)
    name = f"wpm-{report.reporting_year}-{report.kvk_number}-{slugify(_('version'))}-{report.version}.{file_format}"
    return ReportFile(name=name, content_type=CONTENT_TYPES[file_format], content=content)


def exported_report(version: ReportVersion) -> ExportedReport:
    """What every export of this version is made from."""
    matrix = stored_matrix(version)
    inputs, parameters = stored_source_of(version)
    weeks = inputs.survey.weeks if inputs.survey else ()
    return ExportedReport(
        legal_entity_name=version.report.legal_entity.name,
        kvk_number=inputs.kvk_number,
        reporting_year=inputs.reporting_year,
        headcount=inputs.headcount.counted,
        reference_date=inputs.headcount.reference_date,
        version=version.number,
        status=_status(version),
        filed_on=version.filed_on,
        filing_reference=version.filing_reference,
        survey_weeks=tuple(week.week_from for week in weeks),
        submitted=sum(week.submitted for week in weeks),
        respondents=_respondents(matrix),
        form_version=parameters.form.version,
        parameter_version=version.parameter_version,
        inputs_hash=version.inputs_hash,
        matrix=matrix,
        choice=inputs.choice,
        estimate=inputs.estimate,
        co2=co2_indication(
            matrix, business=inputs.business, assumed_lines=assumed_commute_lines(matrix), parameters=parameters
        ),
    )


def export_labels() -> ReportLabels:
    """The words of the files, in the language at hand."""
    return ReportLabels(
        overview=_("Overview"),
        derivation=_("How each figure came about"),
        legal_entity=_("Legal entity"),
        kvk_number=_("KvK number"),
        reporting_year=_("Reporting year"),
        headcount=_("Employees on the reference date"),
        reference_date=_("Reference date"),
        version=_("Version"),
        status=_("Status"),
        filed_on=_("Filed on"),
        filing_reference=_("Reference of the filing"),
        method=_("Method"),
        mixed_methods=_("Computed and entered figures stand side by side in the block commuting."),
        survey_weeks=_("Surveyed weeks, from Monday"),
        respondents=_("Respondents"),
        form_version=_("Version of the form"),
        parameter_version=_("Version of the parameters"),
        inputs_hash=_("Hash of the inputs"),
        block=_("Block"),
        line=_("Line"),
        value=_("Value"),
        unit=_("Unit"),
        origin=_("Origin"),
        total=_("Total"),
        week_km=_("Week total in km"),
        weeks_per_year=_("Working weeks a year"),
        days_per_year=_("Working days a year, of five a week"),
        with_rhythm=_("Employees whose rhythm is known"),
        chosen_method=_("Method that was chosen"),
        exact_km=_("Kilometres before rounding"),
        source=_("Source"),
        remarks=_("Remarks"),
        **_estimate_words(),
        co2=_("CO2, an indication"),
        co2_say=_(
            "CO2 is not part of this report: RVO computes it from the kilometres. This is an indication from the tank"
            " to the wheel, in grams per kilometre that one person travels."
        ),
        kilometres=_("Kilometres"),
        grams=_("Grams per km"),
        kilograms=_("CO2 in kg"),
        unknown=_("unknown"),
        business_travel=_("Business travel"),
        commuting=_("Commuting"),
        statuses={
            ExportedStatus.DRAFT: str(ReportState.DRAFT.label),
            ExportedStatus.FROZEN: str(ReportState.FROZEN.label),
            ExportedStatus.FILED: str(ReportState.FILED.label),
        },
        blocks={block: str(label) for block, label in BLOCK_LABELS.items()},
        lines={line: str(label) for line, label in LINE_LABELS.items()},
        units={unit: str(label) for unit, label in UNIT_LABELS.items()},
        origins={origin: str(label) for origin, label in ORIGIN_LABELS.items()},
        methods={method: str(label) for method, label in METHOD_LABELS.items()},
        choices={method: str(label) for method, label in CHOICE_LABELS.items()},
        reasons={reason: str(label) for reason, label in REASON_LABELS.items()},
        flags={flag: str(label) for flag, label in FLAG_LABELS.items()},
        steps={step: str(label) for step, label in STEP_LABELS.items()},
    )


def _estimate_words() -> dict[str, str]:
    return {
        "estimate": _("Observed and estimated"),
        "guidance_km": _("By the guidance (km)"),
        "observed_km": _("Observed (km)"),
        "estimated_km": _("Estimated (km)"),
        "lower": _("95 % interval from (km)"),
        "upper": _("95 % interval to (km)"),
        "plain_lower": _("If silence is unrelated to the vehicle, from (km)"),
        "plain_upper": _("If silence is unrelated to the vehicle, to (km)"),
        "few_people": _("Hidden: too few people, or it would tell theirs by subtraction"),
        "reason": _("Reason for choosing the estimate"),
        "chosen_on": _("Chosen on"),
        "asked": _("People whom the survey is about"),
        "odds_ratio": _("The interval holds up to a response odds ratio of"),
        "method_version": _("Version of the estimation"),
        "seed": _("seed"),
        "run_hash": _("Hash of what the estimate was computed from"),
        "card_hash": _("Hash of the model card"),
    }


def _status(version: ReportVersion) -> ExportedStatus:
    """A reopened version is what it was when it was reopened."""
    if version.state == ReportState.DRAFT:
        return ExportedStatus.DRAFT
    return ExportedStatus.FILED if version.filed_on else ExportedStatus.FROZEN


def _respondents(matrix: Matrix) -> int:
    counted = (cell.derivation.respondents for cell in matrix.block(RvoBlock.COMMUTE))
    return next((count for count in counted if count is not None), 0)
