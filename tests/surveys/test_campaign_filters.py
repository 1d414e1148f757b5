"""Template filters: dates and counts as the reader writes them."""

import datetime

import pytest
from django.utils import translation

from surveys.domain.small_groups import GroupCount
from surveys.templatetags.campaigns import (
    answered_words,
    breakable,
    day_words,
    digits,
    moment_words,
    week_start_words,
    week_words,
)
from tests.surveys.campaigns import local

MONDAY = datetime.date(2026, 3, 9)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ("9–15 maart 2026", "maandag 9 maart", "maandag 30 maart, 09:00")),
        ("en", ("9–15 March 2026", "Monday 9 March", "Monday 30 March, 09:00")),
    ],
)
def test_dates(language, words):
    with translation.override(language):
        # 30 March is the day after the clock went forward: 09:00 is 07:00 UTC.
        assert (week_words(MONDAY), day_words(MONDAY), moment_words(local("2026-03-30"))) == words


def test_the_beginning_of_a_week_says_only_what_its_end_does_not():
    with translation.override("nl"):
        assert (week_start_words(MONDAY), week_start_words(datetime.date(2026, 3, 30))) == ("9", "30 maart")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("hr@voorbeeld.example", "hr<wbr>@voorbeeld.example"),
        ('"><script>@x.example', "&quot;&gt;&lt;script&gt;<wbr>@x.example"),
        ("no-address", "<wbr>no-address"),
    ],
)
def test_an_address_breaks_before_its_at_and_is_harmless(address, shown):
    assert breakable(address) == shown


def test_digits_take_no_separator():
    assert digits(2026) == "2026"


@pytest.mark.parametrize(
    ("answered", "is_exact", "words"),
    [(0, True, "0"), (3, True, "3"), (0, False, "under 5"), (10, False, "10 or more")],
)
def test_answers_of_a_group(answered, is_exact, words):
    group = GroupCount(name="Venlo", people=12, invited=12, answered=answered)
    with translation.override("en"):
        assert answered_words(group, is_exact) == words
