"""One cell of the form, and how its figure came about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from reporting.domain.business.steps import Step, steps_from_json
from reporting.domain.commute_estimate import EstimatedFigures, figures_from_json
from reporting.domain.rvo import RvoBlock, RvoLine, Unit, cell_unit


class CellOrigin(StrEnum):
    """`UNDETERMINED`: no figure could be given. It is never shown as 0 and blocks freezing."""

    OBSERVED = "observed"
    ESTIMATED = "estimated"
    MANUAL = "manual"
    UNDETERMINED = "undetermined"


class CellMethod(StrEnum):
    """`SURVEY_ONE_WEEK` is the guidance's method; `SURVEY_POOLED_WEEKS` our extension to several weeks; with
    `SURVEY_ESTIMATED` those who stayed silent are estimated, as HR chose. Without a survey, commuting is by
    `STANDARD_DAYS` (214 days) or `COMMUTE_REGISTRATION`.

    Business travel from files: a fleet by `TRIP_REGISTRATION` or `FLAT_RATE`, mobility services by `PROVIDER_TOTALS`,
    `EXPENSE_CLAIMS`.
    """

    SURVEY_ONE_WEEK = "survey_one_week"
    SURVEY_POOLED_WEEKS = "survey_pooled_weeks"
    SURVEY_ESTIMATED = "survey_estimated"
    STANDARD_DAYS = "standard_days"
    COMMUTE_REGISTRATION = "commute_registration"
    ENTERED_TOTAL = "entered_total"
    TRIP_REGISTRATION = "trip_registration"
    FLAT_RATE = "flat_rate"
    PROVIDER_TOTALS = "provider_totals"
    EXPENSE_CLAIMS = "expense_claims"
    NONE = "none"


FILE_METHODS = frozenset(
    {
        CellMethod.TRIP_REGISTRATION,
        CellMethod.FLAT_RATE,
        CellMethod.PROVIDER_TOTALS,
        CellMethod.EXPENSE_CLAIMS,
        CellMethod.COMMUTE_REGISTRATION,
    }
)


class UndeterminedReason(StrEnum):
    NOT_ENTERED = "not_entered"
    NO_SURVEY = "no_survey"
    NO_RESPONDENTS = "no_respondents"
    FEW_RESPONDENTS = "few_respondents"
    NO_HEADCOUNT = "no_headcount"
    ONLY_UNKNOWN_FUEL = "only_unknown_fuel"
    NEGATIVE_OUTCOME = "negative_outcome"
    VEHICLES_WITHOUT_KILOMETRES = "vehicles_without_kilometres"
    ROWS_WITHOUT_AMOUNT = "rows_without_amount"
    METHOD_UNKNOWN = "method_unknown"
    NO_RHYTHMS = "no_rhythms"
    FEW_RHYTHMS = "few_rhythms"
    NO_REGISTRATION = "no_registration"
    ESTIMATE_OUTDATED = "estimate_outdated"
    ESTIMATE_WITHOUT_FUEL = "estimate_without_fuel"


@dataclass(frozen=True, kw_only=True)
class Derivation:
    """What "explain this cell" shows.

    For survey figures: `week_metres` (return distances of the line, all weeks together, exact), times
    `weeks_per_year`, divided by `respondents` (respondent-weeks), times `headcount`, is `exact_km`; the cell
    is that rounded half up. `flags` count what deserves a remark (see `SurveyFlag`). `note` is what was typed
    with an entered figure. A manual figure in a computed cell keeps the computed numbers beside it.
    For 214 days: `week_metres` (a standard week of the employees `with_rhythm`, pro rata for months) × `days_per_year`
    ÷ 5 ÷ `with_rhythm` × `headcount`.
    For an estimated cell these are the guidance's numbers; what the cell states is `estimate.km`.
    For figures from files: `steps` add up to `exact_km` (euros in the cell that asks these).
    """

    method: CellMethod
    source: str = ""
    week_metres: Fraction | None = None
    weeks_per_year: int | None = None
    respondents: int | None = None
    headcount: int | None = None
    exact_km: Fraction | None = None
    flags: Mapping[str, int] = field(default_factory=dict)
    undetermined_reason: UndeterminedReason | None = None
    note: str = ""
    steps: tuple[Step, ...] = ()
    days_per_year: int | None = None
    with_rhythm: int | None = None
    estimate: EstimatedFigures | None = None

    def to_json(self) -> dict[str, Any]:
        """JSON-ready; exact fractions as text `n/d`."""
        return {
            "method": self.method.value,
            "source": self.source,
            "week_metres": None if self.week_metres is None else str(self.week_metres),
            "weeks_per_year": self.weeks_per_year,
            "respondents": self.respondents,
            "headcount": self.headcount,
            "exact_km": None if self.exact_km is None else str(self.exact_km),
            "flags": dict(self.flags),
            "undetermined_reason": self.undetermined_reason.value if self.undetermined_reason else None,
            "note": self.note,
            # Left out without any, so that versions stored before there were steps stay as they are.
            **({"steps": [step.to_json() for step in self.steps]} if self.steps else {}),
            **(
                {"days_per_year": self.days_per_year, "with_rhythm": self.with_rhythm}
                if self.days_per_year is not None
                else {}
            ),
            **({"estimate": self.estimate.to_json()} if self.estimate is not None else {}),
        }


def derivation_from_json(document: Mapping[str, Any]) -> Derivation:
    """The inverse of `Derivation.to_json`."""
    week_metres, exact_km = document["week_metres"], document["exact_km"]
    reason = document["undetermined_reason"]
    return Derivation(
        method=CellMethod(document["method"]),
        source=document["source"],
        week_metres=None if week_metres is None else Fraction(week_metres),
        weeks_per_year=document["weeks_per_year"],
        respondents=document["respondents"],
        headcount=document["headcount"],
        exact_km=None if exact_km is None else Fraction(exact_km),
        flags=dict(document["flags"]),
        undetermined_reason=UndeterminedReason(reason) if reason else None,
        note=document["note"],
        steps=steps_from_json(document.get("steps", [])),
        days_per_year=document.get("days_per_year"),
        with_rhythm=document.get("with_rhythm"),
        estimate=figures_from_json(document["estimate"]) if document.get("estimate") else None,
    )


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A whole number of kilometres, an exact amount of euros, or None when undetermined."""

    block: RvoBlock
    line: RvoLine
    value: int | Decimal | None
    origin: CellOrigin
    derivation: Derivation

    def __post_init__(self) -> None:
        if (self.value is None) is not (self.origin is CellOrigin.UNDETERMINED):
            raise ValueError(f"{self.block.code}/{self.line}: exactly an undetermined cell has no value.")

    @property
    def unit(self) -> Unit:
        return cell_unit(block=self.block, line=self.line)
