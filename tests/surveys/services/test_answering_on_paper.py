"""A campaign's choice: people without an e-mail address answer on paper. Other reasons stay as they are."""

import datetime

import pytest

from surveys.models import Campaign, Invitation, PopulationMember
from surveys.selectors.population import expected_population, frozen_population
from surveys.services.campaigns import update_campaign
from tests.factories import make_employee, make_organisation
from tests.surveys.campaigns import (
    DETAILS,
    MONDAY,
    advance,
    local,
    mails,
    make_draft,
    make_started,
    plan,
    rows,
    send_all,
)
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
ON_PAPER = DETAILS.__class__(**{**DETAILS.__dict__, "answers_on_paper": True})
TODAY = datetime.date(2026, 3, 12)


@pytest.fixture
def organisation():
    """One person to mail, one to reach on paper, one on call, who is not asked whatever is chosen."""
    organisation = make_organisation()
    make_employee(organisation, staff_number="mail", email="jan@voorbeeld.example")
    make_employee(organisation, staff_number="paper", email="")
    make_employee(organisation, staff_number="on_call", email="", contract_kind="on_call")
    return organisation


def reasons(organisation):
    found = rows(PopulationMember, organisation, "employee__staff_number", "is_invited", "exclusion_reason")
    return {number: "invited" if is_invited else reason for number, is_invited, reason in found}


def test_unless_chosen_they_are_left_out_as_before(organisation):
    make_started(organisation)
    assert reasons(organisation) == {"mail": "invited", "paper": "no_address", "on_call": "on_call"}
    assert rows(Campaign, organisation, "answers_on_paper") == [False]


def test_when_chosen_they_are_invited_and_no_other_reason_changes(organisation):
    make_started(organisation, details=ON_PAPER)
    assert reasons(organisation) == {"mail": "invited", "paper": "invited", "on_call": "on_call"}
    assert rows(Invitation, organisation, "employee__staff_number") == ["mail", "paper"]


def test_nobody_on_paper_gets_a_mail(organisation):
    make_started(organisation, details=ON_PAPER)
    monday = local("2026-03-16", "09:01")
    advance(organisation, now=monday)
    send_all(organisation, now=monday + datetime.timedelta(minutes=1))
    assert {recipient for _kind, recipient, state, _reason in mails(organisation) if state == "sent"} == {
        "jan@voorbeeld.example"
    }


def test_before_the_start_and_after_it_says_how_many_answer_on_paper(organisation):
    with organisation_scope(organisation):
        expected = expected_population(organisation=organisation, mondays=[MONDAY], today=TODAY, on_paper=True)
    campaign = make_started(organisation, details=ON_PAPER)
    with organisation_scope(organisation):
        found = frozen_population(campaign=campaign)
    assert (expected.invited, expected.on_paper) == (found.invited, found.on_paper) == (2, 1)
    assert expected.excluded == found.excluded == (("on_call", 1),)


def test_the_choice_can_be_changed_until_the_start(organisation):
    draft = make_draft(organisation, details=ON_PAPER)
    with organisation_scope(organisation):
        update_campaign(
            organisation=organisation,
            actor=None,
            now=local("2026-03-11"),
            campaign=draft,
            plan=plan(),
            details=DETAILS,
        )
    assert rows(Campaign, organisation, "answers_on_paper") == [False]


def test_an_employer_of_whom_nobody_has_an_address_can_start():
    organisation = make_organisation()
    make_employee(organisation, email="")
    make_started(organisation, details=ON_PAPER)
    assert len(rows(Invitation, organisation)) == 1
