"""Forms about one person's mail, and the filter of the work list."""

from collections import Counter
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.selectors.history_labels import WORK_LABELS
from surveys.selectors.work_list import WorkKind


class AddressForm(forms.Form):
    """Another address for somebody whom no mail reaches."""

    email = forms.EmailField(
        label=gettext_lazy("Work e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter the address."),
            "invalid": gettext_lazy("This is not an e-mail address. It looks like name@company.nl."),
        },
    )


class WorkFilterForm(forms.Form):
    """Which rows of the work list; what is wrong in the address is left out."""

    q = forms.CharField(
        label=gettext_lazy("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    show = forms.ChoiceField(label=gettext_lazy("Show"), required=False)

    def __init__(self, data: Any, *, counts: Counter[str] | None = None) -> None:
        super().__init__(data, auto_id="filter_%s")
        counts = counts or Counter()
        everything = counts.total() - counts[WorkKind.SKIPPED]
        choices = [("", _("Everything to do (%(count)s)") % {"count": everything})]
        choices += [(str(kind), f"{WORK_LABELS[kind]} ({counts[kind]})") for kind in WorkKind]
        cast(forms.ChoiceField, self.fields["show"]).choices = choices

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {"text": self.cleaned_data.get("q", ""), "kind": self.cleaned_data.get("show", "")}
