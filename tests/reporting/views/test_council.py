"""The summary for the works council: from the real settings, in Dutch, as a page and as a tagged PDF."""

import io
import re

import pikepdf
import pytest
from django.urls import reverse

from surveys.services.published_results import publish_result
from tests.factories import (
    NOW,
    as_owner,
    make_campaign,
    make_legal_entity,
    make_member,
    make_organisation,
    make_site,
    make_week,
)
from tests.reporting.report_rows import freeze, make_report
from tests.surveys.answered_weeks import HOME, answer_week
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation(name="Voorbeeld Fietsfabriek", yearly_mail_limit=6)


@pytest.fixture
def reader(client, organisation):
    client.force_login(make_member(organisation, role=MemberRole.READER))
    return client


def address(organisation, name="settings_council"):
    return reverse(name, kwargs={"slug": organisation.slug})


def text_of(client, organisation):
    content = client.get(address(organisation), headers={"accept-language": "en"}).content.decode()
    body = content.split('<div class="council"')[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def section(client, organisation, name):
    summary = client.get(address(organisation)).context["summary"]
    return next(section for section in summary.sections if section.name == name)


def test_before_anything_it_says_what_is_set(reader, organisation):
    text = text_of(reader, organisation)
    assert "Iemand krijgt hoogstens 6 mails per jaar." in text
    assert "24 maanden na het sluiten van een enquête verwijderd" in text
    assert "Er is nog geen enquête afgelopen." in text
    assert "Er is nog geen rapportage." in text


def test_it_is_dutch_for_who_reads_english_too(reader, organisation):
    content = reader.get(address(organisation), headers={"accept-language": "en"}).content.decode()
    assert '<html lang="en">' in content
    assert '<div class="council" lang="nl">' in content
    assert "What is asked" not in content


def test_the_settings_are_the_real_ones(reader, organisation):
    with as_owner(organisation):
        Organisation.objects.filter(pk=organisation.pk).update(
            yearly_mail_limit=3, answers_kept_months=12, stores_names=True, contact_name="Personeelszaken"
        )
    text = text_of(reader, organisation)
    assert "Iemand krijgt hoogstens 3 mails per jaar." in text
    assert "12 maanden" in text
    assert "Namen van medewerkers: bewaard. Geboortejaren: niet bewaard." in text
    assert "Vragen stellen: Personeelszaken" in text


def test_who_can_see_what_follows_from_the_rights(reader, organisation):
    make_member(organisation, role=MemberRole.SITE_LEAD, site=make_site(organisation))
    make_member(organisation, role=MemberRole.HR_ADMIN)
    rows = section(reader, organisation, "access").rows
    assert [row[1:] for row in rows[:4]] == [
        ("0", "ja", "nee", "ja"),
        ("1", "ja", "nee", "ja"),
        ("1", "eigen vestiging", "nee", "nee"),
        ("1", "nee", "nee", "ja"),
    ]
    assert {row[3] for row in rows} == {"nee"}


def test_the_latest_result_and_whether_employees_can_read_it(reader, organisation):
    week = make_week(make_campaign(organisation, state="closed", name="Reisweek 2026"))
    for _ in range(6):
        answer_week(week, ["car", "car", "bicycle", HOME])
    assert "Reisweek 2026: 6 van de 6 mensen hebben geantwoord (100 %)." in text_of(reader, organisation)
    assert "Het resultaat is niet gepubliceerd" in text_of(reader, organisation)
    with organisation_scope(organisation):
        publish_result(organisation=organisation, actor=None, now=NOW, campaign=week.campaign)
    assert "Medewerkers kunnen dit resultaat lezen." in text_of(reader, organisation)
    assert [row[1] for row in section(reader, organisation, "result").rows] == [
        "60 km",
        "25 %",
        "67 % van de reisdagen",
        "33 % van de reisdagen",
    ]


def test_four_answers_give_no_figures(reader, organisation):
    week = make_week(make_campaign(organisation, state="closed"))
    for _ in range(4):
        answer_week(week, ["car"])
    assert section(reader, organisation, "result").rows == ()


def test_the_method_is_that_of_the_newest_report(client):
    report = make_report()
    freeze(report)
    client.force_login(make_member(report.organisation))
    text = text_of(client, report.organisation)
    assert "De rapportage over 2025 van Voorbeeld B.V.:" in text
    assert "afgerond" in section(client, report.organisation, "method").paragraphs[-1]


def test_another_organisations_figures_are_not_in_it(reader, organisation):
    other = make_legal_entity(make_organisation(name="Andere Werkgever"), name="Andere B.V.")
    assert other.name not in text_of(reader, organisation)


def test_strangers_and_site_leads_do_not_read_it(client, organisation):
    client.force_login(make_member(make_organisation()))
    assert client.get(address(organisation)).status_code == 404
    client.force_login(make_member(organisation, role=MemberRole.SITE_LEAD, site=make_site(organisation)))
    assert client.get(address(organisation)).status_code == 403
    assert client.get(address(organisation, "settings_council_pdf")).status_code == 403


def test_the_pdf_can_be_read_aloud(reader, organisation):
    response = reader.get(address(organisation, "settings_council_pdf"))
    assert response.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nl"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "/StructTreeRoot" in pdf.Root
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"].startswith("De reisenquête: samenvatting voor de ondernemingsraad")


def test_the_same_settings_give_the_same_bytes(reader, organisation):
    name = address(organisation, "settings_council_pdf")
    assert reader.get(name).content == reader.get(name).content


def test_names_are_never_read_as_markup(client):
    organisation = make_organisation(name="#set page(width: 1cm) $x$ *Vet* <b>")
    client.force_login(make_member(organisation))
    assert client.get(address(organisation, "settings_council_pdf")).content.startswith(b"%PDF")
    assert "&lt;b&gt;" in client.get(address(organisation)).content.decode()
