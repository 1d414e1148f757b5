"""`manage.py create_organisation`."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.factories import as_owner, audited, make_organisation
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import LegalEntity, MembershipInvitation, Organisation

pytestmark = pytest.mark.django_db(transaction=True)


def create(**changes):
    options = {
        "name": "Voorbeeld Fietsfabriek",
        "slug": "fietsfabriek",
        "owner_email": "eva@voorbeeld.example",
        "kvk": "01234567",
    } | changes
    out = io.StringIO()
    call_command("create_organisation", stdout=out, **options)
    return out.getvalue()


def test_operator_sets_up_a_customer_and_gets_a_link_that_works(client):
    output = create()
    with as_owner():
        organisation = Organisation.objects.get()
    with as_owner(organisation):
        assert list(LegalEntity.objects.values_list("kvk_number", "name")) == [("01234567", "Voorbeeld Fietsfabriek")]
        assert list(MembershipInvitation.objects.values_list("email", "role")) == [("eva@voorbeeld.example", "owner")]
        assert OutgoingMail.objects.count() == 1
    assert [action for action, _ in audited(organisation)] == ["organisation.created", "member.invited"]
    link = output.splitlines()[-1]
    page = client.get(link.removeprefix("http://testserver"))
    assert (page.status_code, "eva@voorbeeld.example" in page.text) == (200, True)


@pytest.mark.parametrize(
    "changes", [{"slug": "twee woorden"}, {"owner_email": "geen adres"}, {"kvk": "1234567"}, {"kvk": "12345678x"}]
)
def test_wrong_input_is_refused_and_leaves_nothing(changes):
    with pytest.raises(CommandError):
        create(**changes)
    with as_owner():
        assert Organisation.objects.count() == 0


def test_slug_is_used_once():
    make_organisation(slug="fietsfabriek")
    with pytest.raises(CommandError):
        create()
    with as_owner():
        assert Organisation.objects.count() == 1
