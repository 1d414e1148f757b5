"""HR makes a campaign, reads the mails, starts it, and sees the response come in; in a real browser."""

import datetime
import re

import pytest
from django.core import mail as django_mail
from django.urls import reverse

from surveys.domain.calendar import moment_of
from surveys.models import Campaign, Employee, Invitation, PopulationMember, WorkPattern
from surveys.tasks.campaigns import advance_campaigns, send_due_mails
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
from wpm_platform import clock

pytestmark = pytest.mark.browser


@pytest.fixture
def organisation():
    """Two large sites and a small one; four people who are not asked."""
    organisation = make_organisation(
        name="Voorbeeld Fietsfabriek", contact_name="Voorbeeld Personeelszaken", contact_email="hr@voorbeeld.example"
    )
    sites = {name: make_site(organisation, name=name) for name in ("Utrecht", "Venlo", "Goes")}
    for number in range(24):
        make_employee(organisation, site=sites["Utrecht"], department="Montage" if number % 2 else "Verkoop")
    for _ in range(12):
        make_employee(organisation, site=sites["Venlo"], department="Magazijn")
    for _ in range(3):
        make_employee(organisation, site=sites["Goes"], department="Directie")
    for fields in ({"is_on_leave": True}, {"is_on_leave": True}, {"email": ""}, {"contract_kind": "on_call"}):
        make_employee(organisation, site=sites["Utrecht"], **fields)
    return organisation


def answer_some(organisation, *, every: int) -> None:
    """Some people have answered, which HR's pages may know."""
    with as_owner(organisation):
        for invitation in Invitation.objects.filter(organisation=organisation).order_by("pk")[::every]:
            Invitation.objects.filter(pk=invitation.pk).update(answered_at=clock.now())


def work_every_day(organisation) -> None:
    with as_owner(organisation):
        pattern = WorkPattern.objects.create(
            organisation=organisation, name="Elke dag", starts_on=datetime.date(2026, 3, 9), weeks=[[""] * 7]
        )
        Employee.objects.filter(organisation=organisation).update(work_pattern=pattern)


def open_week_now(organisation) -> None:
    """Move the opening to a moment ago, as if days had passed."""
    with as_owner(organisation):
        week = Campaign.objects.get(organisation=organisation).weeks.get()
        week.opens_at = clock.now() - datetime.timedelta(minutes=1)
        week.closes_at = clock.now() + datetime.timedelta(days=13)
        week.save()
        week.mail_steps.filter(kind="announcement").update(state="skipped")
        week.mail_steps.filter(kind="invitation").update(due_at=week.opens_at, expires_at=week.closes_at)


