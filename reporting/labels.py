"""The words of the form and of the calculation, for pages and exports."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.domain.business.steps import BusinessFlag, StepKind
from reporting.domain.business_file.subjects import FileSubject
from reporting.domain.cell import CellMethod, CellOrigin, UndeterminedReason
from reporting.domain.commute_method import CommuteMethod
from reporting.domain.rvo import RvoBlock, RvoLine, Unit
from reporting.domain.survey_sums import SurveyFlag

BLOCK_LABELS: dict[RvoBlock, Promise] = {
    RvoBlock.FLEET: _("Business travel with the fleet"),
    RvoBlock.MOBILITY_SERVICE: _("Business travel through mobility services"),
    RvoBlock.EXPENSE_CLAIM: _("Business travel on expense claims"),
    RvoBlock.COMMUTE: _("Commuting"),
}

BLOCK_HINTS: dict[RvoBlock, Promise] = {
    RvoBlock.FLEET: _("Vehicles that you lease or own. Business kilometres only: without commuting and private trips."),
    RvoBlock.MOBILITY_SERVICE: _("Mobility cards and contracts, such as business cards for public transport."),
    RvoBlock.EXPENSE_CLAIM: _("Trips that employees claimed. For public transport, enter the amount in euros."),
    RvoBlock.COMMUTE: _("From home to work and back."),
}

LINE_LABELS: dict[RvoLine, Promise] = {
    RvoLine.CAR_PETROL: pgettext_lazy("line", "Car, petrol"),
    RvoLine.CAR_DIESEL: pgettext_lazy("line", "Car, diesel"),
    RvoLine.CAR_HYBRID: pgettext_lazy("line", "Car, (plug-in) hybrid"),
    RvoLine.CAR_ELECTRIC: pgettext_lazy("line", "Car, fully electric"),
    RvoLine.CAR_OTHER: pgettext_lazy("line", "Car, other fuels"),
    RvoLine.MOTORCYCLE_PETROL: pgettext_lazy("line", "Motorcycle, petrol"),
    RvoLine.MOTORCYCLE_ELECTRIC: pgettext_lazy("line", "Motorcycle, electric"),
    RvoLine.MOPED_PETROL: pgettext_lazy("line", "Moped or scooter, petrol"),
    RvoLine.MOPED_ELECTRIC: pgettext_lazy("line", "Moped or scooter, electric"),
    RvoLine.BICYCLE_WALKING: pgettext_lazy("line", "(E-)bicycle and walking"),
    RvoLine.PUBLIC_TRANSPORT: pgettext_lazy("line", "Public transport"),
}

UNIT_LABELS: dict[Unit, Promise] = {Unit.KILOMETRES: _("km"), Unit.EURO: _("euro")}

ORIGIN_LABELS: dict[CellOrigin, Promise] = {
    CellOrigin.OBSERVED: _("Observed"),
    CellOrigin.ESTIMATED: _("Estimated"),
    CellOrigin.MANUAL: _("Entered by hand"),
    CellOrigin.UNDETERMINED: _("Not known yet"),
}

METHOD_LABELS: dict[CellMethod, Promise] = {
    CellMethod.SURVEY_ONE_WEEK: _("One-week survey"),
    CellMethod.SURVEY_POOLED_WEEKS: _("Several weeks pooled"),
    CellMethod.SURVEY_ESTIMATED: _("Survey, with an estimate of who did not answer"),
    CellMethod.STANDARD_DAYS: _("214 days"),
    CellMethod.COMMUTE_REGISTRATION: _("Trip registration of commuting"),
    CellMethod.ENTERED_TOTAL: _("Total entered by hand"),
    CellMethod.TRIP_REGISTRATION: _("Trip registration of the whole fleet"),
    CellMethod.FLAT_RATE: _("Fleet with a flat rate for private use"),
    CellMethod.PROVIDER_TOTALS: _("Overview of the mobility service"),
    CellMethod.EXPENSE_CLAIMS: _("Expense claims"),
    CellMethod.NONE: _("Not computed"),
}

SUBJECT_LABELS: dict[FileSubject, Promise] = {
    FileSubject.FLEET: BLOCK_LABELS[RvoBlock.FLEET],
    FileSubject.MOBILITY_SERVICE: BLOCK_LABELS[RvoBlock.MOBILITY_SERVICE],
    FileSubject.EXPENSE_CLAIM: BLOCK_LABELS[RvoBlock.EXPENSE_CLAIM],
    FileSubject.RHYTHMS: _("Standard rhythms, for the method of 214 days"),
    FileSubject.COMMUTE_REGISTRATION: _("Trip registration of commuting"),
}

CHOICE_LABELS: dict[CommuteMethod, Promise] = {
    CommuteMethod.SURVEY: _("Survey"),
    CommuteMethod.STANDARD_DAYS: _("214 days"),
    CommuteMethod.TRIP_REGISTRATION: _("Trip registration"),
}

REASON_LABELS: dict[UndeterminedReason, Promise] = {
    UndeterminedReason.NOT_ENTERED: _("Not entered yet"),
    UndeterminedReason.NO_SURVEY: _("No survey chosen yet"),
    UndeterminedReason.NO_RESPONDENTS: _("Nobody answered the survey"),
    UndeterminedReason.FEW_RESPONDENTS: _("Fewer than five people answered: the figure would tell their answers"),
    UndeterminedReason.NO_HEADCOUNT: _("Nobody counts on the reference date"),
    UndeterminedReason.ONLY_UNKNOWN_FUEL: _("Nobody with this vehicle knew its fuel"),
    UndeterminedReason.NEGATIVE_OUTCOME: _("More commuting and private kilometres than kilometres in total"),
    UndeterminedReason.VEHICLES_WITHOUT_KILOMETRES: _("There are vehicles without odometer and without contract"),
    UndeterminedReason.ROWS_WITHOUT_AMOUNT: _("There are rows without the amount that this line asks"),
    UndeterminedReason.METHOD_UNKNOWN: _("The guidance for this year does not know the method of 214 days"),
    UndeterminedReason.NO_RHYTHMS: _("No standard rhythms are known yet"),
    UndeterminedReason.FEW_RHYTHMS: _("The rhythm of too few employees is known for the method of 214 days"),
    UndeterminedReason.NO_REGISTRATION: _("No totals of a trip registration are known yet"),
    UndeterminedReason.ESTIMATE_OUTDATED: _(
        "Headcount, working weeks or form changed since the estimate: compute the estimate again"
    ),
    UndeterminedReason.ESTIMATE_WITHOUT_FUEL: _("Kilometres are expected here, but nobody told their fuel"),
}

FLAG_LABELS: dict[str, Promise] = {
    SurveyFlag.COPIED_DAYS: _("days answered with “same as the day before”"),
    SurveyFlag.ALTERNATIVE_WEEKS: _("unusual weeks replaced by a normal week that the person gave"),
    SurveyFlag.UNUSUAL_WEEKS_KEPT: _("unusual weeks used as they were, for want of a normal week"),
    SurveyFlag.OTHER_SITE_DAYS_AT_USUAL_DISTANCE: _("days at another site, counted at the usual distance"),
    SurveyFlag.UNKNOWN_DAYS: _("days that the person did not remember, counted as the mean of their other days"),
    SurveyFlag.UNKNOWN_FUEL: _("part of it is of a fuel that nobody knew, spread over the known fuels"),
    SurveyFlag.ASSUMED_LINE: _("part of it is of hybrids without a plug, whose line RVO does not state"),
    SurveyFlag.UNKNOWN_FUEL_METRES: _("metres a week of which nobody knew the fuel, spread over the known fuels"),
    SurveyFlag.ASSUMED_LINE_METRES: _("metres a week of hybrids without a plug, whose line RVO does not state"),
    BusinessFlag.PART_YEAR_VEHICLES: _("vehicles for part of the year, counted by their days"),
    BusinessFlag.PROVEN_VEHICLES: _("vehicles with at most 500 private kilometres proven, counted as 0 private"),
    BusinessFlag.OWNED_VEHICLES: _("owned vehicles: the guidance has a flat rate for leased ones only, so 0 private"),
    BusinessFlag.ASSUMED_LINE_VEHICLES: _("hybrids without a plug, whose line RVO does not state"),
    BusinessFlag.UNKNOWN_FUEL_KM: _("kilometres of which the fuel is not known, spread over the known fuels"),
    BusinessFlag.ASSUMED_LINE_KM: _("kilometres of hybrids without a plug, whose line RVO does not state"),
}

STEP_LABELS: dict[StepKind, Promise] = {
    StepKind.DRIVEN: _("driven, by the odometer"),
    StepKind.CONTRACT: _("by contract, for want of odometer readings"),
    StepKind.COMMUTE: _("commuting, as in block 4"),
    StepKind.PRIVATE_FLAT_RATE: _("private, flat rate per vehicle"),
    StepKind.PRIVATE_SHARE: _("private, share of the total"),
    StepKind.PRIVATE_STATED: _("private, as the provider states"),
    StepKind.REGISTERED: _("business, by trip registration"),
    StepKind.SPLIT_BUSINESS: _("business, as the provider states"),
    StepKind.UNSPLIT: _("not split by the provider"),
    StepKind.CLAIMED: _("claimed"),
    StepKind.REGISTERED_COMMUTE: _("commuting, by trip registration"),
}

SETTING_LABELS: dict[str, Promise] = {
    "threshold": _("Threshold that is not law yet"),
    "commute_headcount_rule": _("Headcount that multiplies commuting"),
    "sample_margin": _("Margin of the response"),
    "sample_confidence": _("Confidence of the response"),
    "sample_z": _("Quantile that belongs to the confidence"),
    "sample_basis": _("What the response is measured against"),
    "reference_date": _("Reference date"),
    "filing_deadline": _("Deadline for filing"),
    "minimum_monthly_hours": _("Paid hours a month from which somebody counts"),
    "weeks_per_year": _("Working weeks a year"),
}

SETTING_VALUE_LABELS: dict[str, Promise] = {
    "in_force": _("in force"),
    "pending": _("pending"),
    "withdrawn": _("withdrawn"),
    "reporting_year": _("on the reference date of the reporting year (the decree)"),
    "survey_year": _("on 1 January of the year of the survey (the guidance's summary)"),
    "invited": _("the people who were invited"),
    "headcount": _("the headcount with a fixed workplace"),
}
