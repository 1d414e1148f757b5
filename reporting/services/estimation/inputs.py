"""Everything that an estimation of a report follows from, read at one moment."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from reporting.domain.estimation.chosen_features import with_features
from reporting.domain.estimation.inputs_hash import inputs_hash
from reporting.domain.estimation.outcome import VERSION
from reporting.domain.estimation.pooled_prior import PooledPrior
from reporting.domain.estimation.sensitivity import LARGEST_ODDS_RATIO
from reporting.domain.estimation.survey_people import READY_MODES, SurveyPeople
from reporting.domain.estimation.year_two import own_model
from reporting.domain.staff_features import StaffFeature
from reporting.models import Report
from reporting.selectors.current_prior import current_prior
from reporting.selectors.estimation import estimation_people
from reporting.selectors.inputs import headcount_figures
from reporting.selectors.parameters import parameters_of
from reporting.selectors.survey import survey_sums
from reporting.selectors.year_two import LastSurvey, last_survey
from surveys.domain.asking import WITH_JOINERS
from wpm_platform.organisations.models import Organisation


class ModelMissing(ValueError):
    """Last year's answers were read, and their model was not fitted yet."""


@dataclass(frozen=True, kw_only=True)
class LastModel:
    """years: since the survey that it is of. turnover: the part of the staff that came since then."""

    model: PooledPrior
    years: float
    turnover: float


@dataclass(frozen=True, kw_only=True)
class EstimationInputs:
    """What `estimate_commute` and its model card follow from.

    form: fingerprint of the form's lines. site: the category to stratify by where distances are unknown. weeks: ISO
    weeks that were asked about.
    last_survey: the last answers of everybody, where only joiners or a lot were asked; year_two: their model.
    """

    survey: SurveyPeople
    headcount: int
    weeks_per_year: int
    form: str
    features: tuple[str, ...]
    site: str | None
    odds_ratio: float
    random_state: int
    prior: PooledPrior | None
    weeks: tuple[str, ...] = ()
    last_survey: LastSurvey | None = None
    year_two: LastModel | None = None

    @property
    def checksum(self) -> str:
        """The same for the same inputs, seed and version; see `inputs_hash`. Raises `ModelMissing`."""
        if self.last_survey is not None and self.year_two is None:
            raise ModelMissing
        settings: dict[str, Any] = {
            "version": VERSION,
            "headcount": self.headcount,
            "weeks_per_year": self.weeks_per_year,
            "form": self.form,
            "features": list(self.features),
            "site": self.site,
            "odds_ratio": self.odds_ratio,
            "ready_modes": list(READY_MODES),
            "random_state": self.random_state,
            "weeks": list(self.weeks),
            "prior": None if self.prior is None else self.prior.to_json(),
            "year_two": None
            if self.year_two is None
            else [self.year_two.model.to_json(), self.year_two.years, self.year_two.turnover],
        }
        return inputs_hash(survey=self.survey, settings=settings)


def estimation_inputs(
    *,
    organisation: Organisation,
    report: Report,
    features: Collection[str],
    random_state: int,
    now: datetime.datetime | None = None,
) -> EstimationInputs | None:
    """As they are `now`, with a follow-up whose time to answer is over; last year's model not fitted yet.

    None when the report's survey is not closed or invited nobody, and when it asked joiners and no earlier survey among
    everybody gives a model of the others.
    """
    parameters = parameters_of(organisation=organisation, reporting_year=report.reporting_year)
    named: dict[str, Any] = {
        "organisation": organisation,
        "campaign": report.campaign,
        "legal_entity": report.legal_entity,
    }
    found = estimation_people(**named, parameters=parameters, now=now)
    if found is None:
        return None
    sums = survey_sums(**named)
    counted = headcount_figures(legal_entity=report.legal_entity, survey=sums, parameters=parameters).commute_multiplier
    survey = with_features(found, features)
    last = None
    if survey.anchor is not None and report.campaign is not None:
        last = last_survey(
            campaign=report.campaign,
            legal_entity=report.legal_entity,
            parameters=parameters,
            features=features,
            people=survey.people,
        )
        if last is None and report.campaign.asks in WITH_JOINERS:
            return None
    return EstimationInputs(
        survey=survey,
        headcount=counted,
        weeks_per_year=parameters.whole("weeks_per_year"),
        form=parameters.form.fingerprint,
        features=tuple(sorted(features)),
        site=StaffFeature.SITE.value if StaffFeature.SITE in survey.people.categorical else None,
        odds_ratio=LARGEST_ODDS_RATIO,
        random_state=random_state,
        prior=current_prior(organisation=organisation),
        last_survey=last,
        weeks=tuple(f"{week.week_from:%G-W%V}" for week in (sums.weeks if sums else ())),
    )


def with_last_model(inputs: EstimationInputs) -> EstimationInputs:
    """With the model of the last survey among everybody, where there is one; needs no database.

    Its coefficients are in the checksum: fit them on one thread, for the same bytes on every machine.
    """
    last = inputs.last_survey
    if last is None:
        return inputs
    return replace(inputs, year_two=LastModel(model=own_model(last.people), years=last.years, turnover=last.turnover))
