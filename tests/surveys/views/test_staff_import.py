import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import NOW, make_employee, make_legal_entity, make_member, make_organisation
from tests.surveys.staff_imports import (
    ROWS,
    applied,
    checked,
    confirmed,
    people,
    staff_file,
    stored,
    uploaded,
)
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def employer():
    organisation = make_organisation()
    make_legal_entity(organisation)
    return organisation


@pytest.fixture
def hr(client, employer):
    client.force_login(make_member(employer))
    client.cookies["django_language"] = "en"
    return client


def address(name, organisation, **kwargs):
    return reverse(name, kwargs={"slug": organisation.slug, **kwargs})


def send(client, organisation, content, filename="personeel.csv"):
    return client.post(address("staff_import_new", organisation), {"file": SimpleUploadedFile(filename, content)})


def test_upload_leads_to_the_columns(hr, employer):
    response = send(hr, employer, staff_file())
    assert response.status_code == 302
    page = hr.get(response.url)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Which column holds what?" in text
    assert "0001 · 0002 · 0003" in text
    assert re.findall(r'<option value="(\w+)" selected>', text)[:4] == ["staff_number", "email", "site", "department"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "This is an old Excel file (XLS)."),
        (b"<html><table></table></html>", "We cannot read this kind of file."),
        (b"just one line of words", "We find no table in this file."),
        (b'a;b;c\n1;"2;3\n', "quotation mark is not closed"),
    ],
)
def test_files_that_cannot_be_read_are_refused_on_the_same_page(hr, employer, content, sentence):
    response = send(hr, employer, content)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_nothing_chosen(hr, employer):
    response = hr.post(address("staff_import_new", employer), {})
    assert response.status_code == 422


def test_too_large_a_file(hr, employer, settings):
    settings.STAFF_FILE_MAX_BYTES = 10
    response = send(hr, employer, staff_file())
    assert response.status_code == 422
    assert "too large" in response.content.decode()


def test_hostile_cells_are_escaped_on_every_page(hr, employer):
    content = staff_file(
        [("1", SCRIPT, SCRIPT, SCRIPT), ("2", "b@voorbeeld.example", SCRIPT, SCRIPT)],
        headers=("Personeelsnummer", "E-mail", "Vestiging", SCRIPT),
    )
    url = send(hr, employer, content, filename=f"{SCRIPT}.csv").url
    columns = hr.get(url)
    assert columns.status_code == 200
    assert SCRIPT not in columns.content.decode()
    assert "&lt;script&gt;" in columns.content.decode()
    staff_import = checked(employer, content)
    page = hr.get(address("staff_import", employer, code=staff_import.code))
    assert page.status_code == 200
    assert SCRIPT not in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()
    staff_import = applied(employer, content)
    for name in ("staff_list", "staff_import_new"):
        assert SCRIPT not in hr.get(address(name, employer)).content.decode()


def test_columns_that_are_not_kept_are_named(hr, employer):
    content = staff_file(
        [("1", "a@voorbeeld.example", "Utrecht", "An Voorbeeld")],
        headers=("Personeelsnummer", "E-mail", "Vestiging", "Naam"),
    )
    staff_import = uploaded(employer, content)
    page = hr.get(address("staff_import", employer, code=staff_import.code)).content.decode()
    assert "We do not read or keep: Naam." in page
    assert '<option value="name"' not in page


def test_columns_are_chosen_and_checking_begins(hr, employer):
    staff_import = uploaded(employer)
    choices = {"column_0": "staff_number", "column_1": "email", "column_2": "site", "marks_leavers": "on"}
    response = hr.post(address("staff_import_columns", employer, code=staff_import.code), choices)
    assert response.status_code == 302
    found = stored(staff_import)
    assert (found.state, found.mapping) == ("checking", {"staff_number": 0, "email": 1, "site": 2})
    page = hr.get(response.url).content.decode()
    assert "We are checking your file" in page
    assert 'hx-trigger="every 1s"' in page
    # Without scripts the page refreshes itself.
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "Look again how far it is" in page


def test_missing_and_double_columns_are_named(hr, employer):
    staff_import = uploaded(employer)
    url = address("staff_import_columns", employer, code=staff_import.code)
    missing = hr.post(url, {"column_0": "staff_number"})
    assert missing.status_code == 422
    assert "Choose which column holds: Site." in missing.content.decode()
    double = hr.post(url, {"column_0": "site", "column_1": "site"})
    assert double.status_code == 422
    assert "You chose Site for two columns." in double.content.decode()
    assert hr.post(url, {"column_0": "nonsense"}).status_code == 422
    assert stored(staff_import).state == "uploaded"


def test_several_kvk_numbers_ask_for_one(hr, employer):
    entity = make_legal_entity(employer)
    staff_import = uploaded(employer)
    url = address("staff_import_columns", employer, code=staff_import.code)
    choices = {"column_0": "staff_number", "column_1": "email", "column_2": "site"}
    refused = hr.post(url, choices)
    assert refused.status_code == 422
    assert "Choose a KvK number" in refused.content.decode()
    assert hr.post(url, choices | {"legal_entity": entity.pk}).status_code == 302
    assert stored(staff_import).legal_entity_id == entity.pk


