"""Business travel against itself and against the survey."""

from collections.abc import Iterator
from fractions import Fraction

from reporting.domain.business.commute_part import CommutePart, commute_of_line, commute_part
from reporting.domain.business.fleet import has_full_registration, total_km
from reporting.domain.business.steps import outcome
from reporting.domain.business.sums import FleetClass
from reporting.domain.business.vehicles import MODE_OF_KIND
from reporting.domain.matrix import Matrix
from reporting.domain.parameters import Parameters
from reporting.domain.plausibility.finding import Check, Finding, share, threshold, whole
from reporting.domain.report_inputs import ReportInputs
from reporting.domain.rvo import Mode, RvoBlock, RvoLine


def negative_business(matrix: Matrix) -> Iterator[Finding]:
    """Business km ≥ 0 after commuting and private km are taken off; also where a figure by hand stands in its place."""
    for cell in matrix.cells:
        exact = outcome(cell.derivation.steps)
        if exact >= 0:
            continue
        total = sum((step.amount for step in cell.derivation.steps if step.amount > 0), Fraction(0))
        yield Finding(
            check=Check.NEGATIVE_BUSINESS,
            block=cell.block,
            line=cell.line,
            figures={"outcome_km": whole(exact), "total_km": whole(total), "taken_off_km": whole(total - exact)},
        )


def lease_commute(inputs: ReportInputs, parameters: Parameters) -> Iterator[Finding]:
    """Commuting km in vehicles of the employer ≤ all km of the fleet on that line.

    With a trip registration of all vehicles the report nowhere shows commuting per line, so the finding does not
    either: it could be the answer of a few.
    """
    commute = _commute(inputs, parameters)
    if commute is None:
        return
    is_shown = not has_full_registration(inputs.business.fleet)
    for line, rows in _by_line(inputs, parameters).items():
        total = sum((total_km(row, year=parameters.reporting_year) for row in rows), Fraction(0))
        part = commute_of_line(commute, inputs=inputs.business, block=RvoBlock.FLEET, line=line, form=parameters.form)
        # Without readings and contract nothing is known of the total; a bicycle without km may be left out.
        if part <= total or any(row.without_km for row in rows) or (line is RvoLine.BICYCLE_WALKING and not rows):
            continue
        yield Finding(
            check=Check.LEASE_COMMUTE,
            block=RvoBlock.FLEET,
            line=line,
            figures={**({"commute_km": whole(part)} if is_shown else {}), "total_km": whole(total)},
        )


def fuel_mix(inputs: ReportInputs, parameters: Parameters) -> Iterator[Finding]:
    """Per line of cars: its part of the fleet's cars against its part of commuting by cars of the employer."""
    limit, commute = threshold(parameters, "check_fuel_mix"), _commute(inputs, parameters)
    # With a trip registration of all vehicles no output tells commuting per line (see `lease_commute`).
    if limit is None or commute is None or has_full_registration(inputs.business.fleet):
        return
    lines = parameters.form.lines_of(mode=Mode.CAR)
    fleet = {line: sum(row.vehicles for row in rows) for line, rows in _by_line(inputs, parameters).items()}
    cars = sum(fleet[line] for line in lines)
    driven = sum((commute.provided.get(line, Fraction(0)) for line in lines), Fraction(0))
    if not cars or not driven:
        return
    for line in RvoLine:
        if line not in lines:
            continue
        in_fleet, in_survey = Fraction(fleet[line], cars), commute.provided.get(line, Fraction(0)) / driven
        if abs(in_fleet - in_survey) > limit:
            yield Finding(
                check=Check.FUEL_MIX,
                block=RvoBlock.FLEET,
                line=line,
                figures={"in_fleet": share(in_fleet), "in_survey": share(in_survey), "limit": share(limit)},
            )


def _commute(inputs: ReportInputs, parameters: Parameters) -> CommutePart | None:
    """Commuting in vehicles of the employer; None without a fleet file or without a survey that gives it."""
    if not inputs.business.has(RvoBlock.FLEET):
        return None
    part = commute_part(
        survey=inputs.survey,
        headcount=inputs.headcount.commute_multiplier,
        parameters=parameters,
        least_people=inputs.least_people,
        estimate=inputs.estimate,
    )
    return part if part.reason is None else None


def _by_line(inputs: ReportInputs, parameters: Parameters) -> dict[RvoLine, list[FleetClass]]:
    """The vehicles that count."""
    by_line: dict[RvoLine, list[FleetClass]] = {line: [] for line in RvoLine}
    for row in inputs.business.fleet:
        if row.left_out is None:
            by_line[parameters.form.place(mode=MODE_OF_KIND[row.kind], fuel=row.fuel).line].append(row)
    return by_line
