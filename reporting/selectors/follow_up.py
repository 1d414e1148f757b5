"""What a few of the silent told in a follow-up, as the estimation reads it: a mode per person, and no name."""

import datetime
from collections.abc import Mapping

import numpy as np
from django.db.models import Exists, OuterRef

from reporting.domain.estimation.follow_up import NO_ANSWER
from reporting.domain.estimation.people import Integers
from reporting.domain.estimation.survey_people import LINE_MODES, MODES
from reporting.domain.form_lines import FormLines
from reporting.domain.rvo import Mode
from surveys.enums import UsualMode
from surveys.models import Campaign, FollowUpAnswer, FollowUpQuestion
from wpm_platform.organisations.models import Organisation


def usual_modes(
    *,
    organisation: Organisation,
    campaign: Campaign,
    numbers: Mapping[int, int],
    form: FormLines,
    now: datetime.datetime | None,
) -> Integers | None:
    """The mode of each person (`numbers`: employee → row), `NO_ANSWER` elsewhere; None while answers may still come.

    Only once the time to answer is over, and not at all once somebody deleted an answer after it: an estimate before
    and after one answer would tell it. Who mostly works at home says nothing about modes. Call it in the scope of
    `wpm_reporting`.
    """
    if now is None:
        return None
    deleted = FollowUpQuestion.objects.filter(
        organisation=organisation, follow_up=OuterRef("question__follow_up"), deleted_at__isnull=False
    )
    # One query: an answer that goes meanwhile is either read or known to have gone.
    told = FollowUpAnswer.objects.filter(
        ~Exists(deleted),
        organisation=organisation,
        question__follow_up__campaign=campaign,
        question__follow_up__closes_at__lte=now,
        employee__in=numbers,
    ).exclude(usual_mode=UsualMode.HOME)
    rows = list(told.values_list("employee", "usual_mode"))
    if not rows:
        return None
    found = np.full(len(numbers), NO_ANSWER, dtype=np.int64)
    for person, mode in rows:
        found[numbers[person]] = _number(mode, form)
    return found


def _number(mode: str, form: FormLines) -> int:
    (group,) = {LINE_MODES[line] for line in form.lines_of(mode=Mode(mode))}
    return MODES.index(group)
