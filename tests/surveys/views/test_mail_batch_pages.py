"""The page of a frozen list: who gets the mail, who does not, and the minutes in which it can be undone."""

import datetime

import pytest
from django.urls import reverse

from surveys.models import BatchLine, Invitation, MailBatch
from tests.factories import as_owner, make_employee, make_member, make_organisation, make_site
from tests.surveys.campaigns import advance, events, local, mails, make_started, plan_step, rows, send_all

pytestmark = pytest.mark.django_db
QUERIES = ("show=receiving", "show=answered", "q=u", "q=V1&show=receiving", "show=nonsense", "q=%00", "page=x")
OPENING = local("2026-03-16")
TEN_MINUTES = datetime.timedelta(minutes=10)
READY = OPENING - TEN_MINUTES


@pytest.fixture(autouse=True)
def _ten_minutes(settings, time_machine):
    settings.MAIL_UNDO_MINUTES = 10
    time_machine.move_to(READY, tick=False)


@pytest.fixture
def organisation():
    organisation = make_organisation()
    utrecht, venlo = make_site(organisation, name="Utrecht"), make_site(organisation, name="Venlo")
    make_employee(organisation, staff_number="U1", email="anna@voorbeeld.example", site=utrecht)
    make_employee(organisation, staff_number="U2", email="bram@voorbeeld.example", site=utrecht, language="en")
    make_employee(organisation, staff_number="V1", email="carla@voorbeeld.example", site=venlo)
    make_employee(organisation, staff_number="V2", email="dirk@voorbeeld.example", site=venlo)
    return organisation


@pytest.fixture
def batch(organisation):
    """The invitation, ready to leave in ten minutes: one has answered already, one is on leave."""
    make_started(organisation)
    with as_owner(organisation):
        Invitation.objects.filter(employee__staff_number="U1").update(answered_at=READY)
        on_leave = Invitation.objects.get(employee__staff_number="V2").employee
        on_leave.is_on_leave = True
        on_leave.save()
    advance(organisation, now=READY)
    [found] = rows(MailBatch, organisation)
    return found


def owner_of(row):
    with as_owner():
        return row.organisation


def address(organisation, name, **kwargs):
    return reverse(name, kwargs={"slug": organisation.slug, **kwargs})


def batch_address(batch, name="campaign_mail_batch"):
    organisation = owner_of(batch)
    with as_owner(organisation):
        code = MailBatch.objects.select_related("step__campaign").get(pk=batch.pk).step.campaign.code
    return address(organisation, name, code=code, batch=batch.code)


def shown(response):
    return [line.employee.staff_number for line in response.context["page"].object_list]


def test_the_list_says_who_gets_it_who_does_not_and_until_when(hr, batch):
    response = hr.get(batch_address(batch))
    people = response.context["people"]
    assert (people.receiving, sorted((reason.code, reason.people) for reason in people.reasons)) == (
        2,
        [("answered", 1), ("on_leave", 1)],
    )
    assert (shown(response), response.context["minutes_left"]) == (["U1", "U2", "V1", "V2"], 10)
    page = response.content.decode()
    assert "09:00" in page
    assert batch_address(batch, "campaign_mail_batch_undo") in page
    assert "hx-trigger" in page


def test_minutes_are_rounded_up_until_none_is_left(hr, batch, time_machine):
    for seconds, minutes in ((599, 1), (541, 1), (540, 1), (539, 2), (1, 10)):
        time_machine.move_to(READY + datetime.timedelta(seconds=seconds), tick=False)
        assert hr.get(batch_address(batch)).context["minutes_left"] == minutes
    time_machine.move_to(OPENING, tick=False)
    page = hr.get(batch_address(batch)).content.decode()
    assert batch_address(batch, "campaign_mail_batch_undo") not in page
    assert "hx-trigger" not in page


def test_undoing_withdraws_and_says_what_happens_then(hr, batch, organisation):
    response = hr.post(batch_address(batch, "campaign_mail_batch_undo"))
    assert (response.status_code, response["Location"]) == (302, batch_address(batch))
    assert set(mails(organisation, "state", "reason")) == {("withdrawn", "undone")}
    page = hr.get(batch_address(batch)).content.decode()
    step = plan_step(organisation, "invitation")
    for name in ("campaign_mail_step", "campaign_mail_step_restore"):
        assert address(organisation, name, code=step.campaign.code, step=step.code) in page
    assert address(organisation, "campaign_mail_step_skip", code=step.campaign.code, step=step.code) not in page
    assert events(organisation)[-1] == "mail_step.undone"


def test_undoing_twice_or_too_late_says_so(hr, batch, organisation, time_machine):
    undo = batch_address(batch, "campaign_mail_batch_undo")
    time_machine.move_to(OPENING, tick=False)
    hr.post(undo)
    assert rows(MailBatch, organisation, "undone_at") == [None]
    time_machine.move_to(READY, tick=False)
    hr.post(undo)
    hr.post(undo)
    assert events(organisation).count("mail_step.undone") == 1


