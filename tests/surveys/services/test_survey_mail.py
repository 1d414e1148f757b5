"""Survey mails: what leaves, to whom, and what stays behind at the last moment."""

import datetime

import pytest
from django.core import mail as django_mail

from surveys.models import Campaign, Employee, Invitation, MailStep, SurveyWeek
from surveys.services.campaign_progress import advance_campaigns
from surveys.services.campaign_states import close_campaign, pause_campaign, resume_campaign
from surveys.services.survey_mail import send_next_mail
from tests.factories import as_owner, make_employee, make_invitation, make_organisation, make_week, personal_path
from tests.mailing.outbox_rows import make_mail
from tests.surveys.campaigns import local, mails, make_started, rows, send_all
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.stops import lift_stop, stop_address
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
OPENING = local("2026-03-16")
FIRST = local("2026-03-13")


@pytest.fixture
def employee(organisation):
    return make_employee(organisation, email="anna@voorbeeld.example")


def advance(organisation, *, now):
    with organisation_scope(organisation):
        advance_campaigns(organisation=organisation, now=now)


def invite_all(organisation, *, now=OPENING):
    advance(organisation, now=now)
    send_all(organisation, now=now)


def change(model, organisation, **fields):
    owner = {"pk": organisation.pk} if model is Organisation else {"organisation": organisation}
    with as_owner(organisation):
        model.objects.filter(**owner).update(**fields)


def path_of_the_only_invitation(organisation):
    with as_owner(organisation):
        return personal_path(Invitation.objects.select_related("employee").get(organisation=organisation))


def test_invitation_leaves_at_the_opening_of_the_week(organisation, employee):
    make_started(organisation)
    invite_all(organisation, now=OPENING - datetime.timedelta(seconds=1))
    assert mails(organisation) == []
    invite_all(organisation)
    assert mails(organisation) == [("surveys.invitation", "anna@voorbeeld.example", "sent", "")]
    assert rows(Invitation, organisation, "invited_at") == [OPENING]


def test_invitation_has_personal_link_sender_and_headers(organisation, employee):
    make_started(organisation)
    invite_all(organisation)
    [message] = django_mail.outbox
    link = f"http://testserver{path_of_the_only_invitation(organisation)}"
    assert message.to == ["anna@voorbeeld.example"]
    assert message.from_email == '"Voorbeeld Personeelszaken (Voorbeeld Fietsfabriek)" <wpm@platform.example>'
    assert message.reply_to == ["hr@voorbeeld.example"]
    assert message.extra_headers["List-Unsubscribe"] == f"<{link}stop/>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["Message-ID"] == f"<{mails(organisation, 'code')[0]}@platform.example>"
    assert message.body.count(link) == 2  # the answer link and the stop link
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    assert html.count(f'href="{link}"') == 2  # the button and the address written out


def test_kept_copy_holds_no_link(organisation, employee):
    make_started(organisation)
    invite_all(organisation)
    [body] = mails(organisation, "body")
    assert path_of_the_only_invitation(organisation).split("/")[2] not in body
    assert body.count("http://testserver/r/…/") == 2


def test_second_tick_and_second_worker_send_nothing_more(organisation, employee):
    make_started(organisation)
    for _ in range(3):
        invite_all(organisation)
    assert len(django_mail.outbox) == 1
    assert len(mails(organisation)) == 1


@pytest.mark.parametrize(
    ("model", "fields", "reason"),
    [
        (Invitation, {"answered_at": OPENING}, "answered"),
        (Invitation, {"opted_out_at": OPENING}, "opted_out"),
        (Invitation, {"withdrawn_at": OPENING}, "withdrawn"),
        (Employee, {"left_at": OPENING}, "left"),
        (Employee, {"employed_until": datetime.date(2026, 3, 15)}, "left"),
        (Invitation, {"mail_stopped_at": OPENING}, "mail_stopped"),
        (Employee, {"is_on_leave": True}, "on_leave"),
        (Employee, {"is_on_leave": True, "leave_until": datetime.date(2026, 3, 16)}, "on_leave"),
        (Employee, {"email": ""}, "no_address"),
        (Campaign, {"state": "paused"}, "paused"),
        (Campaign, {"state": "closed"}, "closed"),
        (SurveyWeek, {"closes_at": OPENING + datetime.timedelta(seconds=1), "opens_at": FIRST}, "closed"),
        (MailStep, {"due_at": FIRST, "expires_at": OPENING}, "expired"),
        (MailStep, {"state": "undone"}, "undone"),
        (Organisation, {"yearly_mail_limit": 0}, "limit_reached"),
    ],
)
def test_planned_mail_is_withdrawn_when_things_have_changed(organisation, employee, model, fields, reason):
    make_started(organisation)
    advance(organisation, now=OPENING)
    change(model, organisation, **fields)
    send_all(organisation, now=OPENING + datetime.timedelta(seconds=1))
    assert mails(organisation, "state", "reason") == [("withdrawn", reason)]
    assert django_mail.outbox == []
    assert rows(Invitation, organisation, "invited_at") == [None]


