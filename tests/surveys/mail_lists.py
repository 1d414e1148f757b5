"""Lists of mails in tests: time passes, somebody undoes or pauses, and what the rows say then."""

import datetime

from surveys.models import BatchLine, Employee, MailBatch, WorkPattern
from tests.factories import as_owner
from tests.surveys.campaigns import advance, local, mails, rows, send_all
from wpm_platform.scoping import organisation_scope

OPENING, FIRST, SECOND, THIRD = (local(f"2026-03-{day}") for day in (16, 18, 23, 27))
TEN_MINUTES = datetime.timedelta(minutes=10)
MINUTE = datetime.timedelta(minutes=1)


def pass_moment(organisation, now):
    advance(organisation, now=now)
    send_all(organisation, now=now)


def lines(organisation, **filters):
    """Who is in the lists, in the order in which they were made: address, reason, own moment."""
    return rows(BatchLine, organisation, "employee__email", "reason", "due_at", **filters)


def batch(organisation):
    with as_owner(organisation):
        return MailBatch.objects.select_related("step").get(organisation=organisation, undone_at=None)


def make_pattern(organisation, *, weeks, name="Dienst"):
    with as_owner(organisation):
        monday = datetime.date(2026, 3, 2)
        return WorkPattern.objects.create(organisation=organisation, name=name, starts_on=monday, weeks=weeks)


def states(organisation, kind):
    return [state for found, state in mails(organisation, "kind", "state") if found == kind]


def do(service, organisation, *, now, **arguments):
    with organisation_scope(organisation):
        return service(organisation=organisation, actor=None, now=now, **arguments)


def change(organisation, who, *, model=Employee, **fields):
    with as_owner(organisation):
        if model is Employee:
            Employee.objects.filter(email=who).update(**fields)
        else:
            model.objects.filter(employee__email=who).update(**fields)
