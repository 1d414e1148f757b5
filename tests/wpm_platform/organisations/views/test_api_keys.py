"""The pages for API keys."""

import datetime

import pytest

from tests.factories import as_owner, make_api_key, make_member, make_organisation
from wpm_platform import clock
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import ApiKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation(slug="fietsfabriek")


@pytest.fixture
def owner(client, organisation):
    client.force_login(make_member(organisation, role=MemberRole.OWNER))
    return client


def stored(organisation):
    with as_owner(organisation):
        return ApiKey.objects.get()


def test_key_is_shown_once(owner, organisation):
    ends = clock.today() + datetime.timedelta(days=30)
    typed = {"name": "Salarissysteem", "scopes": ["staff:write"], "expires_on": ends.isoformat()}
    page = owner.post("/o/fietsfabriek/settings/api-keys/new/", typed)
    text = page.context["text"]
    assert (page.status_code, text in page.text, "no-store" in page["Cache-Control"]) == (201, True, True)
    listed = owner.get("/o/fietsfabriek/settings/api-keys/").text
    assert (stored(organisation).prefix in listed, text in listed, text.split("_", 2)[2] in listed) == (
        True,
        False,
        False,
    )


def test_form_proposes_ninety_days(owner):
    page = owner.get("/o/fietsfabriek/settings/api-keys/new/")
    assert page.context["form"]["expires_on"].value() == clock.today() + datetime.timedelta(days=90)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"scopes": []}, {"scopes"}),
        ({"scopes": ["everything"]}, {"scopes"}),
        ({"expires_on": "2000-01-01"}, {"expires_on"}),
        ({"expires_on": "2999-01-01"}, {"expires_on"}),
        ({"expires_on": "morgen"}, {"expires_on"}),
        ({"name": ""}, {"name"}),
    ],
)
def test_wrong_key_is_explained(owner, organisation, typed, wrong):
    complete = {"name": "X", "scopes": ["staff:write"], "expires_on": clock.today().isoformat()}
    page = owner.post("/o/fietsfabriek/settings/api-keys/new/", complete | typed)
    assert (page.status_code, set(page.context["form"].errors)) == (422, wrong)
    with as_owner(organisation):
        assert ApiKey.objects.count() == 0


def test_key_is_revoked_after_a_question(owner, organisation):
    make_api_key(organisation)
    path = f"/o/fietsfabriek/settings/api-keys/{stored(organisation).code}/revoke/"
    assert owner.get(path).status_code == 200
    assert stored(organisation).revoked_at is None
    assert owner.post(path)["Location"] == "/o/fietsfabriek/settings/api-keys/"
    assert stored(organisation).revoked_at is not None
    page = owner.post(path, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["success", "error"]


def test_key_of_another_organisation_is_not_found(owner):
    other = make_organisation()
    make_api_key(other)
    assert owner.post(f"/o/fietsfabriek/settings/api-keys/{stored(other).code}/revoke/").status_code == 404
    assert stored(other).revoked_at is None
