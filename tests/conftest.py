"""What all tests share: the database roles are real here too."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import translation

from tests.factories import make_member, make_organisation
from wpm_platform.organisations.models import Organisation

# Rows that migrating wrote, not a test.
WRITTEN_BY_MIGRATING = {"django_content_type", "auth_permission"}
flush = TransactionTestCase._fixture_teardown


def _empty_tables(case: TransactionTestCase) -> None:
    """After a transactional test: empty the tables, and leave all else as migrating made it.

    Django's own flush truncates every table and then lays roles, grants and policies anew, as after a migration: forty
    times as long. Foreign keys are not looked at meanwhile, which takes a superuser; anybody else flushes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        if cursor.fetchone() != ("on",):
            flush(case)
            return
        tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - WRITTEN_BY_MIGRATING)
        deletes = "; ".join(f'DELETE FROM "{table}"' for table in tables)
        cursor.execute(f"SET session_replication_role = replica; {deletes}; SET session_replication_role = DEFAULT")


TransactionTestCase._fixture_teardown = _empty_tables


@pytest.fixture
def organisation() -> Organisation:
    """A made-up employer."""
    return make_organisation()


@pytest.fixture
def hr(client: Client, organisation: Organisation) -> Client:
    """A browser in which this employer's HR is signed in."""
    client.force_login(make_member(organisation))
    return client


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Test databases are made and migrated by the connected owner."""
    connection.settings_dict["OPTIONS"].pop("assume_role", None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """From here on, every connection works under the role of the web process, until the database is dropped."""
    connection.settings_dict["OPTIONS"]["assume_role"] = settings.DATABASE_ROLE
    connection.close()
    yield
    connection.settings_dict["OPTIONS"].pop("assume_role")
    connection.close()


@pytest.fixture(autouse=True)
def _owner_cleans_up(request: pytest.FixtureRequest) -> Iterator[None]:
    """Only the owner may empty tables after a transactional test."""
    if "_django_db_helper" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    is_transactional = connection.in_atomic_block is False
    yield
    if is_transactional:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE NONE")


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A page that was read in another language leaves its thread speaking it."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "_django_db_helper" in request.fixturenames:
        cache.clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"skipped, which this suite does not allow: {report.nodeid}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test is a failed run: nothing is left out silently."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
