"""Rows that PostgreSQL hands over as JSON, as instances of their models: many tables in one answer."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)
# JSON has these as they are.
PLAIN = (models.CharField, models.BooleanField, models.IntegerField, models.ForeignKey)


def instance(model: type[Row], row: dict[str, Any], **related: models.Model | None) -> Row:
    """The instance that the ORM would have read, and those that it names.

    row: all columns, as `to_json` writes a row; they are named as the attributes. related: by field, what
    `select_related` would read.
    """
    # As Django restores what was pickled. Its `__init__` looks for defaults and sets field by field, a dozen times for
    # each page of an employee.
    made = model.__new__(model)
    made._state = ModelState()
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    made._state.fields_cache.update(related)
    made.__dict__.update(row)
    for column, read in _readers(model):
        if row[column] is not None:
            made.__dict__[column] = read(row[column])
    return made


@cache
def _readers(model: type[models.Model]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """By column, what makes a value of what stands in the JSON, where it is another one."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, PLAIN)]
    return tuple((field.attname, field.to_python) for field in fields)
