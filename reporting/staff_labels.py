"""The words of the headcount and of the duty to report."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.domain.duty import DutyKind, DutyReason
from reporting.domain.headcount import HeadcountReason
from reporting.domain.parameters import Certainty
from surveys.domain.population import Assumption

HEADCOUNT_LABELS: dict[HeadcountReason, Promise] = {
    HeadcountReason.COUNTS: pgettext_lazy("headcount", "Counts"),
    HeadcountReason.AGENCY_CLAUSE: _("Agency worker with an agency clause"),
    HeadcountReason.HIRED_TEMP: _("Hired temp"),
    HeadcountReason.SECONDED_IN: _("Seconded to us"),
    HeadcountReason.SELF_EMPLOYED: _("Self-employed"),
    HeadcountReason.VOLUNTEER: _("Volunteer"),
    HeadcountReason.INTERN: _("Intern"),
    HeadcountReason.POLITICAL_OFFICE: _("Councillor or alderman"),
    HeadcountReason.FOREIGN_SITE: _("Works outside the Netherlands"),
    HeadcountReason.NOT_YET_EMPLOYED: _("Not yet employed on the reference date"),
    HeadcountReason.LEFT: _("Left before the reference date"),
    HeadcountReason.ON_CALL: _("On call or zero hours"),
    HeadcountReason.TOO_FEW_HOURS: _("Fewer than 20 paid hours a month"),
}

ASSUMPTION_LABELS: dict[Assumption, Promise] = {
    Assumption.CONTRACT_UNKNOWN: _("Kind of contract not in the staff file: counts"),
    Assumption.HOURS_UNKNOWN: _("Hours not in the staff file: counts"),
    Assumption.START_UNKNOWN: _("First day not in the staff file: counts"),
    Assumption.ON_CALL_WITH_HOURS: _("On call, yet with 20 hours or more: does not count"),
}

DUTY_LABELS: dict[DutyKind, Promise] = {
    DutyKind.OBLIGED: _("You must report"),
    DutyKind.VOLUNTARY: _("You may report, it is not required"),
    DutyKind.EXEMPT: _("You are exempt"),
    DutyKind.PENDING_LAW_CHANGE: _("You must report by the law of today; a change is pending"),
}

DUTY_STEPS: dict[DutyKind, Promise] = {
    DutyKind.OBLIGED: _("File the report before the deadline."),
    DutyKind.VOLUNTARY: _("Nothing to do. A voluntary report does not go to the environmental agency."),
    DutyKind.EXEMPT: _("Nothing to do. Keep this outcome, in case somebody asks."),
    DutyKind.PENDING_LAW_CHANGE: _(
        "Count on filing. When the change becomes law, switch the threshold; this outcome then changes with it."
    ),
}

DUTY_REASON_LABELS: dict[DutyReason, Promise] = {
    DutyReason.AT_OR_ABOVE_THRESHOLD: _("Your headcount is at or above the threshold."),
    DutyReason.BELOW_THRESHOLD: _("Your headcount is below the threshold."),
    DutyReason.NO_MOBILITY_PROVISION: _(
        "You give no allowance, vehicle, bicycle, ticket or other mobility provision to anybody."
    ),
    DutyReason.MOBILITY_PROVISION_ASSUMED: _(
        "The staff file does not say whether people have a mobility provision; that is taken to be so."
    ),
    DutyReason.PENDING_THRESHOLD_DIFFERS: _("A threshold that is not law yet would change the outcome."),
}

CERTAINTY_LABELS: dict[Certainty, Promise] = {
    Certainty.CERTAIN: pgettext_lazy("certainty", "Certain: official text, or independent sources agree"),
    Certainty.LIKELY: pgettext_lazy("certainty", "Likely: one good source"),
    Certainty.UNKNOWN: pgettext_lazy("certainty", "Unknown: no source"),
    Certainty.SOURCES_DISAGREE: pgettext_lazy("certainty", "Sources disagree: a setting"),
    Certainty.DERIVED: pgettext_lazy("certainty", "Our own derivation"),
}
