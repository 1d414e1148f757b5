"""The benchmark of the estimation, small and seeded, on made-up employers of the product itself."""

import csv
import gzip
from collections import Counter
from datetime import date

import numpy as np
import pytest

from tests.benchmarks.bench_estimation.__main__ import main
from tests.benchmarks.bench_estimation.printing import cell_lines, verdict_lines
from tests.benchmarks.bench_estimation.repetition import GUIDANCE, HONEST, IMPUTATION, LADDER, PRIOR, ROBUST
from tests.benchmarks.bench_estimation.silence import Setting, draw_people
from tests.benchmarks.bench_estimation.simulation import simulate
from tests.benchmarks.bench_estimation.speed import growth, measure
from tests.benchmarks.bench_estimation.survey_table import SurveyTableUnusable, read_survey
from tests.benchmarks.bench_estimation.targets import against_guidance, coverage, judge, relative_bias
from tests.benchmarks.bench_estimation.year_two import TRIPS, measure_year_two, not_measured, read_drifts
from wpm_platform.demo.staff import write_staff_file

EMPLOYERS = 7
MODES = ("car", "public_transport", "bicycle", "walking", "moped", "motorcycle", "speed_pedelec")
SETTINGS = (
    Setting(size=200, response=0.6),
    Setting(size=200, response=0.6, by_features=0.5),
    Setting(size=200, response=0.6, by_features=0.25, odds_ratio=2.0),
    Setting(size=100, response=0.18),
)


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    """A survey of seven made-up employers, one person per row."""
    folder = tmp_path_factory.mktemp("survey")
    path = folder / "survey.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["employer", "distance_km", "work_days", "home_days", *(f"days_{mode}" for mode in MODES)])
        for seed in range(EMPLOYERS):
            for person in write_staff_file(folder / "staff.xlsx", seed=seed, today=date(2026, 3, 2)):
                days = Counter(person.week)
                work_days = max(1, 5 - days["not_worked"])
                writer.writerow(
                    [f"E{seed}", person.one_way_km, work_days, days["home"], *(days[mode] for mode in MODES)]
                )
    return path


@pytest.fixture(scope="module")
def cells(survey):
    return list(simulate(survey, SETTINGS, repetitions=40, seed=1, processes=2))


def test_the_reader_takes_columns_by_their_header(survey):
    table = read_survey(survey)
    assert table.people.modes == MODES
    assert table.people.size == EMPLOYERS * 240
    assert len(table.employers) == EMPLOYERS
    np.testing.assert_allclose(table.people.week_km, 2 * table.people.one_way_km[:, None] * table.people.days)


@pytest.mark.parametrize("gone", ["employer", "distance_km", "home_days"])
def test_a_file_without_a_needed_column_is_refused(tmp_path, gone):
    header = [name for name in ("employer", "distance_km", "home_days", "days_car") if name != gone]
    path = tmp_path / "survey.csv"
    path.write_text(",".join(header) + "\n" + ",".join("1" for _ in header) + "\n")
    with pytest.raises(SurveyTableUnusable):
        read_survey(path)


def test_a_file_without_rows_or_modes_is_refused(tmp_path):
    path = tmp_path / "survey.csv"
    path.write_text("employer,distance_km,home_days,days_car\n")
    with pytest.raises(SurveyTableUnusable):
        read_survey(path)
    path.write_text("employer,distance_km,home_days\nA,1,2\n")
    with pytest.raises(SurveyTableUnusable):
        read_survey(path)


def test_silence_is_as_strong_as_asked(survey):
    table, chance = read_survey(survey), np.random.default_rng(3)
    far, rates = [], []
    for number in range(60):
        people = draw_people(table, number % EMPLOYERS, Setting(size=200, response=0.4, by_features=0.5), chance)
        told = people.one_way_km[people.answered].mean()
        far.append(told - people.one_way_km.mean())
        rates.append(people.answered.mean())
    assert np.mean(rates) == pytest.approx(0.4, abs=0.02)
    assert np.mean(far) < -1.0


def test_more_processes_give_the_same_figures(survey, cells):
    (alone,) = simulate(survey, SETTINGS[:1], repetitions=40, seed=1, processes=1)
    for name, scores in alone.scores.items():
        np.testing.assert_array_equal(scores.error, cells[0].scores[name].error)


def test_every_method_stands_in_the_table(cells):
    assert set(cells[0].scores) == {GUIDANCE, "distance bands", PRIOR, ROBUST, HONEST, IMPUTATION, LADDER}
    text = "\n".join(cell_lines(cells[0], MODES))
    assert all(name in text for name in cells[0].scores)


def test_the_model_is_nearer_than_the_guidance(cells):
    random, features, _, few = cells
    assert against_guidance(random, ROBUST, -1) < 0.8
    assert against_guidance(features, ROBUST, -1) < 0.6
    assert abs(relative_bias(features, ROBUST, 0)) < 0.05
    assert against_guidance(few, PRIOR, 0) < 0.7


def test_the_honest_interval_holds_more_often_than_the_plain_one(cells):
    plain, honest = (cells[2].scores[name].holds.mean(axis=0) for name in (ROBUST, HONEST))
    assert (honest >= plain).all()


def test_a_target_is_printed_as_met_or_missed(cells):
    verdicts = judge(cells, modes=MODES)
    lines = list(verdict_lines(verdicts))
    assert {verdict.target for verdict in verdicts} == {"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T9"}
    assert all(line.startswith(("T", " ")) for line in lines)
    assert sum(" met " in line or " MISSED " in line for line in lines) >= len(verdicts)


@pytest.mark.parametrize(
    ("held", "of", "lower", "upper"), [(95, 100, 0.887, 0.984), (0, 10, 0.0, 0.308), (10, 10, 0.692, 1.0)]
)
def test_the_binomial_interval_is_that_of_clopper_and_pearson(held, of, lower, upper):
    found = coverage(np.array([1.0] * held + [0.0] * (of - held)))
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=1e-3)


def test_speed_is_measured_per_size(survey):
    speeds = measure(survey, sizes=(250, 1000), seed=1)
    assert [speed.size for speed in speeds] == [250, 1000]
    assert all(speed.seconds > 0 and speed.megabytes > 0 for speed in speeds)
    assert np.isfinite(growth(speeds))


def test_year_two_is_measured_with_the_changes_of_worksites(survey, tmp_path):
    path = tmp_path / "worksites.csv"
    names = [name for names in TRIPS.values() for name in names]
    rows = [["worksite", "Survey_Cycle", "Surveys_Returned", *names]]
    for site in range(6):
        for number, cycle in enumerate(("2011/2012", "2013/2014", "2017/2018", "2019/2020")):
            trips = [5 + 40 * (number == 3), 0, 200 + 10 * site * number, 10, 0, 40, 5, 10, 5]
            rows.append([site, cycle, 80 if site else 10, *trips])
    path.write_text("\n".join(",".join(map(str, row)) for row in rows))
    drifts = read_drifts(path)
    assert [drift.has_new_policy for drift in drifts] == [False, False, True] * 5
    verdict = measure_year_two(read_survey(survey), path, repetitions=10, seed=1)
    assert verdict.target == "T10"
    assert len(verdict.measured) == 6
    assert not not_measured().is_met


def test_the_command_refuses_what_is_no_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        main([str(tmp_path / "none.csv")])
