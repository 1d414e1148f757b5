"""The words of the travel survey. Codes are stored; labels are only shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContractKind(models.TextChoices):
    PERMANENT = "permanent", _("Permanent contract")
    FIXED_TERM = "fixed_term", _("Fixed-term contract")
    SEASONAL = "seasonal", _("Seasonal worker")
    ON_CALL = "on_call", _("On call or zero hours")
    AGENCY_CLAUSE = "agency_clause", _("Agency worker with an agency clause")
    HIRED_TEMP = "hired_temp", _("Hired temp")
    SECONDED_IN = "seconded_in", _("Seconded to us")
    SECONDED_INTERNALLY = "seconded_internally", _("Internally seconded")
    SELF_EMPLOYED = "self_employed", _("Self-employed")
    VOLUNTEER = "volunteer", _("Volunteer")
    INTERN = "intern", _("Intern")
    POLITICAL_OFFICE = "political_office", _("Councillor or alderman")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Uploaded")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class CampaignKind(models.TextChoices):
    ONE_WEEK = "one_week", _("One week")
    WEEKLY_PANEL = "weekly_panel", _("Several weeks in a row")
    STAGGERED_YEAR = "staggered_year", _("Several weeks, each person asked about one of them")


class Asks(models.TextChoices):
    """Whom a campaign asks; the values are those of `surveys.domain.asking`."""

    EVERYBODY = "everybody", _("Everybody")
    JOINERS = "joiners", _("Only who joined since an earlier survey")
    ANCHOR = "anchor", _("A few people drawn by lot")
    JOINERS_AND_ANCHOR = "joiners_and_anchor", _("Who joined since an earlier survey, and a few drawn by lot")


class AskedBecause(models.TextChoices):
    EVERYBODY = "everybody", _("everybody is asked")
    ANCHOR = "anchor", _("drawn by lot")
    JOINER = "joiner", _("joined since the earlier survey")


class CampaignState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


class PauseReason(models.TextChoices):
    """Why a campaign is paused; the last two by the circuit breaker."""

    BY_HAND = "by_hand", _("Paused by hand")
    BOUNCES = "bounces", _("Too many addresses do not exist")
    OPT_OUTS = "opt_outs", _("Many people asked for no more mail")


class MailStepKind(models.TextChoices):
    ANNOUNCEMENT = "announcement", _("Announcement")
    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("Reminder")
    THANKS = "thanks", _("Thanks")


class MailStepState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    PREPARED = "prepared", _("Ready, can be undone")
    RELEASED = "released", _("Sent")
    UNDONE = "undone", _("Undone")
    EXPIRED = "expired", _("Expired")
    SKIPPED = "skipped", _("Left out")


class TextKind(models.TextChoices):
    """The mails whose words HR may change; the values are those of `MailStepKind`."""

    ANNOUNCEMENT = "announcement", _("Announcement")
    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("Reminder")
    THANKS = "thanks", _("Thanks")


class Whereabouts(models.TextChoices):
    WORKPLACE = "workplace", _("At my workplace")
    HOME = "home", _("Worked at home")
    OTHER_SITE = "other_site", _("Other site of my employer")
    CLIENT = "client", _("At a client or elsewhere for work")
    NOT_WORKED = "not_worked", _("Did not work")
    UNKNOWN = "unknown", _("I don't know any more")


class Mode(models.TextChoices):
    CAR = "car", pgettext_lazy("mode", "Car")
    PUBLIC_TRANSPORT = "public_transport", pgettext_lazy("mode", "Public transport")
    BICYCLE = "bicycle", pgettext_lazy("mode", "Bicycle or e-bike")
    WALKING = "walking", pgettext_lazy("mode", "On foot")
    MOPED = "moped", pgettext_lazy("mode", "Moped or scooter")
    SPEED_PEDELEC = "speed_pedelec", pgettext_lazy("mode", "Speed pedelec")
    MOTORCYCLE = "motorcycle", pgettext_lazy("mode", "Motorcycle")


class UsualMode(models.TextChoices):
    """How somebody usually travels, in the follow-up: a mode, or not at all."""

    CAR = "car", pgettext_lazy("mode", "Car")
    PUBLIC_TRANSPORT = "public_transport", pgettext_lazy("mode", "Public transport")
    BICYCLE = "bicycle", pgettext_lazy("mode", "Bicycle or e-bike")
    WALKING = "walking", pgettext_lazy("mode", "On foot")
    MOPED = "moped", pgettext_lazy("mode", "Moped or scooter")
    SPEED_PEDELEC = "speed_pedelec", pgettext_lazy("mode", "Speed pedelec")
    MOTORCYCLE = "motorcycle", pgettext_lazy("mode", "Motorcycle")
    HOME = "home", pgettext_lazy("mode", "I mostly work at home")


class Fuel(models.TextChoices):
    PETROL = "petrol", pgettext_lazy("fuel", "Petrol")
    DIESEL = "diesel", pgettext_lazy("fuel", "Diesel")
    ELECTRIC = "electric", pgettext_lazy("fuel", "Electric")
    HYBRID = "hybrid", pgettext_lazy("fuel", "Hybrid without a plug")
    PLUG_IN_HYBRID = "plug_in_hybrid", pgettext_lazy("fuel", "Plug-in hybrid")
    LPG = "lpg", pgettext_lazy("fuel", "LPG")
    CNG = "cng", pgettext_lazy("fuel", "Natural gas (CNG)")
    LNG = "lng", pgettext_lazy("fuel", "Liquid gas (LNG)")
    HYDROGEN = "hydrogen", pgettext_lazy("fuel", "Hydrogen")
    BIOFUEL = "biofuel", pgettext_lazy("fuel", "Biofuel")
    UNKNOWN = "unknown", pgettext_lazy("fuel", "I don't know")


class DistanceSource(models.TextChoices):
    """Where the distance came from that the person confirmed or typed."""

    PERSON = "person", _("Given by the employee")
    POSTCODE = "postcode", _("Estimated from postcodes, confirmed by the employee")
    ROUTE = "route", _("Calculated route, confirmed by the employee")


class ReadPage(models.TextChoices):
    """Where somebody saw a person's row, as that person is told it. The values are names of addresses."""

    PERSON = "staff_person", _("Your page in the staff list")
    ADDRESS = "campaign_work_address", _("The page on which your e-mail address is corrected")
    EXPORT = "staff_export", _("A download of the staff list")
    API = "api_staff", _("The staff list, fetched by a system")


MODES_WITH_FUEL = (Mode.CAR, Mode.MOTORCYCLE, Mode.MOPED)
# Guidance, "De enquête": for a car or bicycle it is asked who provides it; the other vehicles of a fleet too.
MODES_WITH_PROVIDER = (Mode.CAR, Mode.MOTORCYCLE, Mode.MOPED, Mode.SPEED_PEDELEC, Mode.BICYCLE)
