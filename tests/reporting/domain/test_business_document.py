"""The worked example of a fleet in docs/calculation.md, read from the page and computed again."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from reporting.domain.business.fleet import FleetVehicle, fleet_classes
from reporting.domain.business.sums import BusinessInputs, SourceFile
from reporting.domain.business.vehicles import VehicleKind
from reporting.domain.matrix import build_matrix
from reporting.domain.rvo import Fuel, Mode, RvoBlock, RvoLine
from reporting.domain.survey_sums import ModeSum, SurveySums, WeekCounts
from tests.reporting.domain.test_calculation_document import PAGE, table
from tests.reporting.reports import PARAMETERS, make_inputs


def kilometres(text):
    return None if text == "–" else Decimal(text)


def vehicles():
    for vehicle, odometer, contract, days, is_proven in table("vehicle | odometer (km)"):
        kind, fuel = vehicle.split(", ")
        yield FleetVehicle(
            kind=VehicleKind(kind),
            fuel=Fuel(fuel),
            available_days=int(days),
            driven_km=kilometres(odometer),
            contract_km=kilometres(contract),
            proves_private_limit=is_proven == "yes",
        )


def test_the_fleet_gives_the_line_of_the_page():
    commuting = int(re.search(r"With (\d+) (\d+) km of commuting", PAGE).expand(r"\1\2"))
    # 230 employees, 230 respondents, 45 weeks: the week that gives this much in a year.
    week = SurveySums(
        weeks=(WeekCounts(week_from=date(2025, 3, 10), submitted=230),),
        sums=(
            ModeSum(
                mode=Mode.CAR,
                fuel=Fuel.PETROL,
                is_employer_provided=True,
                metres=Fraction(commuting * 1000, 45),
            ),
        ),
    )
    business = BusinessInputs(
        files=(SourceFile(block=RvoBlock.FLEET, name="x", rows=3, applied_on=date(2026, 2, 1)),),
        fleet=fleet_classes(vehicles(), year=2025),
    )
    matrix = build_matrix(make_inputs(survey=week, manual=(), business=business), PARAMETERS)
    cell = matrix.cell(block=RvoBlock.FLEET, line=RvoLine.CAR_PETROL)
    assert cell.value == int(re.search(r"the line is \*\*(\d+)\*\*", PAGE)[1])
