"""The estimate that a report takes its commuting kilometres from, where HR chose it; shielded before it gets here.

Lines that fewer than five people answered hold no observed kilometres and no interval (see `shielded_estimate`), and
the total holds nothing where fewer than five travelled by a mode whose fuel nobody told: a report, its files and its
evidence are all made from this, so none of them can tell more.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from reporting.domain.rvo import RvoLine
from surveys.domain.small_groups import SMALLEST_GROUP

NUMBERS = ("km", "observed", "lower", "upper", "plain_lower", "plain_upper")


@dataclass(frozen=True, kw_only=True)
class EstimatedFigures:
    """Whole kilometres a year. `km` is what the report states: None where kilometres are expected and nobody told
    their fuel, and of a total that would tell those few people's kilometres. `observed`: the part that respondents
    told, in kilometres of a year. `lower`, `upper`: the 95 % interval for every response odds ratio up to the largest;
    `plain_*`: if silence has nothing to do with the vehicle.

    `observed` and the intervals are None together: then fewer than five people are behind the line.
    """

    km: int | None
    observed: int | None
    lower: int | None
    upper: int | None
    plain_lower: int | None
    plain_upper: int | None

    @property
    def is_hidden(self) -> bool:
        return self.observed is None

    def hidden(self) -> "EstimatedFigures":
        return replace(self, observed=None, lower=None, upper=None, plain_lower=None, plain_upper=None)

    def withheld(self) -> "EstimatedFigures":
        """Nothing at all, for a total."""
        return replace(self.hidden(), km=None)

    def to_json(self) -> dict[str, int | None]:
        return {name: getattr(self, name) for name in NUMBERS}


@dataclass(frozen=True, kw_only=True)
class ChosenEstimate:
    """The estimate of one run, and why HR reports it; who chose it stands in the audit trail.

    run_hash: SHA-256 over all that the run was computed from. card_hash: over its model card. headcount: the
    employees that it was brought to, `population` the people whom the survey is about, `answers` those who answered.
    weeks_per_year, form: the working weeks and the fingerprint of the form's lines that it was computed with; None in a
    report of before these were kept.
    Amounts that are not whole are exact text, so that the same estimate always gives the same hash.
    """

    method: str
    version: str
    random_state: int
    run_hash: str
    card_hash: str
    population: int
    answers: int
    headcount: int
    effective_answers: str
    odds_ratio: str
    lines: Mapping[RvoLine, EstimatedFigures]
    total: EstimatedFigures
    cautions: tuple[str, ...] = ()
    reason: str = ""
    chosen_on: date | None = None
    weeks_per_year: int | None = None
    form: str | None = None

    @property
    def open_lines(self) -> frozenset[RvoLine]:
        """Lines of modes whose fuel nobody told: they have no figure, while the total has their kilometres."""
        return frozenset(line for line, figures in self.lines.items() if figures.km is None)

    def __post_init__(self) -> None:
        if set(self.lines) != set(RvoLine):
            raise ValueError("An estimate has figures for every line of the form.")

    def to_json(self) -> dict[str, Any]:
        return {
            "method": self.method,
            "version": self.version,
            "random_state": self.random_state,
            "run_hash": self.run_hash,
            "card_hash": self.card_hash,
            "population": self.population,
            "answers": self.answers,
            "headcount": self.headcount,
            "effective_answers": self.effective_answers,
            "odds_ratio": self.odds_ratio,
            "lines": [{"line": line.value, **self.lines[line].to_json()} for line in RvoLine],
            "total": self.total.to_json(),
            "cautions": list(self.cautions),
            "reason": self.reason,
            "chosen_on": self.chosen_on.isoformat() if self.chosen_on else None,
            # Older reports keep their hash.
            **({} if self.weeks_per_year is None else {"weeks_per_year": self.weeks_per_year}),
            **({} if self.form is None else {"form": self.form}),
        }


def estimate_from_json(document: Mapping[str, Any] | None) -> ChosenEstimate | None:
    """The inverse of `ChosenEstimate.to_json`; None for a report of the guidance's figures."""
    if document is None:
        return None
    return ChosenEstimate(
        **{
            **document,
            "lines": {RvoLine(row["line"]): figures_from_json(row) for row in document["lines"]},
            "total": figures_from_json(document["total"]),
            "cautions": tuple(document["cautions"]),
            "chosen_on": date.fromisoformat(document["chosen_on"]) if document["chosen_on"] else None,
        }
    )


def figures_from_json(row: Mapping[str, Any]) -> EstimatedFigures:
    return EstimatedFigures(**{name: row[name] for name in NUMBERS})


def canonical_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON: keys sorted, no spaces, ASCII."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def shielded_estimate(estimate: ChosenEstimate, people: Mapping[RvoLine, int]) -> ChosenEstimate:
    """Without what tells how few people answered. people: whose kilometres are in each line; those of a mode whose
    fuel nobody told count on each of its lines.

    A line with the kilometres of one to four people keeps only the figure that the report states. The total less the
    lines that are shown would give what is hidden; so the smallest line of five people and more is hidden with them,
    and where there is none, the total's observed kilometres and interval.

    A line without a figure has its kilometres in the total only. Those are the total less the other lines, by the
    estimate as much as by the guidance's figures, of which what was observed is a fixed part. No line that is hidden
    with it helps against that; so where fewer than five people are behind such a line, or how many is not known, the
    total says nothing and these lines have no bound.
    """
    opened = estimate.open_lines
    is_open_of_few = any(people.get(line, 0) < SMALLEST_GROUP for line in opened)
    travelled = [line for line in RvoLine if estimate.lines[line].observed]
    hidden = {line for line in travelled if people.get(line, 0) < SMALLEST_GROUP}
    others = sorted(
        (line for line in travelled if line not in hidden), key=lambda line: (people.get(line, 0), line.number)
    )
    # One more line of five people and more, so that what subtraction gives is over that many.
    hidden |= set(others[:1]) if hidden else set()
    total = estimate.total.hidden() if hidden and not others else estimate.total
    if is_open_of_few:
        hidden, total = hidden | opened, total.withheld()
    lines = {line: figures.hidden() if line in hidden else figures for line, figures in estimate.lines.items()}
    return replace(estimate, lines=lines, total=total)
