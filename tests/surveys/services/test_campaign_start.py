"""Starting: who is asked is frozen, once."""

import datetime
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import translation

from surveys.models import Campaign, Invitation, MailStep, PopulationMember, SurveyWeek
from surveys.services.campaign_start import (
    CampaignAlreadyStarted,
    NobodyToInvite,
    TextsMissing,
    WeeksMissing,
    WeeksOver,
    start_campaign,
)
from surveys.services.campaigns import CampaignDetails
from tests.factories import as_owner, make_employee, make_organisation
from tests.surveys.campaigns import events, local, make_draft, make_started, rows
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
THURSDAY = local("2026-03-12")


def start(organisation, campaign, *, now=THURSDAY):
    with organisation_scope(organisation):
        return start_campaign(organisation=organisation, actor=None, now=now, today=now.date(), campaign=campaign)


def test_start_freezes_the_population_with_reasons(organisation):
    expected = {
        make_employee(organisation).pk: (True, ""),
        make_employee(organisation, is_on_leave=True).pk: (False, "on_leave"),
        make_employee(organisation, email="").pk: (False, "no_address"),
        make_employee(organisation, contract_kind="on_call").pk: (False, "on_call"),
        make_employee(organisation, contract_kind="hired_temp").pk: (False, "hired_temp"),
        make_employee(organisation, contract_kind="seconded_internally").pk: (False, "seconded_internally"),
        make_employee(organisation, monthly_hours=19).pk: (False, "too_few_hours"),
        make_employee(organisation, monthly_hours=20).pk: (True, ""),
        make_employee(organisation, monthly_hours=None).pk: (True, ""),
        make_employee(organisation, has_fixed_workplace=False).pk: (False, "no_fixed_workplace"),
        make_employee(organisation, employed_from=datetime.date(2026, 3, 16)).pk: (False, "not_yet_employed"),
        make_employee(organisation, employed_until=datetime.date(2026, 3, 11)).pk: (False, "left"),
        make_employee(organisation, left_at=local("2026-03-10")).pk: (False, "left"),
    }
    long_gone = make_employee(organisation, left_at=local("2026-02-10"))
    campaign = start(organisation, make_draft(organisation))
    found = rows(PopulationMember, organisation, "employee", "is_invited", "exclusion_reason")
    assert {pk: (invited, reason) for pk, invited, reason in found} == expected
    assert long_gone.pk not in expected
    assert rows(Invitation, organisation, "employee") == [pk for pk, (invited, _) in expected.items() if invited]
    assert (campaign.state, campaign.started_at) == ("running", THURSDAY)
    with as_owner(organisation):
        event = AuditEvent.objects.get(organisation=organisation, action="campaign.started")
    assert event.detail == {"invited": 3, "not_invited": 10, "invitations": 3}


def test_panel_invites_per_week_from_the_first_day_of_employment(organisation):
    early = make_employee(organisation)
    joins_later = make_employee(organisation, employed_from=datetime.date(2026, 3, 16))
    make_started(organisation, kind="weekly_panel", mondays=(datetime.date(2026, 3, 9), datetime.date(2026, 3, 16)))
    first, second = rows(SurveyWeek, organisation, "pk")
    assert rows(Invitation, organisation, "week", "employee") == [
        (first, early.pk),
        (second, early.pk),
        (second, joins_later.pk),
    ]


def test_place_on_the_staff_list_is_kept_as_it_was(organisation):
    employee = make_employee(organisation, department="Magazijn")
    make_started(organisation)
    with as_owner(organisation):
        type(employee).objects.filter(pk=employee.pk).update(department="Verkoop")
    assert rows(PopulationMember, organisation, "department") == ["Magazijn"]


def test_second_start_is_refused(organisation):
    make_employee(organisation)
    campaign = make_started(organisation)
    with pytest.raises(CampaignAlreadyStarted):
        start(organisation, campaign)
    assert len(rows(Invitation, organisation)) == 1
    assert events(organisation).count("campaign.started") == 1


def test_not_without_employees(organisation):
    make_employee(organisation, email="")
    with pytest.raises(NobodyToInvite):
        start(organisation, make_draft(organisation))
    assert rows(Campaign, organisation, "state") == ["draft"]
    assert rows(PopulationMember, organisation) == []


def test_not_without_weeks(organisation):
    campaign = make_draft(organisation)
    with as_owner(organisation):
        campaign.weeks.all().delete()
    with pytest.raises(WeeksMissing):
        start(organisation, campaign)


def test_not_after_the_last_day_to_answer(organisation):
    make_employee(organisation)
    with pytest.raises(WeeksOver):
        start(organisation, make_draft(organisation), now=local("2026-03-31"))


def test_not_without_a_usable_dutch_text(organisation):
    make_employee(organisation)
    campaign = make_draft(organisation)
    with as_owner(organisation):
        campaign.texts.filter(language="nl", kind="reminder").update(body="Geen link")
    with pytest.raises(TextsMissing) as error:
        start(organisation, campaign)
    assert error.value.kinds == ["reminder"]


def test_text_of_every_planned_mail_is_needed_in_dutch(organisation):
    make_employee(organisation)
    campaign = make_draft(organisation)
    with as_owner(organisation):
        MailStep.objects.all().delete()
        week = campaign.weeks.get()
        moments = {"due_at": week.opens_at, "expires_at": week.closes_at}
        for kind, state in (("announcement", "planned"), ("thanks", "skipped")):
            MailStep.objects.create(
                organisation=organisation, campaign=campaign, week=week, kind=kind, state=state, **moments
            )
        campaign.texts.filter(language="nl", kind__in=["announcement", "thanks"]).delete()
    with pytest.raises(TextsMissing) as error:
        start(organisation, campaign)
    assert error.value.kinds == ["announcement"]
    with translation.override("en"):
        assert str(error.value) == "The Dutch texts are not complete. Write these first: Announcement."


def test_reminder_text_is_not_needed_without_reminders(organisation):
    make_employee(organisation)
    details = CampaignDetails(name="R", sender_name="HR", reply_to="hr@voorbeeld.example", has_reminders=False)
    campaign = make_draft(organisation, details=details)
    with as_owner(organisation):
        campaign.texts.filter(kind="reminder").delete()
    assert start(organisation, campaign).state == "running"


def test_campaign_of_another_organisation_is_not_found(organisation):
    campaign = make_draft(organisation)
    with pytest.raises(Campaign.DoesNotExist):
        start(make_organisation(), campaign)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_start_at_once_start_it_once():
    organisation = make_organisation()
    for _ in range(5):
        make_employee(organisation)
    campaign = make_draft(organisation)
    barrier, outcomes = Barrier(2), []

    def press_start():
        barrier.wait()
        try:
            start(organisation, campaign)
            outcomes.append("started")
        except CampaignAlreadyStarted:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=press_start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "started"]
    assert len(rows(Invitation, organisation)) == 5
