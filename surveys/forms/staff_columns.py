"""The mapping screen as a form: per column of the file a choice of what it holds."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.domain.staff_file import COLUMNS
from surveys.models import StaffImport
from surveys.staff_file_sentences import FIELD_TWICE, field_label
from wpm_platform.organisations.models import LegalEntity


class ColumnsForm(forms.Form):
    """One field per column of the file, `column_0` and on, then what holds for the whole file."""

    marks_leavers = forms.BooleanField(
        label=gettext_lazy("This file holds everybody: who is not in it has left"),
        required=False,
        help_text=gettext_lazy("Switch this off for a file with a part of your staff."),
    )

    def __init__(
        self, *args: Any, staff_import: StaffImport, entities: list[LegalEntity], kept: frozenset[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers: list[str] = staff_import.headers
        self.entities = entities
        choices = [("", _("— not used —"))]
        choices += [(column.name, field_label(column.name)) for column in COLUMNS if column.name in kept]
        chosen = {index: field for field, index in staff_import.mapping.items()}
        for index, header in enumerate(self.headers):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=header or _("Column %(number)s") % {"number": index + 1},
                choices=choices,
                required=False,
                initial=chosen.get(index, ""),
            )
        self.fields["marks_leavers"].initial = staff_import.marks_leavers
        if len(entities) > 1:
            self.fields["legal_entity"] = forms.ModelChoiceField(
                label=_("KvK number for lines without one"),
                queryset=LegalEntity.objects.filter(pk__in=[entity.pk for entity in entities]),
                required=False,
                initial=staff_import.legal_entity_id,
                empty_label=_("None: every line has its KvK number"),
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        seen: dict[str, str] = {}
        for name in self.column_names():
            field = values.get(name)
            if field and field in seen:
                self.add_error(name, str(FIELD_TWICE) % {"field": field_label(field)})
            elif field:
                seen[field] = name
        return values

    def column_names(self) -> list[str]:
        return [f"column_{index}" for index in range(len(self.headers))]

    def mapping(self) -> Mapping[str, int]:
        chosen = {self.cleaned_data.get(name): index for index, name in enumerate(self.column_names())}
        return {field: index for field, index in chosen.items() if field}
