"""How many of the silent are asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.domain.follow_up import LARGEST_SIZE, SMALLEST_SIZE, USUAL_SIZE


class FollowUpForm(forms.Form):
    size = forms.IntegerField(
        label=_("How many people"),
        min_value=SMALLEST_SIZE,
        max_value=LARGEST_SIZE,
        initial=USUAL_SIZE,
        help_text=_("Chosen by lot. 40 is usual; about half of them answer. Where there are fewer, all are asked."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
