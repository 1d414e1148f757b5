"""Addresses of the staff list and its imports."""

from django.urls import URLPattern, path

from surveys.views.staff.pattern_groups import staff_pattern_group, staff_pattern_undo, staff_person_pattern
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
from surveys.views.staff.work_patterns import (
    staff_pattern,
    staff_pattern_delete,
    staff_pattern_new,
    staff_patterns,
)

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
    path("staff/patterns/", staff_patterns, name="staff_patterns"),
    path("staff/patterns/new/", staff_pattern_new, name="staff_pattern_new"),
    path("staff/patterns/group/", staff_pattern_group, name="staff_pattern_group"),
    path("staff/patterns/undo/<uuid:code>/", staff_pattern_undo, name="staff_pattern_undo"),
    path("staff/patterns/<uuid:code>/", staff_pattern, name="staff_pattern"),
    path("staff/patterns/<uuid:code>/delete/", staff_pattern_delete, name="staff_pattern_delete"),
    path("staff/<uuid:code>/", staff_person, name="staff_person"),
    path("staff/<uuid:code>/pattern/", staff_person_pattern, name="staff_person_pattern"),
    path("staff/<uuid:code>/resend/<uuid:invitation>/", staff_person_resend, name="staff_person_resend"),
    path("staff/<uuid:code>/stop-mail/", staff_person_stop, name="staff_person_stop"),
    path("staff/<uuid:code>/allow-mail/", staff_person_allow, name="staff_person_allow"),
]