def test_sending_after_all_makes_a_new_list_and_the_old_one_says_so(hr, batch, organisation):
    hr.post(batch_address(batch, "campaign_mail_batch_undo"))
    step = plan_step(organisation, "invitation")
    hr.post(address(organisation, "campaign_mail_step_restore", code=step.campaign.code, step=step.code))
    advance(organisation, now=READY)
    [_old, new] = rows(MailBatch, organisation)
    assert hr.get(batch_address(batch)).context["is_undone_still"] is False
    assert hr.get(batch_address(new)).context["summary"].can_undo is True


def test_after_leaving_the_page_says_what_became_of_the_mails(hr, batch, organisation, time_machine):
    time_machine.move_to(OPENING, tick=False)
    advance(organisation, now=OPENING)
    send_all(organisation, now=OPENING)
    response = hr.get(batch_address(batch))
    assert response.context["summary"].states == (("sent", 2),)
    assert "/pause/" in response.content.decode()


def test_people_are_found_by_reason_and_by_staff_number(hr, batch):
    found = {
        query: shown(hr.get(f"{batch_address(batch)}?{query}"))
        for query in (
            "show=receiving",
            "show=answered",
            "q=u",
            "q=V1&show=receiving",
            "show=nonsense",
            "q=%00",
            "page=x",
        )
    }
    assert found == {
        "show=receiving": ["U2", "V1"],
        "show=answered": ["U1"],
        "q=u": ["U1", "U2"],
        "q=V1&show=receiving": ["V1"],
        "show=nonsense": ["U1", "U2", "V1", "V2"],
        "q=%00": ["U1", "U2", "V1", "V2"],
        "page=x": ["U1", "U2", "V1", "V2"],
    }
    assert 'class="empty"' in hr.get(f"{batch_address(batch)}?q=nobody").content.decode()


def test_fifty_people_make_a_page_and_the_queries_stay_the_same(hr, batch, organisation, django_assert_max_num_queries):
    with as_owner(organisation):
        step = plan_step(organisation, "invitation")
        for _number in range(51):
            employee = make_employee(organisation)
            invitation = Invitation.objects.create(
                organisation=organisation, campaign=step.campaign, week=step.week, employee=employee
            )
            BatchLine.objects.create(
                organisation=organisation,
                batch=batch,
                employee=employee,
                invitation=invitation,
                language="nl",
                due_at=OPENING,
            )
    path = batch_address(batch)
    with django_assert_max_num_queries(25):
        assert len(shown(hr.get(path))) == 50
    assert len(shown(hr.get(f"{path}?page=2"))) == 5


def test_a_site_lead_sees_the_people_and_the_figures_of_one_site(client, batch, organisation):
    with as_owner(organisation):
        venlo = BatchLine.objects.get(employee__staff_number="V1").employee.site
    client.force_login(make_member(organisation, role="site_lead", site=venlo))
    response = client.get(batch_address(batch))
    assert (shown(response), response.context["people"].receiving) == (["V1", "V2"], 1)
    assert [reason.code for reason in response.context["people"].reasons] == ["on_leave"]
    page = response.content.decode()
    assert "U1" not in page
    assert batch_address(batch, "campaign_mail_batch_undo") not in page
    assert shown(client.get(f"{batch_address(batch)}?q=U")) == []
    assert client.post(batch_address(batch, "campaign_mail_batch_undo")).status_code == 403


def test_a_reader_sees_figures_and_no_person(client, batch, organisation):
    client.force_login(make_member(organisation, role="reader"))
    response = client.get(f"{batch_address(batch)}?show=answered&q=U")
    assert (response.status_code, response.context["people"].receiving) == (200, 2)
    page = response.content.decode()
    assert "page" not in response.context
    assert not any(f">{number}<" in page for number in ("U1", "U2", "V1", "V2"))
    assert "/staff/" not in page
    assert client.post(batch_address(batch, "campaign_mail_batch_undo")).status_code == 403


def test_a_list_of_another_organisation_or_campaign_is_not_found(hr, batch, organisation, client):
    other = make_organisation()
    client.force_login(make_member(other))
    make_employee(other)
    campaign = make_started(other)
    for name in ("campaign_mail_batch", "campaign_mail_batch_undo"):
        path = address(other, name, code=campaign.code, batch=batch.code)
        assert (client.get(path).status_code, client.post(path).status_code) in ((404, 405), (405, 404))
    assert client.get(batch_address(batch)).status_code == 404
    assert rows(MailBatch, organisation, "undone_at") == [None]


def test_a_list_that_waits_is_announced_on_the_campaign_and_on_the_start_page(hr, batch, organisation, time_machine):
    step = plan_step(organisation, "invitation")
    pages = {
        "campaign": address(organisation, "campaign", code=step.campaign.code),
        "plan": address(organisation, "campaign_mail_plan", code=step.campaign.code),
        "start": address(organisation, "console_start") + "?year=2025",
    }
    for page in pages.values():
        shown_page = hr.get(page).content.decode()
        assert "note-warning" in shown_page
        assert batch_address(batch) in shown_page
    time_machine.move_to(OPENING, tick=False)
    for page in pages.values():
        assert "mail-waits" not in hr.get(page).content.decode()
