"""The headcount with its reasons, the people behind one reason, and the duty that follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.utils.functional import Promise

from reporting.domain.duty import DutyOutcome
from reporting.domain.headcount import HeadcountReason
from reporting.domain.parameter_files import reporting_years
from reporting.domain.parameters import Parameters
from reporting.selectors.headcount import (
    CLASS_FIELDS,
    StaffHeadcount,
    classed_staff,
    duty_of,
    reasons_with_people,
    staff_headcount,
)
from reporting.selectors.parameters import parameters_of
from reporting.source_labels import source_label
from reporting.staff_labels import (
    ASSUMPTION_LABELS,
    CERTAINTY_LABELS,
    DUTY_LABELS,
    DUTY_REASON_LABELS,
    HEADCOUNT_LABELS,
)
from surveys.domain.population import Assumption
from surveys.models import Employee
from wpm_platform.organisations.models import LegalEntity, Organisation

ClassKey = tuple[str, str, str, str, bool]


@dataclass(frozen=True, kw_only=True)
class ReasonLine:
    code: str
    label: Promise
    people: int


@dataclass(frozen=True, kw_only=True)
class HeadcountPage:
    """reason: the code by which the people are filtered, empty for everybody who does not count."""

    legal_entity: LegalEntity
    reporting_year: int
    years: tuple[int, ...]
    parameters: Parameters
    counted: StaffHeadcount
    duty: DutyOutcome
    reasons: tuple[ReasonLine, ...]
    assumptions: tuple[ReasonLine, ...]
    reason: str
    people: QuerySet[Any]

    @property
    def excluded(self) -> int:
        return sum(self.counted.totals.excluded.values())

    @property
    def duty_label(self) -> Promise:
        return DUTY_LABELS[self.duty.kind]

    @property
    def duty_reasons(self) -> list[Promise]:
        return [DUTY_REASON_LABELS[reason] for reason in self.duty.reasons]

    @property
    def source(self) -> Promise | str:
        return source_label(self.duty.threshold.source)

    @property
    def pending_source(self) -> Promise | str:
        pending = self.duty.pending_threshold
        return source_label(pending.source) if pending else ""

    @property
    def reference_source(self) -> Promise | str:
        return source_label(self.parameters.values["reference_date"].source)

    @property
    def certainty(self) -> Promise:
        return CERTAINTY_LABELS[self.duty.threshold.certainty]

    @property
    def pending_certainty(self) -> Promise | None:
        pending = self.duty.pending_threshold
        return CERTAINTY_LABELS[pending.certainty] if pending else None

    @property
    def reference_certainty(self) -> Promise:
        return CERTAINTY_LABELS[self.parameters.values["reference_date"].certainty]


def chosen_entity(entities: Sequence[LegalEntity], *, code: str) -> LegalEntity | None:
    """The legal entity with this code, the first by default; None without any."""
    return next((entity for entity in entities if str(entity.code) == code), entities[0] if entities else None)


def chosen_year(asked: str, *, default: int) -> int:
    """The reporting year that was asked for, if there are parameters for it."""
    return next((year for year in reporting_years() if str(year) == asked), default)


def headcount_page(
    *, organisation: Organisation, legal_entity: LegalEntity, reporting_year: int, reason: str
) -> HeadcountPage:
    """The page's figures, and a queryset of people with `reason_label` on each; an unknown reason is no filter."""
    parameters = parameters_of(organisation=organisation, reporting_year=reporting_year)
    reference_date = parameters.day("reference_date")
    counted = staff_headcount(legal_entity=legal_entity, reference_date=reference_date, parameters=parameters)
    reasons = tuple(
        ReasonLine(code=found.value, label=HEADCOUNT_LABELS[found], people=people)
        for found, people in reasons_with_people(counted)
    )
    assumptions = tuple(_assumptions(counted))
    known = {line.code for line in (*reasons, *assumptions)}
    reason = reason if reason in known else ""
    staff = classed_staff(
        legal_entity=legal_entity,
        reference_date=reference_date,
        minimum_monthly_hours=parameters.whole("minimum_monthly_hours"),
    )
    return HeadcountPage(
        legal_entity=legal_entity,
        reporting_year=reporting_year,
        years=reporting_years(),
        parameters=parameters,
        counted=counted,
        duty=duty_of(counted, parameters=parameters),
        reasons=reasons,
        assumptions=assumptions,
        reason=reason,
        people=_people(staff, counted=counted, reason=reason),
    )


def _assumptions(counted: StaffHeadcount) -> list[ReasonLine]:
    lines = []
    for assumption in Assumption:
        people = sum(row.people for row in counted.classes if assumption in row.outcome.assumptions)
        if people:
            lines.append(ReasonLine(code=assumption.value, label=ASSUMPTION_LABELS[assumption], people=people))
    return lines


def _people(staff: QuerySet[Employee], *, counted: StaffHeadcount, reason: str) -> QuerySet[Employee]:
    """The people of one reason or assumption, or everybody who does not count."""
    if reason in set(HeadcountReason):
        keys = counted.keys(reason=HeadcountReason(reason))
    elif reason:
        keys = counted.keys(assumption=Assumption(reason))
    else:
        keys = tuple(row.key for row in counted.classes if not row.outcome.counts)
    codes = [
        When(_is_class(row.key), then=Value(row.outcome.reason.value)) for row in counted.classes if row.key in keys
    ]
    if not codes:
        return staff.none()
    wanted = Q()
    for key in keys:
        wanted |= _is_class(key)
    reason_code = Case(*codes, default=Value(""), output_field=CharField())
    return staff.filter(wanted).annotate(reason_code=reason_code, site_name=F("site__name")).order_by("staff_number")


def _is_class(key: ClassKey) -> Q:
    return Q(**dict(zip(CLASS_FIELDS, key, strict=True)))
