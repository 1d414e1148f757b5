"""The model card as a page and as files: for who may read reports, of a finished estimation, always the same bytes."""

import io
import json
import re

import numpy as np
import pikepdf
import pytest
from django.urls import reverse
from jsonschema import Draft202012Validator

from reporting.algorithm_register import BY_EMPLOYER, TITLES
from reporting.exports.model_card import model_card_schema_bytes
from reporting.models import EstimationResult, EstimationRun
from tests.factories import as_owner, make_member, make_organisation, make_site
from tests.reporting.domain.estimation.made_up import make_people, only_answered
from tests.reporting.domain.estimation.surveyed import card_of, made_up_card, surveyed
from tests.reporting.report_rows import NOW, make_report
from tests.reporting.services.estimation.estimating import estimated, start
from tests.reporting.surveyed_employer import make_surveyed_report
from wpm_platform.organisations.enums import MemberRole

pytestmark = pytest.mark.django_db

# The lengths that the register's standard allows.
LONGEST = {"name": 100, "description_short": 350, "organization": 100, "methods_and_models": 5000}


def done_run(report, *, card=None, state="done", **fields):
    with as_owner(report.organisation):
        run = EstimationRun.objects.create(
            organisation=report.organisation,
            report=report,
            campaign=report.campaign,
            method_version="1",
            state=state,
            requested_at=NOW,
            finished_at=NOW,
            **fields,
        )
        if card is not None:
            EstimationResult.objects.create(
                organisation=report.organisation, run=run, estimate={}, card=card, computed_at=NOW
            )
    return run


@pytest.fixture
def report():
    return make_report(case="one_person")


@pytest.fixture
def run(report):
    return done_run(report, card=made_up_card())


@pytest.fixture
def reader(client, report):
    client.force_login(make_member(report.organisation, role=MemberRole.READER))
    return client


def page_address(run, *, slug=None):
    slug = slug or run.organisation.slug
    return reverse("report_model_card", kwargs={"slug": slug, "code": run.report.code, "run": run.code})


def file_address(run, file_format):
    kwargs = {"slug": run.organisation.slug, "code": run.report.code, "run": run.code, "file_format": file_format}
    return reverse("report_model_card_file", kwargs=kwargs)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_first_thing_said_is_how_good_it_is(reader, run):
    response = reader.get(page_address(run), headers={"accept-language": "nl"})
    words = response.context["words"]
    assert words.title == "Hoe goed is dit model?"
    figures = made_up_card()["figures"]
    assert f"{figures['km']:,}".replace(",", ".") in words.lead[0]
    assert len(words.lead) == 3
    assert [tile.value for tile in words.tiles][2] == "98"
    text = text_of(response)
    for title in ("Antwoorden die we weglieten", "Komen voorspelde aandelen uit?", "Wat het niet kan"):
        assert title in text


def test_a_run_made_by_the_worker_has_a_card(client):
    report = make_surveyed_report(people=60, answered=40)
    run = estimated(report, features=("site",))
    client.force_login(make_member(report.organisation, role=MemberRole.READER))
    response = client.get(page_address(run), headers={"accept-language": "nl"})
    assert "40" in response.context["words"].tiles[2].value
    card = json.loads(client.get(file_address(run, "json")).content)
    Draft202012Validator(json.loads(model_card_schema_bytes())).validate(card)
    assert card["data"]["answers"] == 40


def test_who_asked_again_with_the_same_inputs_sees_the_same_card(reader, report, run):
    again = done_run(report, same_as=run)
    first, second = (json.loads(reader.get(file_address(one, "json")).content) for one in (run, again))
    assert first == second


@pytest.mark.parametrize("count", [3, 12, 200])
def test_every_kind_of_estimate_can_be_read(reader, report, count):
    card = card_of(surveyed(people=only_answered(make_people(200), count)), features=())
    run = done_run(report, card=card)
    text = text_of(reader.get(page_address(run), headers={"accept-language": "nl"}))
    assert "%(" not in text
    assert ("Niet mogelijk met 3 antwoorden" in text) == (count == 3)
    assert reader.get(file_address(run, "pdf")).content.startswith(b"%PDF")


def test_a_question_to_the_silent_is_told_in_words(reader, report):
    survey = surveyed(300)
    usual_modes = np.full(300, -1)
    usual_modes[np.flatnonzero(~survey.people.answered)[:30]] = survey.people.modes.index("car")
    card = card_of(survey, usual_modes=usual_modes)
    text = text_of(reader.get(page_address(done_run(report, card=card)), headers={"accept-language": "nl"}))
    assert "30 mensen die nog niet hadden geantwoord, vertelden hoe ze reizen." in text
    assert "zij spreken voor alle anderen" in text


