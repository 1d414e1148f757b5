"""A checked staff file as a temporary table, and what it would change in the staff list, counted by PostgreSQL.

The same rules as `surveys.domain.staff_file.difference`, for a hundred thousand rows at once; a test compares both.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from surveys.services.staff_import_rows import COPIED_COLUMNS

_CHUNK = 1024 * 1024
_CREATE = """
    CREATE TEMPORARY TABLE staff_in_file (
        is_wrong boolean, staff_number text, legal_entity_id bigint, site text, email text,
        language text, department text, function text, home_postcode text, name text, contract_kind text,
        monthly_hours numeric(5, 2), employed_from date, employed_until date, days_per_week numeric(3, 2),
        work_pattern text, leave_until date, is_on_leave boolean, has_mobility_provision boolean,
        has_fixed_workplace boolean, birth_year smallint
    ) ON COMMIT DROP
"""
_TEXT_FIELDS = ("email", "department", "function", "home_postcode", "name", "contract_kind")
_ALWAYS = ("legal_entity_id",)
_REFERENCES = {"site": "site_id", "work_pattern": "work_pattern_id"}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What to compare with whom.

    fields: attributes that the file states (`stored_attributes`). entity_id: only people of this legal entity can
    have left by not being in the file; None for all. sites: spelling in the file → id of the site. patterns: name of
    a work pattern → its id, or any negative number for one that will be made.
    """

    organisation_id: int
    fields: tuple[str, ...]
    sites: Mapping[str, int]
    patterns: Mapping[str, int]
    marks_leavers: bool
    entity_id: int | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the staff list that the file overwrites."""
        stated = (_REFERENCES.get(name, name) for name in self.fields if name != "kvk_number")
        return (*_ALWAYS, *stated)


@contextmanager
def rows_in_table(copy_text: Iterable[bytes]) -> Iterator[None]:
    """The rows of a staff file, as text for COPY with `COPIED_COLUMNS`, in the temporary table `staff_in_file`.

    Part by part, inside the current transaction: PostgreSQL takes in one part while the next is made.
    """
    with connection.cursor() as cursor:
        # What this transaction adds is not in the statistics yet: PostgreSQL would expect a handful of people and
        # go through the whole file for each of them.
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(_CREATE)
        columns = ", ".join(COPIED_COLUMNS)
        with cursor.copy(f"COPY staff_in_file ({columns}) FROM STDIN (NULL '')") as copy:
            for part in copy_text:
                copy.write(part)
        cursor.execute("ANALYZE staff_in_file (staff_number)")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("DROP TABLE IF EXISTS staff_in_file")
                cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")


def unpacked(packed: bytes) -> Iterator[bytes]:
    """What zlib packed, part by part: a text of a hundred thousand people is never in memory as a whole."""
    unpacker = zlib.decompressobj()
    while packed:
        yield unpacker.decompress(packed, _CHUNK)
        packed = unpacker.unconsumed_tail
    yield unpacker.flush()


def difference_counts(comparison: Comparison) -> dict[str, int]:
    """new, changed, rejoined, unchanged, left, and in how many people each changed column differs."""
    differs = _differs(comparison.columns)
    per_column = ", ".join(
        f"count(*) FILTER (WHERE e.id IS NOT NULL AND {_differs((name,))}) AS {name}" for name in comparison.columns
    )
    counts = _row(
        f"""
        SELECT count(*) FILTER (WHERE e.id IS NULL) AS new,
               count(*) FILTER (WHERE e.id IS NOT NULL AND e.left_at IS NULL AND {differs}) AS changed,
               count(*) FILTER (WHERE e.left_at IS NOT NULL) AS rejoined,
               count(*) FILTER (WHERE e.id IS NOT NULL AND e.left_at IS NULL AND NOT {differs}) AS unchanged,
               count(*) FILTER (WHERE f.email IS NULL) AS without_email,
               {per_column}
        FROM {_FILE} LEFT JOIN surveys_employee e
             ON e.organisation_id = %(organisation)s AND e.staff_number = f.staff_number
        WHERE NOT f.is_wrong
        """,
        comparison,
    )
    left = _row(f"SELECT count(*) AS left FROM surveys_employee e WHERE {_leaves(comparison)}", comparison)
    return counts | (left if comparison.marks_leavers else {"left": 0})


def renumbered(comparison: Comparison) -> list[tuple[str, str]]:
    """Pairs (number in the list, number in the file) of one who leaves and one who joins, alike but for zeros,
    capitals and punctuation: most likely one person, and a file that lost its leading zeros."""
    bare = "ltrim(regexp_replace(lower({}), '[^[:alnum:]]', '', 'g'), '0')"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT e.staff_number, f.staff_number
            FROM surveys_employee e JOIN staff_in_file f
                 ON {bare.format("f.staff_number")} = {bare.format("e.staff_number")}
            WHERE NOT f.is_wrong AND {_leaves(comparison)}
              AND NOT EXISTS (SELECT FROM surveys_employee known
                              WHERE known.organisation_id = %(organisation)s
                                AND known.staff_number = f.staff_number)
            ORDER BY 1, 2
            """,
            _arguments(comparison),
        )
        return [(old, new) for old, new in cursor.fetchall()]


