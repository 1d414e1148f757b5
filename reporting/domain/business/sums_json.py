"""Business inputs as JSON and back; amounts as exact text, rows in a fixed order."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from reporting.domain.business.sums import (
    BusinessInputs,
    FleetClass,
    SourceFile,
    TravelSum,
    class_order,
    file_order,
    travel_order,
)
from reporting.domain.business.vehicles import LeftOut, VehicleKind
from reporting.domain.rvo import Fuel, RvoBlock

_AMOUNTS = frozenset({"driven_km", "contract_km_days", "registered_km", "km", "private_km", "euro"})


def business_to_json(inputs: BusinessInputs) -> dict[str, Any]:
    """JSON-ready; the inverse is `business_from_json`."""
    return {
        "files": [_row(file) for file in sorted(inputs.files, key=file_order)],
        "fleet": [_row(row) for row in sorted(inputs.fleet, key=class_order)],
        "travel": [_row(row) for row in sorted(inputs.travel, key=travel_order)],
    }


def business_from_json(document: Mapping[str, Any] | None) -> BusinessInputs:
    """What `business_to_json` wrote; nothing for a document without business files."""
    if document is None:
        return BusinessInputs()
    return BusinessInputs(
        files=tuple(
            SourceFile(**{**row, "block": RvoBlock(row["block"]), "applied_on": date.fromisoformat(row["applied_on"])})
            for row in document["files"]
        ),
        fleet=tuple(FleetClass(**_read(row)) for row in document["fleet"]),
        travel=tuple(TravelSum(**_read(row) | {"block": RvoBlock(row["block"])}) for row in document["travel"]),
    )


def _row(row: FleetClass | TravelSum | SourceFile) -> dict[str, Any]:
    return {field.name: _written(getattr(row, field.name)) for field in fields(row)}


def _written(value: object) -> object:
    if isinstance(value, Decimal):
        # 10.5 and 10.50 are one amount and must give one hash.
        return f"{value:.2f}"
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: Decimal(value) if name in _AMOUNTS else value for name, value in row.items()}
    left_out = row["left_out"]
    return values | {
        "kind": VehicleKind(row["kind"]),
        "fuel": Fuel(row["fuel"]),
        "left_out": LeftOut(left_out) if left_out else None,
    }
