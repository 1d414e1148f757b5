"""A person's mail in the console: the history, and what HR may do."""

import pytest
import time_machine
from django.urls import reverse

from surveys.models import Invitation
from tests.factories import NOW, as_owner, make_employee, make_member, make_organisation, make_site
from tests.mailing.outbox_rows import report, stops
from tests.surveys.mail_rows import HOUR, invited, mailed, running_campaign
from wpm_platform.mailing.enums import MailEventKind, MailState
from wpm_platform.mailing.models import OutgoingMail

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


def address(employee, name="staff_person", **parts):
    return reverse(name, kwargs={"slug": employee.organisation.slug, "code": employee.code, **parts})


def moments(response):
    [line] = response.context["history"]
    return [(moment.kind, moment.mail.removeprefix("surveys.")) for moment in line.moments]


def test_the_history_tells_everything_in_order(hr, week):
    invitation = invited(week, started_at=NOW - 3 * HOUR, opted_out_at=NOW - 2 * HOUR)
    announcement = mailed(
        invitation, kind="surveys.announcement", occasion="announcement:x", sent_at=NOW - 72 * HOUR, due_at=NOW
    )
    report(announcement, MailEventKind.AUTO_REPLY, after=-71 * HOUR, detail="left")
    report(mailed(invitation), MailEventKind.DELIVERED, after=-23 * HOUR)
    mailed(
        invitation,
        kind="surveys.reminder",
        occasion="reminder-1:x",
        state=MailState.WITHDRAWN,
        reason="opted_out",
        sent_at=None,
        claimed_at=NOW - HOUR,
    )
    mailed(
        invitation,
        kind="surveys.thanks",
        occasion="thanks:x",
        state=MailState.QUEUED,
        sent_at=None,
        due_at=NOW + HOUR,
        attempts=0,
    )
    response = hr.get(address(invitation.employee))
    assert moments(response) == [
        ("sent", "announcement"),
        ("auto_reply", "announcement"),
        ("sent", "invitation"),
        ("delivered", "invitation"),
        ("started", ""),
        ("opted_out", ""),
        ("withheld", "reminder"),
        ("waiting", "thanks"),
    ]


def test_what_the_person_did_is_told_by_day_only(hr, week):
    invitation = invited(week, started_at=NOW, answered_at=NOW)
    mailed(invitation, sent_at=NOW - 26 * HOUR)
    page = hr.get(address(invitation.employee)).content.decode()
    assert f"{NOW:%H:%M}" not in page.partition('class="history"')[2]


def test_the_history_shows_no_words_of_an_automatic_reply_and_no_answer(hr, week):
    invitation = invited(week)
    report(mailed(invitation), MailEventKind.AUTO_REPLY, detail="left")
    page = hr.get(address(invitation.employee)).content.decode()
    assert ">left<" not in page


def test_the_invitation_goes_again(hr, week):
    invitation = invited(week)
    mailed(invitation)
    path = address(invitation.employee, "staff_person_resend", invitation=invitation.code)
    assert path in hr.get(address(invitation.employee)).content.decode()
    assert hr.get(path).status_code == 405
    assert hr.post(path)["Location"] == address(invitation.employee)
    hr.post(path)
    with as_owner(week.organisation):
        assert OutgoingMail.objects.filter(state=MailState.QUEUED).count() == 1
    page = hr.get(address(invitation.employee)).content.decode()
    assert path not in page


def test_it_is_not_offered_when_it_makes_no_sense(hr, week):
    for fields in ({"answered_at": NOW}, {"mail_stopped_at": NOW}, {"opted_out_at": NOW}):
        invitation = invited(week, **fields)
        path = address(invitation.employee, "staff_person_resend", invitation=invitation.code)
        assert path not in hr.get(address(invitation.employee)).content.decode()
        assert hr.post(path).status_code == 302
    with as_owner(week.organisation):
        assert OutgoingMail.objects.count() == 0


def test_mail_is_stopped_and_allowed_again(hr, week):
    invitation = invited(week)
    person = invitation.employee
    stop, allow = address(person, "staff_person_stop"), address(person, "staff_person_allow")
    page = hr.get(address(person)).content.decode()
    assert (stop in page, allow in page) == (True, False)
    hr.post(stop)
    page = hr.get(address(person)).content.decode()
    assert (stop in page, allow in page) == (False, True)
    hr.post(allow)
    with as_owner(week.organisation):
        assert Invitation.objects.get().mail_stopped_at is None


def test_a_bounced_address_may_be_allowed_and_a_complaint_may_not(hr, week):
    bounced, unwanted = invited(week), invited(week)
    report(mailed(bounced), MailEventKind.HARD_BOUNCE)
    report(mailed(unwanted), MailEventKind.COMPLAINT)
    allow = {one: address(one.employee, "staff_person_allow") for one in (bounced, unwanted)}
    shown = [allow[one] in hr.get(address(one.employee)).content.decode() for one in (bounced, unwanted)]
    assert shown == [True, False]
    for one in (bounced, unwanted):
        assert hr.post(allow[one]).status_code == 302
    assert stops(week.organisation) == ["complaint"]


def test_people_and_invitations_of_others_are_not_found(hr, week):
    mine, colleague, stranger = invited(week), invited(week), invited(running_campaign())
    for other in (colleague, stranger):
        path = address(mine.employee, "staff_person_resend", invitation=other.code)
        assert hr.post(path).status_code == 404
    for name in ("staff_person_stop", "staff_person_allow"):
        path = address(stranger.employee, name).replace(stranger.organisation.slug, week.organisation.slug)
        assert hr.post(path).status_code == 404


def test_a_site_lead_sees_the_history_of_one_site_and_may_not_mail(client, week):
    utrecht, venlo = make_site(week.organisation), make_site(week.organisation)
    own, other = invited(week, site=utrecht), invited(week, site=venlo)
    client.force_login(make_member(week.organisation, role="site_lead", site=utrecht))
    page = client.get(address(own.employee))
    assert page.status_code == 200
    assert address(own.employee, "staff_person_stop") not in page.content.decode()
    assert client.get(address(other.employee)).status_code == 404
    for name in ("staff_person_stop", "staff_person_allow"):
        assert client.post(address(own.employee, name)).status_code == 403


def test_a_reader_sees_no_person(client, week):
    client.force_login(make_member(week.organisation, role="reader"))
    assert client.get(address(invited(week).employee)).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_mails(hr, week, django_assert_max_num_queries):
    people = [make_employee(week.organisation)] * 1
    assert hr.get(address(people[0])).status_code == 200
    one, many = invited(week), invited(week)
    mailed(one)
    for number in range(8):
        report(mailed(many, occasion=f"resent-{number}:x"), MailEventKind.SOFT_BOUNCE)
    for invitation in (one, many):
        with django_assert_max_num_queries(24):
            hr.get(address(invitation.employee))
