"""Changes of the staff list outside files: by a system, or one person by hand."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from surveys.domain.calendar import local_date
from surveys.domain.staff_file import StaffChange, StaffRow, difference
from surveys.models import Employee
from surveys.services.pattern_names import made_pattern_ids, pattern_names
from surveys.services.staff_lock import lock_staff_list
from wpm_platform.organisations.models import LegalEntity, Organisation, Site, User
from wpm_platform.organisations.services.audit import record_event

HAND_FIELDS = ("email", "language", "is_on_leave", "leave_until")
DEFAULT_LANGUAGE = "nl"
_PLAIN = (
    *("email", "department", "function", "home_postcode", "monthly_hours", "contract_kind", "employed_from"),
    *("employed_until", "days_per_week", "is_on_leave", "leave_until", "has_mobility_provision", "has_fixed_workplace"),
    *("name", "birth_year"),
)


class KvkNumberUnknown(Exception):
    """Rows name KvK numbers that are not the organisation's, or none while it has several; `staff_numbers` says who."""

    def __init__(self, staff_numbers: tuple[str, ...]) -> None:
        super().__init__(", ".join(staff_numbers))
        self.staff_numbers = staff_numbers


class WorkPatternUnknown(Exception):
    """Rows name work patterns that are not the organisation's; `staff_numbers` says who."""

    def __init__(self, staff_numbers: tuple[str, ...]) -> None:
        super().__init__(", ".join(staff_numbers))
        self.staff_numbers = staff_numbers


@dataclass(frozen=True, kw_only=True)
class StaffUpsert:
    """How many people were added, changed, welcomed back, or were the same already."""

    new: int
    changed: int
    rejoined: int
    unchanged: int


@transaction.atomic
def upsert_staff(
    *,
    organisation: Organisation,
    actor: User | None,
    rows: Sequence[StaffRow],
    fields: Sequence[str],
    now: datetime.datetime,
) -> StaffUpsert:
    """Add or change people by staff number; nobody leaves by it.

    rows: each staff number at most once. fields: the attributes of StaffRow that the rows state; the others keep their
    value. A blank language says nothing. A site or a pattern of fixed days that is not known is made. Raises
    KvkNumberUnknown or WorkPatternUnknown.
    """
    lock_staff_list(organisation)
    known = {
        employee.staff_number: employee
        for employee in Employee.objects.filter(
            organisation=organisation, staff_number__in=[row.staff_number for row in rows]
        ).select_related("site", "legal_entity", "work_pattern")
    }
    stated = tuple(name for name in fields if name != "language")
    entities = _entities(organisation, rows)
    if "work_pattern" in fields:
        rows = _with_known_patterns(organisation, rows)
    found = difference(
        {number: row_of(employee) for number, employee in known.items()},
        rows,
        fields=fields,
        gone=[number for number, employee in known.items() if employee.left_at],
    )
    sites = _sites(organisation, {row.site for row in rows if row.site})
    made = {row.work_pattern for row in rows}
    patterns = made_pattern_ids(organisation=organisation, names=sorted(made), today=local_date(now))
    changes = [change for change in found.changed if _says_something(change)]
    for change in (*changes, *found.rejoined):
        employee = known[change.row.staff_number]
        employee.left_at = None
        _fill(employee, change.row, fields=stated, entities=entities, sites=sites)
        if "work_pattern" in fields:
            employee.work_pattern_id = patterns.get(change.row.work_pattern)
        if "language" in fields:
            employee.language = change.row.language or employee.language
    Employee.objects.bulk_update(
        [known[change.row.staff_number] for change in (*changes, *found.rejoined)],
        [*_PLAIN, "language", "site", "legal_entity", "work_pattern", "left_at"],
        batch_size=500,
    )
    Employee.objects.bulk_create(
        [_new(organisation, row, entities=entities, sites=sites, patterns=patterns) for row in found.new],
        batch_size=500,
    )
    outcome = StaffUpsert(
        new=len(found.new),
        changed=len(changes),
        rejoined=len(found.rejoined),
        unchanged=len(found.unchanged) + len(found.changed) - len(changes),
    )
    record_event(organisation=organisation, actor=actor, action="staff.upserted", now=now, detail=dict(vars(outcome)))
    return outcome


