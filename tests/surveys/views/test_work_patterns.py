"""HR's pages for work patterns: the grid, the group, the person; without JavaScript."""

import datetime
import re

import pytest
from django.urls import reverse

from surveys.models import Employee, PatternChange, WorkPattern
from tests.factories import as_owner, make_employee, make_member, make_organisation, make_site
from tests.surveys.campaigns import make_started, rows
from tests.surveys.work_patterns import EARLY, LATE, make_work_pattern, patterns_of
from wpm_platform import clock
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    organisation = make_organisation()
    utrecht, venlo = make_site(organisation, name="Utrecht"), make_site(organisation, name="Venlo")
    make_employee(organisation, staff_number="1", site=utrecht, department="Magazijn", function="Orderpicker")
    make_employee(organisation, staff_number="2", site=utrecht, department="Magazijn", function="Chef")
    make_employee(organisation, staff_number="3", site=venlo, department="Kantoor", function="Orderpicker")
    return organisation


@pytest.fixture
def hr(client, organisation):
    client.force_login(make_member(organisation))
    client.cookies["django_language"] = "en"
    return client


def address(organisation, route, **kwargs):
    return reverse(route, kwargs={"slug": organisation.slug, **kwargs})


def grid(*weeks, name="Ploeg A", starts_on="2026-03-09", **more):
    """A filled-in grid. A day: None for off, "" for worked, or a time."""
    values = {"name": name, "starts_on": starts_on, "weeks": str(len(weeks))}
    for week, days in enumerate(weeks):
        for day, shift in enumerate(days):
            values |= {f"works_{week}_{day}": "on"} if shift is not None else {}
            values |= {f"at_{week}_{day}": shift} if shift else {}
    return values | more


def stored(organisation):
    return rows(WorkPattern, organisation, "name", "starts_on", "weeks")


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode().replace("<wbr>", "")).split())


def make_by_form(hr, organisation, values):
    return hr.post(address(organisation, "staff_pattern_new"), values)


def test_pattern_of_two_weeks_is_made_and_listed(hr, organisation):
    assert make_by_form(hr, organisation, grid(EARLY, LATE)).status_code == 302
    assert stored(organisation) == [("Ploeg A", datetime.date(2026, 3, 9), [list(EARLY), list(LATE)])]
    page = text(hr.get(address(organisation, "staff_patterns")))
    assert "Saved: Ploeg A." in page
    assert "06:00" in page
    assert "Nobody yet" in page


def test_another_day_than_monday_is_rounded_and_said(hr, organisation):
    make_by_form(hr, organisation, grid(EARLY, LATE, starts_on="2026-03-12"))
    assert stored(organisation)[0][1] == datetime.date(2026, 3, 9)
    assert "A cycle begins on a Monday: we took 9 March 2026." in text(hr.get(address(organisation, "staff_patterns")))


def test_new_grid_has_monday_to_friday(hr, organisation):
    page = hr.get(address(organisation, "staff_pattern_new")).content.decode()
    assert re.findall(r'name="works_0_(\d)"[^>]* checked', page) == ["0", "1", "2", "3", "4"]


def test_week_is_added_like_the_last_and_removed_again(hr, organisation):
    page = make_by_form(hr, organisation, grid(EARLY, LATE, add_week="1"))
    assert page.status_code == 200
    content = page.content.decode()
    assert 'name="weeks" value="3"' in content
    assert re.findall(r'name="at_2_(\d)" value="([\d:]+)"', content) == [(str(day), "14:00") for day in (1, 2, 3, 4)]
    assert re.findall(r'name="works_2_(\d)"[^>]* checked', content) == ["1", "2", "3", "4"]
    content = make_by_form(hr, organisation, grid(EARLY, LATE, remove_week="1")).content.decode()
    assert 'name="weeks" value="1"' in content
    assert "at_1_0" not in content
    assert stored(organisation) == []


@pytest.mark.parametrize(("weeks", "shown"), [("8", "8"), ("9", "8"), ("99", "8"), ("-1", "1"), ("x", "1"), ("²", "1")])
def test_number_of_weeks_stays_within_bounds(hr, organisation, weeks, shown):
    content = make_by_form(hr, organisation, grid(EARLY) | {"weeks": weeks, "add_week": "1"}).content.decode()
    assert f'name="weeks" value="{shown if shown == "8" else "2"}"' in content


def test_preview_shows_the_coming_two_weeks_and_keeps_nothing(hr, organisation):
    page = make_by_form(hr, organisation, grid(EARLY, LATE, starts_on="2026-03-11", preview="1"))
    assert "The coming two weeks" in text(page)
    assert "Not saved yet. A cycle begins on a Monday: we take 9 March 2026." in text(page)
    assert stored(organisation) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": " "}, "This field is required"),
        ({"name": "ma di"}, "reads as fixed days"),
        ({"name": "vroege DIENST"}, "with this name already"),
        ({"starts_on": "31-02-2026"}, "Enter a valid date"),
        ({"at_0_6": "06:00"}, "the day is off"),
        ({"at_0_0": "6 uur"}, "Enter a valid time"),
        ({f"works_0_{day}": "" for day in range(5)} | {f"at_0_{day}": "" for day in range(5)}, "one at least"),
    ],
)
def test_mistake_is_named_and_the_rest_stays(hr, organisation, change, problem):
    make_work_pattern(organisation)
    page = make_by_form(hr, organisation, grid(EARLY) | change)
    assert (page.status_code, problem in text(page)) == (422, True)
    assert len(stored(organisation)) == 1


