"""The worked example in docs/calculation.md, read from the page and computed again."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from reporting.domain.business.commute_part import commute_part
from reporting.domain.business.vehicles import VehicleKind
from reporting.domain.commute import commute_cells
from reporting.domain.commute_method import CommuteMethod, CommuteRegister, RegisterFile
from reporting.domain.commute_register import register_cells
from reporting.domain.commute_rows import RhythmRow, RhythmStaff, people_with_rhythm, register_sums, rhythm_sums
from reporting.domain.parameter_files import load_parameters
from reporting.domain.rvo import Fuel, Mode, RvoLine
from reporting.domain.sample_size import required_answers
from reporting.domain.survey_sums import ModeSum, SurveySums, WeekCounts, WeekSum, mode_sums
from tests.reporting.estimates import make_estimate, with_km

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "calculation.md").read_text(encoding="utf-8")
PARAMETERS = load_parameters(reporting_year=2025)


def table(heading):
    """The rows under the table heading that starts so, as lists of text."""
    lines = PAGE.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading}"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([field.strip() for field in line.strip("|").split("|")])
    return rows


def number_before(words):
    return int(re.search(rf"(\d+)\s+{words}", PAGE)[1])


def metres(kilometres):
    return int(Decimal(kilometres) * 1000)


def week_sums(row):
    _, vehicle, one_way, workplace, elsewhere, there, home, unknown, _ = row
    mode, _, fuel = vehicle.partition(", ")
    worked = int(workplace) + int(elsewhere) + int(home)
    travelled = 2 * metres(one_way) * int(workplace)
    if int(elsewhere):
        travelled += 2 * metres(there) * int(elsewhere)
    return WeekSum(
        mode=mode,
        fuel=fuel,
        is_employer_provided=None,
        worked_days=worked,
        unknown_days=int(unknown),
        metres=travelled,
        days=int(workplace) + int(elsewhere),
    )


def people():
    return {row[0]: row for row in table("person | mode and fuel")}


def on_leave():
    return {person for person, row in people().items() if row[8] == "7"}


def example_survey():
    rows = people()
    return SurveySums(
        weeks=(WeekCounts(week_from=date(2025, 3, 10), submitted=len(rows), not_worked=len(on_leave())),),
        sums=mode_sums(week_sums(row) for person, row in rows.items() if person not in on_leave()),
    )


def example_cells():
    headcount = number_before("employees on the reference date") - number_before("of them have no fixed workplace")
    return commute_cells(survey=example_survey(), headcount=headcount, parameters=PARAMETERS)


def test_every_week_of_the_example_has_seven_days():
    for row in people().values():
        assert sum(int(row[column]) for column in (3, 4, 6, 7, 8)) == 7


def test_the_text_names_the_counts():
    assert len(people()) == 7
    assert example_survey().respondents == 6
    assert number_before("employees on the reference date") == 118
    assert "That leaves 115." in PAGE


def test_week_kilometres_per_person():
    page = {person: Fraction(week_km) for person, _, week_km in table("person | computation")}
    computed = {
        person: mode_sums([week_sums(row)])[0].metres / 1000
        for person, row in people().items()
        if person not in on_leave()
    }
    assert page == computed


def test_the_pocket_calculators_way_to_each_persons_week():
    for _, computation, week_km in table("person | computation"):
        if "×" in computation:
            python = computation.replace("×", "*").replace("÷", "/")
            assert set(python) <= set("0123456789.+*/ ")
            assert eval(re.sub(r"[\d.]+", lambda found: f"Fraction('{found[0]}')", python)) == Fraction(week_km)


def test_the_factor_to_the_year():
    assert "45 ÷ 6 × 115 = 862.5" in PAGE
    assert Fraction(45, 6) * 115 == Fraction("862.5")


def test_kilometres_per_line():
    page = {
        line: (Fraction(week_km), Fraction(exact), int(rounded))
        for line, week_km, exact, rounded in table("line | week km")
        if line in set(RvoLine)
    }
    computed = {
        cell.line.value: (cell.derivation.week_metres / 1000, cell.derivation.exact_km, cell.value)
        for cell in example_cells()
        if cell.value
    }
    assert page == computed


def test_the_total_of_the_block():
    (total,) = [row for row in table("line | week km") if row[0] == "**total**"]
    assert int(total[3]) == sum(cell.value for cell in example_cells())


def test_sample_sizes():
    assert [(population, answers) for population, answers in table("asked (N)")] == [
        (
            str(population),
            str(
                required_answers(
                    population=population,
                    margin=PARAMETERS.decimal("sample_margin"),
                    z=PARAMETERS.decimal("sample_z"),
                )
            ),
        )
        for population in (100, 1000, 2000)
    ]


def test_the_factor_of_45_is_the_parameter():
    assert PARAMETERS.whole("weeks_per_year") == 45


def rhythms_of_the_page():
    return table("employee | standard mode")


def page_report():
    rows = [
        RhythmRow(
            staff_number=number,
            days_per_week=Decimal(days),
            kind=VehicleKind(vehicle.partition(", ")[0]) if Decimal(days) else None,
            fuel=Fuel(vehicle.partition(", ")[2]) if Decimal(days) else Fuel.NONE,
            one_way_km=Decimal(one_way),
            months=Decimal(months),
        )
        for number, vehicle, one_way, days, months, _ in rhythms_of_the_page()
    ]
    staff = {row.staff_number: RhythmStaff(months=12, is_counted=True) for row in rows}
    sums = rhythm_sums(rows, staff=staff)
    return CommuteRegister(
        sums=register_sums(sums, method=CommuteMethod.STANDARD_DAYS),
        with_rhythm=people_with_rhythm(sums),
        files=(RegisterFile(name="example", rows=len(rows), applied_on=date(2026, 3, 2)),),
    )


def test_each_rhythm_of_the_page_by_the_pocket_calculator():
    days = PARAMETERS.whole("standard_working_days")
    for _, _, one_way, week, months, km in rhythms_of_the_page():
        assert Fraction(one_way) * 2 * days * Fraction(week) / 5 * Fraction(months) / 12 == Fraction(km)


def test_the_lines_by_214_days():
    employees = number_before("employees with a fixed workplace; the rhythm of 5 is known")
    cells = register_cells(
        method=CommuteMethod.STANDARD_DAYS, register=page_report(), headcount=employees, parameters=PARAMETERS
    )
    known = Fraction(page_report().with_rhythm, employees)
    assert round(float(known) * 100, 1) == 83.3
    page = {line: (Fraction(km), Fraction(exact), int(cell)) for line, km, exact, cell in table("line by 214 days")}
    computed = {
        cell.line.value: (cell.derivation.exact_km * known, cell.derivation.exact_km, cell.value)
        for cell in cells
        if cell.value
    }
    assert page == computed


def test_what_an_estimate_takes_off_business_travel():
    """A survey of 45 answers and one employee: a kilometre of the week is a kilometre of the year."""
    rows = {line: [int(km) for km in figures] for line, *figures in table("line by guidance and estimate")}
    places = {
        "car_petrol": (Mode.CAR, Fuel.PETROL),
        "car_electric": (Mode.CAR, Fuel.ELECTRIC),
        "bicycle_walking": (Mode.BICYCLE, Fuel.NONE),
        "public_transport": (Mode.PUBLIC_TRANSPORT, Fuel.NONE),
    }
    sums = tuple(
        ModeSum(mode=mode, fuel=fuel, is_employer_provided=is_provided, metres=Fraction(km * 1000))
        for line, (mode, fuel) in places.items()
        for is_provided, km in ((True, rows[line][1]), (False, rows[line][0] - rows[line][1]))
    )
    survey = SurveySums(weeks=(WeekCounts(week_from=date(2025, 3, 10), submitted=45),), sums=sums)
    estimate = make_estimate(headcount=1, lines=with_km(**{line: km for line, (_, _, km, _) in rows.items()}))
    part = commute_part(survey=survey, headcount=1, parameters=PARAMETERS, estimate=estimate)
    taken = {line: part.provided.get(RvoLine(line), 0) for line in rows} | {"public_transport": part.public_transport}
    assert taken == {line: wanted for line, (_, _, _, wanted) in rows.items()}
    guidance = commute_cells(survey=survey, headcount=1, parameters=PARAMETERS)
    assert {cell.line.value: cell.value for cell in guidance if cell.value} == {
        line: km for line, (km, _, _, _) in rows.items()
    }
