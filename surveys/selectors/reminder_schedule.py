"""When the reminders of a surveyed week leave."""

from surveys.domain.mail_steps import ReminderStep, reminder_steps
from surveys.enums import CampaignKind
from surveys.models import SurveyWeek


def steps_of(week: SurveyWeek) -> tuple[ReminderStep, ...]:
    """The reminders about one week; what its campaign allows is not looked at."""
    return reminder_steps(
        opens_at=week.opens_at,
        closes_at=week.closes_at,
        is_panel=week.campaign.kind == CampaignKind.WEEKLY_PANEL,
    )
