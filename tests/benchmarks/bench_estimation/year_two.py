"""T10: last year's model a survey later, with the changes that real worksites went through."""

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from reporting.domain.estimation.intervals import bounds, with_total
from reporting.domain.estimation.people import Floats, People
from reporting.domain.estimation.ratio import GuidanceRatio
from reporting.domain.estimation.year_two import YearTwo, own_model
from tests.benchmarks.bench_estimation.silence import Setting, draw_people, employers_of
from tests.benchmarks.bench_estimation.survey_table import SurveyTable, with_answers
from tests.benchmarks.bench_estimation.targets import Coverage, Verdict, coverage

# Header of a file of worksites by year → what it counts.
TRIPS: Mapping[str, tuple[str, ...]] = {
    "rest": ("Weekly_Telework_Days", "Weekly_CWW_Days"),
    "car": ("Weekly_Drive_Alone_Trips", "Weekly_Carpool_Trips", "Weekly_Vanpool_Trips"),
    "pt": ("Weekly_Bus_Trips", "Weekly_Train_Trips"),
    "active": ("Weekly_Walk_Trips", "Weekly_Bike_Trips"),
}
LEAST_ANSWERS = 50
SMOOTHED = 0.01
YEARS = 2.0
# From here on a pair of surveys spans the years in which everybody's rule for telework changed.
NEW_POLICY_FROM = "2017/2018"
WORDS = "two years later: without new answers ≥ 93 %, with an anchor of 30 ≥ 95 %"
SIZE, RESPONSE, INVITED, ANCHOR_RESPONSE = 1000, 0.5, 50, 0.6


@dataclass(frozen=True, kw_only=True)
class Drift:
    """Change of log shares (rest, car, public transport, active) of a worksite between two surveys in a row."""

    change: Floats
    has_new_policy: bool


@dataclass(frozen=True, kw_only=True)
class YearTwoScores:
    """Of one way: error of car km and total as a part of all km, and whether the intervals held."""

    name: str
    error: Floats
    holds: Floats


def read_drifts(path: Path) -> list[Drift]:
    """Pairs of consecutive surveys of one worksite with fifty answers and more."""
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    cycles = sorted({row["Survey_Cycle"] for row in rows})
    sites: dict[str, dict[int, Floats]] = {}
    for row in rows:
        trips = np.array([sum(float(row[name] or 0) for name in names) for names in TRIPS.values()])
        if float(row["Surveys_Returned"] or 0) >= LEAST_ANSWERS and trips.sum() > 0:
            shares = trips / trips.sum() + SMOOTHED
            sites.setdefault(row["worksite"], {})[cycles.index(row["Survey_Cycle"])] = np.log(shares / shares.sum())
    return [
        Drift(change=surveys[cycle + 1] - surveys[cycle], has_new_policy=cycles[cycle] >= NEW_POLICY_FROM)
        for surveys in sites.values()
        for cycle in surveys
        if cycle + 1 in surveys
    ]


def simulate_year_two(
    table: SurveyTable, drifts: Sequence[Drift], *, repetitions: int, seed: int
) -> Iterator[YearTwoScores]:
    """Last year's ratio, the model without new answers, and the model with an anchor of about thirty answers."""
    names = ("last year's ratio", "model, no new answers", "model with an anchor")
    errors = np.zeros((len(names), repetitions, 2))
    holds = np.full((len(names), repetitions, 2), np.nan)
    employers = employers_of(table)
    truths = {employer: own_model(table.people.rows(table.rows_of(employer)), ridge=5.0) for employer in employers}
    places = [table.people.modes.index("car"), len(table.people.modes)]
    for number in range(repetitions):
        chance = np.random.default_rng([seed, 10, number])
        employer = employers[number % len(employers)]
        people = draw_people(table, employer, Setting(size=SIZE, response=RESPONSE), chance)
        scores = truths[employer].scores(people)
        last = _travelled(people, scores, chance)
        drift = drifts[int(chance.integers(len(drifts)))].change
        now = _travelled(people, scores + _moved(drift, people.modes), chance)
        truth = with_total(now.week_km.sum(axis=0))
        model = own_model(last)
        anchor = np.zeros(SIZE, dtype=np.bool_)
        anchor[chance.choice(SIZE, INVITED, replace=False)] = True
        told = anchor & (chance.random(SIZE) < ANCHOR_RESPONSE)
        nobody = np.zeros(SIZE, dtype=np.bool_)
        ratio = with_total(GuidanceRatio().fit(last).predict(last).km)
        errors[0, number] = (ratio - truth)[places] / truth[-1]
        for way, answered in ((1, nobody), (2, told)):
            hidden = with_answers(now, answered)
            totals = YearTwo(model=model, years=YEARS).fit(hidden, anchor=anchor).predict(hidden)
            found = bounds(totals)
            errors[way, number] = (with_total(totals.km) - truth)[places] / truth[-1]
            holds[way, number] = ((found.lower <= truth) & (truth <= found.upper))[places]
    for way, name in enumerate(names):
        yield YearTwoScores(name=name, error=errors[way], holds=holds[way])


