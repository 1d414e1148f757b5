"""HR looks at the mail plan, moves mails, reads a list before it leaves and takes it back; in a real browser."""

import datetime

import pytest
import time_machine as machine
from django.urls import reverse

from surveys.models import Employee, Invitation, MailBatch
from tests.factories import as_owner, make_employee, make_legal_entity, make_member, make_organisation, make_site
from tests.surveys.campaigns import advance, local, make_draft, make_started, plan_step, rows, send_all

pytestmark = pytest.mark.browser
OPENING, REMINDING = local("2026-03-16"), local("2026-03-18")
NINE_MINUTES, TEN_MINUTES = datetime.timedelta(minutes=9), datetime.timedelta(minutes=10)


@pytest.fixture
def organisation(settings):
    settings.MAIL_UNDO_MINUTES = 10
    organisation = make_organisation(
        name="Voorbeeld Fietsfabriek",
        contact_name="Voorbeeld Personeelszaken",
        contact_email="hr@voorbeeld.example",
        stores_names=True,
    )
    make_legal_entity(organisation)
    sites = [make_site(organisation, name=name) for name in ("Utrecht", "Venlo")]
    for number in range(60):
        make_employee(
            organisation,
            staff_number=f"{10_000 + number}",
            name=f"Medewerker {number + 1}",
            email=f"medewerker{number}@voorbeeld.example",
            site=sites[number % 2],
            language="en" if number % 9 == 0 else "nl",
        )
    return organisation


@pytest.fixture
def invited(organisation):
    """The invitation has left; some have answered, some are away. The first reminder's list is ready."""
    campaign = make_started(organisation)
    with machine.travel(OPENING, tick=True):
        advance(organisation, now=OPENING - TEN_MINUTES)
        advance(organisation, now=OPENING)
        send_all(organisation, now=OPENING)
    with as_owner(organisation):
        asked = list(Invitation.objects.filter(organisation=organisation).order_by("employee__staff_number"))
        Invitation.objects.filter(pk__in=[row.pk for row in asked[:18]]).update(answered_at=OPENING)
        Employee.objects.filter(pk__in=[row.employee_id for row in asked[20:25]]).update(is_on_leave=True)
        Employee.objects.filter(pk=asked[30].employee_id).update(email="")
        Invitation.objects.filter(pk__in=[row.pk for row in asked[40:42]]).update(opted_out_at=OPENING)
    advance(organisation, now=REMINDING - TEN_MINUTES)
    return campaign


def address(organisation, name, **kwargs):
    return reverse(name, kwargs={"slug": organisation.slug, **kwargs})


def step_address(organisation, campaign, kind, number=0):
    step = plan_step(organisation, kind, number=number, campaign=campaign)
    return address(organisation, "campaign_mail_step", code=campaign.code, step=step.code)


def test_hr_reads_a_list_and_takes_it_back(desktop, phone, log_in, check_axe, shot, organisation, invited):
    [batch] = rows(MailBatch, organisation, step__kind="reminder")
    page_of_list = address(organisation, "campaign_mail_batch", code=invited.code, batch=batch.code)
    with machine.travel(REMINDING - NINE_MINUTES, tick=True):
        for page in (desktop, phone):
            log_in(page, make_member(organisation))
        pages = {
            "mail-waits-start": address(organisation, "console_start") + "?year=2025",
            "mail-waits-campaign": address(organisation, "campaign", code=invited.code),
            "mail-plan-running": address(organisation, "campaign_mail_plan", code=invited.code),
            "mail-batch-waiting": page_of_list,
        }
        look(pages, desktop=desktop, phone=phone, check_axe=check_axe, shot=shot)

        assert "34 mensen krijgen deze mail" in desktop.locator(".people-words").inner_text()
        assert "09:00" in desktop.locator("#batch-state").inner_text()
        phone.get_by_role("link", name="18 hebben al geantwoord").click()
        phone.wait_for_url("**show=answered**")
        assert phone.locator(".batch-people tbody tr").count() == 18
        desktop.fill("[name=q]", "10005")
        desktop.keyboard.press("Enter")
        desktop.wait_for_url("**q=10005**")
        assert desktop.locator(".batch-people tbody tr").count() == 1
        look({"mail-batch-search": desktop.url}, desktop=desktop, phone=phone, check_axe=check_axe, shot=shot)

        # Undone with the keyboard alone.
        desktop.goto(page_of_list)
        desktop.locator("#undo").focus()
        desktop.keyboard.press("Enter")
        desktop.get_by_role("link", name="Ander moment kiezen").wait_for()
        look({"mail-batch-undone": page_of_list}, desktop=desktop, phone=phone, check_axe=check_axe, shot=shot)
        desktop.get_by_role("link", name="Ander moment kiezen").click()
        desktop.fill("[name=due_on]", "2026-03-19")
        desktop.fill("[name=due_time]", "22:00")
        desktop.get_by_role("button", name="Deze mail verzetten").click()
        assert desktop.locator(".error-summary li").count() == 1
        assert desktop.input_value("[name=due_on]") == "2026-03-19"
        check_axe(desktop)
        shot(desktop, "mail-step-error-desktop")
        desktop.fill("[name=due_time]", "10:30")
        desktop.get_by_role("button", name="Deze mail verzetten").click()
        desktop.wait_for_url("**/mail-plan/")
    assert plan_step(organisation, "reminder", number=1).due_at == local("2026-03-19", "10:30")


