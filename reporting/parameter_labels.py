"""The words of every parameter that figures rest on."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.labels import SETTING_LABELS

PARAMETER_LABELS: dict[str, Promise] = {
    **SETTING_LABELS,
    "private_km_per_leased_car": _("Private kilometres a year of a leased car"),
    "private_km_per_leased_motorcycle": _("Private kilometres a year of a leased motorcycle"),
    "proven_private_km_limit": _("Proven private kilometres up to which 0 counts"),
    "private_share_leased_two_wheeler": _("Private part of leased bicycles, mopeds and scooters"),
}
