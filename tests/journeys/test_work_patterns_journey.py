"""HR makes a roster, gives it to a group, takes it back and gives it to one person; a survey keeps its days."""

import datetime

import pytest
from django.urls import reverse

from surveys.models import WorkPattern
from tests.factories import as_owner, make_employee, make_member, make_organisation, make_site
from tests.surveys.campaigns import make_started
from tests.surveys.work_patterns import NIGHTS, WEEKDAYS, make_work_pattern, patterns_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def organisation():
    organisation = make_organisation(stores_names=True)
    venlo, utrecht = make_site(organisation, name="Venlo"), make_site(organisation, name="Utrecht")
    for number in range(1, 15):
        is_warehouse = number % 3
        make_employee(
            organisation,
            staff_number=f"{number:04}",
            name=f"Medewerker {number}",
            email=f"m{number:04}@voorbeeld-fietsfabriek.example",
            site=venlo if number % 2 else utrecht,
            department="Magazijn" if is_warehouse else "Kantoor",
            function="Orderpicker" if is_warehouse else "Planner",
        )
    return organisation


@pytest.mark.parametrize("screen", ["desktop", "phone"])
def test_roster_from_the_grid_to_the_group_and_back(request, log_in, check_axe, shot, screen, organisation):
    page = request.getfixturevalue(screen)
    log_in(page, make_member(organisation))

    def look(name):
        check_axe(page)
        shot(page, f"rosters/{name}-{screen}")

    page.goto(reverse("staff_patterns", kwargs={"slug": organisation.slug}))
    look("empty")
    page.click("main .empty a.btn-primary")
    look("new")
    page.click("main form button.btn-primary")
    page.wait_for_selector(".error-summary")
    look("mistake")
    page.fill("#id_name", "Ploeg A (vroeg en laat)")
    page.fill("#id_starts_on", "2026-11-18")
    for day in range(5):
        page.fill(f"#id_at_0_{day}", "06:00")
    page.click("button[name=add_week]")
    for day in range(5):
        page.fill(f"#id_at_1_{day}", "14:30")
    page.uncheck("#id_works_1_0")
    page.fill("#id_at_1_0", "")
    page.click("button[name=preview]")
    page.wait_for_selector("#coming")
    look("preview")
    page.click("main form button.btn-primary")
    page.wait_for_selector(".roster-list")
    with as_owner(organisation):
        [pattern] = WorkPattern.objects.all()
    assert (pattern.starts_on, pattern.weeks[0][0], pattern.weeks[1][:2]) == (
        datetime.date(2026, 11, 16),
        "06:00",
        [None, "14:30"],
    )
    make_work_pattern(organisation, NIGHTS, name="Nachtdienst")
    make_work_pattern(organisation, WEEKDAYS, name="Kantoor")

    page.goto(reverse("staff_list", kwargs={"slug": organisation.slug}))
    page.select_option("#filter_function", "Orderpicker")
    page.click("main form button[type=submit]")
    look("staff-list")
    page.click("main a:has-text('een werkpatroon')")
    look("group")
    page.select_option("#give", label="Ploeg A (vroeg en laat)")
    page.click("main form button[type=submit]")
    page.wait_for_selector("#preview")
    look("group-preview")
    page.click("#preview ~ form button")
    page.wait_for_selector(".roster-changes")
    look("given")
    assert sum(name.startswith("Ploeg A") for name in patterns_of(organisation).values()) == 10
    page.click(".roster-list h3 a:has-text('Ploeg A')")
    page.wait_for_selector(".note-info")
    look("in-use")
    page.go_back()
    page.click(".roster-changes button")
    page.wait_for_selector(".note-success")
    look("undone")
    assert set(patterns_of(organisation).values()) == {""}

    page.goto(reverse("staff_list", kwargs={"slug": organisation.slug}))
    page.click("table a.figures >> nth=0")
    page.select_option("#id_pattern", label="Nachtdienst")
    page.click("form.roster-choose button")
    page.wait_for_selector(".note-success")
    make_started(organisation)
    page.reload()
    look("person")
    assert "Gevraagd naar maandag, dinsdag, woensdag, donderdag, zondag" in page.inner_text("main")


def test_grid_works_on_the_smallest_phone_and_without_javascript(browser, live_server, log_in, check_axe, organisation):
    context = browser.new_context(
        base_url=str(live_server), viewport={"width": 320, "height": 568}, locale="nl-NL", java_script_enabled=False
    )
    page = context.new_page()
    log_in(page, make_member(organisation))
    page.goto(reverse("staff_pattern_new", kwargs={"slug": organisation.slug}))
    page.fill("#id_name", "Weekend")
    for day in range(5):
        page.uncheck(f"#id_works_0_{day}")
    for day in (5, 6):
        page.check(f"#id_works_0_{day}")
    page.click("button[name=add_week]")
    page.click("button[name=remove_week]")
    assert page.input_value("#id_name") == "Weekend"
    page.click("main form button.btn-primary")
    page.wait_for_selector(".roster-list")
    with as_owner(organisation):
        assert WorkPattern.objects.get().weeks == [[None] * 5 + ["", ""]]
    context.close()


def test_nothing_is_wider_than_a_small_phone(small_phone, log_in, check_axe, organisation):
    pattern = make_work_pattern(organisation, *[NIGHTS] * 8, name="Wisseldienst met een heel lange naam " * 2)
    log_in(small_phone, make_member(organisation))
    for route, arguments in (
        ("staff_patterns", {}),
        ("staff_pattern", {"code": pattern.code}),
        ("staff_pattern_group", {}),
    ):
        address = reverse(route, kwargs={"slug": organisation.slug, **arguments})
        small_phone.goto(address + (f"?give={pattern.code}" if route == "staff_pattern_group" else ""))
        check_axe(small_phone)
