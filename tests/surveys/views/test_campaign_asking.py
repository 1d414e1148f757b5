"""HR chooses whom a campaign asks, and sees how many that are before the start."""

import pytest

from surveys.models import Campaign
from surveys.services.campaign_states import close_campaign
from tests.factories import make_employee
from tests.surveys.campaigns import local, make_draft, make_started, rows
from tests.surveys.views.test_campaigns import FIELDS, NOW, address
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday(time_machine):
    time_machine.move_to(NOW, tick=False)


def closed(organisation):
    make_employee(organisation)
    campaign = make_started(organisation)
    with organisation_scope(organisation):
        return close_campaign(organisation=organisation, actor=None, now=local("2026-03-20"), campaign=campaign)


def test_joiners_are_offered_once_a_survey_is_closed(hr, organisation):
    new = address(organisation, "campaign_new")
    form = hr.get(new).context["form"]
    assert [value for value, _ in form.fields["asks"].choices] == ["everybody", "anchor"]
    assert "asked_since" not in form.fields
    earlier = closed(organisation)
    form = hr.get(new).context["form"]
    assert [value for value, _ in form.fields["asks"].choices] == [
        "everybody",
        "joiners",
        "anchor",
        "joiners_and_anchor",
    ]
    assert form.fields["asked_since"].choices == [(earlier.pk, "Reisweek")]


def test_choice_is_kept_and_shown_again(hr, organisation):
    earlier = closed(organisation)
    chosen = {"asks": "joiners_and_anchor", "asked_since": str(earlier.pk), "anchor_size": "60"}
    assert hr.post(address(organisation, "campaign_new"), FIELDS | chosen).status_code == 302
    found = rows(Campaign, organisation, "code", "asks", "anchor_size", "asked_since", state="draft")
    assert found[0][1:] == ("joiners_and_anchor", 60, earlier.pk)
    initial = hr.get(address(organisation, "campaign_edit", code=found[0][0])).context["form"].initial
    assert (initial["asks"], initial["anchor_size"], initial["asked_since"]) == ("joiners_and_anchor", 60, earlier.pk)


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"asks": "joiners"}, "asked_since"),
        ({"asks": "joiners", "asked_since": "999999"}, "asked_since"),
        ({"asks": "anchor", "anchor_size": "9"}, "anchor_size"),
        ({"asks": "somebody"}, "asks"),
    ],
)
def test_mistake_stands_beside_its_field(hr, organisation, chosen, field):
    closed(organisation)
    response = hr.post(address(organisation, "campaign_new"), FIELDS | chosen)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


def test_a_number_that_is_left_in_the_field_of_the_lot_stops_nobody_who_asks_everybody(hr, organisation):
    chosen = {"asks": "everybody", "anchor_size": "5"}
    assert hr.post(address(organisation, "campaign_new"), FIELDS | chosen).status_code == 302
    assert rows(Campaign, organisation, "asks", "anchor_size") == [("everybody", None)]


def test_start_page_counts_who_is_asked_and_why(hr, organisation):
    for _ in range(30):
        make_employee(organisation)
    hr.post(address(organisation, "campaign_new"), FIELDS | {"asks": "anchor", "anchor_size": "12"})
    (code,) = rows(Campaign, organisation, "code")
    response = hr.get(address(organisation, "campaign_start", code=code))
    population = response.context["population"]
    assert (population["invited"], population["because"]) == (12, [{"label": "door het lot gekozen", "count": 12}])
    assert population["excluded"] == [
        {"reason": "not_drawn", "label": "niet door het lot gekozen; de schatting kan voor hen spreken", "count": 18}
    ]
    assert "Waarom zij: 12 door het lot gekozen." in " ".join(response.content.decode().split())


def test_who_is_not_asked_is_found_with_the_reason(hr, organisation):
    for _ in range(12):
        make_employee(organisation)
    make_draft(organisation)
    draft = Campaign
    hr.post(address(organisation, "campaign_new"), FIELDS | {"asks": "anchor", "anchor_size": "10"})
    (code,) = rows(draft, organisation, "code", asks="anchor")
    hr.post(address(organisation, "campaign_start", code=code))
    page = hr.get(address(organisation, "campaign_not_invited", code=code, reason="not_drawn"))
    assert page.status_code == 200
    assert page.content.decode().count("<tr") == 1 + 2
