"""The people of a survey with only the features that somebody chose."""

from collections.abc import Collection
from dataclasses import replace

from reporting.domain.estimation.survey_people import SurveyPeople


def with_features(survey: SurveyPeople, features: Collection[str]) -> SurveyPeople:
    """The same people and answers; of the staff list's facts the chosen ones, beside distance and contract days.

    A chosen feature that the staff list does not know is left out: it would say the same of everybody.
    """
    people = survey.people
    numeric = {name: column for name, column in people.numeric.items() if name in features}
    categorical = {name: column for name, column in people.categorical.items() if name in features and any(column)}
    return replace(survey, people=replace(people, numeric=numeric, categorical=categorical))
