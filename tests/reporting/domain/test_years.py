"""Year on year: changes, shares, breaks of method and the bars of the charts."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.domain.cell import CellOrigin
from reporting.domain.report_inputs import ManualTotal
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.domain.years.breaks import Break, BreakKind, breaks_of
from reporting.domain.years.changes import Change, ChangeKind, change_between
from reporting.domain.years.charts import YearBars, bar_chart
from reporting.domain.years.figures import GROUP_OF_LINE, ModeGroup, YearFigures, modal_split
from tests.reporting.reports import make_business_totals, make_matrix

kilometres = st.lists(st.integers(0, 10**9), min_size=11, max_size=11)


def make_year(year: int = 2025, **changes: Any) -> YearFigures:
    facts: dict[str, Any] = {
        "year": year,
        "is_draft": False,
        "matrix": make_matrix(),
        "counted": 240,
        "commute_people": 230,
        "form_version": "form-2024",
        "weeks": 1,
        "factors": {"weeks_per_year": "45", "threshold": "100"},
    }
    return YearFigures(**{**facts, **changes})


def commute_matrix(values):
    by_hand = tuple(
        ManualTotal(block=RvoBlock.COMMUTE, line=line, value=value, note="Eigen registratie")
        for line, value in zip(RvoLine, values, strict=True)
    )
    return make_matrix(manual=make_business_totals() + by_hand)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (1000, 1034, "3.4"),
        (1000, 966, "-3.4"),
        (1000, 0, "-100.0"),
        (1000, 1000, "0.0"),
        (0, 0, "0.0"),
        (3, 4, "33.3"),
        (10_000, 10_005, "0.1"),  # a half rounds away from zero …
        (10_000, 9_995, "-0.1"),  # … down as well as up
        (Decimal("1234.50"), Decimal("1357.95"), "10.0"),
    ],
)
def test_a_change_is_a_share_of_what_was(before, after, expected):
    assert change_between(before, after) == Change(kind=ChangeKind.PERCENTAGE, percentage=Decimal(expected))


@pytest.mark.parametrize(("before", "after"), [(None, 5), (5, None), (None, None), (None, 0)])
def test_a_figure_that_is_not_known_has_no_change(before, after):
    assert change_between(before, after) == Change(kind=ChangeKind.UNKNOWN)


def test_of_zero_there_is_no_percentage():
    assert change_between(0, 7) == Change(kind=ChangeKind.NEW)


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_the_sign_of_a_change_is_its_direction(before, after):
    percentage = change_between(before, after).percentage
    assert (percentage >= 0) is (after >= before) or percentage == 0


@settings(deadline=None)
@given(kilometres)
def test_the_shares_of_the_modal_split_add_up_to_a_hundred(values):
    split = modal_split(commute_matrix(values))
    assert split is None if not sum(values) else sum(split.values()) == 100


def test_the_modal_split_takes_lines_together_whatever_the_fuel():
    values = [10 if GROUP_OF_LINE[line] is ModeGroup.CAR else 0 for line in RvoLine]
    values[list(RvoLine).index(RvoLine.PUBLIC_TRANSPORT)] = 50
    assert modal_split(commute_matrix(values)) == {
        ModeGroup.CAR: 50,
        ModeGroup.PUBLIC_TRANSPORT: 50,
        ModeGroup.BICYCLE_WALKING: 0,
        ModeGroup.MOTORCYCLE_MOPED: 0,
    }


def test_every_line_has_its_vehicle():
    assert set(GROUP_OF_LINE) == set(RvoLine)


def test_an_open_line_leaves_split_and_means_open():
    year = make_year(matrix=make_matrix(survey=None))
    assert (modal_split(year.matrix), year.commute_km_per_person) == (None, None)
    assert make_year(matrix=make_matrix(manual=())).business_km_per_person is None


def test_kilometres_per_person_are_the_total_over_the_people():
    # 240 km + 1 000.001 km + 3 500 km + 2 000 km of 100 people × 45 weeks × 230 people, each line rounded once.
    year = make_year()
    total = sum(cell.value for cell in year.matrix.block(RvoBlock.COMMUTE))
    assert (total, year.commute_km_per_person) == (697_590, 3033)
    assert make_year(commute_people=0).commute_km_per_person is None


@pytest.mark.parametrize(("invited", "answered", "expected"), [(228, 100, 43), (0, 0, None), (None, None, None)])
def test_the_response_is_never_flattered(invited, answered, expected):
    assert make_year(invited=invited, answered=answered).response == expected


def test_years_that_were_made_alike_have_no_break():
    assert breaks_of((make_year(2024), make_year(2025), make_year(2026))) == ()
    assert breaks_of((make_year(2024),)) == breaks_of(()) == ()


def test_every_kind_of_break_is_told():
    before = make_year(2024)
    after = make_year(
        2026,
        matrix=commute_matrix([1] * 11),
        weeks=3,
        form_version="form-2026",
        factors={"weeks_per_year": "44", "threshold": "250"},
    )
    found = breaks_of((before, after))
    assert [(one.kind, one.subject, one.before, one.after) for one in found] == [
        (BreakKind.METHOD, "commute", ("survey_one_week",), ("entered_total",)),
        (BreakKind.WEEKS, "", ("1",), ("3",)),
        (BreakKind.FORM, "", ("form-2024",), ("form-2026",)),
        (BreakKind.FACTOR, "weeks_per_year", ("45",), ("44",)),
        (BreakKind.FACTOR, "threshold", ("100",), ("250",)),
    ]
    assert {(one.since, one.year) for one in found} == {(2024, 2026)}


def test_one_figure_by_hand_is_a_break_too():
    one = ManualTotal(block=RvoBlock.COMMUTE, line=RvoLine.CAR_PETROL, value=5, note="Eigen registratie")
    after = make_year(2025, matrix=make_matrix(manual=(*make_business_totals(), one)))
    assert breaks_of((make_year(2024), after)) == (
        Break(
            kind=BreakKind.METHOD,
            since=2024,
            year=2025,
            subject="commute",
            before=("survey_one_week",),
            after=("entered_total", "survey_one_week"),
        ),
    )


def test_a_block_without_figures_tells_of_no_method():
    without = make_year(2025, matrix=make_matrix(survey=None, manual=()), weeks=0)
    assert all(cell.origin is CellOrigin.UNDETERMINED for cell in without.matrix.cells)
    assert breaks_of((make_year(2024), without)) == ()


def test_a_factor_that_was_not_set_is_a_break():
    found = breaks_of((make_year(2024, factors={}), make_year(2025, factors={"weeks_per_year": "45"})))
    assert [(one.before, one.after) for one in found] == [((), ("45",))]


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=1, max_size=4), min_size=1, max_size=8))
def test_bars_stand_side_by_side_and_never_past_the_edge(sizes):
    full = max(1, *(sum(parts) for parts in sizes))
    years = [
        YearBars(heading=str(n), parts={str(i): size for i, size in enumerate(parts)}) for n, parts in enumerate(sizes)
    ]
    chart = bar_chart(name="x", title="x", description="x", years=years, full=full)
    for row in chart.rows:
        ends = [(float(bar.x[:-1]), float(bar.x[:-1]) + float(bar.width[:-1])) for bar in row.bars]
        assert all(later >= end - 0.02 for (_, end), (later, _) in pairwise(ends))
        assert all(end <= 100.02 for _, end in ends)
        assert row.bar_y + 22 <= chart.height


def test_a_small_part_has_no_label_below_it():
    years = [YearBars(heading="2025", parts={"car": 94, "bicycle": 6})]
    (row,) = bar_chart(name="x", title="x", description="x", years=years, full=100, has_labels=True).rows
    assert [(bar.name, bar.x, bar.width, bar.middle, bar.label) for bar in row.bars] == [
        ("car", "0.00%", "94.00%", "47.00%", "94 %"),
        ("bicycle", "94.00%", "6.00%", "97.00%", ""),
    ]


def test_the_line_of_a_break_stands_above_its_year_and_never_above_the_first():
    years = [YearBars(heading=str(year), parts={"figure": 1}, is_broken=True) for year in (2024, 2025)]
    chart = bar_chart(name="x", title="x", description="x", years=years, full=1)
    (rule,) = chart.rule_ys
    assert chart.rows[0].bar_y + 22 < rule < chart.rows[1].bar_y
