import io
import re

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.factories import NOW, as_owner, audited, make_employee, make_member, make_organisation, make_site
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer() -> Organisation:
    organisation = make_organisation()
    utrecht, venlo = make_site(organisation, name="Utrecht"), make_site(organisation, name="Venlo")
    make_employee(organisation, staff_number="0001", site=utrecht, department="Kantoor", email="an@voorbeeld.example")
    make_employee(organisation, staff_number="0002", site=utrecht, department="Magazijn", email="")
    make_employee(organisation, staff_number="0003", site=venlo, department="Magazijn", is_on_leave=True)
    make_employee(organisation, staff_number="0004", site=venlo, left_at=NOW)
    return organisation


@pytest.fixture
def hr(client, employer):
    client.force_login(make_member(employer))
    client.cookies["django_language"] = "en"
    return client


def numbers(client, organisation, query=""):
    page = client.get(reverse("staff_list", kwargs={"slug": organisation.slug}) + query)
    assert page.status_code == 200
    return re.findall(r'class="figures" href="[^"]*">(\w+)<', page.content.decode())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["0001", "0002", "0003"]),
        ("?q=an%40voor", ["0001"]),
        ("?q=magaz", ["0002", "0003"]),
        ("?q=magaz+0003", ["0003"]),
        ("?department=Magazijn&sort=-number", ["0003", "0002"]),
        ("?show=left", ["0004"]),
        ("?show=all&sort=-site", ["0003", "0004", "0001", "0002"][::1]),
        ("?show=without_email", ["0002"]),
        ("?sort=nonsense&show=nonsense&site=nonsense&page=nonsense", ["0001", "0002", "0003"]),
        ("?q=nobody", []),
    ],
)
def test_search_filter_and_order(hr, employer, query, expected):
    found = numbers(hr, employer, query)
    assert found == expected if "-site" not in query else sorted(found) == sorted(expected)


def test_filter_by_site(hr, employer):
    with as_owner(employer):
        from wpm_platform.organisations.models import Site

        code = Site.objects.get(name="Venlo").code
    assert numbers(hr, employer, f"?site={code}") == ["0003"]


def test_fifty_a_page_and_as_many_queries_for_one_as_for_many(hr, employer, django_assert_max_num_queries):
    for _ in range(60):
        make_employee(employer)
    with django_assert_max_num_queries(25):
        assert len(numbers(hr, employer)) == 50
    assert len(numbers(hr, employer, "?page=2")) == 13


def test_empty_list_says_what_to_do_first(client):
    organisation = make_organisation()
    client.force_login(make_member(organisation))
    page = client.get(reverse("staff_list", kwargs={"slug": organisation.slug}), headers={"accept-language": "en"})
    assert "Begin with a file from your personnel system" in page.content.decode()


def test_export_has_the_filtered_people_and_can_be_sent_in_again(hr, employer):
    from surveys.domain.staff_file import read_table, suggest_mapping

    url = reverse("staff_export", kwargs={"slug": employer.slug})
    content = hr.get(url + "?q=0001").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Staff number", "0001"]
    table = read_table(content, "staff.xlsx")
    assert len(suggest_mapping(table.headers)) == 18


def test_site_lead_sees_one_site(client, employer):
    with as_owner(employer):
        from wpm_platform.organisations.models import Site

        venlo = Site.objects.get(name="Venlo")
    client.force_login(make_member(employer, role=MemberRole.SITE_LEAD, site=venlo))
    assert numbers(client, employer, "?show=all") == ["0003", "0004"]
    content = client.get(reverse("staff_export", kwargs={"slug": employer.slug})).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == ["0003"]
    with as_owner(employer):
        from surveys.models import Employee

        elsewhere = Employee.objects.get(staff_number="0001")
        here = Employee.objects.get(staff_number="0003")
    assert person(client, employer, elsewhere).status_code == 404
    assert person(client, employer, here).status_code == 200
    assert client.post(person_url(employer, here), {"email": ""}).status_code == 403


def person_url(organisation, employee):
    return reverse("staff_person", kwargs={"slug": organisation.slug, "code": employee.code})


def person(client, organisation, employee):
    return client.get(person_url(organisation, employee))


def test_person_is_shown_and_corrected(hr, employer):
    employee = make_employee(employer, staff_number="0042", function="<b>Lasser</b>", days_per_week=4)
    page = person(hr, employer, employee)
    assert "&lt;b&gt;Lasser&lt;/b&gt;" in page.content.decode()
    values = {"email": "nieuw@voorbeeld.example", "language": "pl", "is_on_leave": "on"}
    assert hr.post(person_url(employer, employee), values).status_code == 302
    with as_owner(employer):
        employee.refresh_from_db()
    assert (employee.email, employee.language, employee.is_on_leave) == ("nieuw@voorbeeld.example", "pl", True)
    assert audited(employer) == [("employee.changed", "0042")]
    wrong = hr.post(person_url(employer, employee), values | {"email": "geen adres"})
    assert wrong.status_code == 422
    assert "geen adres" in wrong.content.decode()


def test_readers_and_strangers_see_nobody(client, employer):
    employee = make_employee(employer)
    client.force_login(make_member(employer, role=MemberRole.READER))
    assert person(client, employer, employee).status_code == 403
    other = make_organisation()
    client.force_login(make_member(other))
    assert person(client, other, employee).status_code == 404
    assert person(client, employer, employee).status_code == 404
