"""Statements that go to PostgreSQL together: for what is done thousands of times, each way there and back counts."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

Rows = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement with its values, of which there is one for each `%s`."""

    sql: str
    values: tuple[Any, ...]


def run_together(*statements: Statement) -> list[Rows]:
    """Run them one after the other on a single way there and back. Returns the rows of each, by the columns' names.

    Each sees what the ones before it did, and what others committed until it begins. Inside a transaction they stand
    or fall together with it.
    """
    values = [value for statement in statements for value in statement.values]
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statement.sql for statement in statements), values)
        found = [_rows(cursor)]
        while cursor.nextset():
            found.append(_rows(cursor))
    return found


def _rows(cursor: Any) -> Rows:
    if cursor.description is None:
        return []
    names = [column.name for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
