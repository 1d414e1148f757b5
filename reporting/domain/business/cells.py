"""Blocks 1 to 3 as far as files were applied for them."""

from typing import TYPE_CHECKING

from reporting.domain.business.commute_part import CommutePart, commute_part, register_part
from reporting.domain.business.fleet_cells import fleet_cells
from reporting.domain.business.travel_cells import travel_cells
from reporting.domain.cell import Cell
from reporting.domain.commute_method import CommuteMethod
from reporting.domain.parameters import Parameters
from reporting.domain.rvo import RvoBlock

if TYPE_CHECKING:
    from reporting.domain.report_inputs import ReportInputs


def business_cells(inputs: "ReportInputs", parameters: Parameters) -> tuple[Cell, ...]:
    """Eleven cells for each block that has a file; none for a block without."""
    business = inputs.business
    commute = _commute(inputs, parameters)
    cells: tuple[Cell, ...] = ()
    if business.has(RvoBlock.FLEET):
        cells += fleet_cells(inputs=business, commute=commute, parameters=parameters)
    for block in (RvoBlock.MOBILITY_SERVICE, RvoBlock.EXPENSE_CLAIM):
        if business.has(block):
            cells += travel_cells(block=block, inputs=business, commute=commute, parameters=parameters)
    return cells


def _commute(inputs: "ReportInputs", parameters: Parameters) -> CommutePart:
    headcount = inputs.headcount.commute_multiplier
    if inputs.choice.method is CommuteMethod.SURVEY:
        return commute_part(
            survey=inputs.survey,
            headcount=headcount,
            parameters=parameters,
            least_people=inputs.least_people,
            estimate=inputs.estimate,
        )
    return register_part(
        method=inputs.choice.method, register=inputs.register, headcount=headcount, parameters=parameters
    )
