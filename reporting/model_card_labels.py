"""The words for the codes of a model card. Codes as text: what computes them needs numpy."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.estimation_sentences import FEATURE_LABELS as CHOSEN_FEATURE_LABELS

LIMIT_SENTENCES: dict[str, Promise] = {
    "one_week": _("It is about the week that was asked about; a year is that week times the number of weeks worked."),
    "totals_only": _("It holds for totals. It says nothing about one person, and nothing can be concluded about one."),
    "no_dutch_benchmark": _(
        "How far methods are off was measured on American and made-up data; no data of Dutch employers were found."
    ),
    "rare_modes": _("The interval of a vehicle that hardly anybody uses is too narrow in 10 to 30 % of the cases."),
    "odds_ratio_assumed": _(
        "That cyclists and users of public transport answer at most twice as readily is an assumption. No model can see"
        " it in the answers."
    ),
    "odds_ratio_of_few": _(
        "How much more readily cyclists and users of public transport answer was asked of a few people who had not"
        " answered; they speak for all the others."
    ),
    "silence_by_mode": _(
        "If people who stay silent travel otherwise than people like them who answered, the estimate is off and the"
        " interval does not show it."
    ),
}

REASON_SENTENCES: dict[str, Promise] = {
    "too_few_answers": _("Not possible with %(answers)s answers: at least ten are needed."),
    "everybody_answered": _("Not needed: all %(answers)s people answered, nothing is estimated."),
    "no_model_of_shares": _(
        "Not possible with %(answers)s answers: this simpler method computes kilometres and no shares per vehicle."
    ),
    "model_of_last_year": _(
        "This model learned from last survey's answers. It was adjusted to %(answers)s answers of this year, so leaving"
        " those out would say little."
    ),
    "too_few_silent": _("Not possible: with %(answers)s answers, fewer than five people did not answer."),
}

VEHICLE_LABELS: dict[str, Promise] = {
    "car": pgettext_lazy("vehicle", "Car"),
    "motorcycle": _("Motorcycle"),
    "moped": _("Moped or scooter"),
    "bicycle_walking": pgettext_lazy("line", "(E-)bicycle and walking"),
    "public_transport": pgettext_lazy("line", "Public transport"),
    "not_travelling": _("Not travelling"),
    "total": _("All vehicles together"),
}

FEATURE_LABELS: dict[str, Promise] = {
    "distance": _("Distance from home to work"),
    "work_days": _("Contract days a week"),
    **CHOSEN_FEATURE_LABELS,
}

HIDDEN_WORDS: dict[str, Promise] = {
    "few_users": _("fewer than five people"),
    "fuel_unknown": _("fuel unknown"),
}


def word_of(labels: Mapping[str, Promise], code: str) -> str:
    """In the language at hand; a code that this software does not know as it was written."""
    return str(labels.get(code, code))
