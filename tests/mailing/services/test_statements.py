"""Statements on a single way to PostgreSQL and back."""

import pytest
from django.db import DataError, connection, transaction

from wpm_platform.mailing.services.statements import Statement, run_together

pytestmark = pytest.mark.django_db


def ask(sql, *values):
    return Statement(sql=sql, values=values)


def test_each_answers_with_its_own_rows_and_names():
    found = run_together(
        ask("SELECT %s AS word, %s::int AS number", "100 % zeker; 'echt'", 7),
        ask("SET LOCAL lock_timeout = 0"),
        ask("SELECT n FROM generate_series(1, %s) AS n WHERE n > 1", 3),
        ask("SELECT 1 AS one WHERE false"),
    )
    assert found == [[{"word": "100 % zeker; 'echt'", "number": 7}], [], [{"n": 2}, {"n": 3}], []]


def test_later_statement_sees_what_the_one_before_it_did():
    changed, seen = run_together(
        ask("SELECT set_config('wpm.organisation', %s, true) AS is_set", "12"),
        ask("SELECT current_setting('wpm.organisation') AS organisation"),
    )
    assert (changed, seen) == ([{"is_set": "12"}], [{"organisation": "12"}])


def test_statements_stand_or_fall_together():
    with pytest.raises(DataError), transaction.atomic():
        run_together(ask("CREATE TEMPORARY TABLE kept (number int)"), ask("SELECT 1 / %s", 0))
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pg_temp.kept')")
        assert cursor.fetchone() == (None,)
