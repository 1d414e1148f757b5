from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.staff_file.errors import CellError
from surveys.domain.staff_file.text import (
    NumberText,
    clean,
    column_letters,
    shown,
    text_of_value,
    without_excel_literal,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Utrecht", "Utrecht"),
        ("  Utrecht   Noord ", "Utrecht Noord"),
        ("Utrecht\r\nNoord\tOost", "Utrecht Noord Oost"),
        ("Utrecht\xa0Noord", "Utrecht Noord"),
        ("\ufeffUt\u00adrecht\u200b", "Utrecht"),
        ("Cafe\u0301", "Café"),
        ("สวัสดี", "สวัสดี"),
        ("👩‍🔧", "👩‍🔧"),
        ("", ""),
    ],
)
def test_text_is_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("character", list("\0\x07\x1b\x7f\x9f\u202e\u2066\ud800\U0003fffe"))
def test_characters_that_are_no_text_are_refused(character: str) -> None:
    with pytest.raises(CellError) as caught:
        clean(f"Ut{character}recht")
    assert caught.value.code == "control_characters"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        cleaned = clean(text)
    except CellError:
        return
    assert clean(cleaned) == cleaned


def test_numbers_stay_known_as_numbers() -> None:
    assert type(clean(NumberText("12"))) is NumberText


@pytest.mark.parametrize(
    ("text", "inner"),
    [('="0012"', "0012"), ('=" a "', "a"), ('=""', ""), ("=1+1", "=1+1"), ('="a"&"b"', '="a"&"b"'), ("x", "x")],
)
def test_only_literals_lose_their_equals_sign(text: str, inner: str) -> None:
    assert without_excel_literal(text) == inner


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [(None, 5, ""), ("", 5, ""), ("abcde", 5, "abcde"), ("abcdef", 5, "abcd…"), ("a\nb", 5, "a b"), ("\x00", 5, " ")],
)
def test_shown_values_fit_on_one_line(text: str | None, length: int, expected: str) -> None:
    assert shown(text, length=length) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pers.-nr.", ["pers", "nr"]),
        ("Privé E-mail", ["prive", "e", "mail"]),
        ("TÜRKÇE", ["turkce"]),
        ("Straße", ["strasse"]),
        ("employee_id", ["employee", "id"]),
        ("***", []),
    ],
)
def test_words_are_compared_without_capitals_accents_and_punctuation(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (-3.0, "-3"),
        (0.1, "0.1"),
        (7, "7"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
        (True, "TRUE"),
        (date(2026, 3, 9), "2026-03-09"),
        (datetime.combine(date(2026, 3, 9), time()), "2026-03-09"),
        (datetime.combine(date(2026, 3, 9), time(8, 30, 1)), "2026-03-09T08:30:01"),
        (time(8, 30), "08:30"),
        (timedelta(hours=36, minutes=30), "36:30"),
        (timedelta(days=2), "48:00"),
        (None, None),
    ],
)
def test_cells_that_are_no_text_become_text(value: object, text: str | None) -> None:
    assert text_of_value(value) == text


def test_numbers_of_cells_are_number_text_and_dates_are_not() -> None:
    assert [type(text_of_value(value)) for value in (1.0, 1, date(2026, 3, 9))] == [NumberText, NumberText, str]


def test_column_letters_are_those_of_a_spreadsheet() -> None:
    assert [column_letters(index) for index in (0, 25, 26, 51, 701, 702, 16383)] == [
        *("A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD")
    ]
