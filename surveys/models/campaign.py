"""A campaign: which weeks are asked, by whom, in which words."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.domain.asking import LARGEST_ANCHOR, SMALLEST_ANCHOR
from surveys.enums import Asks, CampaignKind, CampaignState, PauseReason, TextKind
from wpm_platform.organisations.models import TenantModel
from wpm_platform.row_security import ALL, CHANGE, READ, RowAccess


class Campaign(TenantModel):
    """One survey among the staff of all legal entities of the organisation, for one reporting year.

    mail_limit: a weekly panel's own number, which it announces; null for the organisation's yearly limit.
    answers_on_paper: people without an e-mail address are asked too, with a code on a slip of paper.
    asks: whom of those who could be asked; anchor_size: how many are drawn by lot; asked_since: the earlier campaign
    that joiners are counted from. The lot is drawn from `code`, which never changes.
    is_confidential: what people are promised: HR sees that they answered, never what. Every response is tied to it by
    a foreign key over both columns, so that PostgreSQL refuses another promise from the first answer on.
    """

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    reporting_year = models.PositiveSmallIntegerField(_("reporting year"))
    kind = models.CharField(_("kind"), max_length=20, choices=CampaignKind.choices, default=CampaignKind.ONE_WEEK)
    state = models.CharField(_("state"), max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    sender_name = models.CharField(_("name of the sender"), max_length=120)
    reply_to = models.EmailField(_("address for answers to the mail"), max_length=254)
    pause_reason = models.CharField(max_length=10, choices=PauseReason.choices, blank=True)
    mail_limit = models.PositiveSmallIntegerField(
        _("mails a person gets in this panel, at most"), null=True, blank=True
    )
    has_reminders = models.BooleanField(_("send reminders"), default=True)
    answers_on_paper = models.BooleanField(_("people without an e-mail address answer on paper"), default=False)
    asks = models.CharField(
        _("who is asked"), max_length=20, choices=Asks.choices, default=Asks.EVERYBODY, db_default=Asks.EVERYBODY
    )
    anchor_size = models.PositiveSmallIntegerField(_("how many by lot"), null=True, blank=True)
    asked_since = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the earlier survey")
    )
    is_confidential = models.BooleanField(default=True, db_default=True, editable=False)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    row_access = RowAccess(hr=CHANGE, reporting=READ, respondent=READ)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=CampaignState.DRAFT, started_at__isnull=True)
                | (~models.Q(state=CampaignState.DRAFT) & models.Q(started_at__isnull=False)),
                name="surveys_campaign_started_unless_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(asks__in=[Asks.EVERYBODY, Asks.JOINERS], anchor_size__isnull=True)
                | models.Q(
                    asks__in=[Asks.ANCHOR, Asks.JOINERS_AND_ANCHOR],
                    anchor_size__isnull=False,
                    anchor_size__range=(SMALLEST_ANCHOR, LARGEST_ANCHOR),
                ),
                name="surveys_campaign_anchor_has_size",
            ),
            models.CheckConstraint(
                condition=models.Q(asks__in=[Asks.EVERYBODY, Asks.ANCHOR], asked_since__isnull=True)
                | models.Q(asks__in=[Asks.JOINERS, Asks.JOINERS_AND_ANCHOR], asked_since__isnull=False),
                name="surveys_campaign_joiners_since_a_survey",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignText(TenantModel):
    """The words of a mail in one language; `{link}` and the other fields are filled in when it is sent."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=12, choices=TextKind.choices)
    subject = models.CharField(_("subject"), max_length=150)
    body = models.TextField(_("text"), max_length=4000)

    row_access = RowAccess(hr=ALL)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "campaign",
                "language",
                "kind",
                name="surveys_campaigntext_unique_language_kind",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class SurveyWeek(TenantModel):
    """A week that is asked about (`monday` … Sunday) and when it can be answered."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="weeks")
    monday = models.DateField(_("Monday of the week"))
    opens_at = models.DateTimeField(_("invitations go out"))
    closes_at = models.DateTimeField(_("answers until"))

    row_access = RowAccess(hr=ALL, reporting=READ, respondent=READ)

    class Meta:
        ordering = ["monday"]
        constraints = [
            models.UniqueConstraint("organisation", "campaign", "monday", name="surveys_surveyweek_unique_monday"),
            models.CheckConstraint(condition=models.Q(monday__iso_week_day=1), name="surveys_surveyweek_is_monday"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="surveys_surveyweek_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.monday:%G-W%V}"
