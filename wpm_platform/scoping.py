"""The tenant scope: which organisation, and which database role, the code at hand works for.

A scope is a transaction. On entry it sets, for that transaction only, the PostgreSQL role and the
settings that the row-level security policies read; `TenantManager` raises outside of any scope.
docs/security.md describes the roles.
"""

import select
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models, transaction
from psycopg.sql import SQL, Identifier


class Role(StrEnum):
    """The PostgreSQL roles. What each may do with a table stands on the model (`row_access`)."""

    APP = "wpm_app"  # web and worker outside any scope: accounts and sessions, no tenant rows
    HR = "wpm_hr"  # one organisation; may see who answered, never what
    RESPONDENT = "wpm_respondent"  # one employee's own rows
    REPORTING = "wpm_reporting"  # one organisation's sums for the report
    SYSTEM = "wpm_system"  # the named functions in the schema `wpm`, nothing else
    OWNER = "none"  # whoever is connected: migrations and operator commands


class NoScope(RuntimeError):
    """Tenant rows were asked for outside `organisation_scope`."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A query with its parameters, or several with a semicolon between."""

    sql: str
    parameters: Sequence[Any] = ()


@dataclass(frozen=True, kw_only=True)
class Scope:
    """answer: the rows of the question that the scope began with; of several queries, one after the other."""

    organisation_id: int
    role: Role
    employee_id: int | None = None
    answer: list[tuple[Any, ...]] = field(default_factory=list, compare=False)


_current: ContextVar[Scope | None] = ContextVar("organisation_scope", default=None)


def current_scope() -> Scope:
    """The scope at hand. Raises `NoScope` when there is none."""
    scope = _current.get()
    if scope is None:
        raise NoScope("Open organisation_scope() before touching an organisation's rows.")
    return scope


@contextmanager
def organisation_scope(
    organisation: models.Model | int,
    *,
    role: Role = Role.HR,
    employee_id: int | None = None,
    first: Question | None = None,
) -> Iterator[Scope]:
    """Work for one organisation under one database role, in a transaction of its own (or a savepoint).

    Nested scopes are allowed and end by restoring the outer one. first: what is asked at once within the scope, on the
    same way to the server; its rows are the scope's `answer`.
    """
    organisation_id = organisation if isinstance(organisation, int) else organisation.pk
    scope = Scope(organisation_id=organisation_id, role=role, employee_id=employee_id)
    with _transaction():
        scope.answer.extend(_set_role(scope, first))
        with _current_while(scope):
            yield scope


@contextmanager
def found_scope(function: str, key: Any, *, role: Role, first: Question) -> Iterator[Scope | None]:
    """The same for the organisation and employee that the function `wpm.<function>` finds by a key.

    Finding, entering and the first question go to the server together. Yields None when the function finds nothing; its
    row has `organisation_id` and `employee_id`.
    """
    with _transaction():
        scope = _entered(function, key, role=role, first=first)
        if scope is None:
            yield None
            return
        with _current_while(scope):
            yield scope


def found_answer(function: str, key: Any, *, role: Role, first: Question) -> list[tuple[Any, ...]] | None:
    """The rows of the first question in that scope, for who asks nothing else: the scope is over when they are here.

    Statements that are sent together are one transaction, so that there is one way to the server instead of three.
    """
    if connection.in_atomic_block:
        with found_scope(function, key, role=role, first=first) as scope:
            return scope.answer if scope else None
    spare_health_check()
    found = _entered(function, key, role=role, first=first)
    return found.answer if found else None


@contextmanager
def reading_scope(organisation_id: int, *, role: Role, employee_id: int | None = None) -> Iterator[None]:
    """The scope at hand where it is this very one, which a read needs no savepoint in; else one of its own."""
    if _current.get() == Scope(organisation_id=organisation_id, role=role, employee_id=employee_id):
        yield
        return
    with organisation_scope(organisation_id, role=role, employee_id=employee_id):
        yield


@contextmanager
def _transaction() -> Iterator[None]:
    """A transaction of its own, or a savepoint after which the outer scope's role holds again."""
    outer, is_nested = _current.get(), connection.in_atomic_block
    if not is_nested:
        spare_health_check()
    with transaction.atomic():
        yield
        # A rolled-back savepoint restores by itself; a released one would keep the inner role.
        if is_nested and not connection.needs_rollback:
            _set_role(outer)


