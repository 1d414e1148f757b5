"""How the figures came about, in sentences for whoever checks them: the environmental agency, an auditor."""

from collections.abc import Iterator

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.domain.cell import CellMethod, CellOrigin
from reporting.domain.commute_estimate import ChosenEstimate
from reporting.domain.commute_method import CommuteMethod, MethodChoice
from reporting.domain.commute_register import coverage
from reporting.domain.matrix import Matrix
from reporting.domain.parameters import Parameters
from reporting.domain.report_inputs import ReportInputs
from reporting.domain.rvo import RvoBlock
from reporting.domain.survey_sums import LINE_FLAGS, SurveyFlag, SurveySums
from reporting.estimate_labels import estimate_method
from reporting.estimation_sentences import how_sure

SURVEYED = frozenset({CellMethod.SURVEY_ONE_WEEK, CellMethod.SURVEY_POOLED_WEEKS, CellMethod.SURVEY_ESTIMATED})


def method_statement(*, inputs: ReportInputs, parameters: Parameters, matrix: Matrix) -> tuple[str, ...]:
    """One paragraph per subject, in the language at hand."""
    return (
        _headcount(inputs, parameters),
        *_commute(inputs, parameters, matrix),
        *_business(matrix),
        _("Nothing is rounded on the way: every step is an exact fraction, and each line is rounded once, half up."),
    )


def _headcount(inputs: ReportInputs, parameters: Parameters) -> str:
    counted = _(
        "On the reference date, %(day)s, %(people)s people had a labour contract or public appointment for at"
        " least %(hours)s paid hours a month. %(multiplier)s of them have a fixed workplace; that number multiplies"
        " commuting."
    ) % {
        "day": date_format(inputs.headcount.reference_date),
        "people": number_format(inputs.headcount.counted),
        "hours": parameters.whole("minimum_monthly_hours"),
        "multiplier": number_format(inputs.headcount.commute_multiplier),
    }
    if not inputs.headcount.assumed:
        return counted
    assumed = ngettext(
        "Of %(people)s person the staff list leaves something open; they were counted.",
        "Of %(people)s people the staff list leaves something open; they were counted.",
        inputs.headcount.assumed,
    ) % {"people": number_format(inputs.headcount.assumed)}
    return f"{counted} {assumed}"


def _commute(inputs: ReportInputs, parameters: Parameters, matrix: Matrix) -> Iterator[str]:
    survey = inputs.survey
    if survey is not None and survey.weeks and matrix.commute_method in SURVEYED:
        yield _survey(survey, parameters)
        yield _respondents(survey)
        yield from _remarks(matrix)
    if inputs.estimate is not None:
        yield from _estimate(inputs.estimate)
    if inputs.choice.method is CommuteMethod.STANDARD_DAYS:
        yield from _standard_days(inputs, parameters)
    elif inputs.choice.method is CommuteMethod.TRIP_REGISTRATION:
        yield _(
            "Commuting comes from a trip registration: kilometres per vehicle and fuel over the whole year, as the"
            " system gives them. Source: guidance for employers (RVO), part 4; certain."
        )
    if inputs.choice.reason:
        yield _choice(inputs.choice)
    if matrix.commute_method is CellMethod.ENTERED_TOTAL:
        yield _("All figures of commuting were entered by hand; the reason stands with each.")
    elif matrix.is_commute_mixed:
        yield _(
            "Some figures of commuting were entered by hand in place of the computed one; the reason stands with each."
        )


def _estimate(estimate: ChosenEstimate) -> Iterator[str]:
    yield _(
        "Block 4 does not state the outcome of that sum but an estimate. %(answers)s of the %(people)s people whom the"
        " survey is about answered; the others are estimated from what the staff list tells of everybody and from those"
        " who did answer. Method: %(method)s. The sum of the guidance stands beside each line."
    ) % {
        "answers": number_format(estimate.answers),
        "people": number_format(estimate.population),
        "method": estimate_method(estimate.method),
    }
    if sureness := how_sure(estimate.method, odds_ratio=estimate.odds_ratio):
        yield sureness
    yield _(
        "What is taken off business travel as commuting follows the same estimate: per line the share in vehicles of"
        " the employer that respondents told."
    )
    yield _("On %(day)s the estimate was chosen in place of the guidance's figures. The reason: “%(reason)s”") % {
        "day": date_format(estimate.chosen_on) if estimate.chosen_on else "",
        "reason": estimate.reason,
    }


