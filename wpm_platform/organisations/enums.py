"""The words for roles in an organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MemberRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    HR_ADMIN = "hr_admin", _("HR admin")
    SITE_LEAD = "site_lead", _("Site lead")
    READER = "reader", _("Reader")


class ApiScope(models.TextChoices):
    STAFF_READ = "staff:read", _("Read staff")
    STAFF_WRITE = "staff:write", _("Add and change staff")
    CAMPAIGNS_READ = "campaigns:read", _("Read campaigns and response counts")
    REPORTS_READ = "reports:read", _("Read reports and exports")
    REPORTS_FILE = "reports:file", _("Mark reports as filed")
