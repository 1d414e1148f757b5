"""The work list in the console."""

import pytest
import time_machine
from django.urls import reverse

from surveys.models import Campaign, Employee, Invitation
from tests.factories import NOW, as_owner, make_employee, make_member, make_organisation, make_site
from tests.mailing.outbox_rows import report
from tests.surveys.mail_rows import invited, mailed, running_campaign
from wpm_platform.mailing.enums import MailEventKind, MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day_itself():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def week():
    return running_campaign(make_organisation())


@pytest.fixture
def hr(client, week):
    client.force_login(make_member(week.organisation))
    return client


def address(week, name="campaign_work_list", *, invitation=None, organisation=None):
    parts = {"slug": (organisation or week.organisation).slug, "code": week.campaign.code}
    return reverse(name, kwargs=parts | ({"invitation": invitation.code} if invitation else {}))


def bounced(week, **fields):
    invitation = invited(week, **fields)
    report(mailed(invitation), MailEventKind.HARD_BOUNCE, detail="550 5.1.1 unknown")
    return invitation


def shown(response):
    return [row.employee.staff_number for row in response.context["page"].object_list]


def test_a_bounced_address_is_shown_with_what_to_do(hr, week):
    invitation = bounced(week, email="weg@voorbeeld.example")
    response = hr.get(address(week))
    assert shown(response) == [invitation.employee.staff_number]
    page = response.content.decode()
    assert address(week, "campaign_work_address", invitation=invitation) in page
    assert "550 5.1.1 unknown" in page


def test_an_empty_list_says_so_and_a_search_without_result_something_else(hr, week):
    pages = [hr.get(f"{address(week)}{query}").content.decode() for query in ("", "?q=nobody")]
    assert [page.count('class="empty"') for page in pages] == [1, 1]
    assert len({page.partition('class="empty"')[2].partition("</h2>")[0] for page in pages}) == 2


def test_one_kind_is_chosen_and_nonsense_is_left_out(hr, week):
    one = bounced(week)
    started = invited(week, started_at=NOW)
    assert shown(hr.get(f"{address(week)}?show=started")) == [started.employee.staff_number]
    both = [one.employee.staff_number, started.employee.staff_number]
    for query in ("show=nonsense", "page=99", "page=x", "q=%00"):
        assert shown(hr.get(f"{address(week)}?{query}")) in (both, [])


def test_fifty_rows_make_a_page(hr, week):
    for _number in range(51):
        invited(week, started_at=NOW)
    assert (len(shown(hr.get(address(week)))), len(shown(hr.get(f"{address(week)}?page=2")))) == (50, 1)


def test_correcting_an_address_invites_again(hr, week):
    invitation = bounced(week, email="fout@voorbeeld.example")
    page = address(week, "campaign_work_address", invitation=invitation)
    assert b"fout@voorbeeld.example" in hr.get(page).content
    assert hr.post(page, {"email": "goed@voorbeeld.example"})["Location"] == address(week)
    with as_owner(week.organisation):
        assert Employee.objects.get().email == "goed@voorbeeld.example"
        waiting = OutgoingMail.objects.get(state=MailState.QUEUED)
    assert waiting.recipient == "goed@voorbeeld.example"
    assert shown(hr.get(address(week))) == []


@pytest.mark.parametrize("email", ["", "geen adres", "fout@voorbeeld.example", "a@b.nl, c@d.nl", "x" * 260 + "@y.nl"])
def test_an_address_that_makes_no_sense_or_is_not_new_is_refused(hr, week, email):
    invitation = bounced(week, email="fout@voorbeeld.example")
    response = hr.post(address(week, "campaign_work_address", invitation=invitation), {"email": email})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["email"])
    with as_owner(week.organisation):
        assert (Employee.objects.get().email, OutgoingMail.objects.count()) == ("fout@voorbeeld.example", 1)


def test_skipping_and_undoing_it_leads_back_to_the_same_rows(hr, week):
    invitation = invited(week, started_at=NOW)
    back = f"{address(week)}?show=started&q=0"
    response = hr.post(address(week, "campaign_work_skip", invitation=invitation), {"back": "show=started&q=0"})
    assert response["Location"] == back
    assert (shown(hr.get(address(week))), len(shown(hr.get(f"{address(week)}?show=skipped")))) == ([], 1)
    hr.post(address(week, "campaign_work_allow", invitation=invitation), {"back": "//evil.example/?next=x"})
    assert len(shown(hr.get(address(week)))) == 1
    with as_owner(week.organisation):
        found = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert found == ["person_mail.skipped", "person_mail.allowed"]


