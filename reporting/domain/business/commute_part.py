"""The commuting kilometres that are taken off business travel, per line, by the method of block 4; never twice.

Vehicles: what people drove in a vehicle "provided by the employer". It belongs to the fleet (block 1), unless the
fleet has no vehicle on that line and a mobility service has kilometres there that are not split [D]. Public transport:
all of it belongs to unsplit kilometres of mobility cards, as in the guidance's example.

Where the report states an estimate, the same estimate is taken off: what is commuting in block 4 cannot be business
travel in block 1 or 2. Who provides the vehicle is not estimated; the share of each line that respondents told holds
for all of the line [D].
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from reporting.domain.business.sums import BusinessInputs
from reporting.domain.business.vehicles import MODE_OF_KIND
from reporting.domain.cell import UndeterminedReason
from reporting.domain.commute import ProvidedKilometres, provided_kilometres, why_no_commute
from reporting.domain.commute_estimate import ChosenEstimate
from reporting.domain.commute_method import CommuteMethod, CommuteRegister
from reporting.domain.commute_register import annual_sums, why_no_register
from reporting.domain.estimated_cells import why_no_estimate
from reporting.domain.form_lines import FormLines
from reporting.domain.parameters import Parameters
from reporting.domain.rvo import Mode, RvoBlock, RvoLine
from reporting.domain.survey_sums import ModeSum, SurveySums
from reporting.domain.unknown_fuel import spread_unknown_fuel

FLEET_MODES = frozenset(Mode) - {Mode.PUBLIC_TRANSPORT, Mode.WALKING}


@dataclass(frozen=True, kw_only=True)
class CommutePart:
    """Kilometres to take off per line. `reason`: why none is known at all; `open_lines`: where the fuel is not."""

    provided: Mapping[RvoLine, Fraction] = field(default_factory=dict)
    public_transport: Fraction = Fraction(0)
    reason: UndeterminedReason | None = None
    open_lines: frozenset[RvoLine] = frozenset()

    def missing(self, line: RvoLine) -> UndeterminedReason | None:
        """Why the commuting of this line is not known; None when it is."""
        if self.reason is not None:
            return self.reason
        return UndeterminedReason.ONLY_UNKNOWN_FUEL if line in self.open_lines else None


def commute_part(
    *,
    survey: SurveySums | None,
    headcount: int,
    parameters: Parameters,
    least_people: int = 1,
    estimate: ChosenEstimate | None = None,
) -> CommutePart:
    """Scaled like the commute itself: week km × 45 ÷ respondents × employees, or the line's estimate."""
    reason = why_no_commute(survey=survey, headcount=headcount, least_people=least_people)
    if reason is None and estimate is not None:
        reason = why_no_estimate(estimate, headcount=headcount, parameters=parameters)
    if survey is None or reason is not None:
        return CommutePart(reason=reason)
    rows = provided_kilometres(survey=survey, headcount=headcount, parameters=parameters)
    open_lines = _open_lines(sums=survey.sums, form=parameters.form)
    if estimate is not None:
        return _estimated_part(rows, estimate=estimate, open_lines=open_lines)
    provided: dict[RvoLine, Fraction] = {}
    public_transport = Fraction(0)
    for row in rows:
        if row.mode in FLEET_MODES:
            provided[row.line] = provided.get(row.line, Fraction(0)) + row.provided_km
        elif row.mode is Mode.PUBLIC_TRANSPORT:
            public_transport += row.provided_km + row.own_km + row.unknown_km
    return CommutePart(provided=provided, public_transport=public_transport, open_lines=open_lines)


