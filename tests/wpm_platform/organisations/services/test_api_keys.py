"""API keys: shown once, kept as a hash, always with an end."""

import datetime

import pytest

from tests.factories import NOW, as_owner, audited, make_api_key, make_organisation
from wpm_platform.organisations.enums import ApiScope
from wpm_platform.organisations.models import ApiKey
from wpm_platform.organisations.selectors.api_keys import known_key
from wpm_platform.organisations.services.api_keys import (
    KeyLivesTooLong,
    KeyNeedsScope,
    KeyRevoked,
    create_api_key,
    hash_of_secret,
    record_api_key_use,
    revoke_api_key,
)
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def create(organisation, **changes):
    arguments = {
        "actor": None,
        "name": "Salarissysteem",
        "scopes": [ApiScope.STAFF_WRITE],
        "expires_at": NOW + 90 * DAY,
        "now": NOW,
    } | changes
    with organisation_scope(organisation):
        return create_api_key(organisation=organisation, **arguments)


def test_secret_is_in_the_text_and_nowhere_else():
    organisation = make_organisation()
    key, text = create(organisation, scopes=["staff:write", "reports:read", "staff:write"])
    brand, prefix, secret = text.split("_", 2)
    assert (brand, prefix, len(secret)) == ("wpm", key.prefix, 43)
    assert key.secret_hash == hash_of_secret(secret)
    assert key.scopes == ["reports:read", "staff:write"]
    assert audited(organisation) == [("api_key.created", prefix)]
    with as_owner(organisation):
        assert secret not in str(ApiKey.objects.values_list())


@pytest.mark.parametrize("scopes", [[], ["staff:delete"], ["staff:write", "everything"]])
def test_key_needs_known_scopes(scopes):
    with pytest.raises(KeyNeedsScope):
        create(make_organisation(), scopes=scopes)


@pytest.mark.parametrize("life", [datetime.timedelta(0), -DAY, 366 * DAY + datetime.timedelta(seconds=1)])
def test_key_ends_within_a_year(life):
    with pytest.raises(KeyLivesTooLong):
        create(make_organisation(), expires_at=NOW + life)


def test_revoked_key_is_not_known_and_cannot_be_revoked_again():
    organisation = make_organisation()
    key, _ = create(organisation)
    assert known_key(prefix=key.prefix).key_id == key.pk
    with organisation_scope(organisation):
        revoke_api_key(organisation=organisation, actor=None, key=key, now=NOW)
        with pytest.raises(KeyRevoked):
            revoke_api_key(organisation=organisation, actor=None, key=key, now=NOW)
    assert known_key(prefix=key.prefix) is None
    assert audited(organisation) == [("api_key.created", key.prefix), ("api_key.revoked", key.prefix)]


def test_key_of_another_organisation_is_not_revoked():
    key, _ = create(make_organisation())
    other = make_organisation()
    with organisation_scope(other), pytest.raises(KeyRevoked):
        revoke_api_key(organisation=other, actor=None, key=key, now=NOW)
    assert known_key(prefix=key.prefix).organisation_id == key.organisation_id


def test_last_use_is_written_at_most_once_a_minute():
    organisation = make_organisation()
    key, _ = create(organisation)
    seen = []
    with organisation_scope(organisation):
        for seconds in (0, 59, 61):
            now = NOW + datetime.timedelta(seconds=seconds)
            record_api_key_use(organisation=organisation, key_id=key.pk, now=now)
            seen.append((ApiKey.objects.get().last_used_at - NOW).total_seconds())
    assert seen == [0, 0, 61]


def test_unknown_prefix_is_nobody():
    make_api_key(make_organisation())
    assert known_key(prefix="0000000000") is None
