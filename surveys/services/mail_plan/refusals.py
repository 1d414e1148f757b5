"""Why a change of the mail plan is refused; each says what to do."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.domain.mail_limit import PlannedCount
from surveys.domain.step_moves import MoveProblem

MOVE_MESSAGES: dict[MoveProblem, Promise | str] = {
    MoveProblem.PAST: _("This moment has passed. Choose a later one."),
    MoveProblem.AT_NIGHT: _("Survey mail leaves during the day only. Choose a time between 7:00 and 20:00."),
    MoveProblem.AFTER_INVITATION: _("The announcement must leave before the invitation. Choose an earlier moment."),
    MoveProblem.BEFORE_OPENING: _("The week cannot be answered yet at this moment. Choose a later one."),
    MoveProblem.AFTER_CLOSING: _("People must have time left to answer. Choose an earlier moment."),
    MoveProblem.TOO_SOON: _("This is less than a day after the invitation. Choose a later moment."),
    MoveProblem.SAME_DAY: _("Another reminder leaves on this day. Choose another day."),
    MoveProblem.BEFORE_CLOSING: _("The thanks leave after the last moment to answer. Choose a later moment."),
    MoveProblem.TOO_LATE: _("Send the thanks within 60 days after the last moment to answer."),
}


class MailPlanRefused(Exception):
    """The plan stays as it was; the subclass says why."""


class CampaignOver(MailPlanRefused):
    def __str__(self) -> str:
        return str(_("This survey is closed. Its mails can no longer be changed."))


class StepNotOpen(MailPlanRefused):
    """The step was prepared, has left or has expired."""

    def __str__(self) -> str:
        return str(_("This mail is ready, has left or has expired. It can no longer be changed here."))


class StepNotLeftOut(MailPlanRefused):
    def __str__(self) -> str:
        return str(_("This mail is in the plan already."))


class StepTooLate(MailPlanRefused):
    def __str__(self) -> str:
        return str(_("It is too late for this mail. It cannot come back into the plan."))


class InvitationNeeded(MailPlanRefused):
    def __str__(self) -> str:
        return str(_("Without an invitation nobody can answer. Choose another moment for it instead."))


class MoveRejected(MailPlanRefused):
    """The chosen moment cannot be. `problem` says which rule; the text says what to do."""

    def __init__(self, problem: MoveProblem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(MOVE_MESSAGES[self.problem])


class MailLimitReached(MailPlanRefused):
    """The plan sends somebody more mails than was promised."""

    def __init__(self, count: PlannedCount) -> None:
        super().__init__(count)
        self.count = count

    def __str__(self) -> str:
        return limit_sentence(self.count)


class ClosingProblem(StrEnum):
    PAST = "past"
    WEEK_CLOSED = "week_closed"
    TOO_SOON = "too_soon"
    TOO_LATE = "too_late"
    NEXT_WEEK = "next_week"


CLOSING_MESSAGES: dict[ClosingProblem, Promise | str] = {
    ClosingProblem.PAST: _("This moment has passed. Choose a later one, or close the survey."),
    ClosingProblem.WEEK_CLOSED: _("This week can no longer be answered. Its last day stays as it was."),
    ClosingProblem.TOO_SOON: _("Give people at least two days after the invitation."),
    ClosingProblem.TOO_LATE: _("Give people at most 60 days after the invitation."),
    ClosingProblem.NEXT_WEEK: _("The next week's invitation leaves before this. Choose an earlier last day."),
}


class ClosingRejected(MailPlanRefused):
    """The chosen last moment to answer cannot be."""

    def __init__(self, problem: ClosingProblem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(CLOSING_MESSAGES[self.problem])


def limit_sentence(count: PlannedCount) -> str:
    """What the plan comes to, what was promised, and what to do."""
    values = {"total": count.total, "limit": count.limit, "year": count.name, "earlier": count.earlier}
    if count.name.startswith("panel:"):
        text = _(
            "With this, people would get %(total)s mails in this survey, and %(limit)s were announced."
            " Leave another mail out first."
        )
    elif count.earlier:
        text = _(
            "With this plan somebody would get %(total)s mails in %(year)s, %(earlier)s of them from other surveys."
            " Your organisation promised %(limit)s at most. Leave out the announcement or a reminder, or raise the"
            " limit in the settings of your organisation."
        )
    else:
        text = _(
            "With this plan people would get %(total)s mails in %(year)s. Your organisation promised %(limit)s at"
            " most. Leave out the announcement or a reminder, or raise the limit in the settings of your organisation."
        )
    return str(text) % values