def test_hr_makes_and_starts_a_campaign(desktop, phone, live_server, log_in, check_axe, shot, organisation, settings):
    # Whatever time and day this test runs at: nobody waits for Monday.
    settings.MAIL_FROM_HOUR, settings.MAIL_UNTIL_HOUR = 0, 24
    work_every_day(organisation)
    user = make_member(organisation)
    for page in (desktop, phone):
        log_in(page, user)
    start = reverse("campaign_list", kwargs={"slug": organisation.slug})

    def both(name: str) -> None:
        """Check and photograph the page at hand, on both screens."""
        phone.goto(desktop.url)
        for page, screen in ((desktop, "desktop"), (phone, "phone")):
            check_axe(page)
            shot(page, f"{name}-{screen}")

    desktop.goto(start)
    both("campaign-list-empty")
    desktop.click("main .empty a.btn-primary")
    both("campaign-new")
    desktop.fill("[name=name]", "")
    desktop.click("main button[type=submit]")
    check_axe(desktop)
    shot(desktop, "campaign-new-errors-desktop")
    assert desktop.locator(".error-summary li").count() == 1
    desktop.fill("[name=name]", "Reisweek voorjaar")
    desktop.click("main button[type=submit]")
    assert desktop.locator("h1").inner_text() == "Reisweek voorjaar"
    both("campaign-draft")

    campaign_url = desktop.url
    desktop.goto(f"{campaign_url}texts/")
    both("campaign-texts")
    desktop.goto(f"{campaign_url}texts/nl/invitation/")
    both("campaign-text")
    desktop.fill("[name=body]", "Beste collega, klik op {lnk}")
    desktop.click("main form:first-of-type button[type=submit]")
    check_axe(desktop)
    shot(desktop, "campaign-text-errors-desktop")
    assert desktop.locator(".error-summary li").count() == 2  # an unknown field, and no link
    desktop.fill("[name=body]", "Beste collega,\n\nHoe reisde je in de week van {week}?\n\n{link}\n\n{sender}")
    desktop.click("main form:first-of-type button[type=submit]")
    desktop.click("form[action$='test-mail/'] button")
    send_due_mails(organisation_id=organisation.pk)
    assert [message.to for message in django_mail.outbox] == [[user.email]]

    desktop.goto(f"{campaign_url}start/")
    both("campaign-start")
    desktop.click("main form button[type=submit]")
    assert desktop.url == campaign_url
    open_week_now(organisation)
    advance_campaigns(organisation_id=organisation.pk)
    send_due_mails(organisation_id=organisation.pk)
    assert len(django_mail.outbox) == 1 + 39
    answer_some(organisation, every=2)
    desktop.goto(campaign_url)
    assert re.sub(r"\s+", " ", desktop.locator(".figure-big").inner_text()) in ("20 of 39", "20 van 39")
    both("campaign-running")

    desktop.click("a[href$='/pause/']")
    both("campaign-pause")
    desktop.click("main form button[type=submit]")
    check_axe(desktop)
    shot(desktop, "campaign-paused-desktop")
    desktop.click("a[href$='/close/']")
    check_axe(desktop)
    desktop.click("main form button[type=submit]")
    both("campaign-closed")
    desktop.goto(start)
    both("campaign-list")


def test_panel_and_lists_of_people(small_phone, desktop, log_in, check_axe, shot, organisation, settings):
    settings.MAIL_FROM_HOUR, settings.MAIL_UNTIL_HOUR = 0, 24
    user = make_member(organisation)
    for page in (desktop, small_phone):
        log_in(page, user)
    this_monday = clock.today() - datetime.timedelta(days=clock.today().weekday())
    campaign = make_campaign(organisation, kind="weekly_panel", name="Twaalf weken in het najaar")
    for number in range(-2, 3):
        monday = this_monday + datetime.timedelta(weeks=number)
        opens_at = moment_of(monday + datetime.timedelta(days=7), datetime.time(9))
        week = make_week(campaign, monday=monday, opens_at=opens_at, closes_at=opens_at + datetime.timedelta(days=6))
        with as_owner(organisation):
            employees = list(Employee.objects.filter(organisation=organisation).order_by("pk")[:30])
        for employee in employees:
            make_invitation(week, employee)
    with as_owner(organisation):
        away = Employee.objects.filter(organisation=organisation, is_on_leave=True)
        for employee in away:
            PopulationMember.objects.create(
                organisation=organisation,
                campaign=campaign,
                employee=employee,
                legal_entity=employee.legal_entity,
                site=employee.site,
                is_invited=False,
                exclusion_reason="on_leave",
            )
    answer_some(organisation, every=3)
    page_of = {"slug": organisation.slug, "code": campaign.code}
    pages = {
        "campaign-panel": reverse("campaign", kwargs=page_of),
        "campaign-not-invited": reverse("campaign_not_invited", kwargs=page_of | {"reason": "on_leave"}),
        "campaign-work-list": reverse("campaign_work_list", kwargs=page_of),
    }
    for name, address in pages.items():
        for page, screen in ((desktop, "desktop"), (small_phone, "small-phone")):
            assert page.goto(address).status == 200
            check_axe(page)
            shot(page, f"{name}-{screen}")
