"""Which facts of the staff list may be used, and in which bands."""

import datetime

import pytest

from reporting.domain.staff_features import (
    DEFAULT_FEATURES,
    StaffFeature,
    age_band,
    is_sensitive,
    tenure_band,
)


@pytest.mark.parametrize("name", [feature.value for feature in StaffFeature])
def test_what_can_be_chosen_is_not_sensitive(name):
    assert not is_sensitive(name)


@pytest.mark.parametrize(
    "name",
    [
        *("nationality", "Nationaliteit", "ras", "Country of origin", "land van herkomst", "moedertaal", "Religion"),
        *("geslacht", "GENDER", "Gender_code", "ziekteverzuim-2025", "ziek", "on leave", "verlof", "arbeidsbeperking"),
        *("arbeidshandicap", "burgerlijke staat", "aantal kinderen", "vakbond", "BSN", "Naam", "e-mail", "email"),
    ],
)
def test_sensitive_names_in_dutch_and_english(name):
    assert is_sensitive(name)


@pytest.mark.parametrize("name", ["", "shift", "parking", "verdieping", "team"])
def test_other_names_are_merely_unknown(name):
    assert not is_sensitive(name)


@pytest.mark.parametrize(
    ("birth_year", "band"),
    [
        (2005, "under 25"),
        (2002, "under 25"),
        (2001, "25 to 34"),
        (1991, "35 to 44"),
        (1971, "55 and over"),
        (1950, "55 and over"),
        (None, None),
    ],
)
def test_ages_are_bands(birth_year, band):
    assert age_band(birth_year, year=2026) == band


@pytest.mark.parametrize(
    ("since", "band"),
    [
        (datetime.date(2026, 1, 5), "under 1 year"),
        (datetime.date(2025, 3, 1), "1 to 2 years"),
        (datetime.date(2020, 3, 1), "3 to 9 years"),
        (datetime.date(1990, 3, 1), "10 years and more"),
        (None, None),
    ],
)
def test_years_of_service_are_bands(since, band):
    assert tenure_band(since, on=datetime.date(2026, 3, 9)) == band


def test_age_is_left_out_unless_somebody_asks_for_it():
    assert StaffFeature.AGE not in DEFAULT_FEATURES
    assert StaffFeature.FUNCTION not in DEFAULT_FEATURES
