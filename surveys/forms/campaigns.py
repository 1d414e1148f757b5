"""What HR fills in about a campaign."""

import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.domain.calendar import AMSTERDAM, local_date
from surveys.domain.campaign_plan import (
    LONGEST_PANEL,
    OPENING_TIME,
    CampaignPlan,
    PlanProblem,
    consecutive_mondays,
    usual_opening,
)
from surveys.enums import CampaignKind
from surveys.forms.asking import AskingForm, asking_initial
from surveys.forms.week_choices import monday_of, week_choices
from surveys.models import Campaign, CampaignText
from surveys.services.campaign_asking import AskingRejected
from surveys.services.campaign_texts import TextRejected, problem_message
from surveys.services.campaigns import CampaignDetails, PlanRejected

FIELD_OF_PROBLEM = {
    PlanProblem.OPENS_TOO_EARLY: "opens_on",
    PlanProblem.OPENS_AT_NIGHT: "opening_time",
    PlanProblem.DAYS_TO_ANSWER: "days_to_answer",
    PlanProblem.TOO_MANY_WEEKS: "weeks",
}


class CampaignForm(AskingForm):
    """A draft: which weeks, when the mail leaves, who sends it."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Only you and your colleagues at HR see it."))
    kind = forms.ChoiceField(label=_("How many weeks"), choices=CampaignKind.choices, widget=forms.RadioSelect)
    first_week = forms.ChoiceField(
        label=_("Week to ask about"),
        help_text=_(
            "Choose a normal working week that is over by the time the mail leaves. Weeks with a public holiday say "
            "so; school holidays differ per region and are not checked."
        ),
    )
    weeks = forms.IntegerField(
        label=_("Number of weeks"),
        min_value=2,
        max_value=LONGEST_PANEL,
        required=False,
        help_text=_("Only for several weeks: each week has its own invitation."),
    )
    opens_on = forms.DateField(
        label=_("The invitation leaves on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty for the first working day after the week."),
    )
    opening_time = forms.TimeField(
        label=_("Time of sending"),
        initial=OPENING_TIME,
        widget=forms.TimeInput(attrs={"type": "time", "class": "short"}, format="%H:%M"),
        help_text=_("Between 7:00 and 20:00, Dutch time."),
    )
    days_to_answer = forms.IntegerField(
        label=_("Days to answer"),
        required=False,
        min_value=2,
        max_value=60,
        help_text=_("Leave it empty for 14 days, or 6 when everybody is asked about each of several weeks."),
    )
    has_reminders = forms.BooleanField(
        label=_("Send reminders to who has not answered"),
        required=False,
        initial=True,
        help_text=_(
            "After 2 and 5 working days and just before closing; one per week when everybody is asked about each week."
        ),
    )
    answers_on_paper = forms.BooleanField(
        label=_("People without an e-mail address answer on paper"),
        required=False,
        help_text=_("They are asked too. You print a slip with a code for each, and a poster for the canteen."),
    )
    sender_name = forms.CharField(
        label=_("Name of the sender"),
        max_length=120,
        help_text=_("A person whom employees know. It stands above the mail, with the name of the organisation."),
    )
    reply_to = forms.EmailField(
        label=_("Address for replies"), max_length=254, help_text=_("Replies to the mail arrive here.")
    )

    def __init__(
        self, *args: Any, today: datetime.date, language: str, chosen: datetime.date | None = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.today = today
        first_week = cast("forms.ChoiceField", self.fields["first_week"])
        first_week.choices = week_choices(today=today, language=language, chosen=chosen)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_weeks = cleaned.get("kind") in (CampaignKind.WEEKLY_PANEL, CampaignKind.STAGGERED_YEAR)
        if has_weeks and not cleaned.get("weeks") and "weeks" not in self.errors:
            self.add_error("weeks", _("Say how many weeks you want to ask about."))
        return cleaned

    def plan(self) -> CampaignPlan:
        """The chosen weeks; the reporting year is that of the first week."""
        cleaned = self.cleaned_data
        monday = monday_of(cleaned["first_week"])
        weeks = 1 if cleaned["kind"] == CampaignKind.ONE_WEEK else cleaned["weeks"]
        return CampaignPlan(
            kind=cleaned["kind"],
            reporting_year=(monday + datetime.timedelta(days=3)).year,
            mondays=consecutive_mondays(monday, weeks=weeks),
            opens_on=cleaned["opens_on"] or usual_opening(monday, today=self.today),
            opening_time=cleaned["opening_time"],
            days_to_answer=cleaned["days_to_answer"],
        )

    def details(self) -> CampaignDetails:
        cleaned = self.cleaned_data
        return CampaignDetails(
            name=cleaned["name"],
            sender_name=cleaned["sender_name"],
            reply_to=cleaned["reply_to"],
            has_reminders=cleaned["has_reminders"],
            answers_on_paper=cleaned["answers_on_paper"],
            **self.asking(),
        )

    def reject(self, error: PlanRejected | AskingRejected) -> None:
        """Show a fault beside the field it is about."""
        if isinstance(error, AskingRejected):
            self.add_error(error.problem.value if error.problem.value in self.fields else "asks", str(error))
        else:
            self.add_error(FIELD_OF_PROBLEM.get(error.problem, "first_week"), str(error))


def initial_of(campaign: Campaign) -> dict[str, Any]:
    """What the form shows for an existing draft."""
    weeks = list(campaign.weeks.all())
    first = weeks[0]
    opens_at = first.opens_at
    return {
        "name": campaign.name,
        "kind": campaign.kind,
        "first_week": first.monday.isoformat(),
        "weeks": len(weeks) if len(weeks) > 1 else None,
        "opens_on": local_date(opens_at),
        "opening_time": opens_at.astimezone(AMSTERDAM).time(),
        "days_to_answer": (local_date(first.closes_at) - local_date(opens_at)).days,
        "has_reminders": campaign.has_reminders,
        "answers_on_paper": campaign.answers_on_paper,
        "sender_name": campaign.sender_name,
        "reply_to": campaign.reply_to,
        **asking_initial(campaign),
    }


class CampaignTextForm(forms.ModelForm):
    """The words of one mail in one language."""

    class Meta:
        model = CampaignText
        fields = ("subject", "body")
        widgets = {"body": forms.Textarea(attrs={"rows": 20})}

    def reject(self, error: TextRejected) -> None:
        """Show each fault beside the subject or the text."""
        for problem in error.problems:
            self.add_error("subject" if problem.is_in_subject else "body", problem_message(problem))