def test_leading_back_keeps_only_what_the_list_knows(hr, week):
    invitation = invited(week, started_at=NOW)
    response = hr.post(
        address(week, "campaign_work_skip", invitation=invitation), {"back": "next=//evil.example&page=2"}
    )
    assert response["Location"] == f"{address(week)}?page=2"


@pytest.mark.parametrize("name", ["campaign_work_skip", "campaign_work_allow"])
def test_asking_changes_nothing(hr, week, name):
    invitation = invited(week, started_at=NOW)
    assert hr.get(address(week, name, invitation=invitation)).status_code == 405


def test_an_invitation_of_another_campaign_or_organisation_is_not_found(hr, week):
    sibling, stranger = running_campaign(week.organisation), running_campaign()
    for other in (sibling, stranger):
        invitation = bounced(other)
        for name in ("campaign_work_address", "campaign_work_skip", "campaign_work_allow"):
            assert hr.post(address(week, name, invitation=invitation), {"email": "a@b.nl"}).status_code == 404
        with as_owner(other.organisation):
            assert Invitation.objects.filter(mail_stopped_at__isnull=False).count() == 0
    assert hr.get(address(stranger, organisation=week.organisation)).status_code == 404


def test_a_site_lead_sees_the_rows_of_one_site_and_may_change_nothing(client, week):
    utrecht, venlo = make_site(week.organisation), make_site(week.organisation)
    own, other = bounced(week, site=utrecht), bounced(week, site=venlo)
    client.force_login(make_member(week.organisation, role="site_lead", site=utrecht))
    response = client.get(address(week))
    assert shown(response) == [own.employee.staff_number]
    assert other.employee.email not in response.content.decode()
    assert "campaign_work" not in response.content.decode()
    for invitation in (own, other):
        for name in ("campaign_work_address", "campaign_work_skip", "campaign_work_allow"):
            path = address(week, name, invitation=invitation)
            assert path not in response.content.decode()
            assert client.post(path, {"email": "a@b.nl"}).status_code == 403


def test_a_reader_sees_no_person(client, week):
    bounced(week)
    client.force_login(make_member(week.organisation, role="reader"))
    assert client.get(address(week)).status_code == 403
    page = client.get(reverse("campaign", kwargs={"slug": week.organisation.slug, "code": week.campaign.code}))
    assert address(week) not in page.content.decode()


def test_a_closed_campaign_can_be_looked_at_and_offers_no_mail(hr, week):
    invitation = bounced(week)
    with as_owner(week.organisation):
        Campaign.objects.update(state="closed")
    page = hr.get(address(week)).content.decode()
    assert invitation.employee.staff_number in page
    assert address(week, "campaign_work_skip", invitation=invitation) not in page


def test_who_began_without_an_address_shows_no_dead_button(hr, week):
    make_employee(week.organisation, email="")
    with as_owner(week.organisation):
        employee = Employee.objects.get(email="")
        week.campaign.population.create(
            organisation=week.organisation,
            employee=employee,
            legal_entity=employee.legal_entity,
            site=employee.site,
            is_invited=False,
            exclusion_reason="no_address",
        )
    page = hr.get(address(week)).content.decode()
    person = reverse("staff_person", kwargs={"slug": week.organisation.slug, "code": employee.code})
    assert page.count(person) == 2


# --- Where the breaker tells ------------------------------------------------------------------------


START_WORDS = {"bounces": "veel adressen bestaan niet", "opt_outs": "veel mensen willen geen mail meer"}


@pytest.mark.parametrize(("reason", "words"), [("bounces", "show=bounced"), ("opt_outs", "/texts/")])
def test_a_campaign_that_paused_itself_says_why_and_what_to_do(hr, week, reason, words):
    with as_owner(week.organisation):
        Campaign.objects.update(state="paused", pause_reason=reason)
    page = hr.get(reverse("campaign", kwargs={"slug": week.organisation.slug, "code": week.campaign.code}))
    assert "note-danger" in page.content.decode()
    assert words in page.content.decode()
    start = hr.get(reverse("console_start", kwargs={"slug": week.organisation.slug}), {"year": 2026})
    assert "campaign_paused" in [str(item.kind) for item in start.context["path"].attention]
    assert START_WORDS[reason] in start.content.decode()


def test_a_campaign_paused_by_hand_says_only_that(hr, week):
    with as_owner(week.organisation):
        Campaign.objects.update(state="paused", pause_reason="by_hand")
    page = hr.get(reverse("campaign", kwargs={"slug": week.organisation.slug, "code": week.campaign.code}))
    assert "note-danger" not in page.content.decode()
