"""Statements on a single way to PostgreSQL and back."""

import pytest
from django.db import DataError, connection

from tests.factories import make_organisation
from wpm_platform.mailing.services.statements import Statement, ask, together
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def statement(sql, *values):
    return Statement(sql=sql, values=values)


def answer(*statements):
    with organisation_scope(make_organisation(), first=together(*statements)) as scope:
        return scope.answer


def test_rows_come_in_the_order_of_the_statements():
    found = answer(
        statement("SELECT %s, %s::int", "100 % zeker; 'echt'", 7),
        statement("SELECT n FROM generate_series(1, %s) AS n WHERE n > 1", 3),
        statement("SELECT 1 WHERE false"),
    )
    assert found == [("100 % zeker; 'echt'", 7), (2,), (3,)]


def test_later_statement_sees_what_the_one_before_it_did():
    changed = statement("SELECT set_config('wpm.employee', %s, true)", "12")
    assert answer(changed, statement("SELECT current_setting('wpm.employee')")) == [("12",), ("12",)]


def test_statements_see_the_rows_of_the_scope_only():
    make_organisation()
    organisation = make_organisation()
    with organisation_scope(
        organisation, first=together(statement("SELECT id FROM organisations_organisation"))
    ) as scope:
        assert scope.answer == [(organisation.pk,)]
        assert ask(statement("SELECT id FROM organisations_organisation WHERE id <> %s", 0)) == [(organisation.pk,)]


def test_statements_stand_or_fall_together():
    organisation = make_organisation()
    kept, fails = statement("SELECT set_config('wpm.employee', %s, true)", "12"), statement("SELECT 1 / %s", 0)
    with pytest.raises(DataError), organisation_scope(organisation, first=together(kept, fails)):
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('wpm.employee', true)")
        assert cursor.fetchone() in (("",), (None,))
