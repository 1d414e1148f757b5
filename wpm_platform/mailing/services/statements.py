"""Statements that go to PostgreSQL together: for what is done thousands of times, each way there and back counts."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from wpm_platform.scoping import Question

Row = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One query with its values, of which there is one for each `%s`. It names its columns, so that a row is enough."""

    sql: str
    values: Row


def together(*statements: Statement) -> Question:
    """The statements as one question: one after the other, on a single way there and back.

    Each sees what the ones before it did, and what others committed until it begins.
    """
    return Question(
        sql="; ".join(statement.sql for statement in statements),
        parameters=[value for statement in statements for value in statement.values],
    )


def ask(statement: Statement) -> list[Row]:
    """The rows of one statement, in the transaction at hand."""
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.values)
        rows: list[Row] = cursor.fetchall()
        return rows
