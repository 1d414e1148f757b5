"""What decides about a mail is asked in one query, whatever kind of mail it is."""

import pytest

from surveys.services.mail_facts import facts_about
from tests.factories import as_owner
from tests.surveys.campaigns import local
from tests.surveys.follow_ups import ask, closed_survey
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def test_last_moment_of_a_follow_up_comes_with_the_other_facts(organisation, django_assert_num_queries):
    ask(organisation, closed_survey(organisation))
    with as_owner(organisation):
        mail = OutgoingMail.objects.filter(kind="surveys.follow_up").first()
    with organisation_scope(organisation), django_assert_num_queries(1):
        facts = facts_about(mail)
    assert facts.addressee.expires_at == local("2026-04-14", "23:59")
