"""Row-level security: PostgreSQL itself keeps organisations apart, whatever the query says.

After every `migrate` the roles, grants, policies and the functions in the schema `wpm` are laid anew
from the models' `row_access` and from `<app>/sql/*.sql`, so that they cannot drift from the models.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from wpm_platform.scoping import Role

SCOPED_ROLES = (Role.HR, Role.RESPONDENT, Role.REPORTING, Role.SYSTEM)
ORGANISATION = "NULLIF(current_setting('wpm.organisation', true), '')::bigint"
EMPLOYEE = "NULLIF(current_setting('wpm.employee', true), '')::bigint"
# What opens an account belongs to no scope: only the web process outside of one, where people log in.
KEYS_OF_ACCOUNTS = frozenset({"account.EmailConfirmation", "mfa.Authenticator", "sessions.Session"})
KEYS_OF_ACCOUNTS |= {"usersessions.UserSession"}
READ = "SELECT"
ADD = "SELECT, INSERT"
CHANGE = "SELECT, INSERT, UPDATE"
ALL = "SELECT, INSERT, UPDATE, DELETE"


@dataclass(frozen=True, kw_only=True)
class RowAccess:
    """What each role may do with a tenant table's rows of its own organisation.

    hr, reporting, respondent: SQL privileges, empty for none. own: SQL condition that marks the
    respondent's own rows; `{employee}` stands for the employee of the scope. organisation: the column
    that names the tenant.
    """

    hr: str = ""
    reporting: str = ""
    respondent: str = ""
    own: str = "true"
    organisation: str = "organisation_id"


@dataclass(frozen=True, kw_only=True)
class ColumnAccess:
    """What HR's role may do with a table that all organisations share, such as the accounts (`column_access`).

    hr: SQL privileges, empty for none. unread: fields that are never read inside an organisation's scope.
    """

    hr: str = ""
    unread: tuple[str, ...] = ()


def install_row_security(*, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Lay roles, grants, policies and system functions; run as the owner of the tables, idempotent."""
    connection = connections[using]
    statements = [*_roles(), *_schema()]
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            access = getattr(model, "row_access", None)
            statements += _tenant_table(model, access) if access else _shared_table(model)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if not _tables_exist(tables):
            return
        for statement in statements:
            cursor.execute(statement)
        for config in apps.get_app_configs():
            for script in _scripts(config):
                cursor.execute(script.read_text(encoding="utf-8"))


def _tables_exist(tables: set[str]) -> bool:
    return all(m._meta.db_table in tables for m in apps.get_models() if m._meta.managed and not m._meta.proxy)


def _scripts(config: AppConfig) -> list[Path]:
    return sorted((Path(config.path) / "sql").glob("*.sql"))


def _roles() -> list[str]:
    names = [Role.APP, *SCOPED_ROLES]
    creations = [
        f"""DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN
                CREATE ROLE {name} NOLOGIN NOINHERIT;
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"""
        for name in names
    ]
    # "Tuple concurrently updated" (internal_error): another database of this cluster granted it just now.
    memberships = [
        f"""DO $$ BEGIN
            IF NOT EXISTS (
                SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles a ON a.oid = m.member
                WHERE r.rolname = '{name}' AND a.rolname = '{Role.APP}'
            ) THEN GRANT {name} TO {Role.APP}; END IF;
        EXCEPTION WHEN internal_error OR unique_violation THEN NULL; END $$"""
        for name in SCOPED_ROLES
    ]
    # An owner who is no superuser must be a member to work under the web processes' role while developing.
    for_the_owner = f"""DO $$ BEGIN
        IF NOT pg_has_role(current_user, '{Role.APP}', 'MEMBER') THEN
            EXECUTE format('GRANT {Role.APP} TO %I', current_user);
        END IF;
    END $$"""
    return [*creations, *memberships, for_the_owner]


def _schema() -> list[str]:
    everyone = ", ".join([Role.APP, *SCOPED_ROLES])
    return [
        "DROP SCHEMA IF EXISTS wpm CASCADE",
        "CREATE SCHEMA wpm",
        f"GRANT USAGE ON SCHEMA public TO {everyone}",
        f"GRANT USAGE ON SCHEMA wpm TO {', '.join(SCOPED_ROLES)}",
        # Functions are open to everybody by default; here only to the role that may look things up.
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA wpm GRANT EXECUTE ON FUNCTIONS TO {Role.SYSTEM}",
        "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    ]


def _shared_table(model: type[models.Model]) -> list[str]:
    table = f'"{model._meta.db_table}"'
    if model._meta.label in KEYS_OF_ACCOUNTS:
        return [f"REVOKE ALL ON {table} FROM {', '.join(SCOPED_ROLES)}", f"GRANT {ALL} ON {table} TO {Role.APP}"]
    access = getattr(model, "column_access", None)
    if access is None:
        return [f"GRANT {ALL} ON {table} TO {Role.APP}, {Role.HR}"]
    # Revoking from the table takes the columns' grants away too.
    granted = ", ".join(_in_columns(privilege, model, access) for privilege in access.hr.split(", ") if privilege)
    return [
        f"REVOKE ALL ON {table} FROM {', '.join(SCOPED_ROLES)}",
        f"GRANT {ALL} ON {table} TO {Role.APP}",
        *([f"GRANT {granted} ON {table} TO {Role.HR}"] if granted else []),
    ]


def _in_columns(privilege: str, model: type[models.Model], access: ColumnAccess) -> str:
    if privilege != READ:
        return privilege
    names = (f'"{field.column}"' for field in model._meta.concrete_fields if field.name not in access.unread)
    return f"{privilege} ({', '.join(names)})"


def _tenant_table(model: type[models.Model], access: RowAccess) -> list[str]:
    table = f'"{model._meta.db_table}"'
    same_organisation = f"{access.organisation} = {ORGANISATION}"
    own = access.own.format(employee=EMPLOYEE)
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"REVOKE ALL ON {table} FROM {', '.join([Role.APP, *SCOPED_ROLES])}",
    ]
    for role, privileges, condition in (
        (Role.HR, access.hr, same_organisation),
        (Role.REPORTING, access.reporting, same_organisation),
        (Role.RESPONDENT, access.respondent, f"{same_organisation} AND ({own})"),
    ):
        statements.append(f"DROP POLICY IF EXISTS {role} ON {table}")
        if privileges:
            statements.append(f"CREATE POLICY {role} ON {table} TO {role} USING ({condition}) WITH CHECK ({condition})")
            statements.append(f"GRANT {privileges} ON {table} TO {role}")
    return statements
