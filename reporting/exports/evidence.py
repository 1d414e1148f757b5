"""How a frozen report came about, as one JSON document by a published schema: enough to compute every cell again."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from reporting.domain.least_inputs import figures
from reporting.domain.matrix import Matrix
from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ReportInputs, inputs_hash, inputs_to_json
from reporting.domain.rvo import RvoBlock
from reporting.domain.survey_sums import LINE_FLAGS
from reporting.exports.exported_report import ExportedReport
from reporting.exports.json import report_document

EVIDENCE_SCHEMA_PATH = Path(__file__).resolve().with_name("evidence.schema.json")
EVIDENCE_SCHEMA_ID = "urn:wpm-platform:evidence:1"


@dataclass(frozen=True, kw_only=True)
class EarlierVersion:
    """A version of the same report that was reopened since: it never changes any more."""

    number: int
    inputs_hash: str
    filed_on: datetime.date | None
    filing_reference: str
    reopened_on: datetime.date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A version with all that its figures follow from, and no sum finer than the form's lines.

    inputs: the least that gives the cells. facts: what was kept when the report was frozen, by the schema; None for a
    draft and for versions that kept nothing. statement: the method in sentences. model_card: of the estimate, where the
    report states one.
    """

    report: ExportedReport
    inputs: ReportInputs
    parameters: Parameters
    software_version: str
    frozen_on: datetime.date | None
    earlier: tuple[EarlierVersion, ...]
    statement: tuple[str, ...]
    facts: Mapping[str, Any] | None
    model_card: Mapping[str, Any] | None = None


@cache
def evidence_schema_bytes() -> bytes:
    """The published JSON Schema, as stored."""
    return EVIDENCE_SCHEMA_PATH.read_bytes()


def coarse_report(report: ExportedReport) -> ExportedReport:
    """The same report without remarks on a part of a line, which can be a single person's."""
    return replace(report, matrix=Matrix(cells=figures(report.matrix)))


def evidence_json(evidence: Evidence) -> bytes:
    """UTF-8, keys in a fixed order, a newline at the end: the same evidence always gives the same bytes."""
    return f"{json.dumps(evidence_document(evidence), ensure_ascii=False, indent=2)}\n".encode()


def evidence_document(evidence: Evidence) -> dict[str, Any]:
    """JSON-ready: the report by its own schema, and what it follows from."""
    return {
        "schema": EVIDENCE_SCHEMA_ID,
        "report": report_document(coarse_report(evidence.report)),
        "frozen_on": None if evidence.frozen_on is None else evidence.frozen_on.isoformat(),
        "software_version": evidence.software_version,
        "earlier_versions": [
            {
                "number": version.number,
                "inputs_hash": version.inputs_hash,
                "filed_on": None if version.filed_on is None else version.filed_on.isoformat(),
                "filing_reference": version.filing_reference,
                "reopened_on": version.reopened_on.isoformat(),
                "reason": version.reason,
            }
            for version in evidence.earlier
        ],
        "statement": list(evidence.statement),
        "inputs": inputs_to_json(evidence.inputs),
        "inputs_sha256": inputs_hash(evidence.inputs),
        "parameters": dict(evidence.parameters.document),
        "line_remarks": line_remarks(evidence.report.matrix),
        "facts": evidence.facts,
        **({} if evidence.model_card is None else {"model_card": evidence.model_card}),
    }


def line_remarks(matrix: Matrix) -> list[dict[str, str]]:
    """Which lines of block 4 rest in part on a fuel nobody knew or on an assumed place; not how much of them."""
    return [
        {"line": cell.line.value, "remark": remark}
        for cell in matrix.block(RvoBlock.COMMUTE)
        for remark in sorted({flag.removesuffix("_metres") for flag in LINE_FLAGS & cell.derivation.flags.keys()})
    ]
