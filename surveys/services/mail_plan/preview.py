"""What another last moment to answer would do to the mails that follow, without doing it."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from surveys.models import Campaign, MailStep, SurveyWeek
from surveys.services.mail_plan.closing import change_closing
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class StepChange:
    """One mail before and after. before: None for a mail that the new moment adds."""

    before: MailStep | None
    after: MailStep


def preview_closing(
    *, organisation: Organisation, now: datetime.datetime, week: SurveyWeek, closes_at: datetime.datetime
) -> tuple[StepChange, ...]:
    """The mails that would get another moment or another state, in order of time.

    Does the change itself and takes it back, so that what is shown is what would happen. Raises as `change_closing`.
    """
    with transaction.atomic():
        before = _steps(organisation, week)
        change_closing(organisation=organisation, actor=None, now=now, week=week, closes_at=closes_at)
        after = _steps(organisation, week)
        transaction.set_rollback(True)
    changes = (
        StepChange(before=before.get(key), after=step)
        for key, step in after.items()
        if key not in before or _shown(before[key]) != _shown(step)
    )
    return tuple(sorted(changes, key=lambda change: (change.after.due_at, change.after.number)))


def _steps(organisation: Organisation, week: SurveyWeek) -> dict[int, MailStep]:
    steps = MailStep.objects.filter(organisation=organisation, campaign=Campaign(pk=week.campaign_id))
    return {step.pk: step for step in steps.select_related("week")}


def _shown(step: MailStep) -> tuple[datetime.datetime, str]:
    return step.due_at, step.state
