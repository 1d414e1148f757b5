"""For whom HR prints slips with a code."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.selectors.paper import PaperChoice
from wpm_platform.organisations.models import Site

WITHOUT_ADDRESS, EVERYBODY = "without_address", "everybody"
SLIP_LANGUAGES = (
    ("nl", gettext_lazy("Dutch, with a line in English")),
    ("en", gettext_lazy("English, with a line in Dutch")),
)


class PaperListForm(forms.Form):
    """A list of slips: for which team, and in which language. The name stands on the poster too."""

    people = forms.ChoiceField(
        label=gettext_lazy("For whom"),
        choices=(
            (WITHOUT_ADDRESS, gettext_lazy("People without an e-mail address")),
            (EVERYBODY, gettext_lazy("Everybody who has not answered")),
        ),
        initial=WITHOUT_ADDRESS,
        widget=forms.RadioSelect,
    )
    site = forms.ChoiceField(label=gettext_lazy("Site"), required=False)
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Name of the list"),
        max_length=80,
        help_text=gettext_lazy("For example the team or the hall. It stands on the poster."),
        error_messages={"required": gettext_lazy("Give the list a name, such as the team.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the slips"), choices=SLIP_LANGUAGES, initial="nl")

    def __init__(self, *args: Any, sites: Iterable[Site], departments: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast("forms.ChoiceField", self.fields["site"])
        chosen.choices = [("", _("All sites")), *((str(site.pk), site.name) for site in sites)]
        chosen = cast("forms.ChoiceField", self.fields["department"])
        chosen.choices = [("", _("All departments")), *((name, name) for name in departments)]

    def choice(self) -> PaperChoice:
        cleaned = self.cleaned_data
        return PaperChoice(
            site_id=int(cleaned["site"]) if cleaned["site"] else None,
            department=cleaned["department"],
            only_without_address=cleaned["people"] == WITHOUT_ADDRESS,
        )
