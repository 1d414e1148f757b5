"""Why somebody gets no mail, and why a mail of the plan was not sent: what people read instead of the codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASON_LABELS: dict[str, Promise | str] = {
    "paused": _("the campaign is paused"),
    "closed": _("the week is closed"),
    "withdrawn": _("no longer invited"),
    "answered": _("answered already"),
    "opted_out": _("wants no more mail about this campaign"),
    "left": _("no longer employed"),
    "on_leave": _("on leave"),
    "no_address": _("no e-mail address"),
    "expired": _("too late"),
    "text_missing": _("no text in this language"),
    "undone": _("the list was undone"),
    "mail_stopped": _("you stopped mail to this person"),
    "bounced": _("the address does not work"),
    "complained": _("marked a mail as unwanted"),
    "limit_reached": _("has had as many mails as were promised"),
    "already_sent": _("has had this mail already"),
    "not_invited": _("was not invited, or the invitation did not arrive"),
    "just_mailed": _("had another mail less than a day before"),
    "restored": _("held back when the data were restored from a backup"),
    "readdressed": _("the address was changed; the invitation goes to the new one"),
    "not_answered": _("has not answered"),
    "no_working_day": _("does not work before this mail expires"),
}

STEP_REASON_LABELS: dict[str, Promise | str] = {
    "late": _("Too late: its time was over before it could leave."),
    "started_later": _("The survey was started after this moment."),
    "undone": _("The list was undone, and no new moment was chosen."),
    "closed": _("The survey was closed before this moment."),
    "no_longer_fits": _("The last day to answer was changed, and this mail no longer fits."),
    "restored": _("The data were restored from a backup, and this mail may have left before."),
    "nobody": _("Nobody had to get it."),
    "text_missing": _("There is no text for this mail yet."),
}


def mail_reason_label(code: str) -> str:
    """Why a person gets no mail, in words; a reason that is new here shows as its code."""
    return str(REASON_LABELS.get(code, code))


def step_reason_label(code: str) -> str:
    """Why a mail of the plan was not sent, in words."""
    return str(STEP_REASON_LABELS.get(code, code))
