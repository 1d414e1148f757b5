"""What HR reads of an estimate: how it was made, what to know of it, and what to do. Codes as text: the calculation
itself needs numpy, a web page does not.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.domain.staff_features import StaffFeature
from reporting.enums import EstimationFailure
from reporting.estimate_labels import ESTIMATE_METHODS


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What is so, and what HR can do."""

    says: Promise
    todo: Promise


METHOD_NAMES: dict[str, Promise] = {
    **ESTIMATE_METHODS,
    "everybody_answered": _("Everybody answered: counted"),
    "guidance_only": _("No estimate: the guidance's sum"),
}

METHOD_EXPLANATIONS: dict[str, Promise] = {
    "doubly_robust": _(
        "For everybody who did not answer we computed how colleagues with the same distance, contract days and chosen"
        " data travel. Then we corrected for who answers readily and who does not."
    ),
    "prior_offset": _(
        "Other employers who agreed to it taught how people travel at which distance. Your own answers adjust that to"
        " your organisation."
    ),
    "post_stratified_distance": _(
        "Who did not answer travels, in this estimate, as the colleagues who live about as far away and did answer."
    ),
    "post_stratified_site": _(
        "Who did not answer travels, in this estimate, as the colleagues of the same site who did answer. Their"
        " distance to work is not known."
    ),
    "prior_only": _("There are too few answers of your own. This is how people travel at other employers who agreed."),
    "year_two": _("Last survey's estimate, adjusted to what a few people drawn by lot answered this year."),
    "everybody_answered": _("Everybody answered, so nothing was estimated: these are the kilometres that were told."),
    "guidance_only": _("There was too little to estimate with. These are the figures by the guidance."),
}

# What an interval of 95 % is worth, per method; the figures are those of docs/estimation.md, "How far off".
_FOR_READY = _(
    "Of a hundred such estimates about 95 have the true figure in the interval, also when cyclists and travellers by"
    " public transport answer up to %(ratio)s times as readily as drivers."
)
INTERVALS: dict[str, Promise] = {
    "doubly_robust": _FOR_READY,
    "prior_offset": _FOR_READY,
    "prior_only": _(
        "The interval is as wide as employers differ from each other, also when cyclists and travellers by public"
        " transport answer up to %(ratio)s times as readily as drivers. Too few answers tell whether your organisation"
        " is like those."
    ),
    "post_stratified_distance": _(
        "The interval is made to hold in 95 of 100 such estimates, if who stayed silent travels like colleagues who"
        " live about as far away and answered. On a real survey it held less often: with fewer than 75 answers that of"
        " the total in 73 to 90 of 100, that of bicycle and walking in 65 to 92. So in a small survey, and on lines"
        " that few people use, the interval is too narrow."
    ),
    "post_stratified_site": _(
        "The interval is made to hold in 95 of 100 such estimates, if who stayed silent travels like colleagues of the"
        " same site who answered. Nobody knows how far away the silent live, and no test says how often it holds. In a"
        " small survey, and on lines that few people use, the interval is too narrow."
    ),
    "year_two": _(
        "The interval is made to hold in 95 of 100 such estimates. It takes in how much travel changes at other"
        " employers from year to year, and what the people drawn by lot told. It does not hold after a large change,"
        " like a move or a new rule for parking or working at home: after such a rule, last survey's model without"
        " people drawn by lot was right in about half of the cases."
    ),
}

