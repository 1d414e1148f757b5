"""HR sends in a staff file: upload, columns, check, errors, apply, list, person."""

import pytest
from django.urls import reverse

from surveys.models import StaffImport
from surveys.services.staff_import_apply import apply_staff_import
from surveys.services.staff_import_check import check_staff_import
from tests.factories import NOW, as_owner, make_legal_entity, make_member, make_organisation
from tests.surveys.domain.staff_file.files import workbook
from tests.surveys.staff_imports import people

pytestmark = pytest.mark.browser

HEADERS = ("Personeelsnummer", "Werk e-mail", "Vestiging", "Afdeling", "Uren per week", "Soort contract", "In dienst")


def staff_rows():
    yield ("Personeelsoverzicht 2026",)
    yield ()
    yield HEADERS
    for number in range(1, 61):
        site = "Utrecht" if number % 3 else "Venlo"
        email = f"m{number:04}@voorbeeld.example" if number % 20 else ""
        yield (f"{number:04}", email, site, f"Afdeling {number % 4}", 36, "vast", "1-9-2019")
    yield (
        "0061",
        "jan@voorbeeld.example; piet@voorbeeld.example",
        "Utrecht",
        "<script>alert(1)</script>",
        36,
        "vast",
        "",
    )
    yield ("0062", "m62@voorbeeld.example", "Utrecht", "Kantoor", 36, "iets anders", "31-02-2020")


def in_background(work, organisation):
    """What the worker does, at once."""
    with as_owner(organisation):
        code = StaffImport.objects.values_list("code", flat=True).latest("created_at")
    assert work(organisation_id=organisation.pk, code=code, now=NOW) is True


@pytest.mark.parametrize("screen", ["desktop", "phone"])
@pytest.mark.django_db(transaction=True)
def test_from_a_file_to_a_staff_list(request, log_in, check_axe, shot, screen, tmp_path):
    page = request.getfixturevalue(screen)
    organisation = make_organisation()
    make_legal_entity(organisation)
    log_in(page, make_member(organisation))
    path = tmp_path / "personeel.xlsx"
    path.write_bytes(workbook(staff_rows()))

    def look(name):
        check_axe(page)
        shot(page, f"staff-{name}-{screen}")

    page.goto(reverse("staff_list", kwargs={"slug": organisation.slug}))
    look("empty")
    page.click("main .empty a.btn-primary")
    look("import-new")
    page.click("main form button[type=submit]")
    look("import-nothing-chosen")
    page.set_input_files("input[type=file]", path)
    page.click("main form button[type=submit]")
    look("import-columns")
    assert page.locator(".column-list select").first.input_value() == "staff_number"
    page.click("main form button.btn-primary")
    look("import-checking")
    in_background(check_staff_import, organisation)
    page.wait_for_selector(".counts")
    look("import-checked")
    assert page.locator(".counts dd").all_inner_texts() == ["60", "0", "0", "0", "2"]
    page.check("#skips_wrong_rows")
    page.click("main .card form button.btn-primary")
    look("import-applying")
    in_background(apply_staff_import, organisation)
    page.wait_for_selector(".counts")
    look("import-applied")
    page.click(".page-head a.btn-primary")
    look("list")
    assert len(people(organisation)) == 60
    page.fill("input[name=q]", "0040")
    page.click("main form button[type=submit]")
    look("list-found")
    page.click("table a.figures")
    page.wait_for_selector(".facts")
    look("person")
