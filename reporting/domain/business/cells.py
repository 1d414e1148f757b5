"""Blocks 1 to 3 as far as files were applied for them."""

from typing import TYPE_CHECKING

from reporting.domain.business.commute_part import commute_part
from reporting.domain.business.fleet_cells import fleet_cells
from reporting.domain.business.travel_cells import travel_cells
from reporting.domain.cell import Cell
from reporting.domain.parameters import Parameters
from reporting.domain.rvo import RvoBlock

if TYPE_CHECKING:
    from reporting.domain.report_inputs import ReportInputs


def business_cells(inputs: "ReportInputs", parameters: Parameters) -> tuple[Cell, ...]:
    """Eleven cells for each block that has a file; none for a block without."""
    business = inputs.business
    commute = commute_part(
        survey=inputs.survey,
        headcount=inputs.headcount.commute_multiplier,
        parameters=parameters,
        least_people=inputs.least_people,
    )
    cells: tuple[Cell, ...] = ()
    if business.has(RvoBlock.FLEET):
        cells += fleet_cells(inputs=business, commute=commute, parameters=parameters)
    for block in (RvoBlock.MOBILITY_SERVICE, RvoBlock.EXPENSE_CLAIM):
        if business.has(block):
            cells += travel_cells(block=block, inputs=business, commute=commute, parameters=parameters)
    return cells
