"""Settings, legal entities and sites."""

import pytest
from django.db import DatabaseError

from tests.factories import NOW, as_owner, audited, make_legal_entity, make_organisation, make_site
from wpm_platform.organisations.models import AuditEvent, LegalEntity, Organisation, Site
from wpm_platform.organisations.services.places import (
    KvkNumberTaken,
    SiteNameTaken,
    add_legal_entity,
    add_site,
    change_legal_entity,
    change_site,
    update_organisation,
)
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def scoped(organisation):
    with organisation_scope(organisation):
        yield organisation


def test_settings_change_once_and_the_trail_holds_switches_but_no_contact(scoped):
    changes = {"contact_name": "Sanne", "stores_names": True, "name": scoped.name}
    assert update_organisation(organisation=scoped, actor=None, now=NOW, **changes) == ("contact_name", "stores_names")
    assert update_organisation(organisation=scoped, actor=None, now=NOW, **changes) == ()
    event = AuditEvent.objects.get()
    assert (event.action, event.detail) == (
        "organisation.changed",
        {"fields": ["contact_name"], "switches": {"stores_names": True}},
    )
    stored = Organisation.objects.get(pk=scoped.pk)
    assert (stored.contact_name, stored.stores_names, stored.stores_birth_years) == ("Sanne", True, False)


def test_the_trail_holds_the_limit_of_mails_but_not_where_answers_go(scoped):
    changes = {"reply_to": "antwoord@voorbeeld.example", "yearly_mail_limit": 6}
    update_organisation(organisation=scoped, actor=None, now=NOW, **changes)
    assert AuditEvent.objects.get().detail == {"fields": ["reply_to"], "switches": {"yearly_mail_limit": 6}}


def test_settings_of_another_organisation_are_out_of_reach(scoped):
    with pytest.raises(Organisation.DoesNotExist):
        update_organisation(organisation=make_organisation(), actor=None, now=NOW, name="Overgenomen")


def test_legal_entity_is_added_and_corrected(scoped):
    entity = add_legal_entity(organisation=scoped, actor=None, kvk_number="01234567", name="Voorbeeld B.V.", now=NOW)
    assert change_legal_entity(entity=entity, actor=None, kvk_number="01234568", name="Voorbeeld B.V.", now=NOW)
    assert not change_legal_entity(entity=entity, actor=None, kvk_number="01234568", name="Voorbeeld B.V.", now=NOW)
    assert list(LegalEntity.objects.values_list("kvk_number", flat=True)) == ["01234568"]
    assert audited(scoped) == [("legal_entity.added", "01234567"), ("legal_entity.changed", "01234568")]


def test_kvk_number_is_on_the_list_once(organisation):
    taken = make_legal_entity(organisation)
    entity = make_legal_entity(organisation)
    with organisation_scope(organisation):
        with pytest.raises(KvkNumberTaken):
            add_legal_entity(organisation=organisation, actor=None, kvk_number=taken.kvk_number, name="X", now=NOW)
        with pytest.raises(KvkNumberTaken):
            change_legal_entity(entity=entity, actor=None, kvk_number=taken.kvk_number, name="X", now=NOW)
    assert audited(organisation) == []


def test_kvk_number_of_another_organisation_is_free(scoped):
    other = make_organisation()
    taken = make_legal_entity(other)
    entity = add_legal_entity(organisation=scoped, actor=None, kvk_number=taken.kvk_number, name="X", now=NOW)
    assert entity.organisation == scoped


def test_site_is_added_and_renamed(scoped):
    site = add_site(organisation=scoped, actor=None, name="Venlo", postcode="5911AB", now=NOW)
    assert change_site(site=site, actor=None, name="Venlo Noord", postcode="5911AB", now=NOW)
    assert not change_site(site=site, actor=None, name="Venlo Noord", postcode="5911AB", now=NOW)
    assert list(Site.objects.values_list("name", "postcode")) == [("Venlo Noord", "5911AB")]
    assert audited(scoped) == [("site.added", "Venlo"), ("site.changed", "Venlo Noord")]


def test_site_name_is_on_the_list_once(organisation):
    make_site(organisation, name="Venlo")
    site = make_site(organisation, name="Tegelen")
    with organisation_scope(organisation):
        with pytest.raises(SiteNameTaken):
            add_site(organisation=organisation, actor=None, name="Venlo", postcode="", now=NOW)
        with pytest.raises(SiteNameTaken):
            change_site(site=site, actor=None, name="Venlo", postcode="", now=NOW)
    with as_owner(organisation):
        assert sorted(Site.objects.values_list("name", flat=True)) == ["Tegelen", "Venlo"]


def test_site_of_another_organisation_is_not_changed(organisation):
    site = make_site(make_organisation(), name="Tegelen")
    with pytest.raises(DatabaseError), organisation_scope(organisation):
        change_site(site=site, actor=None, name="Overgenomen", postcode="", now=NOW)
    with as_owner(site.organisation):
        assert Site.objects.get().name == "Tegelen"
