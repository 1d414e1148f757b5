"""Made-up employers with staff enough that they must report."""

import datetime
from typing import Any

from surveys.models import Employee
from tests.factories import as_owner, make_legal_entity, make_organisation, make_site
from wpm_platform.organisations.models import LegalEntity, Organisation


def make_employer(people: int = 100, **fields: Any) -> Organisation:
    """An employer whose people all were there on the reference dates, and all have an allowance."""
    organisation = make_organisation(**fields)
    add_people(organisation, make_legal_entity(organisation), people)
    return organisation


def add_people(organisation: Organisation, entity: LegalEntity, people: int, **fields: Any) -> None:
    site = make_site(organisation)
    fields = {"has_mobility_provision": True, "employed_from": datetime.date(2020, 1, 1)} | fields
    with as_owner(organisation):
        Employee.objects.bulk_create(
            Employee(
                organisation=organisation,
                legal_entity=entity,
                site=site,
                staff_number=f"{entity.pk}-{number}",
                monthly_hours=160,
                contract_kind="permanent",
                **fields,
            )
            for number in range(people)
        )
