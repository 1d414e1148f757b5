"""Looks at whole tables as their owner."""

from django.db import connection

from tests.factories import as_owner


def fingerprints() -> dict[str, tuple[int, str]]:
    """Table → number of rows and a checksum of all of them, for every table in the database."""
    with as_owner(), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in tables:
            cursor.execute(
                f"SELECT count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM \"{table}\" t"
            )
            found[table] = cursor.fetchone()
    return found


def row_count(table: str) -> int:
    """How many rows a raw query finds under the role at hand."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])
