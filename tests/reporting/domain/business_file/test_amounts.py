from decimal import Decimal

import pytest

from reporting.domain.business_file.amounts import plain_amount, read_amount, read_whole_km
from surveys.domain.staff_file.errors import CellError
from surveys.domain.staff_file.text import NumberText


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", "0"),
        ("1234567", "1234567"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1 234 567,8", "1234567.8"),
        ("12 345", "12345"),
        ("1'234.5", "1234.5"),
        ("€ 1.250,00", "1250"),
        ("€12,-", "12"),
        ("12,50 EUR", "12.50"),
        ("42 km", "42"),
        (NumberText("12.345"), "12.35"),
        (NumberText("1e3"), "1000"),
    ],
)
def test_amounts_are_read_as_people_write_them(text, amount):
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "amount"), [("12.345", 12_345), ("12,345", 12_345), ("345", 345), ("1.234,5", "1234.5")]
)
def test_a_reading_has_thousands_rather_than_decimals(text, amount):
    assert read_whole_km(text) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.234", "unclear_number"),
        ("1,234", "unclear_number"),
        ("-5", "negative_amount"),
        (NumberText("-5"), "negative_amount"),
        ("veel", "not_a_number"),
        ("12 5", "not_a_number"),
        ("1.23.4", "not_a_number"),
        ("", "not_a_number"),
        ("NaN", "not_a_number"),
        (NumberText("nan"), "not_a_number"),
        (NumberText("inf"), "not_a_number"),
        ("=1+1", "formula"),
        ("9999999999", "amount_too_large"),
        ("9" * 60, "not_a_number"),
    ],
)
def test_what_is_no_amount_is_named(text, code):
    with pytest.raises(CellError) as error:
        read_amount(text)
    assert error.value.code == code


@pytest.mark.parametrize("text", ["0", "1234567", "12,5", "12.55"])
def test_the_cheap_look_sees_what_the_thorough_one_sees(text):
    assert plain_amount(text) == read_amount(text) == read_whole_km(text)


@pytest.mark.parametrize("text", ["1.234", "€ 5", "-5", "", "١٢", "1e3", " 5"])
def test_the_cheap_look_leaves_the_rest_alone(text):
    assert plain_amount(text) is None