def _estimated_part(
    rows: Sequence[ProvidedKilometres], *, estimate: ChosenEstimate, open_lines: frozenset[RvoLine]
) -> CommutePart:
    """Per line, the share that respondents travelled in vehicles of the employer × the line's estimated kilometres."""
    provided, told = dict.fromkeys(RvoLine, Fraction(0)), dict.fromkeys(RvoLine, Fraction(0))
    for row in rows:
        told[row.line] += row.provided_km + row.own_km + row.unknown_km
        provided[row.line] += row.provided_km if row.mode in FLEET_MODES else 0
    scaled: dict[RvoLine, Fraction] = {}
    for line, km in provided.items():
        estimated = estimate.lines[line].km
        if km and estimated is None:
            open_lines |= {line}
        elif km and estimated is not None:
            scaled[line] = km / told[line] * estimated
    public_transport = estimate.lines[RvoLine.PUBLIC_TRANSPORT].km
    if public_transport is None:
        open_lines |= {RvoLine.PUBLIC_TRANSPORT}
    return CommutePart(provided=scaled, public_transport=Fraction(public_transport or 0), open_lines=open_lines)


def register_part(
    *, method: CommuteMethod, register: CommuteRegister, headcount: int, parameters: Parameters
) -> CommutePart:
    """The same by 214 days or a trip registration: what the register says that the employer provides."""
    reason = why_no_register(method=method, register=register, headcount=headcount, parameters=parameters)
    if reason is not None:
        return CommutePart(reason=reason)
    sums = annual_sums(method=method, register=register, headcount=headcount, parameters=parameters)
    provided: dict[RvoLine, Fraction] = {}
    public_transport = Fraction(0)
    for row in spread_unknown_fuel(sums).sums:
        line = parameters.form.place(mode=row.mode, fuel=row.fuel).line
        if row.mode in FLEET_MODES and row.is_employer_provided:
            provided[line] = provided.get(line, Fraction(0)) + row.metres / 1000
        elif row.mode is Mode.PUBLIC_TRANSPORT:
            public_transport += row.metres / 1000
    return CommutePart(
        provided=provided, public_transport=public_transport, open_lines=_open_lines(sums=sums, form=parameters.form)
    )


def commute_of_line(
    part: CommutePart, *, inputs: BusinessInputs, block: RvoBlock, line: RvoLine, form: FormLines
) -> Fraction:
    """What is taken off this line of block 1 or 2; 0 where it belongs to the other one."""
    if line is RvoLine.PUBLIC_TRANSPORT:
        return part.public_transport if block is RvoBlock.MOBILITY_SERVICE else Fraction(0)
    is_service = line not in fleet_lines(inputs, form=form) and line in unsplit_lines(inputs, form=form)
    belongs_here = is_service is (block is RvoBlock.MOBILITY_SERVICE)
    return part.provided.get(line, Fraction(0)) if belongs_here else Fraction(0)


def fleet_lines(inputs: BusinessInputs, *, form: FormLines) -> frozenset[RvoLine]:
    """Lines on which the fleet has vehicles that count."""
    counted = (row for row in inputs.fleet if row.left_out is None)
    return frozenset(form.place(mode=MODE_OF_KIND[row.kind], fuel=row.fuel).line for row in counted)


def unsplit_lines(inputs: BusinessInputs, *, form: FormLines) -> frozenset[RvoLine]:
    """Lines on which mobility services have kilometres that may hold commuting."""
    lines: set[RvoLine] = set()
    for row in inputs.travel_in(RvoBlock.MOBILITY_SERVICE):
        if row.left_out is None and not row.is_split:
            mode = MODE_OF_KIND[row.kind]
            place = form.places.get((mode, row.fuel))
            lines |= {place.line} if place else form.lines_of(mode=mode)
    return frozenset(lines)


def _open_lines(*, sums: tuple[ModeSum, ...], form: FormLines) -> frozenset[RvoLine]:
    """Lines of modes that employers provided and of which nobody knows the fuel."""
    unresolved = spread_unknown_fuel(sums).unresolved
    modes = {row.mode for row in sums if row.mode in unresolved and row.is_employer_provided and row.metres}
    return frozenset(line for mode in modes for line in form.lines_of(mode=mode))