@transaction.atomic
def change_employee(
    *, employee: Employee, actor: User | None, now: datetime.datetime, **values: str | bool | datetime.date | None
) -> tuple[str, ...]:
    """Correct one person by hand; `values` are any of HAND_FIELDS. Returns the fields that really changed.

    A later staff file that has the column overwrites the correction.
    """
    stored = Employee.objects.select_for_update(of=("self",)).get(organisation=employee.organisation_id, pk=employee.pk)
    changed = tuple(name for name in HAND_FIELDS if name in values and getattr(stored, name) != values[name])
    if changed:
        for name in changed:
            setattr(stored, name, values[name])
        stored.save(update_fields=changed)
        record_event(
            organisation=employee.organisation,
            actor=actor,
            action="employee.changed",
            now=now,
            subject=stored.staff_number,
            detail={"fields": list(changed)},
        )
    return changed


def row_of(employee: Employee) -> StaffRow:
    """A person on the list as a file would state them."""
    return StaffRow(
        staff_number=employee.staff_number,
        site=employee.site.name,
        kvk_number=employee.legal_entity.kvk_number,
        language=employee.language,
        work_pattern=employee.work_pattern.name if employee.work_pattern else "",
        **{name: getattr(employee, name) for name in _PLAIN},
    )


def _says_something(change: StaffChange) -> bool:
    """A change of more than a language that is blank or a KvK number that is left out."""
    blank = {name for name in ("language", "kvk_number") if not getattr(change.row, name)}
    return bool(set(change.fields) - blank)


def _entities(organisation: Organisation, rows: Sequence[StaffRow]) -> dict[str, LegalEntity]:
    """By KvK number; "" is the only one. Raises KvkNumberUnknown."""
    entities = {entity.kvk_number: entity for entity in LegalEntity.objects.filter(organisation=organisation)}
    if len(entities) == 1:
        entities[""] = next(iter(entities.values()))
    unknown = tuple(row.staff_number for row in rows if row.kvk_number not in entities)
    if unknown:
        raise KvkNumberUnknown(unknown)
    return entities


def _with_known_patterns(organisation: Organisation, rows: Sequence[StaffRow]) -> list[StaffRow]:
    """The rows with the names of patterns as they are stored. Raises WorkPatternUnknown."""
    names = pattern_names(organisation)
    unknown = tuple(row.staff_number for row in rows if names[row.work_pattern] is None)
    if unknown:
        raise WorkPatternUnknown(unknown)
    return [replace(row, work_pattern=names[row.work_pattern] or "") for row in rows]


def _sites(organisation: Organisation, names: set[str]) -> dict[str, Site]:
    """By name, capitals aside; missing ones are made."""
    sites = {site.name.casefold(): site for site in Site.objects.filter(organisation=organisation)}
    missing = {name.casefold(): name for name in sorted(names, reverse=True) if name.casefold() not in sites}
    made = Site.objects.bulk_create([Site(organisation=organisation, name=name) for name in missing.values()])
    return sites | {site.name.casefold(): site for site in made}


def _fill(
    employee: Employee,
    row: StaffRow,
    *,
    fields: Sequence[str],
    entities: dict[str, LegalEntity],
    sites: dict[str, Site],
) -> None:
    values: dict[str, Any] = {name: getattr(row, name) for name in fields if name in _PLAIN}
    if "site" in fields and row.site:
        values["site"] = sites[row.site.casefold()]
    if "kvk_number" in fields and row.kvk_number:
        values["legal_entity"] = entities[row.kvk_number]
    for name, value in values.items():
        setattr(employee, name, value)


def _new(
    organisation: Organisation,
    row: StaffRow,
    *,
    entities: dict[str, LegalEntity],
    sites: dict[str, Site],
    patterns: dict[str, int],
) -> Employee:
    return Employee(
        organisation=organisation,
        staff_number=row.staff_number,
        legal_entity=entities[row.kvk_number],
        site=sites[row.site.casefold()],
        language=row.language or DEFAULT_LANGUAGE,
        work_pattern_id=patterns.get(row.work_pattern),
        **{name: getattr(row, name) for name in _PLAIN},
    )
