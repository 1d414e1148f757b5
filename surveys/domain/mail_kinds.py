"""The kinds of mail that this app owns, and the occasions that make each of them one mail."""

from uuid import UUID

ANNOUNCEMENT_MAIL = "surveys.announcement"
INVITATION_MAIL = "surveys.invitation"
REMINDER_MAIL = "surveys.reminder"
THANKS_MAIL = "surveys.thanks"
FOLLOW_UP_MAIL = "surveys.follow_up"
OWN_LINK_MAIL = "surveys.own_link"
TEST_MAIL = "surveys.test_mail"

# Mails of the plan, and the follow-up after it: they count for the yearly limit and stop when the campaign is paused.
PLANNED_KINDS = (ANNOUNCEMENT_MAIL, INVITATION_MAIL, REMINDER_MAIL, THANKS_MAIL, FOLLOW_UP_MAIL)
# After a crash it is not known whether a mail left. These may go again, under the same Message-ID: an invitation
# that comes twice is better than none, and whoever asks for a link or a test waits for it. A reminder never.
REPEATABLE_KINDS = (INVITATION_MAIL, OWN_LINK_MAIL, TEST_MAIL)
# Invitations beside the plan: HR asked for one more, or the person has another address. Their occasions are
# `resent-1:<code>` and `readdressed-1:<code>`.
RESENT, READDRESSED = "resent", "readdressed"


def planned_occasion(*, kind: str, number: int, invitation: UUID) -> str:
    """What makes a planned mail one of its kind: `invitation:<code>`, `reminder-2:<code>`."""
    return f"{occasion_prefix(kind=kind, number=number)}{invitation}"


def occasion_prefix(*, kind: str, number: int) -> str:
    """How the occasions of all mails of one step begin: `invitation:`, `reminder-2:`."""
    name = kind.removeprefix("surveys.")
    return f"{name}-{number}:" if number else f"{name}:"


def mail_kind(step_kind: str) -> str:
    """The kind of mail that a step of the plan sends."""
    return f"surveys.{step_kind}"


def step_number(occasion: str) -> int:
    """The number of the step that an occasion names, 0 when it has none."""
    name = occasion.partition(":")[0]
    return int(name.rpartition("-")[2]) if "-" in name else 0
