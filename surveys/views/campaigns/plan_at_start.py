"""The mail plan as it would be, were the campaign started at this moment."""

import datetime
from typing import Any

from django.utils.translation import get_language

from surveys.enums import MailStepKind, MailStepState
from surveys.models import Campaign
from surveys.selectors.mail_limit import planned_counts
from surveys.selectors.mail_plan import plan_calendar


def plan_at_start(campaign: Campaign, *, now: datetime.datetime) -> dict[str, Any]:
    """What a page shows of the plan of a draft: its lines, what comes too late, mails per person, what is too many."""
    calendar = plan_calendar(campaign=campaign, now=now, language=get_language() or "nl")
    planned = [line for line in calendar.lines if line.step.state == MailStepState.PLANNED]
    missed = next((n.step for n in planned if n.step.kind == MailStepKind.ANNOUNCEMENT and n.step.due_at < now), None)
    counts = planned_counts(campaign=campaign, besides=missed) if missed else calendar.counts
    return {
        "plan": planned,
        "missed": missed,
        "counts": counts,
        "exceeded": next((count for count in counts if count.is_exceeded), None),
        "asked": calendar.weeks,
    }