def _moved(change: Floats, modes: Sequence[str]) -> Floats:
    """Change of log odds against not travelling, per mode of the survey; any motor vehicle drifts as cars do."""
    names = list(TRIPS)
    alike = {"public_transport": "pt", "bicycle": "active", "walking": "active", "bicycle_walking": "active"}
    places = [names.index(mode if mode in names else alike.get(mode, "car")) for mode in modes]
    return np.asarray(change[places] - change[0], dtype=np.float64)


def _travelled(people: People, scores: Floats, chance: np.random.Generator) -> People:
    """A year in which everybody spends all work days in one way, drawn by these log odds against not travelling."""
    full = np.concatenate([np.zeros((people.size, 1)), scores], axis=1)
    chances = np.exp(full - full.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    drawn = (chance.random(people.size)[:, None] > chances.cumsum(axis=1)).sum(axis=1).clip(0, scores.shape[1])
    days = np.eye(scores.shape[1] + 1)[drawn][:, 1:] * people.work_days[:, None]
    return replace(people, days=days, week_km=2.0 * people.one_way_km[:, None] * days)


def measure_year_two(table: SurveyTable, path: Path, *, repetitions: int, seed: int) -> Verdict:
    """T10 on the usual years; those with a new policy stand beside it as the bad news."""
    drifts = read_drifts(path)
    groups = [[drift for drift in drifts if drift.has_new_policy is is_new] for is_new in (False, True)]
    usual, changed = (
        list(simulate_year_two(table, group, repetitions=count, seed=seed)) if group else []
        for group, count in zip(groups, (repetitions, max(1, repetitions // 10)), strict=True)
    )
    return judge_year_two(usual, changed)


def judge_year_two(usual: Sequence[YearTwoScores], changed: Sequence[YearTwoScores]) -> Verdict:
    """Met when the intervals of car km and of the total both hold often enough."""
    found = {scores.name: [coverage(scores.holds[:, place]) for place in (0, 1)] for scores in usual[1:]}
    limits = (0.93, 0.95)
    is_met = all(
        share.overlaps(limit, 1.0) for limit, shares in zip(limits, found.values(), strict=True) for share in shares
    )
    measured = [*_lines(usual, "usual years"), *_lines(changed, "a new rule for telework")]
    return Verdict(target="T10", words=WORDS, is_met=is_met, measured=tuple(measured))


def not_measured() -> Verdict:
    """Without a file of worksites by year."""
    return Verdict(target="T10", words=WORDS, is_met=False, measured=("not measured: name a file with DRIFT=FILE",))


def _lines(scores: Sequence[YearTwoScores], years: str) -> Iterator[str]:
    for one in scores:
        rmse = 100 * np.sqrt((one.error**2).mean(axis=0))
        shares: list[Coverage | str] = ["–", "–"]
        if not np.isnan(one.holds).any():
            shares = [coverage(one.holds[:, place]) for place in (0, 1)]
        car, total = (f"rmse {rmse[place]:.1f}, covers {shares[place]}" for place in (0, 1))
        yield f"{one.name}: car {car}; total {total} [{years}]"
