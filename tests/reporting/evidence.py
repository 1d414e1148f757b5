"""Evidence for tests, with clearly made-up figures."""

from datetime import date
from typing import Any

from reporting.domain.least_inputs import least_inputs
from reporting.domain.rvo import RvoLine
from reporting.exports.evidence import Evidence
from reporting.exports.exported_report import ExportedStatus
from reporting.method_statement import method_statement
from tests.reporting.reports import PARAMETERS, make_exported_report, make_inputs


def make_facts(**changes: Any) -> dict[str, Any]:
    """As they are kept when a report is frozen."""
    facts = {
        "headcount_excluded": {
            "groups": [{"reason": "too_few_hours", "people": 31}],
            "others": {"reasons": ["hired_temp", "volunteer"], "people": 6},
        },
        "survey": {
            "invited": 228,
            "answered": 100,
            "required": 209,
            "wanted_margin": "0.02",
            "confidence": "0.95",
            "reached_margin": "0.073",
            "left_out": {"groups": [], "others": {"reasons": ["left"], "people": "<5"}},
            "sites": {
                "groups": [{"site": "Utrecht", "people": 150, "answered": 70}],
                "rest": {"people": 78, "answered": 30},
                "hidden_groups": 3,
                "is_withheld": False,
            },
            "mails": [{"kind": "invitation", "state": "delivered", "mails": 228}],
            "contributors": [
                {"line": line.value, "people": "<5" if line is RvoLine.CAR_DIESEL else 20} for line in RvoLine
            ],
        },
        "warnings": [],
    }
    return {**facts, **changes}


def make_evidence(**changes: Any) -> Evidence:
    inputs = make_inputs()
    report = make_exported_report(
        status=ExportedStatus.FILED, filed_on=date(2026, 5, 4), filing_reference="RVO-2026-0001"
    )
    facts: dict[str, Any] = {
        "report": report,
        "inputs": least_inputs(inputs, PARAMETERS),
        "parameters": PARAMETERS,
        "software_version": "0.1.0",
        "frozen_on": date(2026, 5, 3),
        "earlier": (),
        "statement": method_statement(inputs=inputs, parameters=PARAMETERS, matrix=report.matrix),
        "facts": make_facts(),
    }
    return Evidence(**{**facts, **changes})
