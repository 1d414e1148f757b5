from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from django.core.validators import validate_email
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.staff_file import COLUMN_BY_NAME, COLUMNS, LANGUAGES
from surveys.domain.staff_file.errors import CellError
from surveys.domain.staff_file.text import NumberText
from surveys.enums import ContractKind

VALUES: list[tuple[str, str | None, object]] = [
    ("staff_number", "000123", "000123"),
    ("staff_number", "  A-12 / b ", "A-12 / b"),
    ("staff_number", NumberText("123"), "123"),
    ("staff_number", '="000123"', "000123"),
    ("staff_number", "geen", "geen"),
    ("staff_number", "+31", "+31"),
    ("staff_number", "\ufeff000123\u200b", "000123"),
    ("email", None, ""),
    ("email", "-", ""),
    ("email", "n.v.t.", ""),
    ("email", "   ", ""),
    ("email", "J.de.Vries@Voorbeeld.NL", "J.de.Vries@voorbeeld.nl"),
    ("email", "mailto:a@voorbeeld.example", "a@voorbeeld.example"),
    ("email", "MAILTO:a@voorbeeld.example", "a@voorbeeld.example"),
    ("email", "Anna Voorbeeld <a@voorbeeld.example>", "a@voorbeeld.example"),
    ("email", "a@voorbeeld.example;", "a@voorbeeld.example"),
    ("email", "a@voorbeeld.example\xa0", "a@voorbeeld.example"),
    ("email", "o'neil+werk@sub.voorbeeld.example", "o'neil+werk@sub.voorbeeld.example"),
    ("email", "a@café.example", "a@xn--caf-dma.example"),
    ("site", " Utrecht   Noord\n", "Utrecht Noord"),
    ("site", "Cafe\u0301", "Café"),
    ("site", "<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("site", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
    ("site", NumberText("12"), "12"),
    ("site", "geen", "geen"),
    ("department", "@SUM(1)", "@SUM(1)"),
    ("department", "+31 team", "+31 team"),
    ("department", None, ""),
    ("function", "نجّار", "نجّار"),
    ("work_pattern", " Ploeg  A ", "Ploeg A"),
    ("work_pattern", "1,2,4", "1,2,4"),
    ("work_pattern", "geen", ""),
    ("work_pattern", None, ""),
    ("leave_until", "31-12-2026", date(2026, 12, 31)),
    ("leave_until", "31-12-9999", None),
    ("leave_until", None, None),
    ("kvk_number", "12345678", "12345678"),
    ("kvk_number", "1234 5678", "12345678"),
    ("kvk_number", "12.34.56.78", "12345678"),
    ("kvk_number", "01234567", "01234567"),
    ("kvk_number", NumberText("1234567"), "01234567"),
    ("kvk_number", None, ""),
    ("language", "nl", "nl"),
    ("language", "NL", "nl"),
    ("language", "nl-NL", "nl"),
    ("language", "en_GB", "en"),
    ("language", "Pools", "pl"),
    ("language", "Polish", "pl"),
    ("language", "Oekraïens", "uk"),
    ("language", "Oekraiens", "uk"),
    ("language", "Türkçe", "tr"),
    ("language", "العربية", "ar"),
    ("language", None, ""),
    ("home_postcode", "1234 AB", "1234AB"),
    ("home_postcode", "1234ab", "1234AB"),
    ("home_postcode", "1234-AB", "1234AB"),
    ("home_postcode", "NL-1234 AB", "1234AB"),
    ("home_postcode", "1234\xa0AB", "1234AB"),
    ("home_postcode", "onbekend", ""),
    ("monthly_hours", "160", Decimal("160.00")),
    ("monthly_hours", "86,67", Decimal("86.67")),
    ("monthly_hours", "86.67", Decimal("86.67")),
    ("monthly_hours", "160 uur", Decimal("160.00")),
    ("monthly_hours", "0", Decimal("0.00")),
    ("monthly_hours", "320", Decimal("320.00")),
    ("monthly_hours", None, None),
    ("weekly_hours", "36", Decimal("156.00")),
    ("weekly_hours", "40", Decimal("173.33")),
    ("weekly_hours", "4,62", Decimal("20.02")),
    ("weekly_hours", "4,61", Decimal("19.98")),
    ("weekly_hours", "28.5", Decimal("123.50")),
    ("weekly_hours", "36:30", Decimal("158.17")),
    ("weekly_hours", "36u", Decimal("156.00")),
    ("contract_kind", "Vast", "permanent"),
    ("contract_kind", "Onbepaalde tijd", "permanent"),
    ("contract_kind", "bepaalde tijd", "fixed_term"),
    ("contract_kind", "nul-uren", "on_call"),
    ("contract_kind", "0-uren", "on_call"),
    ("contract_kind", "Oproep", "on_call"),
    ("contract_kind", "Uitzendkracht", "hired_temp"),
    ("contract_kind", "inhuur", "hired_temp"),
    ("contract_kind", "uitzendbeding", "agency_clause"),
    ("contract_kind", "ZZP'er", "self_employed"),
    ("contract_kind", "stagiair(e)", "intern"),
    ("contract_kind", "Vrijwilliger", "volunteer"),
    ("contract_kind", "wethouder", "political_office"),
    ("contract_kind", "raadslid", "political_office"),
    ("contract_kind", "seizoen", "seasonal"),
    ("contract_kind", "intern gedetacheerd", "seconded_internally"),
    ("contract_kind", "ingeleend", "seconded_in"),
    ("contract_kind", None, ""),
    ("employed_from", "2026-03-09", date(2026, 3, 9)),
    ("employed_from", "2026-03-09 00:00:00", date(2026, 3, 9)),
    ("employed_from", "2026-03-09T10:05", date(2026, 3, 9)),
    ("employed_from", "09-03-2026", date(2026, 3, 9)),
    ("employed_from", "9/3/2026", date(2026, 3, 9)),
    ("employed_from", "9.3.2026", date(2026, 3, 9)),
    ("employed_from", "9 maart 2026", date(2026, 3, 9)),
    ("employed_from", "9 mrt 2026", date(2026, 3, 9)),
    ("employed_from", "9 mrt. 2026", date(2026, 3, 9)),
    ("employed_from", "9-mrt-2026", date(2026, 3, 9)),
    ("employed_from", "March 9, 2026", date(2026, 3, 9)),
    ("employed_from", "Mar 9th, 2026", date(2026, 3, 9)),
    ("employed_from", "9 March 2026", date(2026, 3, 9)),
    ("employed_from", "20260309", date(2026, 3, 9)),
    ("employed_from", "46090", date(2026, 3, 9)),
    ("employed_from", NumberText("46090.5"), date(2026, 3, 9)),
    ("employed_from", None, None),
    ("employed_until", "31-12-9999", None),
    ("employed_until", "2958465", None),
    ("employed_until", "-", None),
    ("employed_until", "29-02-2028", date(2028, 2, 29)),
    ("days_per_week", "4", Decimal("4.00")),
    ("days_per_week", "3,5", Decimal("3.50")),
    ("days_per_week", "4 dagen", Decimal("4.00")),
    ("days_per_week", "7", Decimal("7.00")),
    ("is_on_leave", "ja", True),
    ("is_on_leave", "X", True),
    ("is_on_leave", NumberText("1"), True),
    ("is_on_leave", "TRUE", True),
    ("is_on_leave", "Nee", False),
    ("is_on_leave", "0", False),
    ("is_on_leave", None, False),
    ("has_mobility_provision", None, None),
    ("has_mobility_provision", "yes", True),
    ("has_fixed_workplace", None, True),
    ("has_fixed_workplace", "no", False),
    ("birth_year", "1980", 1980),
    ("birth_year", "23-11-1980", 1980),
    ("birth_year", NumberText("29548"), 1980),
    ("name", " Anna  Voorbeeld ", "Anna Voorbeeld"),
]

ERRORS: list[tuple[str, str | None, str]] = [
    ("staff_number", None, "required"),
    ("staff_number", " \t ", "required"),
    ("staff_number", "=1+1", "formula"),
    ("staff_number", "#REF!", "formula_error"),
    ("staff_number", "x" * 41, "too_long"),
    ("staff_number", "12\x0034", "control_characters"),
    ("staff_number", "12\ud80034", "control_characters"),
    ("staff_number", NumberText("1234567890123456"), "number_rounded"),
    ("site", None, "required"),
    ("site", "x" * 121, "too_long"),
    ("site", "abc\u202edef", "control_characters"),
    ("department", "#N/A", "formula_error"),
    ("department", "#GETAL!", "formula_error"),
    ("function", "x" * 121, "too_long"),
    ("name", "x" * 121, "too_long"),
    ("email", "=HYPERLINK(1)", "formula"),
    ("email", "a@voorbeeld.example; b@voorbeeld.example", "two_addresses"),
    ("email", "a@voorbeeld.example b@voorbeeld.example", "two_addresses"),
    ("email", "a@voorbeeld.example/b@voorbeeld.example", "two_addresses"),
    ("email", "A <a@voorbeeld.example>, B <b@voorbeeld.example>", "two_addresses"),
    ("email", "a@@voorbeeld.example", "not_an_email"),
    ("email", "a@b@voorbeeld.example", "not_an_email"),
    ("email", "612345678", "not_an_email"),
    ("email", "0612345678", "not_an_email"),
    ("email", "a@localhost", "not_an_email"),
    ("email", "a b@voorbeeld.example", "not_an_email"),
    ("email", "a..b@voorbeeld.example", "not_an_email"),
    ("email", ".a@voorbeeld.example", "not_an_email"),
    ("email", "é@voorbeeld.example", "not_an_email"),
    ("email", "a@voorbeeld..example", "not_an_email"),
    ("email", "a@-voorbeeld.example", "not_an_email"),
    ("email", "x" * 65 + "@voorbeeld.example", "not_an_email"),
    ("email", "x" * 255, "too_long"),
    ("email", "a@" + "é" * 80 + ".example", "not_an_email"),
    ("kvk_number", "1234567", "kvk_misses_zero"),
    ("kvk_number", "123456789", "not_a_kvk_number"),
    ("kvk_number", "00000000", "not_a_kvk_number"),
    ("kvk_number", NumberText("0"), "not_a_kvk_number"),
    ("kvk_number", "NL123456789B01", "not_a_kvk_number"),
    ("kvk_number", "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", "not_a_kvk_number"),
    ("language", "Klingon", "unknown_language"),
    ("language", "en of nl", "unknown_language"),
    ("home_postcode", "1234", "postcode_incomplete"),
    ("home_postcode", NumberText("1234"), "postcode_incomplete"),
    ("home_postcode", "0234 AB", "not_a_postcode"),
    ("home_postcode", "1234 SS", "not_a_postcode"),
    ("home_postcode", "B-2000", "not_a_postcode"),
    ("home_postcode", "52062", "not_a_postcode"),
    ("monthly_hours", "321", "hours_out_of_range"),
    ("monthly_hours", "-1", "hours_out_of_range"),
    ("monthly_hours", "veel", "not_a_number"),
    ("monthly_hours", "1.234,5", "not_a_number"),
    ("monthly_hours", "1e5", "not_a_number"),
    ("weekly_hours", "74", "hours_out_of_range"),
    ("contract_kind", "iets anders", "unknown_contract_kind"),
    ("contract_kind", "gedetacheerd", "unclear_secondment"),
    ("employed_from", "03/13/2026", "month_and_day_swapped"),
    ("employed_from", "31-02-2026", "no_such_date"),
    ("employed_from", "32-01-2026", "no_such_date"),
    ("employed_from", "0-0-2026", "no_such_date"),
    ("employed_from", "9-3-26", "two_digit_year"),
    ("employed_from", "9 mrt 26", "two_digit_year"),
    ("employed_from", "2026", "not_a_date"),
    ("employed_from", "9 foo 2026", "not_a_date"),
    ("employed_from", "morgen", "not_a_date"),
    ("employed_from", "1-1-1899", "date_out_of_range"),
    ("employed_from", "31-12-9999", "date_out_of_range"),
    ("employed_until", "1-1-1800", "date_out_of_range"),
    ("days_per_week", "8", "days_out_of_range"),
    ("days_per_week", "ma-vr", "not_a_number"),
    ("is_on_leave", "misschien", "not_yes_or_no"),
    ("birth_year", "1880", "birth_year_out_of_range"),
    ("birth_year", "80", "not_a_date"),
    ("birth_year", "23-11-80", "two_digit_year"),
]


@pytest.mark.parametrize(("field", "text", "value"), VALUES)
def test_cell_becomes_its_value(field: str, text: str | None, value: object) -> None:
    parsed = COLUMN_BY_NAME[field].parse(text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(("field", "text", "code"), ERRORS)
def test_wrong_cell_says_what_is_wrong(field: str, text: str | None, code: str) -> None:
    with pytest.raises(CellError) as caught:
        COLUMN_BY_NAME[field].parse(text)
    assert caught.value.code == code


ISO_639_2 = {
    "nl": ("nld", "dut"),
    "en": ("eng",),
    "pl": ("pol",),
    "de": ("deu", "ger"),
    "ro": ("ron", "rum"),
    "bg": ("bul",),
    "uk": ("ukr",),
    "tr": ("tur",),
    "ar": ("ara",),
    "es": ("spa",),
    "pt": ("por",),
    "fr": ("fra", "fre"),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_is_known_by_its_codes_and_its_names(code: str) -> None:
    """In Dutch, in English and in its own words, as the Unicode consortium writes them, whatever the capitals."""
    locale = Locale.parse(code)
    names = [str(locale.get_display_name(reader)) for reader in ("nl", "en", code)]
    spellings = [*names, code, f"{code}-XX", *ISO_639_2[code]]
    spellings += [spelling.upper() for spelling in (names[0], names[1], code)]
    assert {spelling: COLUMN_BY_NAME["language"].parse(spelling) for spelling in spellings} == dict.fromkeys(
        spellings, code
    )


def test_too_long_names_the_limit() -> None:
    with pytest.raises(CellError) as caught:
        COLUMN_BY_NAME["staff_number"].parse("x" * 41)
    assert caught.value.detail == "40"


def test_only_the_minimal_columns_are_required() -> None:
    assert [column.name for column in COLUMNS if column.is_required] == ["staff_number", "email", "site"]


def test_only_names_and_birth_years_are_personal() -> None:
    assert [column.name for column in COLUMNS if column.is_personal] == ["name", "birth_year"]


def test_every_kind_of_contract_is_reached_by_its_own_code() -> None:
    kinds = [kind.value for kind in ContractKind]
    assert [COLUMN_BY_NAME["contract_kind"].parse(kind) for kind in kinds] == kinds


@given(st.text(max_size=300) | st.text(alphabet="0123456789-/.,:@ ", max_size=30))
def test_any_text_is_a_value_or_a_cell_error(text: str) -> None:
    for column in COLUMNS:
        with suppress(CellError):
            column.parse(text)


PLAIN_LOOKING = st.one_of(
    st.text(max_size=50),
    st.text(alphabet="aZ09 -.@=#\u0660é\n", max_size=45),
    st.from_regex(r"[A-Za-z0-9._=-]{1,70}@[A-Za-z0-9.-]{1,70}[a-z]{1,5}", fullmatch=True),
    st.from_regex(r"[0-9]{4} ?[A-Z]{2}\n?", fullmatch=True),
)


@pytest.mark.parametrize("field", ["staff_number", "email", "home_postcode"])
@given(PLAIN_LOOKING)
def test_a_plain_cell_has_the_value_that_a_thorough_look_gives(field: str, text: str) -> None:
    column = COLUMN_BY_NAME[field]
    value = column.plain(text)
    assert value is None or value == column.parse(text)


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("staff_number", "A0012", "A0012"),
        ("email", "an.de-boer@afdeling.voorbeeld.example", "an.de-boer@afdeling.voorbeeld.example"),
        ("home_postcode", "1234 AB", "1234AB"),
        ("home_postcode", "1234AB", "1234AB"),
    ],
)
def test_what_most_cells_look_like_is_plain(field: str, text: str, value: str) -> None:
    assert COLUMN_BY_NAME[field].plain(text) == value


@given(st.emails(domains=st.just("Voorbeeld.Example")))
def test_accepted_addresses_are_addresses_for_the_mailer_too(address: str) -> None:
    parse = COLUMN_BY_NAME["email"].parse
    try:
        accepted = parse(address)
    except CellError:
        return
    assert isinstance(accepted, str)
    if accepted:
        validate_email(accepted)
        assert accepted == address.strip().replace("Voorbeeld.Example", "voorbeeld.example")


DATE_SPELLINGS: list[Callable[[date], str]] = [
    date.isoformat,
    lambda day: f"{day.day:02}-{day.month:02}-{day.year}",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: str((day - date(1899, 12, 30)).days),
]


@pytest.mark.parametrize("spell", DATE_SPELLINGS)
@given(day=st.dates(date(1930, 1, 1), date(2100, 12, 31)))
def test_dates_come_back_from_each_spelling(spell: Callable[[date], str], day: date) -> None:
    assert COLUMN_BY_NAME["employed_from"].parse(spell(day)) == day


@given(st.decimals(0, 320, places=2))
def test_hours_come_back_with_comma_and_point(hours: Decimal) -> None:
    parse = COLUMN_BY_NAME["monthly_hours"].parse
    assert (parse(str(hours)), parse(str(hours).replace(".", ","))) == (hours, hours)