CAUTIONS: dict[str, Advice] = {
    "too_few_answers": Advice(
        says=_("Fewer than 75 people answered. The estimate is therefore simpler, and less sure."),
        todo=_("Next time, ask for answers longer or once more: from 75 answers on the estimate can do more."),
    ),
    "no_pooled_prior": Advice(
        says=_("The experience of other employers is not used: too few of them agreed to share theirs."),
        todo=_("You need do nothing. In a survey this small, take the interval wider than it looks."),
    ),
    "distance_unknown": Advice(
        says=_("Of many who did not answer we do not know how far away they live, so the estimate cannot use it."),
        todo=_("Add home postcodes to the staff list and estimate again. Nothing makes an estimate better."),
    ),
    "distance_partly_unknown": Advice(
        says=_("Of some who did not answer we do not know how far away they live. They count as the average."),
        todo=_("Add the missing home postcodes to the staff list and estimate again."),
    ),
    "distance_shift": Advice(
        says=_("Some who did not answer live farther away than everybody who did. Nobody can speak for them well."),
        todo=_("Ask a few people who live far away after all, or check their postcodes."),
    ),
    "weights_too_large": Advice(
        says=_("A few answers would have to speak for very many people. A simpler estimate was made instead."),
        todo=_("Use fewer data in the estimate, or ask the groups that stayed silent once more."),
    ),
    "mode_unseen": Advice(
        says=_("A way to travel that nobody who answered uses may be used by somebody who did not."),
        todo=_("You need do nothing: the upper bound of that line makes room for it."),
    ),
    "mode_rare": Advice(
        says=_("Fewer than five people who answered use some way to travel. Those lines are little sure."),
        todo=_("Look at the total, and take small lines as an indication."),
    ),
    "group_silent": Advice(
        says=_("Of a site or department of ten people and more nobody answered."),
        todo=_("Ask there why, and ask a few of them after all. Until then, colleagues elsewhere speak for them."),
    ),
    "follow_up_advised": Advice(
        says=_("Fewer than 60 % answered."),
        todo=_(
            "Ask a few of the silent, drawn by lot, one question: how did you travel? It tests"
            " what the estimate assumes of them. Forty answers narrow the interval little."
        ),
    ),
    "fuel_unknown": Advice(
        says=_("Of some kilometres nobody knew the fuel, so they cannot be put on a line."),
        todo=_("Enter those lines by hand, with a reason, or ask the drivers for their fuel."),
    ),
}

FAILURES: dict[str, Advice] = {
    EstimationFailure.NOTHING_KNOWN: Advice(
        says=_("Nobody who counts in this report told how they travelled, so there is nothing to estimate from."),
        todo=_("Take another survey for this report, or use another method."),
    ),
    EstimationFailure.ANSWERS_DELETED: Advice(
        says=_("Answers were deleted while the estimate waited, so it would be about fewer people than the report."),
        todo=_("Use an earlier estimate, or the figures by the guidance."),
    ),
    EstimationFailure.REPORT_CHANGED: Advice(
        says=_("The report got another survey or another method while the estimate waited."),
        todo=_("Look at the report, and make the estimate again if you still want it."),
    ),
    EstimationFailure.UNUSABLE: Advice(
        says=_("Some answers do not add up, so the estimate stopped before it could say something wrong."),
        todo=_("Tell the people who run this platform. The figures by the guidance stay as they are."),
    ),
    EstimationFailure.INTERRUPTED: Advice(
        says=_("The computation was interrupted three times."),
        todo=_("Make the estimate again. If it stops once more, tell the people who run this platform."),
    ),
}

FEATURE_LABELS: dict[str, Promise] = {
    StaffFeature.SITE: _("Site"),
    StaffFeature.DEPARTMENT: _("Department"),
    StaffFeature.FUNCTION: _("Function"),
    StaffFeature.HOURS: _("Contract hours"),
    StaffFeature.PROVISION: _("Mobility provision"),
    StaffFeature.TENURE: _("Years of service"),
    StaffFeature.AGE: _("Age, in bands of ten years"),
}

FEATURE_REASONS: dict[str, Promise] = {
    StaffFeature.SITE: _("A site by a station is reached differently from one by a motorway."),
    StaffFeature.DEPARTMENT: _("Departments differ in shifts, in working at home, and in who answers."),
    StaffFeature.FUNCTION: _("Can tell who works at home. Often says the same as the department."),
    StaffFeature.HOURS: _("Part-timers travel less and answer less often."),
    StaffFeature.PROVISION: _("Who has a lease car or a public transport card uses it."),
    StaffFeature.TENURE: _("Says little once the distance is known. Only bands are used."),
    StaffFeature.AGE: _("Says almost nothing once the distance is known, so it is off by default."),
}

ALWAYS_USED: tuple[tuple[Promise, Promise], ...] = (
    (
        _("Distance from home to work"),
        _("From the postcodes in the staff list. It says most of all about how people travel."),
    ),
    (_("Contract days a week"), _("Who works three days travels on three days at most.")),
)


def method_name(code: str) -> Promise | str:
    return METHOD_NAMES.get(code, code)


def how_sure(method: str, *, odds_ratio: str) -> str:
    """What the interval of this method is worth, and if what; empty where nothing was estimated.

    odds_ratio: the largest that the interval holds for, as exact text.
    """
    sentence = INTERVALS.get(method)
    if sentence is None:
        return ""
    return str(sentence) % {"ratio": number_format(Decimal(odds_ratio).normalize())}


def advice(code: str) -> Advice | None:
    """None for a caution that this software does not know."""
    return CAUTIONS.get(code)
