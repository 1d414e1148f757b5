"""HR looks at the result for employees, publishes it and withdraws it."""

import pytest
from django.urls import reverse

from surveys.models import PublishedResult
from tests.factories import as_owner, make_campaign, make_member, make_organisation, make_site, make_week
from tests.surveys.answered_weeks import HOME, answer_week
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    week = make_week(make_campaign(make_organisation(), state="closed"))
    for _ in range(6):
        answer_week(week, ["car", "car", "bicycle", HOME])
    return week


@pytest.fixture
def hr(client, week):
    client.force_login(make_member(week.organisation, role=MemberRole.HR_ADMIN))
    return client


def address(week, name="campaign_result"):
    return reverse(name, kwargs={"slug": week.organisation.slug, "code": week.campaign.code})


def is_published(week):
    with as_owner(week.organisation):
        return PublishedResult.objects.filter(withdrawn_at__isnull=True).exists()


def test_looking_publishes_nothing(hr, week):
    page = hr.get(address(week))
    assert (page.status_code, is_published(week)) == (200, False)
    assert [figure for figure, _meaning in page.context["result"].figures] == ["60 km", "25 %"]
    assert page.content.decode().count('<form method="post"') == page.content.decode().count("csrfmiddlewaretoken")


def test_publish_then_withdraw(hr, week):
    page = hr.post(address(week, "campaign_result_publish"), follow=True).content.decode()
    assert is_published(week)
    assert address(week, "campaign_result_withdraw") in page
    assert address(week, "campaign_result_publish") not in page
    page = hr.post(address(week, "campaign_result_withdraw"), follow=True).content.decode()
    assert not is_published(week)
    assert address(week, "campaign_result_publish") in page


def test_the_same_button_twice_says_so(hr, week):
    hr.post(address(week, "campaign_result_publish"))
    page = hr.post(address(week, "campaign_result_publish"), follow=True, headers={"accept-language": "en"})
    assert "The result is published already." in page.content.decode()


def test_a_get_publishes_nothing(hr, week):
    assert hr.get(address(week, "campaign_result_publish")).status_code == 405
    assert not is_published(week)


def test_an_open_campaign_has_no_result(client):
    week = make_week(make_campaign(make_organisation(), state="running"))
    client.force_login(make_member(week.organisation))
    page = client.get(address(week), follow=True, headers={"accept-language": "en"})
    assert "While answers come in there is no result." in page.content.decode()


def test_too_few_answers_say_so(client):
    week = make_week(make_campaign(make_organisation(), state="closed"))
    answer_week(week, ["car"])
    client.force_login(make_member(week.organisation))
    page = client.get(address(week), headers={"accept-language": "en"}).content.decode()
    assert "Fewer than five people answered." in page
    assert address(week, "campaign_result_publish") not in page


@pytest.mark.parametrize("role", [MemberRole.READER, MemberRole.SITE_LEAD])
def test_readers_and_site_leads_do_not_publish(client, week, role):
    site = make_site(week.organisation) if role == MemberRole.SITE_LEAD else None
    client.force_login(make_member(week.organisation, role=role, site=site))
    assert client.post(address(week, "campaign_result_publish")).status_code == 403
    assert not is_published(week)


def test_the_page_of_the_campaign_leads_here(hr, week):
    page = hr.get(reverse("campaign", kwargs={"slug": week.organisation.slug, "code": week.campaign.code}))
    assert address(week) in page.content.decode()
