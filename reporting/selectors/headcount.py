"""The headcount of a legal entity on the reference date, and who does not count, with the reason.

PostgreSQL puts people in classes that differ in what the rules look at (too few hours or not, begun or not …);
`reporting.domain.headcount` decides once per class. So the rules stand in one place and 100 000 people are a few
dozen rows here.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Count, QuerySet, Value, When
from django.db.models.functions import Least, TruncDate

from reporting.domain.duty import DutyOutcome, duty_outcome
from reporting.domain.headcount import (
    Headcount,
    HeadcountOutcome,
    HeadcountReason,
    StaffOnDate,
    headcount_outcome,
)
from reporting.domain.parameters import Parameters
from surveys.domain.population import Assumption
from surveys.models import Employee
from wpm_platform.organisations.models import LegalEntity

ONE_DAY = datetime.timedelta(days=1)
CLASS_FIELDS = ("contract_kind", "hours_class", "start_class", "end_class", "has_fixed_workplace")
GONE = frozenset({HeadcountReason.LEFT, HeadcountReason.NOT_YET_EMPLOYED})


@dataclass(frozen=True, kw_only=True)
class StaffClass:
    """People about whom the rules decide the same. key: the values of `CLASS_FIELDS`."""

    key: tuple[str, str, str, str, bool]
    people: int
    with_provision: int
    provision_unknown: int
    outcome: HeadcountOutcome


@dataclass(frozen=True, kw_only=True)
class StaffHeadcount:
    """The headcount with its classes, from which every list of people follows."""

    reference_date: datetime.date
    totals: Headcount
    classes: tuple[StaffClass, ...]
    has_mobility_provision: bool | None

    def keys(
        self, *, reason: HeadcountReason | None = None, assumption: Assumption | None = None
    ) -> tuple[tuple[str, str, str, str, bool], ...]:
        return tuple(
            row.key
            for row in self.classes
            if (reason is None or row.outcome.reason is reason)
            and (assumption is None or assumption in row.outcome.assumptions)
        )


def staff_headcount(
    *, legal_entity: LegalEntity, reference_date: datetime.date, parameters: Parameters
) -> StaffHeadcount:
    """Who counts on the reference date: one query, whatever the number of people."""
    found = staff_headcounts(legal_entities=[legal_entity], reference_date=reference_date, parameters=parameters)
    return found[legal_entity.pk]


def staff_headcounts(
    *, legal_entities: Sequence[LegalEntity], reference_date: datetime.date, parameters: Parameters
) -> dict[int, StaffHeadcount]:
    """The same for several legal entities of one organisation, by their id: one query for all of them."""
    minimum = parameters.whole("minimum_monthly_hours")
    rows: dict[int, list[dict[str, Any]]] = {entity.pk: [] for entity in legal_entities}
    staff = _classed(
        Employee.objects.filter(legal_entity__in=rows), reference_date=reference_date, minimum_monthly_hours=minimum
    )
    for row in (
        staff.order_by().values("legal_entity_id", *CLASS_FIELDS, "has_mobility_provision").annotate(people=Count("pk"))
    ):
        rows[row["legal_entity_id"]].append(row)
    return {entity: _headcount(found, reference_date=reference_date, minimum=minimum) for entity, found in rows.items()}


def _headcount(rows: Iterable[dict[str, Any]], *, reference_date: datetime.date, minimum: int) -> StaffHeadcount:
    people: Counter[tuple[str, str, str, str, bool]] = Counter()
    provision: dict[bool | None, Counter[tuple[str, str, str, str, bool]]] = {
        True: Counter(),
        False: Counter(),
        None: Counter(),
    }
    for row in rows:
        key = (*(row[name] for name in CLASS_FIELDS[:4]), row["has_fixed_workplace"])
        people[key] += row["people"]
        provision[row["has_mobility_provision"]][key] += row["people"]
    classes = tuple(
        StaffClass(
            key=key,
            people=people[key],
            with_provision=provision[True][key],
            provision_unknown=provision[None][key],
            outcome=headcount_outcome(
                _representative(key, reference_date=reference_date, minimum=minimum),
                reference_date=reference_date,
                minimum_monthly_hours=minimum,
            ),
        )
        for key in sorted(people)
    )
    return StaffHeadcount(
        reference_date=reference_date,
        totals=_totals(classes),
        classes=classes,
        has_mobility_provision=_has_mobility_provision(classes),
    )


def duty(*, legal_entity: LegalEntity, parameters: Parameters) -> DutyOutcome:
    """Must this legal entity report: by the headcount on the reference date of the reporting year."""
    counted = staff_headcount(
        legal_entity=legal_entity, reference_date=parameters.day("reference_date"), parameters=parameters
    )
    return duty_of(counted, parameters=parameters)


def duty_of(counted: StaffHeadcount, *, parameters: Parameters) -> DutyOutcome:
    """The duty that follows from a headcount at hand."""
    return duty_outcome(
        headcount=counted.totals.counted,
        has_mobility_provision=counted.has_mobility_provision,
        thresholds=parameters.thresholds,
    )


def classed_staff(
    *, legal_entity: LegalEntity, reference_date: datetime.date, minimum_monthly_hours: int
) -> QuerySet[Employee]:
    """The staff list with the classes of `CLASS_FIELDS` on each person.

    Who is no longer in the staff file was employed at most until the day the file said so [D].
    """
    staff = Employee.objects.filter(organisation_id=legal_entity.organisation_id, legal_entity=legal_entity)
    return _classed(staff, reference_date=reference_date, minimum_monthly_hours=minimum_monthly_hours)


def _classed(
    staff: QuerySet[Employee], *, reference_date: datetime.date, minimum_monthly_hours: int
) -> QuerySet[Employee]:
    return staff.annotate(last_day=Least("employed_until", TruncDate("left_at"))).annotate(
        hours_class=_class(
            When(monthly_hours__isnull=True, then=Value("unknown")),
            When(monthly_hours__lt=minimum_monthly_hours, then=Value("few")),
            otherwise="enough",
        ),
        start_class=_class(
            When(employed_from__isnull=True, then=Value("unknown")),
            When(employed_from__gt=reference_date, then=Value("after")),
            otherwise="begun",
        ),
        end_class=_class(
            When(last_day__isnull=True, then=Value("open")),
            When(last_day__lt=reference_date, then=Value("before")),
            otherwise="later",
        ),
    )


def _class(*cases: When, otherwise: str) -> Case:
    return Case(*cases, default=Value(otherwise), output_field=CharField())


def _representative(
    key: tuple[str, str, str, str, bool], *, reference_date: datetime.date, minimum: int
) -> StaffOnDate:
    contract_kind, hours_class, start_class, end_class, has_fixed_workplace = key
    return StaffOnDate(
        contract_kind=contract_kind,
        monthly_hours={"unknown": None, "few": Decimal(minimum - 1), "enough": Decimal(minimum)}[hours_class],
        employed_from={"unknown": None, "after": reference_date + ONE_DAY, "begun": reference_date}[start_class],
        employed_until={"open": None, "before": reference_date - ONE_DAY, "later": reference_date}[end_class],
        has_fixed_workplace=has_fixed_workplace,
    )


def _totals(classes: tuple[StaffClass, ...]) -> Headcount:
    excluded: Counter[HeadcountReason] = Counter()
    for row in classes:
        if not row.outcome.counts:
            excluded[row.outcome.reason] += row.people
    return Headcount(
        counted=sum(row.people for row in classes if row.outcome.counts),
        commute_multiplier=sum(row.people for row in classes if row.outcome.multiplies_commute),
        assumed=sum(row.people for row in classes if row.outcome.is_assumed),
        excluded=dict(excluded),
    )


def _has_mobility_provision(classes: tuple[StaffClass, ...]) -> bool | None:
    """True when one person employed on the date has a provision, False when it is known that nobody has."""
    employed = [row for row in classes if row.outcome.reason not in GONE]
    if any(row.with_provision for row in employed):
        return True
    if not employed or any(row.provision_unknown for row in employed):
        return None
    return False


def reasons_with_people(counted: StaffHeadcount) -> Iterator[tuple[HeadcountReason, int]]:
    """Every reason that occurs, in the order of the rules, with its number of people."""
    totals = counted.totals
    for reason in HeadcountReason:
        people = totals.counted if reason is HeadcountReason.COUNTS else totals.excluded.get(reason, 0)
        if people:
            yield reason, people
