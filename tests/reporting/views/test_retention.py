"""The pages about retention and privacy."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from surveys.models import RetentionHold
from tests.factories import as_owner, make_campaign, make_employee, make_legal_entity, make_member, make_organisation
from tests.reporting.report_rows import freeze, make_report
from tests.reporting.services.retention.rows import DUE, TOLD, tick, told_and_gone
from tests.reporting.services.test_member_notices import add_people
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import Membership, Organisation

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


@pytest.fixture
def report():
    return make_report()


@pytest.fixture
def hr(client, report):
    client.force_login(make_member(report.organisation))
    return client


def address(report, name, **arguments):
    return reverse(name, kwargs={"slug": report.organisation.slug, **arguments})


def of_campaign(report, name="campaign_retention"):
    return address(report, name, code=report.campaign.code)


def get(client, where, *, at=NOW):
    with time_machine.travel(at, tick=False):
        return client.get(where)


def post(client, where, data=None, *, at=NOW):
    with time_machine.travel(at, tick=False):
        return client.post(where, data or {}, follow=True)


def test_the_page_previews_rows_and_day(hr, report):
    page = get(hr, of_campaign(report))
    assert "Op 16 maart 2028 worden 21 regels over personen verwijderd" in page.text
    assert "nog niet vastgezet" in page.text
    assert "Op 16 maart 2028" in get(hr, address(report, "campaign", code=report.campaign.code)).text


def test_a_draft_campaign_and_another_organisations_are_not_found(hr, report):
    draft = make_campaign(report.organisation, state="draft")
    assert get(hr, address(report, "campaign_retention", code=draft.code)).status_code == 404
    other = make_report(organisation=make_organisation())
    for name in ("campaign_retention", "campaign_retention_hold", "campaign_retention_lift"):
        assert get(hr, address(report, name, code=other.campaign.code)).status_code == 404


@pytest.mark.parametrize(("months", "status", "day"), [("12", 200, "16 maart 2027"), ("0", 422, ""), ("85", 422, "")])
def test_the_period_is_set(hr, report, months, status, day):
    page = post(hr, of_campaign(report, "campaign_retention_period"), {"months": months})
    assert page.status_code == status
    assert day in page.text


def test_a_hold_is_placed_shown_and_lifted(hr, report):
    hold = of_campaign(report, "campaign_retention_hold")
    assert post(hr, hold, {"reason": ""}).status_code == 422
    page = post(hr, hold, {"reason": "Controle van de omgevingsdienst", "until": "2027-01-31"})
    assert "Geblokkeerd tot en met 31 januari 2027." in page.text
    assert "Controle van de omgevingsdienst" in page.text
    assert "al geblokkeerd" in post(hr, hold, {"reason": "Nog een"}).text
    assert "opgeheven" in post(hr, of_campaign(report, "campaign_retention_lift")).text
    assert "niet geblokkeerd" in post(hr, of_campaign(report, "campaign_retention_lift")).text


def test_a_hold_cannot_end_in_the_past(hr, report):
    page = post(hr, of_campaign(report, "campaign_retention_hold"), {"reason": "x", "until": "2026-11-20"})
    assert "nog niet voorbij" in page.text
    with as_owner(report.organisation):
        assert not RetentionHold.objects.exists()


def test_the_start_page_warns_of_what_goes_and_of_drafts(client, report):
    with time_machine.travel(TOLD, tick=False):
        client.force_login(make_member(report.organisation))
    tick(report.organisation, TOLD)
    page = get(client, address(report, "console_start"), at=TOLD)
    assert "Op 16 maart 2028 wordt alles over personen" in page.text
    assert "1 rapport dat deze enquête gebruikt, is niet vastgezet" in page.text
    tick(report.organisation, DUE)
    with time_machine.travel(DUE, tick=False):
        client.force_login(make_member(report.organisation))
    assert "wordt alles over personen" not in get(client, address(report, "console_start"), at=DUE).text


def test_readers_see_the_log_and_may_change_nothing(client, report):
    client.force_login(make_member(report.organisation, role=MemberRole.READER))
    freeze(report)
    told_and_gone(report.organisation)
    page = get(client, address(report, "settings_privacy"))
    assert "Hash klopt" in page.text
    (run,) = get(client, address(report, "settings_privacy_log")).json()["runs"]
    assert (run["is_genuine"], run["planned_on"]) == (True, "2028-03-16")
    assert set(run["after"].values()) == {0}
    assert "campaign_retention_hold" not in page.text
    assert get(client, of_campaign(report, "campaign_retention_hold")).status_code in (403, 404)


def test_the_campaigns_page_says_it_is_anonymous_with_the_same_totals(hr, report):
    where = address(report, "campaign", code=report.campaign.code)
    before = get(hr, where)
    freeze(report)
    told_and_gone(report.organisation)
    after = get(hr, where)
    assert "Anoniem sinds 16 maart 2028" in after.text
    assert after.context["counts"] == before.context["counts"]
    assert after.context["population"] == before.context["population"]


def test_switching_names_off_asks_and_then_erases(hr, report):
    with as_owner(report.organisation):
        Organisation.objects.filter(pk=report.organisation.pk).update(stores_names=True)
    person = make_employee(report.organisation, name="Sanne")
    where = address(report, "settings_staff_details")
    assert "De naam van 1 persoon wordt gewist." in post(hr, where).text
    with as_owner(report.organisation):
        person.refresh_from_db()
    assert person.name == "Sanne"
    post(hr, where, {"confirm": "1"})
    with as_owner(report.organisation):
        person.refresh_from_db()
        assert Organisation.objects.get(pk=report.organisation.pk).stores_names is False
    assert person.name == ""


def test_a_member_switches_their_own_reminders_off(hr, report):
    colleague = make_member(report.organisation)
    post(hr, address(report, "settings_notices"))
    with as_owner(report.organisation):
        wanted = dict(Membership.objects.values_list("user", "gets_notices"))
    assert wanted.pop(colleague.pk) is True
    assert list(wanted.values()) == [False]


def test_the_start_page_says_for_each_legal_entity_whether_it_must_report(hr, report):
    """Obliged under 250 and over 100 in 2026 means pending; a small one may; one without provisions is exempt."""
    organisation = make_organisation()
    hr.force_login(make_member(organisation))
    for name, people, provision in (
        ("Groot", 260, True),
        ("Midden", 120, True),
        ("Klein", 20, True),
        ("Geen", 150, False),
    ):
        entity = make_legal_entity(organisation, name=name)
        add_people(organisation, entity, people, has_mobility_provision=provision)
    make_legal_entity(organisation, name="Leeg")
    page = get(hr, reverse("console_start", kwargs={"slug": organisation.slug}) + "?year=2026")
    found = {duty.legal_entity.name: (duty.has_staff, duty.duty.kind.value) for duty in page.context["path"].duties}
    assert found == {
        "Groot": (True, "obliged"),
        "Midden": (True, "pending_law_change"),
        "Klein": (True, "voluntary"),
        "Geen": (True, "exempt"),
        "Leeg": (False, "voluntary"),
    }
    assert "de drempel is nu 100 en wordt misschien 250" in page.text
    assert "Drempel omzetten" in page.text


def test_when_nobody_must_file_no_deadline_presses(hr, report):
    organisation = make_organisation()
    hr.force_login(make_member(organisation))
    add_people(organisation, make_legal_entity(organisation), 20)
    late = datetime.datetime(2026, 7, 2, tzinfo=datetime.UTC)
    page = get(hr, reverse("console_start", kwargs={"slug": organisation.slug}) + "?year=2025", at=late)
    assert [item.kind.value for item in page.context["path"].attention] == []
