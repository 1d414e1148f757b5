"""What happened with a person's mails, and what is the matter with them, in the reader's words and with an icon."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from surveys.domain.mail_kinds import (
    ANNOUNCEMENT_MAIL,
    FOLLOW_UP_MAIL,
    INVITATION_MAIL,
    OWN_LINK_MAIL,
    REMINDER_MAIL,
    THANKS_MAIL,
)
from surveys.selectors.invitation_history import Moment
from surveys.selectors.mail_reason_labels import mail_reason_label
from surveys.selectors.work_list import WorkKind

MAIL_NAMES: dict[str, Promise] = {
    ANNOUNCEMENT_MAIL: pgettext_lazy("mail", "Announcement"),
    INVITATION_MAIL: pgettext_lazy("mail", "Invitation"),
    REMINDER_MAIL: pgettext_lazy("mail", "Reminder"),
    THANKS_MAIL: pgettext_lazy("mail", "Thanks"),
    FOLLOW_UP_MAIL: pgettext_lazy("mail", "Follow-up question"),
    OWN_LINK_MAIL: pgettext_lazy("mail", "Own link, asked for by the person"),
    "again": pgettext_lazy("mail", "Invitation once more"),
}


class Look(NamedTuple):
    """tone: good, warning, danger or empty."""

    label: Promise
    icon: str
    tone: str = ""


HISTORY_LABELS: dict[str, Look] = {
    "sent": Look(gettext_lazy("%(mail)s sent"), "send"),
    "withheld": Look(gettext_lazy("%(mail)s not sent"), "mail-minus"),
    "failed": Look(gettext_lazy("%(mail)s could not be sent"), "mail-x", "danger"),
    "uncertain": Look(gettext_lazy("%(mail)s: not certain whether it left"), "mail-question", "warning"),
    "waiting": Look(gettext_lazy("%(mail)s leaves"), "clock"),
    "planned": Look(gettext_lazy("%(mail)s is planned"), "calendar-clock"),
    "delivered": Look(gettext_lazy("%(mail)s delivered"), "mail-check", "good"),
    "hard_bounce": Look(gettext_lazy("%(mail)s came back: the address does not exist"), "mail-x", "danger"),
    "soft_bounce": Look(gettext_lazy("%(mail)s refused for now"), "rotate-cw", "warning"),
    "blocked": Look(gettext_lazy("%(mail)s refused by a mail filter"), "shield-x", "warning"),
    "complaint": Look(gettext_lazy("%(mail)s marked as unwanted"), "ban", "danger"),
    "auto_reply": Look(gettext_lazy("Automatic reply to: %(mail)s"), "reply"),
    "started": Look(gettext_lazy("Started to answer"), "pencil"),
    "answered": Look(gettext_lazy("Answered"), "check", "good"),
    "opted_out": Look(gettext_lazy("Asked for no more mail about this campaign"), "bell-off"),
    "mail_stopped": Look(gettext_lazy("Mail stopped by HR"), "circle-pause", "warning"),
    "withdrawn": Look(gettext_lazy("No longer invited"), "log-out"),
}
WORK_LABELS: dict[str, Promise] = {
    WorkKind.COMPLAINT: gettext_lazy("Marked a mail as unwanted"),
    WorkKind.BOUNCED: gettext_lazy("Address takes no mail"),
    WorkKind.BLOCKED: gettext_lazy("Refused by a mail filter"),
    WorkKind.UNSENT: gettext_lazy("Mail did not leave"),
    WorkKind.NO_ADDRESS: gettext_lazy("No e-mail address"),
    WorkKind.LIMIT_REACHED: gettext_lazy("Number of mails reached"),
    WorkKind.AWAY: gettext_lazy("On leave without an end"),
    WorkKind.PERHAPS_LEFT: gettext_lazy("Perhaps no longer employed"),
    WorkKind.STARTED: gettext_lazy("Started, not finished"),
    WorkKind.SKIPPED: gettext_lazy("Skipped"),
}
WORK_HINTS: dict[str, Promise] = {
    WorkKind.COMPLAINT: gettext_lazy("This person gets no mail any more. Ask them to answer in another way."),
    WorkKind.BOUNCED: gettext_lazy("Correct the address; the invitation then goes again."),
    WorkKind.BLOCKED: gettext_lazy("Ask your IT to let these mails through. Another address does not help."),
    WorkKind.UNSENT: gettext_lazy("Look whether the address is right. The next mail of the plan is tried as usual."),
    WorkKind.NO_ADDRESS: gettext_lazy("Add a work address; without one this person gets no mail."),
    WorkKind.LIMIT_REACHED: gettext_lazy(
        "Was not invited: has had as many mails as were promised. A code on paper is no mail."
    ),
    WorkKind.AWAY: gettext_lazy("Was not invited. Print a code on paper for when this person is back."),
    WorkKind.PERHAPS_LEFT: gettext_lazy("An automatic reply says so. A new staff file settles it."),
    WorkKind.STARTED: gettext_lazy("Gets the reminders that are planned."),
    WorkKind.SKIPPED: gettext_lazy("Gets no mail of this campaign. The link that was mailed keeps working."),
}
WORK_LOOKS: dict[str, tuple[str, str]] = {
    WorkKind.COMPLAINT: ("ban", "danger"),
    WorkKind.BOUNCED: ("mail-x", "danger"),
    WorkKind.BLOCKED: ("shield-x", "warning"),
    WorkKind.UNSENT: ("mail-x", "warning"),
    WorkKind.NO_ADDRESS: ("at-sign", "warning"),
    WorkKind.LIMIT_REACHED: ("mail-minus", "warning"),
    WorkKind.AWAY: ("tree-palm", ""),
    WorkKind.PERHAPS_LEFT: ("log-out", ""),
    WorkKind.STARTED: ("pencil", ""),
    WorkKind.SKIPPED: ("circle-pause", ""),
}


def moment_label(moment: Moment) -> str:
    """“Reminder 2 sent”."""
    name = str(MAIL_NAMES.get(moment.mail, moment.mail))
    mail = f"{name} {moment.number}" if moment.number else name
    return str(HISTORY_LABELS[moment.kind].label) % {"mail": mail}


def moment_words(moment: Moment) -> str:
    """What else is known: a reason of ours in words. What a mail server said is `server_words`."""
    if moment.kind == "withheld":
        return mail_reason_label(moment.words)
    if moment.kind == "auto_reply" and moment.words == "left":
        return _("It says that the person no longer works there.")
    return ""


def server_words(moment: Moment) -> str:
    """The mail server's own words, in its language."""
    is_servers = moment.kind in ("failed", "hard_bounce", "soft_bounce", "blocked")
    return moment.words if is_servers else ""