@pytest.mark.parametrize(("kind", "reason"), [("hard_bounce", "bounced"), ("complaint", "complained")])
@pytest.mark.parametrize(
    "address", ["anna@voorbeeld.example", "ANNA@voorbeeld.example", "anna.nieuw@voorbeeld.example"]
)
def test_stopped_address_gets_nothing_also_when_it_is_new(organisation, employee, address, kind, reason):
    make_started(organisation)
    advance(organisation, now=OPENING)
    change(Employee, organisation, email=address)
    with organisation_scope(organisation):
        stop_address(organisation=organisation, address=address.lower(), kind=kind, now=OPENING)
    send_all(organisation, now=OPENING)
    assert mails(organisation, "state", "reason") == [("withdrawn", reason)]
    assert django_mail.outbox == []


def test_stop_that_was_lifted_stops_nothing(organisation, employee):
    make_started(organisation)
    with organisation_scope(organisation):
        stop_address(organisation=organisation, address=employee.email, kind="hard_bounce", now=OPENING)
        lift_stop(organisation=organisation, address=employee.email, now=OPENING)
    invite_all(organisation)
    assert mails(organisation, "state") == ["sent"]


@pytest.mark.parametrize(
    ("had", "counter", "state"),
    [(7, "2026", "sent"), (8, "2026", "withdrawn"), (8, "2025", "sent"), (8, "panel:x", "sent")],
)
def test_yearly_limit_counts_what_the_person_had_this_year(organisation, employee, had, counter, state):
    make_started(organisation)
    advance(organisation, now=OPENING)
    for number in range(had):
        for earlier in ("delivered", "withdrawn"):
            occasion = f"{earlier}:{number}"
            make_mail(organisation, addressee=employee.code, counter=counter, state=earlier, occasion=occasion)
    send_all(organisation, now=OPENING)
    reason = "" if state == "sent" else "limit_reached"
    assert rows(OutgoingMail, organisation, "state", "reason", occasion__startswith="invitation:") == [(state, reason)]


def test_who_opted_out_of_one_week_gets_no_mail_about_another(organisation, employee):
    campaign = make_started(organisation)
    advance(organisation, now=OPENING)
    week = make_week(campaign, monday=datetime.date(2026, 3, 2))
    make_invitation(week, employee, opted_out_at=OPENING)
    send_all(organisation, now=OPENING)
    assert mails(organisation, "state", "reason") == [("withdrawn", "opted_out")]


def test_last_day_of_employment_still_counts(organisation, employee):
    make_started(organisation)
    change(Employee, organisation, employed_until=datetime.date(2026, 3, 16))
    invite_all(organisation)
    assert mails(organisation, "state") == ["sent"]


def test_mail_goes_to_the_address_of_this_moment(organisation, employee):
    make_started(organisation)
    advance(organisation, now=OPENING)
    change(Employee, organisation, email="anna.nieuw@voorbeeld.example")
    send_all(organisation, now=OPENING)
    assert mails(organisation, "recipient", "state") == [("anna.nieuw@voorbeeld.example", "sent")]
    assert django_mail.outbox[0].to == ["anna.nieuw@voorbeeld.example"]


def test_mail_speaks_the_language_of_the_employee(organisation):
    make_employee(organisation, language="en")
    make_employee(organisation, language="fy")  # no Frisian text: Dutch
    make_started(organisation)
    invite_all(organisation)
    english, fallback = django_mail.outbox
    assert "9–15 March 2026" in english.body
    assert "9–15 maart 2026" in fallback.body


