"""The mail plan of a campaign: laid when the campaign is made or changed, and moved about by HR."""

from surveys.services.mail_plan.closing import change_closing, end_plan
from surveys.services.mail_plan.earlier_mails import expire_missed_announcement
from surveys.services.mail_plan.laying import lay_mail_plan, lay_missing_plans
from surveys.services.mail_plan.steps import move_step, restore_step, skip_step

__all__ = [
    "change_closing",
    "end_plan",
    "expire_missed_announcement",
    "lay_mail_plan",
    "lay_missing_plans",
    "move_step",
    "restore_step",
    "skip_step",
]
