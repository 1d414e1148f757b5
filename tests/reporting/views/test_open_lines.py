"""A mode whose fuel nobody told has no line; what a few people drove by it can be found by no door and no sum."""

import io
import re
import zipfile

import pypdf
import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from openpyxl import load_workbook

from reporting.domain.rvo import RvoLine
from reporting.exports.evidence_check import check_evidence
from reporting.services.entered_totals import enter_commute_total
from reporting.services.reports import choose_campaign
from surveys.models import Campaign, Employee, PopulationMember, Response
from tests.api_client import System
from tests.factories import as_owner, make_api_key, make_member
from tests.reporting.report_rows import freeze, in_scope
from tests.reporting.services.choosing import choose
from tests.reporting.services.estimation.estimating import estimated, result_of
from tests.reporting.surveyed_employer import Trip, make_surveyed_report
from wpm_platform.organisations.models import Site

pytestmark = pytest.mark.django_db

MOPEDS = (RvoLine.MOPED_PETROL, RvoLine.MOPED_ELECTRIC)
HIDDEN = ("observed", "lower", "upper", "plain_lower", "plain_upper")
FORMATS = ("xlsx", "csv", "json", "pdf", "zip")


def riders(count):
    """So many ride a moped and do not know its fuel; eight cycle and nine drive."""

    def trip(number, chance):
        if number < count:
            return Trip(mode="moped", fuel="unknown", days=5)
        return Trip(mode="bicycle", days=4) if number < count + 8 else Trip(mode="car", fuel="petrol", days=4)

    return trip


def surveyed(count, *, people=30):
    return make_surveyed_report(people=people, answered=count + 17, trip=riders(count))


def address(report, name, **kwargs):
    return reverse(name, kwargs={"slug": report.organisation.slug, "code": report.code, **kwargs})


def secrets(run):
    """Kilometres that the few told, by subtraction: of what was observed, by the guidance, and of all kilometres."""
    raw = result_of(run).estimate
    total, lines = raw["total"], raw["lines"]
    told = total["observed"] - sum(row["observed"] for row in lines)
    assert told > 0
    return {total[name] for name in ("km", *HIDDEN)} | {told, total["km"] - sum(row["km"] or 0 for row in lines)}


def numbers(content):
    """All that looks like a whole number, with or without Dutch or English thousands."""
    found = re.findall(r"\d+(?:[.,]\d{3})*", content)
    return {int(re.sub(r"[.,]", "", text)) for text in found if len(text) < 15}


def opened_file(file_format, content):
    """The text of a file."""
    if file_format == "xlsx":
        book = load_workbook(io.BytesIO(content))
        return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)
    if file_format == "pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if file_format == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name for name in archive.namelist() if name.endswith((".json", ".csv"))]
            return " ".join(archive.read(name).decode() for name in names)
    return content.decode("utf-8-sig")


def enter_open_lines(report):
    for line in MOPEDS:
        with in_scope(report) as where:
            enter_commute_total(**where, line=line, kilometres=17, reason="Asked around")


def pages(client, report, run):
    client.force_login(make_member(report.organisation))
    where = [
        address(report, "report_estimation_run", run=run.code),
        address(report, "report_model_card", run=run.code),
        address(report, "report_estimate_choice") + f"?estimate={run.code}",
        address(report, "report"),
    ]
    return [client.get(one, headers={"Accept-Language": "nl"}) for one in where]


@pytest.mark.parametrize("count", [1, 4])
def test_no_page_and_no_file_tells_what_few_drove_by_a_mode_of_unknown_fuel(client, count):
    report = surveyed(count)
    run = estimated(report)
    secret = secrets(run)
    choose(report, run)
    for page in pages(client, report, run):
        assert page.status_code == 200
        assert not secret & numbers(page.text), page.request["PATH_INFO"]
    enter_open_lines(report)
    freeze(report)
    system = System(make_api_key(report.organisation))
    for file_format in FORMATS:
        answer = system.get(f"reports/{report.code}/export.{file_format}")
        assert answer.status_code == 200
        content = answer.getvalue()
        assert not secret & numbers(opened_file(file_format, content)), file_format
        if file_format == "zip":
            assert check_evidence(content).differences == ()