def spare_health_check() -> None:
    """Trust a connection kept from an earlier request as long as its socket is quiet.

    Django asks `SELECT 1` first (`CONN_HEALTH_CHECKS`), a way to the server and back for each request. A server that
    was restarted or ended the connection has closed the socket, which then has something to read: only such a one is
    asked.
    """
    # The stubs of Django do not know `health_check_done`.
    database: Any = connection
    kept = database.connection
    if kept is None or kept.closed or database.health_check_done:
        return
    poll = select.poll()
    poll.register(kept.fileno(), select.POLLIN)
    database.health_check_done = not poll.poll(0)


@contextmanager
def _current_while(scope: Scope) -> Iterator[None]:
    token = _current.set(scope)
    try:
        yield
    finally:
        _current.reset(token)


def _entered(function: str, key: Any, *, role: Role, first: Question) -> Scope | None:
    """Set role and tenant of the row that the function finds, and ask the first question under them."""
    with connection.cursor() as cursor:
        cursor.execute(_entering(function, role) + first.sql, [key, *first.parameters])
        cursor.nextset()
        found = cursor.fetchone()
        cursor.nextset()
        cursor.nextset()
        if found is None:
            return None
        return Scope(organisation_id=found[0], role=role, employee_id=found[1], answer=cursor.fetchall())


@cache
def _entering(function: str, role: Role) -> str:
    """What enters a scope of this role, for the key that is its parameter; the first question follows it."""
    return (
        SQL(
            "SELECT set_config('role', {system}, true), set_config('wpm.organisation', '', true),"
            " set_config('wpm.employee', '', true);"
            " SELECT found.organisation_id, found.employee_id,"
            " set_config('wpm.organisation', found.organisation_id::text, true),"
            " set_config('wpm.employee', found.employee_id::text, true)"
            " FROM wpm.{function}(%s) found;"
            " SELECT set_config('role', {role}, true); "
        )
        .format(system=str(Role.SYSTEM), function=Identifier(function), role=str(role))
        .as_string()
    )


def _role_outside_scopes() -> str:
    return str(connection.settings_dict["OPTIONS"].get("assume_role", Role.OWNER))


def _set_role(scope: Scope | None, first: Question | None = None) -> list[tuple[Any, ...]]:
    """Rows of the first question in the scope, if there is one."""
    role = scope.role if scope else _role_outside_scopes()
    organisation = str(scope.organisation_id) if scope else ""
    employee = str(scope.employee_id) if scope and scope.employee_id else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('wpm.organisation', %s, true),"
            " set_config('wpm.employee', %s, true)" + (f"; {first.sql}" if first else ""),
            [str(role), organisation, employee, *(first.parameters if first else ())],
        )
        if first is None:
            return []
        rows: list[tuple[Any, ...]] = []
        while cursor.nextset():
            rows += cursor.fetchall()
        return rows


def call_system_function(name: str, *arguments: Any) -> list[dict[str, Any]]:
    """Rows of the function `wpm.<name>`, called under the role that may run these functions only.

    The way in for what happens before a scope is known: links, memberships, keys, sweepers.
    """
    if not connection.in_atomic_block:
        spare_health_check()
        # Statements that are sent together are one transaction: the role ends with it.
        return _rows_of(name, arguments)
    with transaction.atomic(), connection.cursor() as cursor:
        rows = _rows_of(name, arguments)
        outer = _current.get()
        role = outer.role if outer else _role_outside_scopes()
        cursor.execute("SELECT set_config('role', %s, true)", [str(role)])
    return rows


def _rows_of(name: str, arguments: Sequence[Any]) -> list[dict[str, Any]]:
    placeholders, function = ", ".join(["%s"] * len(arguments)), connection.ops.quote_name(name)
    with connection.cursor() as cursor:
        cursor.execute(
            # The name comes from our own code, never from a visitor.
            f"SELECT set_config('role', %s, true); SELECT * FROM wpm.{function}({placeholders})",  # noqa: S608
            [str(Role.SYSTEM), *arguments],
        )
        cursor.nextset()
        columns = [column.name for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


TenantRow = TypeVar("TenantRow", bound=models.Model)


class TenantManager(models.Manager[TenantRow]):
    """Fails closed: rows of the scope's organisation, or `NoScope`."""

    def get_queryset(self) -> models.QuerySet[TenantRow]:
        return super().get_queryset().filter(organisation_id=current_scope().organisation_id)