def test_the_countdown_goes_on_by_itself(desktop, log_in, organisation, invited):
    [batch] = rows(MailBatch, organisation, step__kind="reminder")
    with machine.travel(REMINDING - datetime.timedelta(seconds=61), tick=False) as clock:
        log_in(desktop, make_member(organisation))
        desktop.goto(address(organisation, "campaign_mail_batch", code=invited.code, batch=batch.code))
        assert "Nog 2 minuten" in desktop.locator("#batch-state").inner_text()
        clock.move_to(REMINDING)
        ask_again(desktop)
        assert desktop.locator("#undo").count() == 0
        assert desktop.locator("#batch-state").count() == 1


def test_hr_changes_the_plan(desktop, phone, log_in, check_axe, shot, organisation):
    draft = make_draft(organisation, mondays=(datetime.date(2026, 4, 20),))
    with machine.travel(local("2026-04-15"), tick=True):
        for page in (desktop, phone):
            log_in(page, make_member(organisation))
        pages = {
            "mail-plan-draft": address(organisation, "campaign_mail_plan", code=draft.code),
            "mail-step": step_address(organisation, draft, "reminder", 2),
            "mail-start": address(organisation, "campaign_start", code=draft.code),
            "mail-draft": address(organisation, "campaign", code=draft.code),
        }
        look(pages, desktop=desktop, phone=phone, check_axe=check_axe, shot=shot)
        phone.goto(pages["mail-step"])
        phone.get_by_role("button", name="Weglaten").click()
        phone.wait_for_url("**/mail-plan/")
        assert phone.locator(".plan-line.plan-skipped").count() == 1
        phone.get_by_role("button", name="Terugzetten").click()
        assert phone.locator(".plan-line.plan-skipped").count() == 0
        with as_owner(organisation):
            organisation.yearly_mail_limit = 4
            organisation.save()
        look({"mail-start-too-many": pages["mail-start"]}, desktop=desktop, phone=phone, check_axe=check_axe, shot=shot)
        desktop.locator("main form button[type=submit]").click()
        desktop.wait_for_url("**/mail-plan/")
        look({"mail-plan-too-many": desktop.url}, desktop=desktop, phone=phone, check_axe=check_axe, shot=shot)


def test_hr_gives_people_longer(desktop, phone, log_in, check_axe, shot, organisation, invited):
    with machine.travel(REMINDING + TEN_MINUTES, tick=True):
        advance(organisation, now=REMINDING + TEN_MINUTES)
        for page in (desktop, phone):
            log_in(page, make_member(organisation))
        page = address(organisation, "campaign_mail_closing", code=invited.code, number=1)
        asked = f"{page}?closes_on=2026-03-24&closes_time=23%3A59"
        pages = {"mail-closing": page, "mail-closing-preview": asked}
        look(pages, desktop=desktop, phone=phone, check_axe=check_axe, shot=shot)
        desktop.get_by_role("button", name="Laatste dag veranderen").click()
        desktop.wait_for_url("**/mail-plan/")
        assert "dinsdag 24 maart, 23:59" in desktop.locator("main").inner_text()
        [batch] = rows(MailBatch, organisation, step__kind="reminder")
        sent = address(organisation, "campaign_mail_batch", code=invited.code, batch=batch.code)
        look({"mail-batch-sent": sent}, desktop=desktop, phone=phone, check_axe=check_axe, shot=shot)


def test_a_panel_has_a_long_calendar(desktop, phone, log_in, check_axe, shot, organisation):
    mondays = tuple(datetime.date(2026, 3, 9) + datetime.timedelta(weeks=number) for number in range(8))
    campaign = make_started(organisation, kind="weekly_panel", mondays=mondays)
    with machine.travel(local("2026-03-13"), tick=True):
        for page in (desktop, phone):
            log_in(page, make_member(organisation))
        panel = address(organisation, "campaign_mail_plan", code=campaign.code)
        look({"mail-plan-panel": panel}, desktop=desktop, phone=phone, check_axe=check_axe, shot=shot)


def look(pages, *, desktop, phone, check_axe, shot):
    """Open, check and photograph each page on both screens."""
    for name, path in pages.items():
        for page, screen in ((desktop, "desktop"), (phone, "phone")):
            assert page.goto(path).status == 200
            page.wait_for_load_state("networkidle")
            check_axe(page)
            shot(page, f"{name}-{screen}")


def ask_again(page):
    """What htmx does every twenty seconds, at once."""
    with page.expect_response("**/mail-batches/**"):
        page.evaluate(
            "htmx.ajax('GET', location.pathname, {target: '#batch-state', select: '#batch-state', swap: 'outerHTML'})"
        )
    page.wait_for_function("!document.querySelector('#undo')")
