"""Remarks beside a figure with their count, right for one and for many."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import ngettext_lazy

from reporting.domain.business.steps import BusinessFlag
from reporting.domain.survey_sums import SIGN_FLAGS, SurveyFlag
from reporting.labels import FLAG_LABELS

_COUNTED: dict[str, Any] = {
    SurveyFlag.COPIED_DAYS: ngettext_lazy(
        "%(shown)s day answered with “same as the day before”",
        "%(shown)s days answered with “same as the day before”",
        "number",
    ),
    SurveyFlag.ALTERNATIVE_WEEKS: ngettext_lazy(
        "%(shown)s unusual week replaced by a normal week that the person gave",
        "%(shown)s unusual weeks replaced by a normal week that the person gave",
        "number",
    ),
    SurveyFlag.UNUSUAL_WEEKS_KEPT: ngettext_lazy(
        "%(shown)s unusual week used as it was, for want of a normal week",
        "%(shown)s unusual weeks used as they were, for want of a normal week",
        "number",
    ),
    SurveyFlag.OTHER_SITE_DAYS_AT_USUAL_DISTANCE: ngettext_lazy(
        "%(shown)s day at another site, counted at the usual distance",
        "%(shown)s days at another site, counted at the usual distance",
        "number",
    ),
    SurveyFlag.UNKNOWN_DAYS: ngettext_lazy(
        "%(shown)s day that the person did not remember, counted as the mean of their other days",
        "%(shown)s days that the person did not remember, counted as the mean of their other days",
        "number",
    ),
    SurveyFlag.UNKNOWN_FUEL_METRES: ngettext_lazy(
        "%(shown)s metre a week of which nobody knew the fuel, spread over the known fuels",
        "%(shown)s metres a week of which nobody knew the fuel, spread over the known fuels",
        "number",
    ),
    SurveyFlag.ASSUMED_LINE_METRES: ngettext_lazy(
        "%(shown)s metre a week of hybrids without a plug, whose line RVO does not state",
        "%(shown)s metres a week of hybrids without a plug, whose line RVO does not state",
        "number",
    ),
    BusinessFlag.PART_YEAR_VEHICLES: ngettext_lazy(
        "%(shown)s vehicle for part of the year, counted by its days",
        "%(shown)s vehicles for part of the year, counted by their days",
        "number",
    ),
    BusinessFlag.PROVEN_VEHICLES: ngettext_lazy(
        "%(shown)s vehicle with at most 500 private kilometres proven, counted as 0 private",
        "%(shown)s vehicles with at most 500 private kilometres proven, counted as 0 private",
        "number",
    ),
    BusinessFlag.OWNED_VEHICLES: ngettext_lazy(
        "%(shown)s owned vehicle: the guidance has a flat rate for leased ones only, so 0 private",
        "%(shown)s owned vehicles: the guidance has a flat rate for leased ones only, so 0 private",
        "number",
    ),
    BusinessFlag.ASSUMED_LINE_VEHICLES: ngettext_lazy(
        "%(shown)s hybrid without a plug, whose line RVO does not state",
        "%(shown)s hybrids without a plug, whose line RVO does not state",
        "number",
    ),
    BusinessFlag.UNKNOWN_FUEL_KM: ngettext_lazy(
        "%(shown)s kilometre of which the fuel is not known, spread over the known fuels",
        "%(shown)s kilometres of which the fuel is not known, spread over the known fuels",
        "number",
    ),
    BusinessFlag.ASSUMED_LINE_KM: ngettext_lazy(
        "%(shown)s kilometre of hybrids without a plug, whose line RVO does not state",
        "%(shown)s kilometres of hybrids without a plug, whose line RVO does not state",
        "number",
    ),
}


def flag_sentence(flag: str, count: int) -> str:
    """The remark with its count in the language at hand; a remark on a part of a line has none."""
    if flag in SIGN_FLAGS or flag not in _COUNTED:
        return str(FLAG_LABELS[flag])
    return str(_COUNTED[flag] % {"number": count, "shown": number_format(count, force_grouping=True)})
