"""Entering business travel, and one figure on a page of its own."""

from decimal import Decimal

import pytest
from django.urls import reverse

from reporting.models import BusinessTotal, ReportCell
from tests.factories import make_member, make_organisation
from tests.reporting.report_rows import fill_in, freeze, make_report
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

NL, EN = {"accept-language": "nl"}, {"accept-language": "en"}


@pytest.fixture
def report():
    return make_report(case="several_fuels")


@pytest.fixture
def hr(client, report):
    client.force_login(make_member(report.organisation))
    return client


def business(report):
    return reverse("report_business", kwargs={"slug": report.organisation.slug, "code": report.code})


def cell_address(report, line="car_petrol", block="commute"):
    kwargs = {"slug": report.organisation.slug, "code": report.code, "block": block, "line": line}
    return reverse("report_cell", kwargs=kwargs)


def entered(report):
    with organisation_scope(report.organisation):
        return {(row.block, row.line): (row.amount, row.note) for row in BusinessTotal.objects.all()}


@pytest.mark.parametrize(
    ("typed", "kilometres"),
    [("12500", 12_500), ("12.500", 12_500), ("1 234 567", 1_234_567), ("1.234.567", 1_234_567), ("0", 0)],
)
def test_kilometres_are_read_as_people_write_them(hr, report, typed, kilometres):
    response = hr.post(business(report), {"fleet__car_petrol": typed}, headers=NL)
    assert response.status_code == 302
    assert entered(report) == {(1, "car_petrol"): (kilometres, "")}


@pytest.mark.parametrize(("typed", "euro"), [("1250,50", "1250.50"), ("1.250,5", "1250.50"), ("1250", "1250.00")])
def test_euros_are_read_as_people_write_them(hr, report, typed, euro):
    hr.post(business(report), {"expense_claim__public_transport": typed}, headers=NL)
    assert entered(report) == {(3, "public_transport"): (Decimal(euro), "")}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("fleet__car_petrol", "many"),
        ("fleet__car_petrol", "12,5"),
        ("fleet__car_petrol", "-1"),
        ("fleet__car_petrol", "9" * 40),
        ("expense_claim__public_transport", "1250,505"),
        ("expense_claim__public_transport", "NaN"),
        ("expense_claim__public_transport", "Infinity"),
    ],
)
def test_a_wrong_figure_is_named_and_nothing_typed_is_lost(hr, report, field, typed):
    response = hr.post(business(report), {field: typed, "fleet__car_diesel": "77"}, headers=NL)
    assert response.status_code == 422
    assert f'href="#id_{field}"' in response.text
    assert f'value="{typed}"' in response.text
    assert 'value="77"' in response.text
    assert entered(report) == {}


def test_the_tick_box_makes_the_rest_of_one_block_zero(hr, report):
    hr.post(
        business(report),
        {
            "expense_claim__car_petrol": "100",
            "expense_claim__rest_is_zero": "on",
            "expense_claim__note": "Declaration system",
        },
    )
    values = entered(report)
    assert len(values) == 11
    assert values[3, "car_petrol"] == (100, "Declaration system")
    assert values[3, "public_transport"] == (0, "Declaration system")


def test_what_was_entered_stands_in_the_fields_again(hr, report):
    hr.post(business(report), {"fleet__car_petrol": "12500", "fleet__note": "Lease company"}, headers=NL)
    text = hr.get(business(report), headers=NL).text
    assert 'value="12.500"' in text
    assert 'value="Lease company"' in text
    hr.post(business(report), {"fleet__car_petrol": "12.500", "fleet__note": "Lease company"}, headers=NL)
    assert entered(report) == {(1, "car_petrol"): (12_500, "Lease company")}


def test_a_figure_by_hand_for_commuting_survives_saving_business_travel(hr, report):
    hr.post(cell_address(report), {"kilometres": "9000", "reason": "Trip registration"})
    hr.post(business(report), {"fleet__car_petrol": "1"})
    assert entered(report) == {(1, "car_petrol"): (1, ""), (4, "car_petrol"): (9000, "Trip registration")}


def test_a_frozen_report_shows_no_form(hr, report):
    freeze(report)
    assert hr.get(business(report)).status_code == 302
    before = entered(report)
    hr.post(business(report), {"fleet__car_petrol": "5"})
    assert entered(report) == before


def test_a_commuting_figure_is_explained_and_can_be_replaced(hr, report):
    text = hr.get(cell_address(report, "car_diesel"), headers=EN).text
    assert "<dd>× 45</dd>" in text
    hr.post(cell_address(report, "car_diesel"), {"kilometres": "9000", "reason": "Trip registration"})
    text = hr.get(cell_address(report, "car_diesel"), headers=EN).text
    assert "Entered by hand: “Trip registration”" in text
    assert "<dd>× 45</dd>" in text  # what the survey gives stays readable
    hr.post(cell_address(report, "car_diesel"), {"kilometres": "", "reason": ""})
    with organisation_scope(report.organisation):
        assert ReportCell.objects.get(block=4, line="car_diesel").origin == "observed"


def test_a_replaced_figure_needs_its_reason(hr, report):
    response = hr.post(cell_address(report), {"kilometres": "9000", "reason": " "}, headers=EN)
    assert response.status_code == 422
    assert "Say why this figure replaces the computed one." in response.text


@pytest.mark.parametrize(("block", "line"), [("fleet", "car_petrol"), ("expense_claim", "public_transport")])
def test_a_business_figure_is_explained_but_not_changed_here(hr, report, block, line):
    fill_in(report)
    where = cell_address(report, line, block)
    assert "Kilometre registration" in hr.get(where).text
    assert hr.post(where, {"kilometres": "1", "reason": "x"}).status_code == 403


@pytest.mark.parametrize(("block", "line"), [("commute", "horse"), ("sea", "car_petrol")])
def test_a_cell_that_the_form_does_not_have_is_not_found(hr, report, block, line):
    assert hr.get(cell_address(report, line, block)).status_code == 404


def test_another_organisation_finds_neither(client, report):
    other = make_organisation()
    client.force_login(make_member(other))
    for where in (business(report), cell_address(report)):
        assert client.get(where.replace(report.organisation.slug, other.slug)).status_code == 404
        assert client.post(where.replace(report.organisation.slug, other.slug)).status_code == 404
