"""How far a day counts, and what is worth a second look."""

import datetime

import pytest

from surveys.domain.day_rules import (
    COMMUTING,
    FAR_BY_MODE,
    DayDistance,
    Doubt,
    SoftWarning,
    TravelDay,
    day_distance,
    soft_warnings,
)
from surveys.enums import Mode, Whereabouts

MONDAY = datetime.date(2026, 3, 9)


@pytest.mark.parametrize(
    ("whereabouts", "other", "expected"),
    [
        (Whereabouts.WORKPLACE, None, DayDistance(return_metres=29_000, uses_usual_distance=False)),
        (Whereabouts.OTHER_SITE, 60_000, DayDistance(return_metres=120_000, uses_usual_distance=False)),
        (Whereabouts.OTHER_SITE, None, DayDistance(return_metres=29_000, uses_usual_distance=True)),
        (Whereabouts.HOME, None, DayDistance(return_metres=0, uses_usual_distance=False)),
        (Whereabouts.CLIENT, None, DayDistance(return_metres=0, uses_usual_distance=False)),
        (Whereabouts.NOT_WORKED, None, DayDistance(return_metres=0, uses_usual_distance=False)),
        (Whereabouts.UNKNOWN, None, DayDistance(return_metres=0, uses_usual_distance=False)),
    ],
)
def test_distance_of_a_day(whereabouts, other, expected):
    found = day_distance(whereabouts=whereabouts, usual_one_way_metres=14_500, other_one_way_metres=other)
    assert found == expected


def test_every_whereabouts_is_in_the_rules():
    travelled = [place for place in Whereabouts.values if _metres(place) > 0]
    assert travelled == list(COMMUTING)


def _metres(place):
    return day_distance(whereabouts=place, usual_one_way_metres=1, other_one_way_metres=None).return_metres


def days(*, mode="", whereabouts=Whereabouts.WORKPLACE, one_way=10_000, count=5):
    return [
        TravelDay(
            date=MONDAY + datetime.timedelta(days=offset),
            whereabouts=whereabouts,
            mode=mode,
            one_way_metres=one_way,
        )
        for offset in range(count)
    ]


def test_an_ordinary_week_raises_no_doubt():
    assert soft_warnings(days(mode=Mode.CAR, one_way=60_000), usual_one_way_metres=60_000) == ()


@pytest.mark.parametrize(("mode", "limit"), FAR_BY_MODE.items())
def test_far_for_a_mode_is_doubted_once_beyond_its_limit(mode, limit):
    assert mode in Mode.values
    assert soft_warnings(days(mode=mode, one_way=limit), usual_one_way_metres=limit) == ()
    assert soft_warnings(days(mode=mode, one_way=limit + 1), usual_one_way_metres=limit + 1) == (
        SoftWarning(doubt=Doubt.FAR_FOR_MODE, mode=mode, one_way_metres=limit + 1),
    )


def test_far_anyhow():
    assert soft_warnings(days(mode=Mode.CAR), usual_one_way_metres=150_001) == (
        SoftWarning(doubt=Doubt.FAR, one_way_metres=150_001),
    )


def test_a_week_of_unknown_days():
    unknown = days(whereabouts=Whereabouts.UNKNOWN, one_way=0)
    assert soft_warnings(unknown, usual_one_way_metres=10_000) == (SoftWarning(doubt=Doubt.ALL_UNKNOWN),)
    assert soft_warnings([], usual_one_way_metres=10_000) == ()


def test_seven_working_days():
    assert soft_warnings(days(mode=Mode.CAR, count=7), usual_one_way_metres=10_000) == (
        SoftWarning(doubt=Doubt.EVERY_DAY),
    )
    assert soft_warnings(days(mode=Mode.CAR, count=6), usual_one_way_metres=10_000) == ()


@pytest.mark.parametrize(
    ("given", "estimated", "is_doubted"),
    [
        (20_000, 10_000, True),  # there and back
        (10_000, 100_000, True),
        (145_000, 14_000, True),
        (17_000, 10_000, False),
        (2_000, 1_000, False),
        (40_000, 30_000, False),
        (9_000, 4_000, True),
        (10_000, 10_000, False),
    ],
)
def test_a_distance_far_from_our_estimate_is_doubted_once(given, estimated, is_doubted):
    found = soft_warnings(days(mode=Mode.CAR), usual_one_way_metres=given, estimated_metres=estimated)
    doubt = SoftWarning(doubt=Doubt.FAR_FROM_ESTIMATE, one_way_metres=given, estimated_metres=estimated)
    assert found == ((doubt,) if is_doubted else ())


def test_far_and_far_from_the_estimate_is_one_doubt():
    found = soft_warnings(days(mode=Mode.CAR), usual_one_way_metres=200_000, estimated_metres=20_000)
    assert [warning.doubt for warning in found] == [Doubt.FAR_FROM_ESTIMATE]
