"""Dates as readers write them."""

import datetime

import pytest

from surveys.domain.dates_in_words import day_in_words, first_day_in_words, month_in_words, week_in_words


@pytest.mark.parametrize(
    ("monday", "language", "words"),
    [
        (datetime.date(2026, 3, 9), "nl", "9–15 maart 2026"),
        (datetime.date(2026, 3, 9), "en", "9–15 March 2026"),
        (datetime.date(2026, 3, 30), "nl", "30 maart – 5 april 2026"),
        (datetime.date(2025, 12, 29), "nl", "29 december 2025 – 4 januari 2026"),
        (datetime.date(2026, 3, 9), "zh", "9–15 maart 2026"),
    ],
)
def test_week(monday, language, words):
    assert week_in_words(monday, language=language) == words


@pytest.mark.parametrize(
    ("monday", "words"),
    [
        (datetime.date(2026, 11, 2), "2"),
        (datetime.date(2026, 3, 30), "30 maart"),
        (datetime.date(2025, 12, 29), "29 december 2025"),
    ],
)
def test_first_day_says_only_what_the_last_does_not(monday, words):
    assert first_day_in_words(monday, language="nl") == words


def test_day_and_month():
    assert day_in_words(datetime.date(2026, 3, 30), language="nl") == "maandag 30 maart"
    assert day_in_words(datetime.date(2026, 3, 30), language="en") == "Monday 30 March"
    assert month_in_words(datetime.date(2026, 3, 30), language="nl") == "maart 2026"
