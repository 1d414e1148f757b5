"""Everything a report is computed from, as one frozen value that can be stored, hashed and read back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from reporting.domain.business.sums import BusinessInputs
from reporting.domain.business.sums_json import business_from_json, business_to_json
from reporting.domain.commute_estimate import ChosenEstimate, canonical_hash, estimate_from_json
from reporting.domain.commute_method import (
    CommuteMethod,
    CommuteRegister,
    MethodChoice,
    choice_from_json,
    register_from_json,
)
from reporting.domain.rvo import RvoBlock, RvoLine, Unit, cell_unit
from reporting.domain.survey_sums import SurveySums, WeekCounts, mode_sums_from_json, mode_sums_to_json

INPUTS_FORMAT = 1


class ManualTotalRejected(ValueError):
    """An entered total cannot be a figure of its cell."""


class MethodsMixed(ValueError):
    """Two methods for commuting in one report, or an estimate that is not of the whole survey."""


@dataclass(frozen=True, kw_only=True)
class ManualTotal:
    """A figure entered by hand: whole km, or euros with at most two decimals. Block 4 needs a reason; so does a cell
    of another block that files give a figure for (see `services/entered_totals`)."""

    block: RvoBlock
    line: RvoLine
    value: int | Decimal
    note: str = ""

    def __post_init__(self) -> None:
        where = f"Block {self.block.value}, line {self.line.number}"
        if cell_unit(block=self.block, line=self.line) is Unit.KILOMETRES:
            if not isinstance(self.value, int) or isinstance(self.value, bool):
                raise ManualTotalRejected(f"{where}: enter whole kilometres.")
        elif not isinstance(self.value, Decimal) or not _is_amount(self.value):
            raise ManualTotalRejected(f"{where}: enter euros with at most two decimals.")
        if self.value < 0:
            raise ManualTotalRejected(f"{where}: enter 0 or more.")
        if self.block is RvoBlock.COMMUTE and not self.note.strip():
            raise ManualTotalRejected(f"{where}: say why this figure replaces the computed one.")


@dataclass(frozen=True, kw_only=True)
class HeadcountFigures:
    """`counted` is the form's header; `commute_multiplier` leaves out staff without a fixed workplace."""

    reference_date: date
    counted: int
    commute_multiplier: int
    assumed: int = 0


@dataclass(frozen=True, kw_only=True)
class ReportInputs:
    """The inputs of one report: one KvK number, one reporting year. Sums only, nothing about a person.

    `least_people`: block 4 is not computed from the answers of fewer people. It is an input, so that a version that was
    stored without it gives its own figures and hash for good. `business`: what files say about blocks 1 to 3.
    `choice`: the method of block 4. Only what that method needs is an input: the survey, or `register`, never both.
    `estimate`: the estimate whose figures HR reports in place of the guidance's; None for the guidance's.
    """

    kvk_number: str
    reporting_year: int
    parameter_version: str
    headcount: HeadcountFigures
    survey: SurveySums | None
    manual: tuple[ManualTotal, ...] = ()
    least_people: int = 1
    business: BusinessInputs = field(default_factory=BusinessInputs)
    choice: MethodChoice = field(default_factory=MethodChoice)
    register: CommuteRegister = field(default_factory=CommuteRegister)
    estimate: ChosenEstimate | None = None

    def __post_init__(self) -> None:
        cells = [(total.block, total.line) for total in self.manual]
        if len(cells) != len(set(cells)):
            raise ManualTotalRejected("A cell was entered twice.")
        if self.choice.method is CommuteMethod.SURVEY and self.register.files:
            raise MethodsMixed("A report by a survey has no register of commuting.")
        if self.choice.method is not CommuteMethod.SURVEY and self.survey is not None:
            raise MethodsMixed("A report has a survey or a register of commuting, never both.")
        if self.estimate is not None and (self.survey is None or self.choice.week_from is not None):
            raise MethodsMixed("An estimate goes with all weeks of a survey.")


def inputs_hash(inputs: ReportInputs) -> str:
    """sha256 over the canonical JSON: the same inputs always give the same hash."""
    return canonical_hash(inputs_to_json(inputs))


