"""The words of the report's life."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    FROZEN = "frozen", _("Frozen")
    FILED = "filed", _("Filed")
    REOPENED = "reopened", _("Reopened")


class CellOrigin(models.TextChoices):
    OBSERVED = "observed", _("Observed")
    ESTIMATED = "estimated", _("Estimated")
    MANUAL = "manual", _("Entered by hand")
    UNDETERMINED = "undetermined", _("Not known yet")


class BusinessBlock(models.IntegerChoices):
    """The blocks that files can be about, numbered as on the form."""

    FLEET = 1, _("Fleet")
    MOBILITY_SERVICE = 2, _("Mobility services")
    EXPENSE_CLAIM = 3, _("Expense claims")
    COMMUTE = 4, _("Commuting")


class CommuteMethodKind(models.TextChoices):
    """How a report gets its commuting kilometres; the codes are those of `domain.commute_method.CommuteMethod`."""

    SURVEY = "survey", _("Survey")
    STANDARD_DAYS = "standard_days", _("214 days")
    TRIP_REGISTRATION = "trip_registration", _("Trip registration")


class EstimationState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Computing")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class EstimationStep(models.TextChoices):
    """What a worker is busy with; progress counts these."""

    READ = "read", _("Reading the staff list and the answers")
    ESTIMATE = "estimate", _("Computing the estimate and how sure it is")
    CHECK = "check", _("Trying the estimate out on answers that it did not see")
    KEEP = "keep", _("Keeping the result")


class EstimationFailure(models.TextChoices):
    """Why an estimation has no result; the sentences stand in `estimation_sentences`."""

    NOTHING_KNOWN = "nothing_known"
    ANSWERS_DELETED = "answers_deleted"
    REPORT_CHANGED = "report_changed"
    UNUSABLE = "unusable"
    INTERRUPTED = "interrupted"


class BusinessImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    CHECKED = "checked", _("Checked")
    APPLIED = "applied", _("Applied")
    REPLACED = "replaced", _("Replaced by a newer file")
    REMOVED = "removed", _("Taken out")
    CANCELLED = "cancelled", _("Cancelled")


class VehicleKind(models.TextChoices):
    CAR = "car", pgettext_lazy("vehicle", "Car")
    MOTORCYCLE = "motorcycle", pgettext_lazy("vehicle", "Motorcycle")
    MOPED = "moped", pgettext_lazy("vehicle", "Moped or scooter")
    SPEED_PEDELEC = "speed_pedelec", pgettext_lazy("vehicle", "Speed pedelec")
    BICYCLE = "bicycle", pgettext_lazy("vehicle", "(E-)bicycle")
    WALKING = "walking", pgettext_lazy("vehicle", "Walking")
    PUBLIC_TRANSPORT = "public_transport", pgettext_lazy("vehicle", "Public transport")
    TAXI = "taxi", pgettext_lazy("vehicle", "Taxi")
    GREY_PLATE_VAN = "grey_plate_van", pgettext_lazy("vehicle", "Van with a grey plate")
    GOODS_VEHICLE = "goods_vehicle", pgettext_lazy("vehicle", "Goods vehicle")
    ADAPTED_VEHICLE = "adapted_vehicle", pgettext_lazy("vehicle", "Specially adapted vehicle")
    AIRCRAFT = "aircraft", pgettext_lazy("vehicle", "Aeroplane")
    SHIP = "ship", pgettext_lazy("vehicle", "Ship")
    NO_TRAVEL = "no_travel", pgettext_lazy("vehicle", "No travel")


class LeftOutReason(models.TextChoices):
    """Why something is recorded and not counted; the codes are those of `domain.business.vehicles.LeftOut`."""

    GREY_PLATE = "grey_plate", _("grey licence plate")
    ADAPTED_VEHICLE = "adapted_vehicle", _("goods vehicle or specially adapted vehicle")
    EMERGENCY_DUTY = "emergency_duty", _("emergency services on duty")
    PAID_TRANSPORT = "paid_transport", _("driver or inspector in paid passenger transport")
    FLIGHT_OR_SHIP = "flight_or_ship", _("flight or ship")
    OUTSIDE_NETHERLANDS = "outside_netherlands", _("trip that neither starts nor ends in the Netherlands")
    PRIVATE = "private", _("private use")
    COMMUTE = "commute", _("commuting: that comes from the survey")
    NO_TRAVEL = "no_travel", _("no travel, such as parking or meals")
    OTHER_YEAR = "other_year", _("trip in another year")
    BICYCLE_UNKNOWN = "bicycle_unknown", _("leased bicycle of which the kilometres are unknown: it may be left out")
    LINE_UNKNOWN = "line_unknown", _("taxi: it counts, but RVO does not say on which line")
    BUSINESS_TRAVEL = "business_travel", _("business travel: that belongs to blocks 1 to 3")
    NOT_COUNTED = "not_counted", _("people who do not count by the rules of the headcount")
    NO_FIXED_WORKPLACE = (
        "no_fixed_workplace",
        _("people without a fixed workplace: all their travel is business travel"),
    )
