"""Forms of the staff list and its imports."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.domain.staff_file import ENCODINGS, LANGUAGES, SEPARATORS, ReadOptions
from surveys.models import Employee, WorkPattern
from surveys.selectors.staff import ORDERS, WITHOUT_PATTERN, StaffFilter
from wpm_platform.organisations.models import Site

SEPARATOR_LABELS = {
    ";": gettext_lazy("semicolon ( ; )"),
    ",": gettext_lazy("comma ( , )"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("vertical bar ( | )"),
}
ENCODING_LABELS = {
    "utf-8": "UTF-8",
    "utf-8-bom": "UTF-8 (BOM)",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "windows-1252": "Windows-1252",
    "windows-1250": "Windows-1250",
    "iso-8859-15": "ISO 8859-15",
    "macintosh": "Macintosh",
    "dos-850": "DOS 850",
}
LANGUAGE_LABELS = dict(settings.EMPLOYEE_LANGUAGES)


class StaffFileForm(forms.Form):
    """The upload; what stands in the file is for the service to say."""

    file = forms.FileField(
        label=gettext_lazy("File with your staff"),
        help_text=gettext_lazy("Excel (XLSX) or CSV, as your personnel system exports it."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.STAFF_FILE_MAX_BYTES:
            raise forms.ValidationError(
                _("This file is too large (at most %(size)s). Remove what is not staff, or split it.")
                % {"size": filesizeformat(settings.STAFF_FILE_MAX_BYTES)}
            )
        return file


class LayoutForm(forms.Form):
    """How the file is read: what was found, to be changed."""

    encoding = forms.ChoiceField(
        label=gettext_lazy("Character set"),
        required=False,
        choices=[(name, ENCODING_LABELS.get(name, name)) for name in ENCODINGS],
    )
    separator = forms.ChoiceField(
        label=gettext_lazy("Between the columns"),
        required=False,
        choices=[(separator, SEPARATOR_LABELS[separator]) for separator in SEPARATORS],
    )
    header_line = forms.IntegerField(
        label=gettext_lazy("Line with the names of the columns"), min_value=1, max_value=1_048_576, localize=False
    )

    def __init__(self, data: Any = None, *, layout: dict[str, Any]) -> None:
        names = ("sheet", *self.base_fields)
        super().__init__(data, prefix="layout", initial={name: layout.get(name) for name in names})
        if layout.get("kind") == "xlsx":
            del self.fields["encoding"], self.fields["separator"]
            sheets = [(name, name) for name in layout.get("sheets", [])]
            self.fields["sheet"] = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False, choices=sheets)
            self.order_fields(names)

    def options(self) -> ReadOptions:
        values = self.cleaned_data
        return ReadOptions(
            encoding=values.get("encoding") or None,
            separator=values.get("separator") or None,
            sheet=values.get("sheet") or None,
            header_line=values["header_line"],
        )


class StaffFilterForm(forms.Form):
    """Search and filters of the list, from the address. What is wrong in it is left out."""

    q = forms.CharField(
        label=gettext_lazy("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            ("", gettext_lazy("Who works here")),
            ("without_email", gettext_lazy("Without an e-mail address")),
            ("left", gettext_lazy("Who left")),
            ("all", gettext_lazy("Everybody")),
        ],
    )

    def __init__(
        self,
        data: Any,
        *,
        sites: list[Site],
        departments: list[str],
        functions: Sequence[str] = (),
        patterns: Sequence[WorkPattern] = (),
    ) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.fields["site"] = forms.ChoiceField(
            label=gettext_lazy("Site"),
            required=False,
            choices=[("", _("All sites")), *((str(site.code), site.name) for site in sites)],
        )
        self.fields["department"] = forms.ChoiceField(
            label=gettext_lazy("Department"),
            required=False,
            choices=[("", _("All departments")), *((name, name) for name in departments)],
        )
        if functions:
            self.fields["function"] = forms.ChoiceField(
                label=gettext_lazy("Function"),
                required=False,
                choices=[("", _("All functions")), *((name, name) for name in functions)],
            )
        if patterns:
            self.fields["pattern"] = forms.ChoiceField(
                label=gettext_lazy("Work pattern"),
                required=False,
                choices=[
                    ("", _("All patterns")),
                    (WITHOUT_PATTERN, _("Without a pattern")),
                    *((str(pattern.code), pattern.name) for pattern in patterns),
                ],
            )
        self.order_fields(("q", "site", "department", "function", "pattern", "show"))

    def in_words(self) -> str:
        """What the list is narrowed to: "Site: Venlo · Department: Warehouse"; empty for everybody."""
        self.is_valid()
        found = []
        for name in ("q", "site", "department", "function", "pattern", "show"):
            value = self.cleaned_data.get(name) if name in self.fields else ""
            if value:
                choices = dict(getattr(self.fields[name], "choices", ()))
                found.append(f"{self.fields[name].label}: {choices.get(value, value)}")
        return " · ".join(found)

    def wanted(self) -> StaffFilter:
        self.is_valid()
        values = self.cleaned_data
        order = str(self.data.get("sort", ""))
        show = values.get("show", "")
        return StaffFilter(
            text=values.get("q", ""),
            site=values.get("site", ""),
            department=values.get("department", ""),
            function=values.get("function", ""),
            pattern=values.get("pattern", ""),
            presence=show if show in ("left", "all") else "here",
            without_email=show == "without_email",
            order=order.removeprefix("-") if order.removeprefix("-") in ORDERS else "number",
            is_descending=order.startswith("-"),
        )


class EmployeeForm(forms.ModelForm):
    """The little that HR corrects by hand; the rest comes with the next file."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the mails"), choices=[(code, LANGUAGE_LABELS[code]) for code in LANGUAGES]
    )

    class Meta:
        model = Employee
        fields = ("email", "language", "is_on_leave", "leave_until")
        widgets: ClassVar = {"leave_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts: ClassVar = {
            "leave_until": gettext_lazy("The last day, for who is on leave; empty means until further notice.")
        }