def inputs_to_json(inputs: ReportInputs) -> dict[str, Any]:
    """JSON-ready; fractions and amounts as exact text, rows in a fixed order."""
    survey = inputs.survey
    return {
        "format": INPUTS_FORMAT,
        "kvk_number": inputs.kvk_number,
        "reporting_year": inputs.reporting_year,
        "parameter_version": inputs.parameter_version,
        "headcount": {
            "reference_date": inputs.headcount.reference_date.isoformat(),
            "counted": inputs.headcount.counted,
            "commute_multiplier": inputs.headcount.commute_multiplier,
            "assumed": inputs.headcount.assumed,
        },
        "survey": None
        if survey is None
        else {
            "weeks": [_week_to_json(week) for week in sorted(survey.weeks, key=lambda week: week.week_from)],
            "sums": mode_sums_to_json(survey.sums),
            **({"has_one_week_each": True} if survey.has_one_week_each else {}),
        },
        "manual": [
            {
                "block": total.block.value,
                "line": total.line.value,
                "value": _exact(total.value),
                "note": total.note,
            }
            for total in sorted(inputs.manual, key=lambda total: (total.block, total.line.number))
        ],
        **({"least_people": inputs.least_people} if inputs.least_people != 1 else {}),
        **({"business": business_to_json(inputs.business)} if inputs.business.files else {}),
        **({} if inputs.choice.is_default else {"choice": inputs.choice.to_json()}),
        **({"register": inputs.register.to_json()} if inputs.register.files else {}),
        **({} if inputs.estimate is None else {"estimate": inputs.estimate.to_json()}),
    }


def inputs_from_json(document: Mapping[str, Any]) -> ReportInputs:
    """The inverse of `inputs_to_json`; raises `ValueError` for another format."""
    if document["format"] != INPUTS_FORMAT:
        raise ValueError(f"Report inputs of format {document['format']} cannot be read.")
    survey = document["survey"]
    head = document["headcount"]
    return ReportInputs(
        kvk_number=document["kvk_number"],
        reporting_year=document["reporting_year"],
        parameter_version=document["parameter_version"],
        headcount=HeadcountFigures(**{**head, "reference_date": date.fromisoformat(head["reference_date"])}),
        survey=None
        if survey is None
        else SurveySums(
            weeks=tuple(
                WeekCounts(**{**week, "week_from": date.fromisoformat(week["week_from"])}) for week in survey["weeks"]
            ),
            sums=mode_sums_from_json(survey["sums"]),
            has_one_week_each=survey.get("has_one_week_each", False),
        ),
        manual=tuple(_manual_from_json(row) for row in document["manual"]),
        least_people=document.get("least_people", 1),
        business=business_from_json(document.get("business")),
        choice=choice_from_json(document.get("choice")),
        register=register_from_json(document.get("register")),
        estimate=estimate_from_json(document.get("estimate")),
    )


def _week_to_json(week: WeekCounts) -> dict[str, Any]:
    return {
        "week_from": week.week_from.isoformat(),
        "submitted": week.submitted,
        "not_worked": week.not_worked,
        "unusable": week.unusable,
        "copied_days": week.copied_days,
        "alternative_weeks": week.alternative_weeks,
        "unusual_weeks_kept": week.unusual_weeks_kept,
        "other_site_days_at_usual_distance": week.other_site_days_at_usual_distance,
        "unknown_days": week.unknown_days,
    }


def _exact(value: int | Decimal) -> str:
    # 10.5 and 10.50 euro are one amount and must give one hash.
    return f"{value:.2f}" if isinstance(value, Decimal) else str(value)


def _manual_from_json(row: Mapping[str, Any]) -> ManualTotal:
    block, line = RvoBlock(row["block"]), RvoLine(row["line"])
    is_euro = cell_unit(block=block, line=line) is Unit.EURO
    value = Decimal(row["value"]) if is_euro else int(row["value"])
    return ManualTotal(block=block, line=line, value=value, note=row["note"])


def _is_amount(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -2
