"""Rules and sources of a year: everybody with a report reads them, HR sets the open ones."""

import pytest
from django.urls import reverse

from reporting.models import ParameterOverride
from tests.factories import make_member
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db

EN = {"accept-language": "en"}


def address(organisation, year=2026):
    return reverse("report_parameters", kwargs={"slug": organisation.slug, "year": year})


def overrides(organisation):
    with organisation_scope(organisation):
        return [(row.reporting_year, row.name, row.value, row.source) for row in ParameterOverride.objects.all()]


@pytest.mark.parametrize("name", ["\x00", "", "no_such_setting"])
def test_a_reset_of_what_is_no_setting_changes_nothing(hr, organisation, name):
    hr.post(address(organisation), {"name": "threshold_250", "value": "in_force", "source": "Staatsblad 2026, 401"})
    assert hr.post(address(organisation), {"reset": name}).status_code == 302
    assert len(overrides(organisation)) == 1


def test_the_pending_threshold_is_switched_with_its_source_and_back(hr, organisation):
    data = {"name": "threshold_250", "value": "in_force", "source": "Staatsblad 2026, 401"}
    text = hr.post(address(organisation), data, follow=True, headers=EN).text
    assert overrides(organisation) == [(2026, "threshold_250", "in_force", "Staatsblad 2026, 401")]
    assert "Source: Staatsblad 2026, 401" in text
    assert "set by you" in text
    hr.post(address(organisation), {"reset": "threshold_250"})
    assert overrides(organisation) == []


def test_a_share_is_typed_with_a_comma(hr, organisation):
    hr.post(address(organisation), {"name": "sample_margin", "value": "0,05", "source": "Our agency"})
    assert overrides(organisation) == [(2026, "sample_margin", "0.05", "Our agency")]
    assert "<strong>5 %</strong>" in hr.get(address(organisation)).text


@pytest.mark.parametrize(
    "data",
    [
        {"name": "sample_margin", "value": "7", "source": "Our agency"},
        {"name": "sample_margin", "value": "NaN", "source": "Our agency"},
        {"name": "weeks_per_year", "value": "52", "source": "Our agency"},
        {"name": "threshold_abc", "value": "in_force", "source": "Our agency"},
        {"name": "threshold_250", "value": "x" * 60, "source": "Our agency"},
    ],
)
def test_what_does_not_fit_is_refused_in_words(hr, organisation, data):
    text = hr.post(address(organisation), data, follow=True, headers=EN).text
    assert "This setting cannot have this value." in text
    assert overrides(organisation) == []


def test_a_missing_source_keeps_what_was_typed(hr, organisation):
    response = hr.post(address(organisation), {"name": "threshold_250", "value": "in_force", "source": ""})
    assert response.status_code == 422
    assert overrides(organisation) == []


def test_a_reader_reads_and_cannot_set(client, organisation):
    client.force_login(make_member(organisation, role=MemberRole.READER))
    text = client.get(address(organisation), headers=EN).text
    assert "Draft decree of April 2026" in text
    assert "<form" not in text[text.index("settings-title") :]
    data = {"name": "threshold_250", "value": "in_force", "source": "x"}
    assert client.post(address(organisation), data).status_code == 403
    assert overrides(organisation) == []


def test_a_year_without_parameters_is_not_found(hr, organisation):
    assert hr.get(address(organisation, 1999)).status_code == 404
