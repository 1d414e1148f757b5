"""The report as JSON, by the schema that is published beside this file."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from reporting.domain.cell import Cell
from reporting.domain.matrix import Matrix
from reporting.exports.co2 import co2_document
from reporting.exports.estimate import estimate_document
from reporting.exports.exported_report import ExportedReport

SCHEMA_PATH = Path(__file__).resolve().with_name("report.schema.json")
SCHEMA_ID = "urn:wpm-platform:report:1"


@cache
def report_schema_bytes() -> bytes:
    """The published JSON Schema, as stored."""
    return SCHEMA_PATH.read_bytes()


def report_json(report: ExportedReport) -> bytes:
    """UTF-8, keys in a fixed order, a newline at the end: the same report always gives the same bytes."""
    text = json.dumps(report_document(report), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def report_document(report: ExportedReport) -> dict[str, Any]:
    """The report as JSON-ready values: kilometres as numbers, euros as exact text, undetermined cells as null."""
    return {
        "schema": SCHEMA_ID,
        "legal_entity": {"name": report.legal_entity_name, "kvk_number": report.kvk_number},
        "reporting_year": report.reporting_year,
        "headcount": report.headcount,
        "reference_date": report.reference_date.isoformat(),
        "version": report.version,
        "status": report.status.value,
        "filed_on": None if report.filed_on is None else report.filed_on.isoformat(),
        "filing_reference": report.filing_reference,
        "commute": {
            "method": report.matrix.commute_method.value,
            "is_mixed": report.matrix.is_commute_mixed,
            "survey_weeks": [week.isoformat() for week in report.survey_weeks],
            "submitted": report.submitted,
            "respondents": report.respondents,
            # Left out where nobody chose, so that reports of before stay as they are.
            **({} if report.choice.is_default else {"choice": report.choice.to_json()}),
            **({} if report.estimate is None else {"estimate": estimate_document(report.estimate)}),
        },
        "form_version": report.form_version,
        "parameter_version": report.parameter_version,
        "inputs_hash": report.inputs_hash,
        "is_complete": report.matrix.is_complete,
        "cells": [cell_document(cell) for cell in report.matrix.cells],
        "totals": totals_document(report.matrix),
        **({} if report.co2 is None else {"co2": co2_document(report.co2)}),
    }


def totals_document(matrix: Matrix) -> list[dict[str, Any]]:
    """The four blocks added up."""
    return [
        {
            "block": total.block.value,
            "block_code": total.block.code,
            "kilometres": total.kilometres,
            "euro": _amount(total.euro),
            "undetermined": total.undetermined,
        }
        for total in matrix.totals()
    ]


def cell_document(cell: Cell) -> dict[str, Any]:
    """One cell with its derivation."""
    return {
        "block": cell.block.value,
        "block_code": cell.block.code,
        "line": cell.line.number,
        "line_code": cell.line.value,
        "value": _amount(cell.value) if isinstance(cell.value, Decimal) else cell.value,
        "unit": cell.unit.value,
        "origin": cell.origin.value,
        "derivation": cell.derivation.to_json(),
    }


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