def test_neither_the_total_nor_its_parts_can_be_subtracted(client):
    report = surveyed(1)
    run = estimated(report)
    result, card, choice, _ = pages(client, report, run)
    for page in (result.context["page"], choice.context["page"]):
        estimate = page.estimate
        assert set(estimate.total.to_json().values()) == {None}
        assert all(estimate.lines[line].is_hidden for line in MOPEDS)
        # The total is silent, so the lines of eight and nine people need not be.
        assert not estimate.lines[RvoLine.BICYCLE_WALKING].is_hidden
    assert result.context["page"].total.guidance is None
    shown = choice.context["page"]
    assert (shown.guidance_total, shown.guidance_lower, shown.guidance_upper) == (None, None, None)
    figures = result_of(run).card["figures"]
    assert {figures[name] for name in ("km", "guidance_km", *HIDDEN)} == {None}
    assert card.status_code == 200


def test_everybody_answered_is_hidden_as_well(client):
    report = surveyed(1, people=18)
    run = estimated(report)
    assert result_of(run).estimate["method"] == "everybody_answered"
    client.force_login(make_member(report.organisation))
    page = client.get(address(report, "report_estimation_run", run=run.code), headers={"Accept-Language": "nl"})
    assert not secrets(run) & numbers(page.text)


def test_five_riders_and_more_keep_the_total_and_the_bound_but_not_the_guidances_total(client):
    report = surveyed(5)
    run = estimated(report)
    result, _, choice, _ = pages(client, report, run)
    raw = result_of(run).estimate
    estimate = choice.context["page"].estimate
    assert estimate.total.to_json() == {name: raw["total"][name] for name in ("km", *HIDDEN)}
    assert {estimate.lines[line].upper for line in MOPEDS} == {
        row["upper"] for row in raw["lines"] if row["km"] is None
    }
    assert (result.context["page"].total.guidance, raw["guidance_total"]) == (None, None)
    figures = result_of(run).card["figures"]
    assert (figures["observed"], figures["guidance_km"]) == (raw["total"]["observed"], None)


def test_a_result_of_before_with_a_total_by_the_guidance_does_not_show_it(client):
    report = surveyed(5)
    run = estimated(report)
    result = result_of(run)
    with as_owner(report.organisation):
        result.estimate["guidance_total"] = {**result.estimate["total"], "km": 98_765, "plain_lower": 87_654}
        result.save()
    for page in pages(client, report, run):
        assert not {98_765, 87_654} & numbers(page.text)


def by_train(count):
    def trip(number, chance):
        return Trip(mode="public_transport", days=5) if number < count else Trip(mode="car", fuel="petrol", days=4)

    return trip


def asked_again(report, *, trip):
    """Another closed survey of the same legal entity, of other people."""
    with as_owner(report.organisation):
        Employee.objects.update(
            staff_number=Concat(Value("x"), F("staff_number")), email=Concat(Value("x"), F("email"))
        )
        Site.objects.update(name=Concat(Value("x"), F("name")))
    make_surveyed_report(people=40, answered=25, organisation=report.organisation, trip=trip)
    with as_owner(report.organisation):
        campaign = Campaign.objects.filter(organisation=report.organisation).exclude(pk=report.campaign_id).get()
        for rows in (Response, PopulationMember):
            rows.objects.filter(campaign=campaign).update(legal_entity=report.legal_entity)
        return campaign


@pytest.mark.parametrize("route", ["report_estimation_run", "report_estimate_choice"])
def test_another_survey_in_which_many_do_as_one_did_uncovers_nothing(client, route):
    report = make_surveyed_report(people=40, answered=25, trip=by_train(1))
    run = estimated(report)
    (train,) = (row for row in result_of(run).estimate["lines"] if row["name"] == "public_transport")
    with in_scope(report) as where:
        choose_campaign(**where, campaign=asked_again(report, trip=by_train(10)))
    client.force_login(make_member(report.organisation))
    if route == "report_estimation_run":
        page = client.get(address(report, route, run=run.code))
    else:
        page = client.get(address(report, route) + f"?estimate={run.code}")
    assert page.context["page"].estimate.lines[RvoLine.PUBLIC_TRANSPORT].is_hidden
    assert not {train[name] for name in HIDDEN} & numbers(page.text)
