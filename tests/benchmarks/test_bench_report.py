"""The benchmark's made-up employer answers as its rows say, and the report adds them up as a person would by hand."""

from collections import defaultdict
from fractions import Fraction

import pytest

from reporting.selectors.survey import survey_sums
from reporting.services.report_versions import build_report
from surveys.models import DayAnswer, Response
from tests.benchmarks.bench_report import judged
from tests.benchmarks.made_up_answers import make_answered_employer
from tests.factories import NOW, as_owner
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
TRAVELLED = ("workplace", "other_site")
WORKED = (*TRAVELLED, "home", "client")


def test_the_sums_are_those_of_one_answer_after_another():
    organisation, report = make_answered_employer(600)
    with organisation_scope(organisation):
        version = build_report(organisation=organisation, actor=None, now=NOW, report=report)
        sums = survey_sums(organisation=organisation, campaign=report.campaign, legal_entity=report.legal_entity)

    expected: dict[tuple[str, str, bool | None], Fraction] = defaultdict(Fraction)
    respondents = unknown_days = copied_days = alternative_weeks = 0
    with as_owner(organisation):
        for response in Response.objects.all():
            days = list(DayAnswer.objects.filter(response=response, is_normal_week=response.gives_normal_week))
            worked = sum(day.whereabouts in WORKED for day in days)
            unknown = sum(day.whereabouts == "unknown" for day in days)
            if not worked:
                continue
            respondents += 1
            unknown_days += unknown
            copied_days += sum(day.is_copied for day in days)
            alternative_weeks += response.gives_normal_week
            for day in days:
                if day.whereabouts in TRAVELLED:
                    metres = Fraction(day.return_metres * (worked + unknown), worked)
                    # Nobody was asked what the mopeds of this employer run on.
                    fuel = "unknown" if day.mode == "moped" else day.fuel
                    expected[day.mode, fuel, day.is_employer_provided] += metres
        assert version.cells.count() == 44

    (week,) = sums.weeks
    assert (week.respondents, week.unknown_days, week.copied_days, week.alternative_weeks) == (
        respondents,
        unknown_days,
        copied_days,
        alternative_weeks,
    )
    assert min(respondents, unknown_days, alternative_weeks, week.not_worked) > 0
    assert {(row.mode, row.fuel, row.is_employer_provided): row.metres for row in sums.sums if row.metres} == expected


@pytest.mark.parametrize(
    ("slow", "heavy", "bent", "holds"),
    [(1.0, 100, 1.0, True), (3.5, 100, 1.0, False), (1.0, 501, 1.0, False), (1.0, 100, 9.0, False)],
)
def test_one_figure_that_falls_short_ends_the_benchmark_as_short(slow, heavy, bent, holds, capsys):
    measured = [(10_000, 0.1, 0.1, heavy), (100_000, 1.0, slow, 100), (500_000, 5.0, 5.0 * bent, 100)]
    assert judged(measured) is holds
    assert capsys.readouterr().out.count("figure: report") == 3