def test_layout_can_be_changed(hr, employer):
    staff_import = uploaded(employer)
    url = address("staff_import_layout", employer, code=staff_import.code)
    values = {"layout-encoding": "utf-8", "layout-separator": ";", "layout-header_line": "2"}
    assert hr.post(url, values).status_code == 302
    assert stored(staff_import).headers == ["0001", "een@voorbeeld.example", "Utrecht", "Kantoor"]
    wrong = hr.post(url, values | {"layout-header_line": "400"})
    assert wrong.status_code == 422
    assert "Line 400 is empty." in wrong.content.decode()
    assert hr.post(url, values | {"layout-header_line": ""}).status_code == 422


def test_check_shows_counts_and_each_error_by_line_and_column(hr, employer):
    rows = [*ROWS, ("0004", "vier@voorbeeld.example; 4@voorbeeld.example", "Venlo", "")]
    staff_import = checked(employer, staff_file(rows))
    page = hr.get(address("staff_import", employer, code=staff_import.code)).content.decode()
    assert re.findall(r'figure-big">([\d,.]+)<', page) == ["3", "0", "0", "0", "1"]
    cells = re.search(r'</span>5</td><td>E-mail</td><td class="wrong-value">([^<]*)</td><td>([^<]*)', page)
    assert cells[1] == "vier@voorbeeld.example; 4@voorbeeld.example"
    assert cells[2] == "There are two addresses here. Put in one address per employee."
    assert "2 sites are new and will be made: Utrecht, Venlo" in page


def test_errors_are_downloaded(hr, employer):
    from python_calamine import CalamineWorkbook

    staff_import = checked(employer, staff_file([*ROWS, ("0004", "=cmd|'/C calc'!A0", "Venlo", "")]))
    response = hr.get(address("staff_import_errors", employer, code=staff_import.code))
    assert response["Content-Disposition"] == 'attachment; filename="errors.xlsx"'
    import io

    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Line", "Column", "Value", "What to do"]
    assert rows[1][:3] == [5.0, "E-mail", "=cmd|'/C calc'!A0"]


def test_applying_needs_a_tick_when_rows_are_wrong(hr, employer):
    staff_import = checked(employer, staff_file([*ROWS, ("", "", "", "x")]))
    url = address("staff_import_apply", employer, code=staff_import.code)
    hr.post(url)
    assert stored(staff_import).state == "checked"
    hr.post(url, {"skips_wrong_rows": "on"})
    assert stored(staff_import).state == "applying"
    again = hr.post(url, {"skips_wrong_rows": "on"}, follow=True)
    assert "already being worked on" in again.content.decode()


def test_progress_reloads_the_page_when_the_work_is_done(hr, employer):
    staff_import = confirmed(employer)
    url = address("staff_import_progress", employer, code=staff_import.code)
    assert "hx-trigger" in hr.get(url).content.decode()
    from surveys.services.staff_import_apply import apply_staff_import

    apply_staff_import(organisation_id=employer.pk, code=staff_import.code, now=NOW)
    assert hr.get(url)["HX-Refresh"] == "true"
    page = hr.get(address("staff_import", employer, code=staff_import.code)).content.decode()
    assert "Your staff list is up to date" in page


def test_cancelling_deletes_the_file(hr, employer):
    staff_import = checked(employer)
    response = hr.post(address("staff_import_cancel", employer, code=staff_import.code), follow=True)
    found = stored(staff_import)
    assert (found.state, found.content, found.checked_rows) == ("cancelled", None, None)
    assert "The file is deleted." in response.content.decode()
    page = hr.get(address("staff_import", employer, code=staff_import.code))
    assert "This file was deleted" in page.content.decode()
    assert people(employer) == []


def test_back_to_the_columns_after_the_check(hr, employer):
    staff_import = checked(employer)
    page = hr.get(address("staff_import", employer, code=staff_import.code) + "?columns").content.decode()
    assert "Which column holds what?" in page


def test_other_employers_and_readers_stay_out(client, employer):
    staff_import = checked(employer)
    other = make_organisation()
    client.force_login(make_member(other))
    for name in ("staff_import", "staff_import_errors", "staff_import_progress"):
        assert client.get(address(name, other, code=staff_import.code)).status_code == 404
        assert client.get(address(name, employer, code=staff_import.code)).status_code == 404
    for name in ("staff_import_apply", "staff_import_cancel", "staff_import_columns", "staff_import_layout"):
        assert client.post(address(name, other, code=staff_import.code)).status_code == 404
    client.force_login(make_member(employer, role=MemberRole.READER))
    assert client.get(address("staff_import_new", employer)).status_code == 403
    assert stored(staff_import).state == "checked"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_examples_can_be_sent_in_as_they_are(hr, employer, language):
    from surveys.domain.staff_file import read_table, suggest_mapping

    response = hr.get(address("staff_example", employer, language=language))
    table = read_table(response.content, "example.xlsx")
    assert len(suggest_mapping(table.headers)) == 18


def test_earlier_files_are_listed(hr, employer):
    applied(employer)
    make_employee(employer)
    page = hr.get(address("staff_import_new", employer)).content.decode()
    assert "personeel.csv" in page
    assert "Applied" in page


def test_check_names_patterns_that_will_be_made_and_those_that_nobody_knows(hr, employer):
    rows = [("0001", "", "Utrecht", "ma di do"), ("0002", "", "Utrecht", "Ploeg Z")]
    content = staff_file(rows, headers=("Personeelsnummer", "E-mail", "Vestiging", "Rooster"))
    page = hr.get(address("staff_import", employer, code=checked(employer, content).code)).content.decode()
    assert "New work patterns that will be made: ma di do" in page
    assert "We do not know this work pattern. Make it under Staff, Work patterns" in page
