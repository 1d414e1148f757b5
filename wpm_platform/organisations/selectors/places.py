"""Legal entities and sites of an organisation."""

from uuid import UUID

from django.db.models import QuerySet

from wpm_platform.organisations.models import LegalEntity, Organisation, Site


def legal_entities(*, organisation: Organisation) -> QuerySet[LegalEntity]:
    """By KvK number."""
    return LegalEntity.objects.filter(organisation=organisation)


def legal_entity(*, organisation: Organisation, code: UUID) -> LegalEntity | None:
    return legal_entities(organisation=organisation).select_related("organisation").filter(code=code).first()


def sites(*, organisation: Organisation) -> QuerySet[Site]:
    """By name."""
    return Site.objects.filter(organisation=organisation)


def site(*, organisation: Organisation, code: UUID) -> Site | None:
    return sites(organisation=organisation).select_related("organisation").filter(code=code).first()
