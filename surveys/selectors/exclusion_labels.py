"""Why somebody is not invited, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.domain.population import PopulationReason

EXCLUSION_LABELS: dict[str, Promise] = {
    PopulationReason.AGENCY_CLAUSE: _("agency worker with an agency clause"),
    PopulationReason.HIRED_TEMP: _("hired temp"),
    PopulationReason.SECONDED_IN: _("seconded to us"),
    PopulationReason.SELF_EMPLOYED: _("self-employed"),
    PopulationReason.VOLUNTEER: _("volunteer"),
    PopulationReason.INTERN: _("intern"),
    PopulationReason.POLITICAL_OFFICE: _("councillor or alderman"),
    PopulationReason.FOREIGN_SITE: _("works outside the Netherlands"),
    PopulationReason.NOT_YET_EMPLOYED: _("not yet employed in that week"),
    PopulationReason.LEFT: _("has left"),
    PopulationReason.TOO_FEW_HOURS: _("fewer than 20 paid hours a month"),
    PopulationReason.ON_CALL: _("on call or zero hours"),
    PopulationReason.SECONDED_INTERNALLY: _("internally seconded"),
    PopulationReason.NO_FIXED_WORKPLACE: _("no fixed workplace"),
    PopulationReason.ON_LEAVE: _("on leave"),
    PopulationReason.NO_ADDRESS: _("no e-mail address"),
    PopulationReason.ASKED_EARLIER: _("belongs to the earlier survey; the estimate can speak for them"),
    PopulationReason.NOT_DRAWN: _("not drawn by lot; the estimate can speak for them"),
}


def exclusion_label(reason: str) -> str:
    """The reason in the reader's language; the code itself when it has no words."""
    return str(EXCLUSION_LABELS.get(reason, reason))