def test_it_is_not_there_before_the_run_is_done(client):
    report = make_surveyed_report(people=30, answered=12)
    run = start(report)
    client.force_login(make_member(report.organisation, role=MemberRole.OWNER))
    with as_owner(report.organisation):
        run = EstimationRun.objects.select_related("report", "organisation").get(pk=run.pk)
    assert client.get(page_address(run)).status_code == 404
    assert client.get(file_address(run, "pdf")).status_code == 404


@pytest.mark.parametrize(
    ("state", "card"), [("failed", {"schema": "x"}), ("cancelled", None), ("done", None), ("done", {})]
)
def test_without_a_card_there_is_no_page(reader, report, state, card):
    assert reader.get(page_address(done_run(report, card=card, state=state))).status_code == 404


def test_another_report_of_the_same_employer_does_not_show_it(reader, report, run):
    other = make_report(case="one_person", organisation=report.organisation, reporting_year=2026)
    kwargs = {"slug": report.organisation.slug, "code": other.code, "run": run.code}
    assert reader.get(reverse("report_model_card", kwargs=kwargs)).status_code == 404


def test_strangers_and_site_leads_see_nothing(client, report, run):
    elsewhere = make_organisation()
    client.force_login(make_member(elsewhere, role=MemberRole.OWNER))
    assert client.get(page_address(run)).status_code == 404
    assert client.get(page_address(run, slug=elsewhere.slug)).status_code == 404
    assert client.get(file_address(run, "json")).status_code == 404
    client.force_login(make_member(report.organisation, role=MemberRole.SITE_LEAD, site=make_site(report.organisation)))
    assert client.get(page_address(run)).status_code == 403


@pytest.mark.parametrize("file_format", ["json", "register", "pdf"])
def test_the_same_card_gives_the_same_bytes(reader, run, file_format):
    first, second = (reader.get(file_address(run, file_format), headers={"accept-language": "nl"}) for _ in range(2))
    assert first.content == second.content
    assert first.headers["Content-Disposition"].startswith('attachment; filename="wpm-2025-')


def test_an_unknown_format_is_not_found(reader, run):
    assert reader.get(file_address(run, "exe")).status_code == 404


def test_the_json_is_the_card_and_follows_its_schema(reader, report, run):
    card = json.loads(reader.get(file_address(run, "json")).content)
    assert card == json.loads(json.dumps(made_up_card()))
    schema = reader.get(reverse("report_model_card_schema", kwargs={"slug": report.organisation.slug}))
    assert schema.headers["Content-Type"] == "application/schema+json"
    Draft202012Validator(json.loads(schema.content)).validate(card)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pdf_is_tagged_and_in_the_language_at_hand(reader, run, language):
    content = reader.get(file_address(run, "pdf"), headers={"accept-language": language}).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.MarkInfo.Marked
        assert "pdfuaid" in pdf.open_metadata().pdfa_status or b"pdfuaid" in bytes(pdf.Root.Metadata.read_bytes())


def test_the_register_record_holds_the_fields_of_the_standard(reader, report, run):
    document = json.loads(reader.get(file_address(run, "register"), headers={"accept-language": "en"}).content)
    record = document["record"]
    assert list(record) == list(TITLES)
    assert document["standard"]["version"] == record["standard_version"] == "1.0"
    assert record["lang"] == "nld"
    assert record["category"] == ["Verkeer"]
    assert record["organization"] == report.organisation.name
    assert record["source_id"] == str(run.code)
    for name, value in record.items():
        assert len(value) <= LONGEST.get(name, 2500), name
    # In Dutch, whoever asks.
    assert record["description_short"].startswith("Schat hoeveel kilometer")


def test_what_only_the_employer_knows_is_left_to_the_employer(reader, run):
    document = json.loads(reader.get(file_address(run, "register")).content)
    assert document["to_fill_in"] == [name for name in TITLES if name in BY_EMPLOYER]
    marked = {name for name, value in document["record"].items() if value == "In te vullen door de werkgever"}
    assert marked == set(BY_EMPLOYER)


def test_a_name_with_markup_is_only_a_name(reader, report):
    people_card = json.loads(json.dumps(made_up_card()))
    people_card["validation"]["held_out"]["sites"]["shown"][0]["name"] = "<b>#Noord*</b>"
    run = done_run(report, card=people_card)
    assert "<b>#Noord" not in reader.get(page_address(run)).content.decode()
    assert reader.get(file_address(run, "pdf")).content.startswith(b"%PDF")
