"""Addresses of the staff list and its imports."""

from django.urls import URLPattern, path

from surveys.views.staff.staff_import import (
    staff_import,
    staff_import_apply,
    staff_import_cancel,
    staff_import_columns,
    staff_import_errors,
    staff_import_layout,
    staff_import_progress,
)
from surveys.views.staff.staff_import_new import staff_example, staff_import_new
from surveys.views.staff.staff_list import staff_export, staff_list
from surveys.views.staff.staff_person import staff_person
from surveys.views.staff.staff_person_mail import staff_person_allow, staff_person_resend, staff_person_stop

urlpatterns: list[URLPattern] = [
    path("staff/", staff_list, name="staff_list"),
    path("staff/export/", staff_export, name="staff_export"),
    path("staff/import/", staff_import_new, name="staff_import_new"),
    path("staff/import/example/<slug:language>/", staff_example, name="staff_example"),
    path("staff/import/<uuid:code>/", staff_import, name="staff_import"),
    path("staff/import/<uuid:code>/progress/", staff_import_progress, name="staff_import_progress"),
    path("staff/import/<uuid:code>/layout/", staff_import_layout, name="staff_import_layout"),
    path("staff/import/<uuid:code>/columns/", staff_import_columns, name="staff_import_columns"),
    path("staff/import/<uuid:code>/apply/", staff_import_apply, name="staff_import_apply"),
    path("staff/import/<uuid:code>/cancel/", staff_import_cancel, name="staff_import_cancel"),
    path("staff/import/<uuid:code>/errors/", staff_import_errors, name="staff_import_errors"),
    path("staff/<uuid:code>/", staff_person, name="staff_person"),
    path("staff/<uuid:code>/resend/<uuid:invitation>/", staff_person_resend, name="staff_person_resend"),
    path("staff/<uuid:code>/stop-mail/", staff_person_stop, name="staff_person_stop"),
    path("staff/<uuid:code>/allow-mail/", staff_person_allow, name="staff_person_allow"),
]