def seen(page):
    return re.search(r'name="seen" value="(\w+)"', page.content.decode()).group(1)


def test_pattern_is_changed_once_and_not_over_another_change(hr, organisation):
    pattern = make_work_pattern(organisation)
    url = address(organisation, "staff_pattern", code=pattern.code)
    version = seen(hr.get(url))
    assert hr.post(url, grid(LATE, name="Late dienst", seen=version)).status_code == 302
    page = hr.post(url, grid(EARLY, seen=version))
    assert (page.status_code, "Somebody changed this pattern meanwhile" in text(page)) == (422, True)
    assert stored(organisation)[0][0] == "Late dienst"
    assert hr.post(url, grid(EARLY)).status_code == 422


def test_pattern_in_use_is_not_deleted_and_says_why(hr, organisation):
    pattern = make_work_pattern(organisation)
    url = address(organisation, "staff_pattern", code=pattern.code)
    delete = address(organisation, "staff_pattern_delete", code=pattern.code)
    with as_owner(organisation):
        Employee.objects.filter(staff_number="1").update(work_pattern=pattern)
    assert "1 person works by this pattern" in text(hr.get(url))
    assert "Delete this pattern" not in text(hr.get(url))
    assert "1 person works by this pattern. Give them another" in text(hr.post(delete, follow=True))
    with as_owner(organisation):
        Employee.objects.update(work_pattern=None)
    assert "has been deleted" in text(hr.post(delete, follow=True))
    assert stored(organisation) == []
    assert hr.post(delete).status_code == 404


def group(organisation, query):
    return address(organisation, "staff_pattern_group") + query


def give(hr, organisation, query, pattern):
    """Through the preview, as a person would."""
    chosen = str(pattern.code) if pattern else ""
    page = hr.get(group(organisation, query) + f"&give={chosen}")
    return hr.post(group(organisation, query), {"give": chosen, "seen": seen(page)}, follow=True)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?department=Magazijn", ["1", "2"]),
        ("?function=Orderpicker", ["1", "3"]),
        ("?function=Orderpicker&department=Kantoor", ["3"]),
        ("?pattern=none", ["1", "2", "3"]),
        ("?q=magazijn", ["1", "2"]),
    ],
)
def test_filtered_group_gets_the_pattern(hr, organisation, query, expected):
    pattern = make_work_pattern(organisation)
    assert f"{len(expected)} " in text(give(hr, organisation, query, pattern))
    assert [number for number, name in patterns_of(organisation).items() if name] == expected


def test_preview_tells_what_changes_and_undo_brings_it_back(hr, organisation):
    early, late = make_work_pattern(organisation), make_work_pattern(organisation, LATE, name="Late dienst")
    give(hr, organisation, "?function=Orderpicker", late)
    page = text(hr.get(group(organisation, f"?department=Magazijn&give={early.code}")))
    assert "Department: Magazijn: 2 people" in page
    assert "This changes 2 people." in page
    assert "Late dienst (1)" in page
    assert "no pattern (1)" in page
    listed = give(hr, organisation, "?department=Magazijn", early)
    assert "2 people now work by “Vroege dienst”." in text(listed)
    [change] = rows(PatternChange, organisation, "code", name="Vroege dienst")
    undone = hr.post(address(organisation, "staff_pattern_undo", code=change), follow=True)
    assert "Undone for 2 people." in text(undone)
    assert patterns_of(organisation) == {"1": "Late dienst", "2": "", "3": "Late dienst"}
    again = hr.post(address(organisation, "staff_pattern_undo", code=change), follow=True)
    assert "has been undone already" in text(again)


def test_group_is_named_by_all_its_filters(hr, organisation):
    make_work_pattern(organisation)
    with as_owner(organisation):
        Employee.objects.filter(staff_number="2").update(email="")
    page = text(hr.get(group(organisation, "?show=without_email&function=Chef")))
    assert "Function: Chef · Show: Without an e-mail address: 1 person." in page
    assert "Everybody on the staff list: 3 people." in text(hr.get(group(organisation, "")))


def test_group_that_changed_since_the_preview_is_shown_anew(hr, organisation):
    pattern = make_work_pattern(organisation)
    version = seen(hr.get(group(organisation, f"?department=Magazijn&give={pattern.code}")))
    make_employee(organisation, staff_number="4", department="Magazijn")
    values = {"give": str(pattern.code), "seen": version}
    page = hr.post(group(organisation, "?department=Magazijn"), values)
    assert "The staff list changed meanwhile" in text(page)
    assert "This changes 3 people." in text(page)
    assert set(patterns_of(organisation).values()) == {""}
    values["seen"] = seen(page)
    assert hr.post(group(organisation, "?department=Magazijn"), values).status_code == 302
    assert patterns_of(organisation)["4"] == "Vroege dienst"


