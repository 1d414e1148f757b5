"""HR finds whom no mail reaches, and acts: on a phone and on a desktop."""

import datetime

import pytest
from django.urls import reverse

from surveys.models import Campaign, Employee
from tests.factories import (
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_member,
    make_organisation,
    make_site,
    make_week,
)
from tests.mailing.outbox_rows import make_mail
from wpm_platform import clock
from wpm_platform.mailing.enums import EventSource, MailEventKind, MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.events import record_mail_event
from wpm_platform.scoping import organisation_scope

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def organisation():
    return make_organisation(name="Voorbeeld Fietsfabriek", slug="voorbeeld", stores_names=True)


@pytest.fixture
def week(organisation):
    campaign = make_campaign(organisation, name="Reisweek 2026", started_at=clock.now() - 26 * HOUR)
    return make_week(campaign, opens_at=clock.now() - 25 * HOUR, monday=datetime.date(2026, 3, 9))


def invited(week, name, *, site, **fields):
    email = f"{name.split()[0].lower()}.{name.split()[-1].lower()}@voorbeeld-fietsfabriek.example"
    person = make_employee(
        week.organisation, name=name, email=fields.pop("email", email), site=site, department="Montage"
    )
    return make_invitation(week, person, **{"invited_at": clock.now() - 25 * HOUR} | fields)


def mailed(invitation, *, kind="invitation", hours_ago=25, **fields):
    sent_at = clock.now() - hours_ago * HOUR
    values = {
        "kind": f"surveys.{kind}",
        "occasion": f"{kind}:{invitation.code}",
        "reference": invitation.code,
        "recipient": invitation.employee.email,
        "due_at": sent_at,
        "sent_at": sent_at,
        "claimed_at": sent_at,
    }
    return make_mail(invitation.organisation, **values | fields)


def reported(mail, kind, *, detail="", minutes=3):
    with organisation_scope(mail.organisation_id):
        record_mail_event(
            mail=mail,
            kind=kind,
            source=EventSource.MAILBOX,
            happened_at=mail.sent_at + datetime.timedelta(minutes=minutes),
            event_key=f"{mail.code}:{kind}",
            detail=detail,
            now=clock.now(),
        )


@pytest.fixture
def people(week, organisation):
    utrecht, venlo = make_site(organisation, name="Utrecht"), make_site(organisation, name="Venlo")
    bounced = invited(week, "Anna de Wit", site=utrecht)
    reported(mailed(bounced), MailEventKind.HARD_BOUNCE, detail="550 5.1.1 … Recipient address rejected: User unknown")
    blocked = invited(week, "Bram Jansen", site=utrecht)
    reported(mailed(blocked), MailEventKind.BLOCKED, detail="554 5.7.1 Message rejected due to content restrictions")
    unwanted = invited(week, "Chris van Dam", site=venlo)
    reported(mailed(unwanted), MailEventKind.COMPLAINT)
    gone = invited(week, "Dewi Visser", site=venlo)
    reported(mailed(gone), MailEventKind.AUTO_REPLY, detail="left")
    invited(week, "Emre Yilmaz", site=venlo, email="")
    for name, reason in (("Gijs Vermeulen", "limit_reached"), ("Hanna Kowalska", "on_leave")):
        held_back = invited(week, name, site=utrecht, invited_at=None)
        mailed(held_back, state=MailState.WITHDRAWN, sent_at=None, reason=reason)
    started = invited(week, "Fatima El Amrani", site=utrecht, started_at=clock.now() - 20 * HOUR)
    mailed(started, kind="announcement", hours_ago=72)
    reported(mailed(started), MailEventKind.DELIVERED)
    mailed(started, kind="reminder", occasion=f"reminder-1:{started.code}", hours_ago=2)
    mailed(
        started,
        kind="reminder",
        occasion=f"reminder-2:{started.code}",
        state=MailState.QUEUED,
        sent_at=None,
        claimed_at=None,
        attempts=0,
        due_at=clock.now() + 30 * HOUR,
    )
    return {"bounced": bounced, "started": started}


