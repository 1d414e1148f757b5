"""The words of the thresholds of our own checks."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

THRESHOLD_LABELS: dict[str, Promise] = {
    "check_one_way_walking": _("Walking, one way"),
    "check_one_way_bicycle": _("Bicycle, one way"),
    "check_one_way_speed_pedelec": _("Speed pedelec, one way"),
    "check_one_way_moped": _("Moped or scooter, one way"),
    "check_one_way_any": _("Any other vehicle, one way"),
    "check_commute_above_postcodes": _("Commuting per employee, above the postcodes"),
    "check_commute_below_postcodes": _("Commuting per employee, below the postcodes"),
    "check_postcodes_known": _("Employees with known postcodes, at least"),
    "check_change": _("Change against last year"),
    "check_change_from_km": _("Lines and blocks of at least"),
    "check_public_transport_least": _("Public transport, at least"),
    "check_public_transport_most": _("Public transport, at most"),
    "check_fuel_mix": _("Difference between fleet and survey, of the total"),
}
"""In the order in which the page shows them."""
