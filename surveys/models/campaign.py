"""A campaign: which weeks are asked, by whom, in which words."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.enums import CampaignKind, CampaignState, PauseReason, TextKind
from wpm_platform.organisations.models import TenantModel
from wpm_platform.row_security import ALL, CHANGE, READ, RowAccess


class Campaign(TenantModel):
    """One survey among the staff of all legal entities of the organisation, for one reporting year.

    mail_limit: a weekly panel's own number, which it announces; null for the organisation's yearly limit.
    answers_on_paper: people without an e-mail address are asked too, with a code on a slip of paper.
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
            )
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
