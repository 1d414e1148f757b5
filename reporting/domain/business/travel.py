"""Mobility services and expense claims: from rows to sums per kind and fuel.

Mobility services (block 2): a row is split when it states its business km, or its commuting beside the total: then
business = total − commuting − private. Else the total may hold commuting, which the survey knows.
Expense claims (block 3): trips as claimed; commuting and private rows are recorded and left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from reporting.domain.business.sums import NOTHING, TravelSum, travel_order
from reporting.domain.business.vehicles import LeftOut, VehicleKind, left_out_kind
from reporting.domain.rvo import Fuel, RvoBlock

_ADDED = ("rows", "km", "private_km", "euro", "rows_without_amount")


@dataclass(frozen=True, kw_only=True)
class TravelRow:
    """One row, without person or day. None means that the row does not state it."""

    kind: VehicleKind
    fuel: Fuel
    left_out: LeftOut | None = None
    total_km: Decimal | None = None
    business_km: Decimal | None = None
    commute_km: Decimal | None = None
    private_km: Decimal | None = None
    euro: Decimal | None = None


def travel_sums(rows: Iterable[TravelRow], *, block: RvoBlock) -> tuple[TravelSum, ...]:
    """Rows that share kind, fuel and reason, added up; in a fixed order."""
    return merged_travel(_sum_of(row, block=block) for row in rows)


def merged_travel(rows: Iterable[TravelSum]) -> tuple[TravelSum, ...]:
    """Sums of several files as one: what shares block, kind, fuel and reason is added up."""
    first: dict[tuple[object, ...], TravelSum] = {}
    amounts: dict[tuple[object, ...], list[Any]] = {}
    for row in rows:
        key = travel_order(row)
        added = (row.rows, row.km, row.private_km, row.euro, row.rows_without_amount)
        if key in first:
            amounts[key] = [sum(pair) for pair in zip(amounts[key], added, strict=True)]
        else:
            first[key], amounts[key] = row, list(added)
    return tuple(replace(first[key], **dict(zip(_ADDED, amounts[key], strict=True))) for key in sorted(first, key=str))


def _sum_of(row: TravelRow, *, block: RvoBlock) -> TravelSum:
    km, is_split = (_claimed(row), True) if block is RvoBlock.EXPENSE_CLAIM else _provided(row)
    wants_euro = block is RvoBlock.EXPENSE_CLAIM and row.kind is VehicleKind.PUBLIC_TRANSPORT
    left_out = row.left_out or left_out_kind(row.kind)
    lacks_amount = row.euro is None if wants_euro else km is None
    return TravelSum(
        block=block,
        kind=row.kind,
        fuel=row.fuel,
        left_out=left_out,
        is_split=is_split,
        rows=1,
        km=km or NOTHING,
        private_km=NOTHING if is_split else row.private_km or NOTHING,
        euro=row.euro or NOTHING,
        rows_without_amount=int(lacks_amount and left_out is None),
    )


def _claimed(row: TravelRow) -> Decimal | None:
    return row.total_km if row.business_km is None else row.business_km


def _provided(row: TravelRow) -> tuple[Decimal | None, bool]:
    """Kilometres, and whether these are business km."""
    if row.business_km is not None:
        return row.business_km, True
    if row.total_km is not None and row.commute_km is not None:
        return row.total_km - row.commute_km - (row.private_km or NOTHING), True
    return row.total_km, False
