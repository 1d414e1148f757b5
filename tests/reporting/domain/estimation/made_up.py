"""Made-up people whose mode depends on their distance, with known answers of everybody."""

from dataclasses import replace

import numpy as np

from reporting.domain.estimation.fuel_split import LineAnswers
from reporting.domain.estimation.people import People

MODES = ("car", "public_transport", "bicycle")
LINES = ("car_petrol", "car_electric", "public_transport", "bicycle_walking")
LINE_MODES = np.array([0, 0, 1, 2])
READY = ("public_transport", "bicycle")


def make_people(size=200, *, answering=0.5, seed=1, by_distance=0.0, departments=4):
    """`by_distance`: log odds to answer per unit of log distance, around the mean."""
    chance = np.random.default_rng(seed)
    one_way_km = np.round(np.clip(chance.lognormal(2.4, 0.9, size), 0.5, 90.0), 1)
    log_km = np.log1p(one_way_km)
    scores = np.stack([0.9 * log_km - 1.0, 0.6 * log_km - 1.2, 2.5 - 1.1 * log_km], axis=1)
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    main = (chance.random(size)[:, None] > chances.cumsum(axis=1)).sum(axis=1).clip(0, 2)
    work_days = chance.choice([3.0, 4.0, 5.0], size, p=[0.2, 0.3, 0.5])
    travelled = np.maximum(0.0, work_days - chance.choice([0.0, 1.0, 2.0], size, p=[0.6, 0.25, 0.15]))
    days = np.zeros((size, 3))
    days[np.arange(size), main] = travelled
    readiness = by_distance * (log_km - log_km.mean()) + np.log(answering / (1.0 - answering + 1e-12))
    answered = chance.random(size) < 1.0 / (1.0 + np.exp(-readiness))
    return People(
        modes=MODES,
        answered=answered,
        one_way_km=one_way_km,
        work_days=work_days,
        days=days,
        week_km=2.0 * one_way_km[:, None] * days,
        numeric={"contract_hours": work_days * 8.0},
        categorical={
            "site": [("North", "South")[number] for number in chance.integers(0, 2, size)],
            "department": [f"D{number}" for number in chance.integers(0, departments, size)],
        },
    )


def only_answered(people, count):
    """The first `count` of them answered, nobody else."""
    return replace(people, answered=np.arange(people.size) < count)


def answers_of(people, *, electric=3):
    """Every third driver (by row) drives electric."""
    is_electric = np.arange(people.size) % electric == 0
    car = people.week_km[:, 0]
    columns = [np.where(is_electric, 0.0, car), np.where(is_electric, car, 0.0), *people.week_km[:, 1:].T]
    return LineAnswers(lines=LINES, modes=LINE_MODES, week_km=np.stack(columns, axis=1))


def everybody(people):
    return replace(people, answered=np.ones(people.size, dtype=bool))
