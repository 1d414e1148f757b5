"""Rows that PostgreSQL hands over as JSON, as instances of their models: many tables in one answer."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, models

Row = TypeVar("Row", bound=models.Model)
# JSON has these as they are.
PLAIN = (models.CharField, models.BooleanField, models.IntegerField, models.ForeignKey)


def instance(model: type[Row], row: Mapping[str, Any]) -> Row:
    """The instance that the ORM would have read. row: all columns by their names, as `to_json` writes a row."""
    names, readers = _fields(model)
    return model.from_db(
        DEFAULT_DB_ALIAS,
        names,
        [row[column] if read is None else read(row[column]) for column, read in readers],
    )


@cache
def _fields(
    model: type[models.Model],
) -> tuple[list[str], tuple[tuple[str, Callable[[Any], Any] | None], ...]]:
    """The names of the fields, and by column what makes a value of what stands in the JSON (None: nothing to do)."""
    fields = model._meta.concrete_fields
    readers = tuple((str(field.column), None if isinstance(field, PLAIN) else field.to_python) for field in fields)
    return [field.attname for field in fields], readers