def mark_leavers(comparison: Comparison, *, now: Any) -> int:
    """People who are not in the file have left. Returns how many."""
    return _changed_rows(
        f"UPDATE surveys_employee e SET left_at = %(now)s WHERE {_leaves(comparison)}", comparison, now=now
    )


def change_people(comparison: Comparison) -> int:
    """Overwrite what differs, and welcome back who had left. Returns how many rows changed."""
    assignments = ", ".join(f"{name} = {_value(name)}" for name in comparison.columns)
    return _changed_rows(
        f"""
        UPDATE surveys_employee e SET left_at = NULL, {assignments} FROM {_FILE}
        WHERE e.organisation_id = %(organisation)s AND e.staff_number = f.staff_number AND NOT f.is_wrong
          AND (e.left_at IS NOT NULL OR {_differs(comparison.columns)})
        """,
        comparison,
    )


def add_people(comparison: Comparison) -> int:
    """Add who is not on the list yet, in whatever order PostgreSQL finds them. Returns how many."""
    names = (
        *("legal_entity_id", "site_id", *_TEXT_FIELDS, "language", "monthly_hours", "employed_from"),
        *("employed_until", "days_per_week", "is_on_leave", "has_mobility_provision", "has_fixed_workplace"),
        *("birth_year", "leave_until", "work_pattern_id"),
    )
    values = ", ".join(_value(name, known=False) for name in names)
    return _changed_rows(
        f"""
        INSERT INTO surveys_employee (organisation_id, code, staff_number, {", ".join(names)})
        SELECT %(organisation)s, gen_random_uuid(), f.staff_number, {values}
        FROM {_FILE}
        WHERE NOT f.is_wrong
          AND NOT EXISTS (SELECT FROM surveys_employee known
                          WHERE known.organisation_id = %(organisation)s AND known.staff_number = f.staff_number)
        """,
        comparison,
    )


_FILE = """staff_in_file f
    LEFT JOIN unnest(%(spellings)s::text[], %(site_ids)s::bigint[]) AS place(spelling, site_id)
         ON place.spelling = f.site
    LEFT JOIN unnest(%(patterns)s::text[], %(pattern_ids)s::bigint[]) AS roster(name, pattern_id)
         ON roster.name = f.work_pattern"""


def _value(name: str, *, known: bool = True) -> str:
    """What the file says for a column. A blank language leaves the known one as it is."""
    if name == "site_id":
        return "place.site_id"
    if name == "work_pattern_id":
        return "roster.pattern_id"
    if name == "language":
        return "coalesce(f.language, e.language)" if known else "coalesce(f.language, 'nl')"
    return f"coalesce(f.{name}, '')" if name in _TEXT_FIELDS else f"f.{name}"


def _differs(columns: Sequence[str]) -> str:
    return "(" + " OR ".join(f"e.{name} IS DISTINCT FROM {_value(name)}" for name in columns) + ")"


def _leaves(comparison: Comparison) -> str:
    of_entity = "" if comparison.entity_id is None else " AND e.legal_entity_id = %(entity)s"
    return f"""e.organisation_id = %(organisation)s AND e.left_at IS NULL{of_entity}
        AND NOT EXISTS (SELECT FROM staff_in_file present WHERE present.staff_number = e.staff_number)"""


def _arguments(comparison: Comparison, **more: Any) -> dict[str, Any]:
    return {
        "organisation": comparison.organisation_id,
        "entity": comparison.entity_id,
        "spellings": list(comparison.sites),
        "site_ids": list(comparison.sites.values()),
        "patterns": list(comparison.patterns),
        "pattern_ids": list(comparison.patterns.values()),
        **more,
    }


def _row(query: str, comparison: Comparison) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(query, _arguments(comparison))
        return dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))


def _changed_rows(query: str, comparison: Comparison, **more: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, _arguments(comparison, **more))
        return int(cursor.rowcount)
