"""What every export of a report is made from, and the words it is written with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from reporting.domain.business.steps import StepKind
from reporting.domain.cell import CellMethod, CellOrigin, UndeterminedReason
from reporting.domain.co2 import Co2Indication
from reporting.domain.commute_estimate import ChosenEstimate
from reporting.domain.commute_method import CommuteMethod, MethodChoice
from reporting.domain.matrix import Matrix
from reporting.domain.rvo import RvoBlock, RvoLine, Unit


class ExportedStatus(StrEnum):
    DRAFT = "draft"
    FROZEN = "frozen"
    FILED = "filed"


@dataclass(frozen=True, kw_only=True)
class ExportedReport:
    """One version of one report. `headcount` is the form's header: all who count on the reference date."""

    legal_entity_name: str
    kvk_number: str
    reporting_year: int
    headcount: int
    reference_date: date
    version: int
    status: ExportedStatus
    filed_on: date | None
    filing_reference: str
    survey_weeks: tuple[date, ...]
    submitted: int
    respondents: int
    form_version: str
    parameter_version: str
    inputs_hash: str
    matrix: Matrix
    choice: MethodChoice = field(default_factory=MethodChoice)
    co2: Co2Indication | None = None
    estimate: ChosenEstimate | None = None


@dataclass(frozen=True, kw_only=True)
class ReportLabels:
    """Words of one language; the mappings hold a word for every member."""

    overview: str
    derivation: str
    legal_entity: str
    kvk_number: str
    reporting_year: str
    headcount: str
    reference_date: str
    version: str
    status: str
    filed_on: str
    filing_reference: str
    method: str
    mixed_methods: str
    survey_weeks: str
    respondents: str
    form_version: str
    parameter_version: str
    inputs_hash: str
    block: str
    line: str
    value: str
    unit: str
    origin: str
    total: str
    week_km: str
    weeks_per_year: str
    days_per_year: str
    with_rhythm: str
    chosen_method: str
    exact_km: str
    source: str
    remarks: str
    estimate: str
    guidance_km: str
    observed_km: str
    estimated_km: str
    lower: str
    upper: str
    plain_lower: str
    plain_upper: str
    few_people: str
    reason: str
    chosen_on: str
    asked: str
    odds_ratio: str
    method_version: str
    seed: str
    run_hash: str
    card_hash: str
    co2: str
    co2_say: str
    kilometres: str
    grams: str
    kilograms: str
    unknown: str
    business_travel: str
    commuting: str
    statuses: Mapping[ExportedStatus, str]
    blocks: Mapping[RvoBlock, str]
    lines: Mapping[RvoLine, str]
    units: Mapping[Unit, str]
    origins: Mapping[CellOrigin, str]
    methods: Mapping[CellMethod, str]
    choices: Mapping[CommuteMethod, str]
    reasons: Mapping[UndeterminedReason, str]
    flags: Mapping[str, str]
    steps: Mapping[StepKind, str]
