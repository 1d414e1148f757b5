"""The mail that thanks leads to the published result, by the person's own link and no other."""

import pytest

from surveys.domain.mail_kinds import INVITATION_MAIL, THANKS_MAIL
from surveys.models import Invitation
from surveys.services.campaign_texts import add_default_texts
from surveys.services.published_results import publish_result, withdraw_result
from surveys.services.survey_letters import letter_for
from tests.factories import NOW, as_owner, make_campaign, make_organisation, make_week, personal_path
from tests.surveys.answered_weeks import answer_week
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    week = make_week(make_campaign(make_organisation(), state="closed"))
    with organisation_scope(week.organisation):
        add_default_texts(campaign=week.campaign)
    return next(reversed([answer_week(week, ["car", "bicycle"]) for _ in range(6)]))


def letter(response, kind=THANKS_MAIL):
    with organisation_scope(response.organisation):
        mail = OutgoingMail(
            organisation=response.organisation, kind=kind, reference=response.invitation.code, due_at=NOW
        )
        found = Invitation.objects.select_related("campaign__organisation", "week", "employee").get(
            pk=response.invitation_id
        )
        return letter_for(mail=mail, invitation=found)


def change(response, service):
    with organisation_scope(response.organisation):
        service(organisation=response.organisation, actor=None, now=NOW, campaign=response.campaign)


def test_the_thanks_lead_to_the_result_once_it_is_published(response):
    link = f"http://testserver{personal_path(response.invitation)}result/"
    before = letter(response)
    assert "result/" not in before.text + before.html
    change(response, publish_result)
    after = letter(response)
    assert f"Bekijk het resultaat:\n{link}\n" in after.text
    assert f'<a href="{link}"' in after.html
    assert after.secrets == (personal_path(response.invitation).strip("/").split("/")[1],)
    change(response, withdraw_result)
    assert letter(response) == before


def test_other_mails_do_not(response):
    change(response, publish_result)
    with as_owner(response.organisation):
        other = letter(response, INVITATION_MAIL)
    assert "result/" not in other.text + other.html