def test_list_is_filtered_by_pattern_and_counts_queries(hr, organisation, django_assert_max_num_queries):
    patterns = [make_work_pattern(organisation, name=f"Ploeg {number}") for number in range(12)]
    give(hr, organisation, "?department=Magazijn", patterns[0])
    page = hr.get(address(organisation, "staff_list") + f"?pattern={patterns[0].code}").content.decode()
    assert re.findall(r'class="figures" href="[^"]*">(\w+)<', page) == ["1", "2"]
    assert "Give these 2 people a work pattern" in page
    for route in ("staff_patterns", "staff_list"):
        with django_assert_max_num_queries(25):
            hr.get(address(organisation, route))


def person_page(hr, organisation, number="1"):
    with as_owner(organisation):
        employee = Employee.objects.get(staff_number=number)
    return employee, hr.get(address(organisation, "staff_person", code=employee.code))


def test_one_person_gets_a_pattern_and_it_is_not_lost_to_a_second_tab(hr, organisation):
    early, late = make_work_pattern(organisation), make_work_pattern(organisation, LATE, name="Late dienst")
    employee, _page = person_page(hr, organisation)
    url = address(organisation, "staff_person_pattern", code=employee.code)
    hr.post(url, {"pattern": str(early.code), "seen": ""})
    assert patterns_of(organisation)["1"] == "Vroege dienst"
    second = hr.post(url, {"pattern": str(late.code), "seen": ""}, follow=True)
    assert "another pattern meanwhile" in text(second)
    assert patterns_of(organisation)["1"] == "Vroege dienst"
    hr.post(url, {"pattern": "", "seen": str(early.code)})
    assert patterns_of(organisation)["1"] == ""
    gone = hr.post(url, {"pattern": "nonsense", "seen": ""}, follow=True)
    assert "is not there any more" in text(gone)


def test_person_page_tells_which_days_a_survey_froze(hr, organisation):
    pattern = make_work_pattern(organisation, LATE)
    with as_owner(organisation):
        Employee.objects.filter(staff_number="1").update(work_pattern=pattern)
    make_started(organisation)
    employee, _page = person_page(hr, organisation)
    hr.post(
        address(organisation, "staff_person_pattern", code=employee.code), {"pattern": "", "seen": str(pattern.code)}
    )
    _employee, page = person_page(hr, organisation)
    assert "Asked about tuesday, wednesday, thursday, friday: the roster when the survey began." in text(page)
    assert "No pattern: Monday to Friday" in text(page)


def test_last_day_of_leave_is_corrected_by_hand(hr, organisation):
    employee, _page = person_page(hr, organisation)
    values = {"email": employee.email, "language": "nl", "is_on_leave": "on", "leave_until": "2026-12-31"}
    hr.post(address(organisation, "staff_person", code=employee.code), values)
    assert rows(Employee, organisation, "is_on_leave", "leave_until", staff_number="1") == [
        (True, datetime.date(2026, 12, 31))
    ]
    assert "on leave until 31 December 2026" in text(hr.get(address(organisation, "staff_list")))


def test_site_leads_see_patterns_of_their_people_but_change_none(client, organisation):
    pattern = make_work_pattern(organisation)
    with as_owner(organisation):
        person = Employee.objects.select_related("site").get(staff_number="1")
        Employee.objects.filter(pk=person.pk).update(work_pattern=pattern)
    client.force_login(make_member(organisation, role=MemberRole.SITE_LEAD, site=person.site))
    page = client.get(address(organisation, "staff_person", code=person.code))
    assert "Vroege dienst" in page.content.decode()
    change = address(organisation, "staff_person_pattern", code=person.code)
    assert client.post(change, {"pattern": ""}).status_code == 403
    assert patterns_of(organisation)["1"] == "Vroege dienst"


def test_patterns_of_others_are_not_there(hr, organisation):
    other = make_organisation()
    pattern = make_work_pattern(other)
    with as_owner(other):
        change = PatternChange.objects.create(
            organisation=other, pattern=pattern, name="x", people=0, made_at=clock.now()
        )
    for route in ("staff_pattern", "staff_pattern_delete"):
        assert hr.post(address(organisation, route, code=pattern.code)).status_code == 404
    assert hr.post(address(organisation, "staff_pattern_undo", code=change.code)).status_code == 404
    make_work_pattern(organisation, name="Eigen")
    assert hr.get(group(organisation, f"?q=x&give={pattern.code}")).status_code in (200, 422)
    assert hr.post(group(organisation, ""), {"give": str(pattern.code), "seen": "x"}).status_code == 422
    assert set(patterns_of(organisation).values()) == {""}
