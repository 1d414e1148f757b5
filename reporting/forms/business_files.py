"""Choosing a business file, and saying which of its columns holds what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import date, filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.business_file_sentences import FIELD_LABELS
from reporting.domain.business_file.columns import COLUMNS_OF
from reporting.models import BusinessImport
from surveys.domain.staff_file import ReadOptions
from surveys.staff_file_sentences import FIELD_TWICE


class BusinessFileForm(forms.Form):
    """The upload; what stands in the file is for the service to say."""

    file = forms.FileField(
        label=gettext_lazy("File with the figures"),
        help_text=gettext_lazy("Excel (XLSX) or CSV, as you received it."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.STAFF_FILE_MAX_BYTES:
            raise forms.ValidationError(
                _("This file is too large (at most %(size)s). Leave out what is not needed, or split it.")
                % {"size": filesizeformat(settings.STAFF_FILE_MAX_BYTES)}
            )
        return file


class BusinessLayoutForm(forms.Form):
    """How the file is read: what was found, to be changed."""

    header_line = forms.IntegerField(
        label=gettext_lazy("Line with the names of the columns"), min_value=1, max_value=1_048_576, localize=False
    )

    def __init__(self, data: Any = None, *, layout: dict[str, Any]) -> None:
        super().__init__(data, prefix="layout", initial=layout)
        self.layout = layout
        if len(layout.get("sheets", [])) > 1:
            sheets = [(name, name) for name in layout["sheets"]]
            self.fields["sheet"] = forms.ChoiceField(label=gettext_lazy("Sheet"), choices=sheets)
            self.order_fields(("sheet", "header_line"))

    def options(self) -> ReadOptions:
        return ReadOptions(
            encoding=self.layout.get("encoding"),
            separator=self.layout.get("separator"),
            sheet=self.cleaned_data.get("sheet") or self.layout.get("sheet"),
            header_line=self.cleaned_data["header_line"],
        )


class BusinessColumnsForm(forms.Form):
    """One field per column of the file, `column_0` and on, then which earlier file this one replaces."""

    def __init__(
        self, *args: Any, business_import: BusinessImport, applied: Sequence[BusinessImport], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headers: list[str] = business_import.headers
        self.applied = {str(file.code): file for file in applied}
        columns = COLUMNS_OF[business_import.subject]
        choices = [("", _("— not used —")), *((column.name, FIELD_LABELS[column.name]) for column in columns)]
        chosen = {index: field for field, index in business_import.mapping.items()}
        for index, header in enumerate(self.headers):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=header or _("Column %(number)s") % {"number": index + 1},
                choices=choices,
                required=False,
                initial=chosen.get(index, ""),
            )
        if self.applied:
            earlier = [
                (code, f"{file.filename} ({date(file.applied_at, 'j F Y')})") for code, file in self.applied.items()
            ]
            self.fields["replaces"] = forms.ChoiceField(
                label=_("Does this file come in the place of an earlier one?"),
                choices=[("", _("No, it comes beside it")), *earlier],
                required=False,
                initial=str(business_import.replaces.code) if business_import.replaces else "",
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        seen: set[str] = set()
        for name in self.column_names():
            field = values.get(name)
            if field and field in seen:
                self.add_error(name, str(FIELD_TWICE) % {"field": FIELD_LABELS[field]})
            elif field:
                seen.add(field)
        return values

    def column_names(self) -> list[str]:
        return [f"column_{index}" for index in range(len(self.headers))]

    def mapping(self) -> Mapping[str, int]:
        chosen = {self.cleaned_data.get(name): index for index, name in enumerate(self.column_names())}
        return {field: index for field, index in chosen.items() if field}

    def replaced(self) -> BusinessImport | None:
        return self.applied.get(self.cleaned_data.get("replaces", ""))
