"""Why everybody should be asked again, in plain words; the codes are those of `BroadSurveyReason`."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BROAD_SURVEY: Mapping[str, Promise] = {
    "model_too_old": _("The last survey among everybody is three years old or more. Ask everybody again."),
    "turnover": _("More than one in five people came since the last survey among everybody. Ask everybody again."),
    "relocation": _("You moved since the last survey among everybody. Ask everybody again."),
    "policy_changed": _("The rules for parking or working at home changed. Ask everybody again."),
    "anchor_deviates": _(
        "The people drawn by lot travel differently from what the model expects. Ask everybody again next time."
    ),
    "anchor_too_small": _(
        "Fewer than fifteen people drawn by lot answered, so the model cannot be checked. Draw more people next time,"
        " or ask everybody."
    ),
}
