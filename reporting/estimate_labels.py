"""The words for an estimate: its method, and what its numbers are. Codes as text: the method itself needs numpy."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ESTIMATE_METHODS: dict[str, Promise] = {
    "doubly_robust": _("Model of who travels how, corrected for who answers (doubly robust)"),
    "prior_offset": _("Model of other employers, fitted to these answers"),
    "post_stratified_distance": _("Weighted by distance from home to work"),
    "post_stratified_site": _("Weighted by site"),
    "prior_only": _("Model of other employers alone"),
    "year_two": _("Last survey's model, adjusted to a sample of this year"),
}


# Methods whose interval also holds when silence has to do with the vehicle.
HOLDS_FOR_READY = frozenset({"doubly_robust", "prior_offset", "prior_only"})


def estimate_method(code: str) -> Promise | str:
    """The method in the language at hand; one that this software does not know as it was written."""
    return ESTIMATE_METHODS.get(code, code)