def test_hr_corrects_an_address_skips_and_undoes(desktop, phone, log_in, check_axe, shot, organisation, week, people):
    user = make_member(organisation)
    work_list = reverse("campaign_work_list", kwargs={"slug": organisation.slug, "code": week.campaign.code})
    for page, screen in ((desktop, "desktop"), (phone, "phone")):
        log_in(page, user)
        assert page.goto(work_list).status == 200
        check_axe(page)
        shot(page, f"work-list-{screen}")
    page = phone
    page.get_by_role("link", name="Adres verbeteren Anna de Wit").click()
    check_axe(page)
    shot(page, "work-address-phone")
    page.get_by_role("button", name="Bewaren en uitnodigen").click()
    check_axe(page)
    assert page.get_by_text("Dit is het adres dat we al hebben.").first.is_visible()
    page.get_by_label("Werk-e-mail").fill("anna.dewit@voorbeeld-fietsfabriek.example")
    page.get_by_role("button", name="Bewaren en uitnodigen").click()
    assert page.get_by_text("De uitnodiging gaat naar het nieuwe adres.").is_visible()
    assert page.get_by_role("link", name="Anna de Wit").count() == 0
    page.get_by_role("button", name="Overslaan Fatima El Amrani").click()
    assert page.get_by_role("link", name="Fatima El Amrani").count() == 0
    page.get_by_label("Toon").select_option("skipped")
    page.get_by_role("button", name="Zoeken").click()
    check_axe(page)
    shot(page, "work-list-skipped-phone")
    page.get_by_role("button", name="Ongedaan maken Fatima El Amrani").click()
    assert page.get_by_text("krijgt de mail van deze campagne weer").is_visible()
    page.goto(f"{work_list}?q=niemand")
    check_axe(page)
    shot(page, "work-list-empty-phone")
    with as_owner(organisation):
        waiting = OutgoingMail.objects.get(occasion__startswith="resent")
        assert Employee.objects.get(name="Anna de Wit").email == "anna.dewit@voorbeeld-fietsfabriek.example"
    assert waiting.recipient == "anna.dewit@voorbeeld-fietsfabriek.example"


def test_hr_reads_a_persons_history_and_stops_the_mail(
    desktop, phone, log_in, check_axe, shot, organisation, week, people
):
    user = make_member(organisation)
    for page, screen in ((desktop, "desktop"), (phone, "phone")):
        log_in(page, user)
        for name, invitation in people.items():
            page.goto(reverse("staff_person", kwargs={"slug": organisation.slug, "code": invitation.employee.code}))
            check_axe(page)
            shot(page, f"person-mail-{name}-{screen}")
    page.goto(reverse("staff_person", kwargs={"slug": organisation.slug, "code": people["started"].employee.code}))
    page.get_by_role("button", name="Uitnodiging opnieuw sturen").click()
    assert page.get_by_text("De uitnodiging gaat binnen een minuut opnieuw weg").is_visible()
    page.get_by_role("button", name="Mail naar deze persoon stoppen").click()
    check_axe(page)
    shot(page, "person-mail-stopped-phone")
    page.get_by_role("button", name="Mail weer toestaan").click()
    assert page.get_by_text("Deze persoon krijgt weer mail.").is_visible()


@pytest.mark.parametrize("reason", ["bounces", "opt_outs"])
def test_a_campaign_that_paused_itself(desktop, phone, log_in, check_axe, shot, organisation, week, people, reason):
    user = make_member(organisation)
    with as_owner(organisation):
        Campaign.objects.update(state="paused", pause_reason=reason)
    pages = {
        "campaign": reverse("campaign", kwargs={"slug": organisation.slug, "code": week.campaign.code}),
        "start": reverse("console_start", kwargs={"slug": organisation.slug}) + "?year=2026",
    }
    for page, screen in ((desktop, "desktop"), (phone, "phone")):
        log_in(page, user)
        for name, address in pages.items():
            assert page.goto(address).status == 200
            check_axe(page)
            shot(page, f"paused-{reason}-{name}-{screen}")
