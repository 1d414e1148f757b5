"""The page about the shared model: who may read it, who may decide, and what it says."""

import pytest
from django.urls import reverse

from tests.factories import make_member, make_organisation, make_site
from tests.reporting.services.prior.sharing import consents_of, employer, pool
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db
DUTCH = {"accept-language": "nl"}


def address(organisation, name="settings_prior"):
    return reverse(name, kwargs={"slug": organisation.slug})


def log_in(client, organisation, role):
    site = make_site(organisation) if role == MemberRole.SITE_LEAD else None
    client.force_login(make_member(organisation, role=role, site=site))
    return client


def test_before_anything_nobody_takes_part(client, organisation):
    text = log_in(client, organisation, MemberRole.HR_ADMIN).get(address(organisation), headers=DUTCH).content.decode()
    assert "Je organisatie doet niet mee." in text
    assert "Er is nu geen gedeeld model" in text
    assert address(organisation, "settings_prior_consent") in text


@pytest.mark.parametrize("role", [MemberRole.OWNER, MemberRole.HR_ADMIN])
def test_owner_and_hr_decide(client, organisation, role):
    log_in(client, organisation, role)
    response = client.post(address(organisation, "settings_prior_consent"), follow=True, headers=DUTCH)
    assert "Je organisatie doet mee sinds" in response.content.decode()
    assert consents_of(organisation)[0].withdrawn_at is None
    client.post(address(organisation, "settings_prior_withdraw"))
    assert consents_of(organisation)[0].withdrawn_at is not None


def test_a_reader_reads_and_does_not_decide(client, organisation):
    log_in(client, organisation, MemberRole.READER)
    assert "Meedoen" not in client.get(address(organisation), headers=DUTCH).content.decode()
    assert client.post(address(organisation, "settings_prior_consent")).status_code == 403
    assert consents_of(organisation) == []


def test_reading_decides_nothing(client, organisation):
    log_in(client, organisation, MemberRole.OWNER)
    for name in ("settings_prior_consent", "settings_prior_withdraw"):
        assert client.get(address(organisation, name)).status_code == 405
    assert consents_of(organisation) == []


def test_strangers_find_nothing(client, organisation):
    log_in(client, make_organisation(), MemberRole.OWNER)
    assert client.get(address(organisation)).status_code == 404
    assert client.post(address(organisation, "settings_prior_consent")).status_code == 404
    assert consents_of(organisation) == []


def test_it_says_how_many_take_part_and_never_who(client, organisation):
    six = [employer(seed=seed) for seed in range(1, 7)]
    pool()
    text = log_in(client, organisation, MemberRole.READER).get(address(organisation), headers=DUTCH).content.decode()
    assert "een model van 6 werkgevers" in text
    assert not any(one.slug in text for one in six)