def _standard_days(inputs: ReportInputs, parameters: Parameters) -> Iterator[str]:
    test = coverage(register=inputs.register, headcount=inputs.headcount.commute_multiplier, parameters=parameters)
    days = parameters.values["standard_working_days"]
    if days.value is None or test.least_share is None or test.share is None:
        return
    yield _(
        "Commuting is computed by the method of %(days)s days: per employee a standard rhythm and vehicle. One way × 2"
        " × %(days)s × days a week ÷ 5, in proportion to the months of the year. The method is new in RVO's guidance of"
        " December 2025; we know it from one good source, so its certainty is “likely”."
    ) % {"days": parameters.whole("standard_working_days")}
    yield _(
        "The rhythm is known of %(known)s of the %(people)s employees with a fixed workplace on the reference date:"
        " %(share)s %%. The method asks for %(least)s %%. The kilometres of these employees are brought to all in"
        " proportion. That is our own derivation, as are whole months and leaving out people who do not count: the"
        " guidance does not say."
    ) % {
        "known": number_format(test.known),
        "people": number_format(test.employees),
        "share": number_format(int(test.share * 1000) / 10, decimal_pos=1),
        "least": number_format(test.least_share * 100, decimal_pos=0),
    }


def _choice(choice: MethodChoice) -> str:
    day = date_format(choice.chosen_on) if choice.chosen_on else ""
    if choice.week_from is not None:
        return _("On %(day)s this one week of the survey was chosen. The reason: “%(reason)s”") % {
            "day": day,
            "reason": choice.reason,
        }
    return _("On %(day)s this method was chosen. The reason: “%(reason)s”") % {"day": day, "reason": choice.reason}


def _survey(survey: SurveySums, parameters: Parameters) -> str:
    facts = {"weeks": parameters.whole("weeks_per_year"), "day": date_format(survey.weeks[0].week_from)}
    if len(survey.weeks) == 1:
        return (
            _(
                "Commuting comes from a survey about the week from Monday %(day)s, by the guidance of RVO. Per day"
                " people named the vehicle with which they covered the largest distance; the whole distance from home"
                " to work and back goes to it. Per line: week kilometres × %(weeks)s working weeks ÷ respondents ×"
                " employees with a fixed workplace."
            )
            % facts
        )
    return _(
        "Commuting comes from surveys about %(count)s weeks, the first from Monday %(day)s. Per day people"
        " named the vehicle with which they covered the largest distance; the whole distance from home to work"
        " and back goes to it. All weeks are taken together: week kilometres of all weeks × %(weeks)s working weeks ÷"
        " respondents of all weeks × employees with a fixed workplace. RVO's guidance knows one week; taking several"
        " together is an extension of it."
    ) % {**facts, "count": len(survey.weeks)}


def _respondents(survey: SurveySums) -> str:
    return _(
        "%(submitted)s weeks were submitted. Not counted as respondents: %(not_worked)s without any working day,"
        " %(unusable)s in which every working day was “don't know”. Who worked at home all week counts, with 0 km."
    ) % {
        "submitted": number_format(sum(week.submitted for week in survey.weeks)),
        "not_worked": number_format(sum(week.not_worked for week in survey.weeks)),
        "unusable": number_format(sum(week.unusable for week in survey.weeks)),
    }


def _remarks(matrix: Matrix) -> Iterator[str]:
    flags = {flag for cell in matrix.block(RvoBlock.COMMUTE) for flag in cell.derivation.flags}
    if SurveyFlag.UNKNOWN_DAYS in flags:
        yield _("A day that somebody did not remember counts as the mean of that person's other working days.")
    if flags & {SurveyFlag.ALTERNATIVE_WEEKS, SurveyFlag.UNUSUAL_WEEKS_KEPT}:
        yield _("For a week called unusual, the person's normal week counts where one was given, else the week itself.")
    if SurveyFlag.OTHER_SITE_DAYS_AT_USUAL_DISTANCE in flags:
        yield _("A day at another site counts at the usual distance where the distance to that site was not given.")
    if flags & LINE_FLAGS:
        yield _(
            "Kilometres whose fuel nobody knew are spread over the known fuels of the same vehicle, in proportion. For"
            " a hybrid without a plug RVO states no line; it is on the line of hybrids."
        )


def _business(matrix: Matrix) -> Iterator[str]:
    cells = [cell for cell in matrix.cells if cell.block is not RvoBlock.COMMUTE]
    if any(cell.origin is CellOrigin.MANUAL for cell in cells):
        yield _("Totals of business travel were entered by hand; where each comes from stands with it.")
    if any(cell.origin is CellOrigin.OBSERVED for cell in cells):
        yield _(
            "Business travel from files (vehicles, cards, expense claims) is added up per line; with a fleet, commuting"
            " and private kilometres are taken off. The steps stand with each figure."
        )
    yield _("Public transport on expense claims is an amount in euros; only RVO converts it.")
