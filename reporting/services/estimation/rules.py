"""When an estimation may be asked for, and of which facts; every refusal says what to do."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.domain.commute_method import CommuteMethod
from reporting.domain.staff_features import StaffFeature, is_sensitive
from reporting.enums import EstimationState
from reporting.models import EstimationRun, Report
from reporting.selectors.survey_facts import kept_survey
from reporting.services.report_access import draft_version
from surveys.enums import CampaignState
from surveys.models import Campaign
from wpm_platform.organisations.models import Organisation
from wpm_platform.organisations.services.refusal import Refused

AT_WORK = (EstimationState.WAITING, EstimationState.RUNNING)


class NoSurveyToEstimate(Refused):
    """The report rests on no survey."""

    sentence = gettext_lazy("Choose a closed survey for this report first. An estimate needs its answers.")


class SurveyStillOpen(Refused):
    """The report's survey takes answers."""

    sentence = gettext_lazy("Close the survey first. An estimate counts once nobody can change an answer any more.")


class NotTheWholeSurvey(Refused):
    """Another method than the survey of all weeks."""

    sentence = gettext_lazy(
        "An estimate goes with the method “survey, all weeks together”. Choose that method for this report first."
    )


class AnswersDeleted(Refused):
    """Answers were deleted after the closing, so the people in it would not be those of the report's figures."""

    sentence = gettext_lazy(
        "Answers to this survey have been deleted, so a new estimate would be about fewer people than the figures of"
        " the report. Use an estimate from before that day, or the figures by the guidance."
    )


class EstimationAtWork(Refused):
    """One estimation of a report at a time."""

    sentence = gettext_lazy("An estimate of this report is being made. Wait for it, or stop it first.")


class CouncilNoteMissing(Refused):
    """Facts of the staff list are used without a word about the works council."""

    sentence = gettext_lazy(
        "Write down what the works council knows about these data. Have you no works council? Then say that."
    )


class FeatureSensitive(Refused):
    """The fact says something that nobody may be judged by."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def __str__(self) -> str:
        return _(
            "“%(name)s” is sensitive: it says something about origin, health, gender, belief or private life, or stands"
            " for it. An estimate never uses such data. Leave it out."
        ) % {"name": self.name}


class FeatureUnknown(Refused):
    """The estimation knows no such fact; a column of one's own is none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def __str__(self) -> str:
        return _("An estimate cannot use “%(name)s”. Choose from the data on this page.") % {"name": self.name}


def check_startable(*, organisation: Organisation, report: Report) -> Campaign:
    """The survey that an estimation of this report begins with now. Raises why none can begin."""
    draft_version(report)
    campaign = check_survey(organisation=organisation, report=report)
    if EstimationRun.objects.filter(organisation=organisation, report=report, state__in=AT_WORK).exists():
        raise EstimationAtWork
    return campaign


def check_survey(*, organisation: Organisation, report: Report) -> Campaign:
    """The report's survey. Raises `NoSurveyToEstimate`, `SurveyStillOpen`, `NotTheWholeSurvey` or `AnswersDeleted`."""
    if report.commute_method != CommuteMethod.SURVEY or report.commute_week_from is not None:
        raise NotTheWholeSurvey
    campaign: Campaign | None = report.campaign
    if campaign is None:
        raise NoSurveyToEstimate
    if campaign.state != CampaignState.CLOSED:
        raise SurveyStillOpen
    if kept_survey(organisation=organisation, campaign=campaign, legal_entity=report.legal_entity) is not None:
        raise AnswersDeleted
    return campaign


def checked_features(features: Collection[str], *, council_note: str) -> list[str]:
    """Sorted, each once. Raises `FeatureSensitive`, `FeatureUnknown`, `CouncilNoteMissing`."""
    known = {feature.value for feature in StaffFeature}
    for name in features:
        if name not in known:
            raise FeatureSensitive(name[:80]) if is_sensitive(name) else FeatureUnknown(name[:80])
    if features and not council_note.strip():
        raise CouncilNoteMissing
    return sorted(set(features))


def why_not(*, organisation: Organisation, report: Report) -> Refused | None:
    """The refusal that `start_estimation` would raise now, for a page that would rather say so first."""
    try:
        check_startable(organisation=organisation, report=report)
    except Refused as refusal:
        return refusal
    return None
