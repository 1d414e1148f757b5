"""The tenant and its parts: legal entities (KvK numbers) and sites."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wpm_platform.organisations.models.tenant import TenantModel
from wpm_platform.row_security import CHANGE, READ, RowAccess

kvk_number_validator = RegexValidator(r"^\d{8}$", _("A KvK number has eight digits."))
postcode_validator = RegexValidator(r"^[1-9]\d{3}[A-Z]{2}$", _("Write a postcode as 1234AB."))


class Organisation(models.Model):
    """An employer that is our customer: the tenant."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    contact_name = models.CharField(_("contact for employees"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail for questions"), max_length=254, blank=True)
    contact_phone = models.CharField(_("telephone for questions"), max_length=40, blank=True)
    reply_to = models.EmailField(_("address for answers to survey mail"), max_length=254, blank=True)
    yearly_mail_limit = models.PositiveSmallIntegerField(_("mails a person gets in a year, at most"), default=8)
    requires_second_factor = models.BooleanField(_("ask owners and HR admins for a second step at login"), default=True)
    stores_names = models.BooleanField(_("keep the names of employees"), default=False)
    stores_birth_years = models.BooleanField(_("keep the birth years of employees"), default=False)
    answers_kept_months = models.PositiveSmallIntegerField(
        _("months that the rows of a campaign are kept after it closed"), default=24
    )
    created_at = models.DateTimeField(auto_now_add=True)

    row_access = RowAccess(hr="SELECT, UPDATE", reporting=READ, respondent=READ, organisation="id")

    def __str__(self) -> str:
        return self.name


class LegalEntity(TenantModel):
    """One KvK number: one WPM report a year."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kvk_number = models.CharField(_("KvK number"), max_length=8, validators=[kvk_number_validator])
    name = models.CharField(_("name"), max_length=120)

    row_access = RowAccess(hr=CHANGE, reporting=READ)

    class Meta:
        ordering = ["kvk_number"]
        constraints = [
            models.UniqueConstraint("organisation", "kvk_number", name="organisations_legalentity_unique_kvk_number"),
            models.CheckConstraint(
                condition=models.Q(kvk_number__regex=r"^\d{8}$"),
                name="organisations_legalentity_kvk_eight_digits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.kvk_number})"


class Site(TenantModel):
    """A place of work (vestiging)."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True, validators=[postcode_validator])

    row_access = RowAccess(hr=CHANGE, reporting=READ, respondent=READ)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint("organisation", "name", name="organisations_site_unique_name")]

    def __str__(self) -> str:
        return self.name