def test_nothing_leaves_at_night(organisation, employee):
    make_started(organisation)
    night = local("2026-03-16", "22:15")
    invite_all(organisation, now=night)
    assert mails(organisation, "state", "due_at") == [("queued", local("2026-03-17", "07:00"))]
    send_all(organisation, now=local("2026-03-17", "06:59"))
    assert django_mail.outbox == []
    send_all(organisation, now=local("2026-03-17", "07:00"))
    assert mails(organisation, "state") == ["sent"]


def test_mail_that_was_due_by_day_waits_out_the_night(organisation, employee):
    make_started(organisation)
    advance(organisation, now=local("2026-03-16", "19:59"))
    send_all(organisation, now=local("2026-03-16", "20:00"))
    assert mails(organisation, "state", "due_at", "attempts") == [("queued", local("2026-03-17", "07:00"), 0)]


def test_paused_campaign_sends_nothing_until_it_is_resumed(organisation, employee):
    campaign = make_started(organisation)
    advance(organisation, now=OPENING)
    with organisation_scope(organisation):
        pause_campaign(organisation=organisation, actor=None, now=OPENING, campaign=campaign)
    invite_all(organisation)
    assert mails(organisation, "state", "reason") == [("withdrawn", "paused")]
    with organisation_scope(organisation):
        resume_campaign(organisation=organisation, actor=None, now=OPENING, campaign=campaign)
    invite_all(organisation)
    assert mails(organisation, "state", "reason") == [("sent", "")]
    assert len(django_mail.outbox) == 1


def test_closing_withdraws_what_waits(organisation, employee):
    campaign = make_started(organisation)
    advance(organisation, now=OPENING)
    with organisation_scope(organisation):
        close_campaign(organisation=organisation, actor=None, now=OPENING, campaign=campaign)
    invite_all(organisation)
    assert mails(organisation, "state", "reason") == [("withdrawn", "closed")]
    assert django_mail.outbox == []


def test_campaign_closed_between_claim_and_delivery_sends_nothing(organisation, employee):
    """The mail is planned after the closing withdrew what waited: the look before sending stops it."""
    campaign = make_started(organisation)
    advance(organisation, now=OPENING)
    change(type(campaign), organisation, state="closed", closed_at=OPENING)
    send_all(organisation, now=OPENING)
    assert mails(organisation, "state", "reason") == [("withdrawn", "closed")]


def test_interrupted_invitation_goes_again_with_the_same_message_id(organisation, employee):
    make_started(organisation)
    advance(organisation, now=OPENING)
    change(OutgoingMail, organisation, state="inflight", claimed_at=OPENING, message_id="<stable@platform.example>")
    later = OPENING + datetime.timedelta(minutes=11)
    invite_all(organisation, now=later)
    assert mails(organisation, "state", "message_id") == [("sent", "<stable@platform.example>")]


def test_interrupted_reminder_is_never_sent_again(organisation, employee):
    make_started(organisation)
    invite_all(organisation)
    first = local("2026-03-18")
    advance(organisation, now=first)
    with as_owner(organisation):
        OutgoingMail.objects.filter(kind="surveys.reminder").update(state="inflight", claimed_at=first)
    invite_all(organisation, now=first + datetime.timedelta(minutes=11))
    assert mails(organisation, "kind", "state") == [("surveys.invitation", "sent"), ("surveys.reminder", "unknown")]
    assert len(django_mail.outbox) == 1


def test_mail_without_a_text_is_withdrawn(organisation, employee):
    campaign = make_started(organisation)
    advance(organisation, now=OPENING)
    with as_owner(organisation):
        campaign.texts.all().delete()
    send_all(organisation, now=OPENING)
    assert mails(organisation, "state", "reason") == [("withdrawn", "text_missing")]


def test_other_organisation_keeps_its_mail(organisation, employee):
    other = make_organisation()
    make_employee(other)
    make_started(organisation)
    make_started(other)
    advance(organisation, now=OPENING)
    advance(other, now=OPENING)
    assert send_next_mail(organisation_id=other.pk, now=OPENING) is True
    assert send_next_mail(organisation_id=other.pk, now=OPENING) is False
    assert mails(organisation, "state") == ["queued"]
    assert mails(other, "state") == ["sent"]
