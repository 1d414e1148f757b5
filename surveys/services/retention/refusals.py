"""Why a step of retention is refused."""

from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.services.refusal import Refused


class PeriodRejected(Refused):
    sentence = _("A period is between 1 and 84 months.")


class AlreadyGone(Refused):
    sentence = _("The rows of this campaign are gone already. Nothing about them can be changed any more.")


class AlreadyHeld(Refused):
    sentence = _("This campaign is held already.")


class NotHeld(Refused):
    sentence = _("This campaign is not held.")


class HoldReasonMissing(Refused):
    sentence = _("Say why the rows must stay.")


class HoldInThePast(Refused):
    sentence = _("Choose a last day that is not over yet.")


class NotClosed(Refused):
    sentence = _("Only the rows of a closed campaign can go.")
