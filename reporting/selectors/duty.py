"""The duty to report of each legal entity for one year, and where its report stands."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise

from reporting.domain.duty import DutyKind, DutyOutcome
from reporting.enums import ReportState
from reporting.models import Report
from reporting.selectors.headcount import StaffHeadcount, duty_of, staff_headcounts
from reporting.selectors.parameters import parameters_of
from reporting.selectors.reports import reports_with_versions
from reporting.staff_labels import DUTY_LABELS, DUTY_REASON_LABELS, DUTY_STEPS
from wpm_platform.organisations.models import LegalEntity, Organisation


@dataclass(frozen=True, kw_only=True)
class EntityDuty:
    """One KvK number in one year. report: None as long as none was opened."""

    legal_entity: LegalEntity
    counted: StaffHeadcount
    duty: DutyOutcome
    report: Report | None
    deadline: datetime.date

    @property
    def headcount(self) -> int:
        return self.counted.totals.counted

    @property
    def label(self) -> Promise:
        return DUTY_LABELS[self.duty.kind]

    @property
    def reason(self) -> Promise:
        """The reason that weighs most: the one that makes the outcome what it is."""
        return DUTY_REASON_LABELS[self.duty.reasons[-1]]

    @property
    def step(self) -> Promise:
        """What to do about it."""
        return DUTY_STEPS[self.duty.kind]

    @property
    def has_staff(self) -> bool:
        """Without anybody on its staff list nothing can be said about the duty yet."""
        return bool(self.counted.classes)

    @property
    def is_filed(self) -> bool:
        return self.report is not None and _newest_state(self.report) == ReportState.FILED

    @property
    def must_file(self) -> bool:
        """Obliged under the law of today, and not filed yet."""
        return self.duty.is_obliged and not self.is_filed

    @property
    def is_pending(self) -> bool:
        return self.duty.kind is DutyKind.PENDING_LAW_CHANGE


def entity_duties(*, organisation: Organisation, reporting_year: int) -> list[EntityDuty]:
    """Every legal entity, by KvK number. Raises `ReportingYearUnknown`."""
    parameters = parameters_of(organisation=organisation, reporting_year=reporting_year)
    reports = reports_with_versions(organisation=organisation).filter(reporting_year=reporting_year)
    by_entity = {report.legal_entity_id: report for report in reports}
    entities = list(LegalEntity.objects.filter(organisation=organisation))
    counts = staff_headcounts(
        legal_entities=entities, reference_date=parameters.day("reference_date"), parameters=parameters
    )
    return [
        EntityDuty(
            legal_entity=entity,
            counted=counts[entity.pk],
            duty=duty_of(counts[entity.pk], parameters=parameters),
            report=by_entity.get(entity.pk),
            deadline=parameters.day("filing_deadline"),
        )
        for entity in entities
    ]


def _newest_state(report: Report) -> str:
    newest = next(iter(report.versions.all()), None)
    return newest.state if newest is not None else ""
