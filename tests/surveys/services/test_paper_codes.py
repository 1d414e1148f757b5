"""Codes on paper: who gets one, that each replaces the one before, and that nothing in the clear is kept."""

import datetime

import pytest
from django.db import ProgrammingError

from surveys.domain import paper_code
from surveys.models import Employee, Invitation, PaperCode, PaperList
from surveys.services import paper_codes
from surveys.services.paper_codes import NobodyOnPaper, NotOpenForPaper, TooManySlips
from surveys.services.paper_entry import WrongCode, open_with_code
from tests.factories import (
    NOW,
    as_owner,
    audited,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_site,
    make_week,
)
from tests.surveys.campaigns import events, rows
from tests.surveys.paper_rows import LATER, make_paper_people, print_again, print_list
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.scoping import Role, organisation_scope


def people_of(slips):
    return [slip.invitation.pk for slip in slips]


def opens(organisation, code):
    return open_with_code(organisation_id=organisation.pk, text=str(code), address="192.0.2.1")


@pytest.mark.django_db
class TestMaking:
    def test_everybody_without_an_address_gets_a_code_of_their_own_that_opens_their_week(self):
        organisation, campaign, invitations = make_paper_people(3)
        made, slips = print_list(campaign)
        assert (made.name, people_of(slips)) == ("Magazijn", [invitation.pk for invitation in invitations])
        assert [opens(organisation, slip.code) for slip in slips] == [invitation.code for invitation in invitations]

    def test_no_secret_is_kept_in_the_clear(self):
        organisation, campaign, _invitations = make_paper_people(2)
        _made, slips = print_list(campaign)
        kept = rows(PaperCode, organisation, "lookup", "secret_hash")
        assert [lookup for lookup, _hash in kept] == [slip.code.lookup for slip in slips]
        assert all(hashed.startswith("argon2$argon2id$") for _lookup, hashed in kept)
        everything = repr(kept) + repr(audited(organisation))
        assert not any(slip.code.secret in everything for slip in slips)

    def test_it_is_written_into_the_audit_trail(self):
        organisation, campaign, _invitations = make_paper_people(2)
        made, _slips = print_list(campaign)
        assert audited(organisation) == [("paper_list.made", str(made.code))]

    def test_one_site_or_department_and_people_with_an_address_only_when_asked(self):
        organisation, campaign, (first,) = make_paper_people(1, department="Magazijn")
        venlo = make_site(organisation, name="Venlo")
        there = make_invitation(first.week, make_employee(organisation, email="", site=venlo, department="Kantoor"))
        mailed = make_invitation(first.week, make_employee(organisation, site=venlo, department="Kantoor"))
        assert people_of(print_list(campaign, site_id=venlo.pk)[1]) == [there.pk]
        assert people_of(print_list(campaign, department="Magazijn")[1]) == [first.pk]
        everybody = print_list(campaign, department="Kantoor", only_without_address=False)[1]
        assert people_of(everybody) == [there.pk, mailed.pk]

    def test_who_answered_left_or_was_withdrawn_gets_none(self):
        organisation, campaign, invitations = make_paper_people(4)
        with as_owner(organisation):
            Invitation.objects.filter(pk=invitations[0].pk).update(answered_at=NOW)
            Invitation.objects.filter(pk=invitations[1].pk).update(withdrawn_at=NOW, withdrawn_reason="left")
            Employee.objects.filter(pk=invitations[2].employee_id).update(left_at=NOW)
        assert people_of(print_list(campaign)[1]) == [invitations[3].pk]

    def test_another_organisations_people_are_not_among_them(self):
        _theirs, _campaign, _people = make_paper_people(2)
        _own, campaign, invitations = make_paper_people(1)
        assert people_of(print_list(campaign)[1]) == [invitations[0].pk]

    def test_nobody_to_print_for_is_said_and_makes_no_list(self):
        organisation, campaign, _people = make_paper_people(1, email="jan@voorbeeld.example")
        with pytest.raises(NobodyOnPaper):
            print_list(campaign)
        assert (rows(PaperList, organisation), events(organisation)) == ([], [])

    def test_more_than_fit_are_refused_with_their_number(self, monkeypatch):
        monkeypatch.setattr(paper_codes, "MOST_SLIPS", 2)
        organisation, campaign, _people = make_paper_people(3)
        with pytest.raises(TooManySlips) as refusal:
            print_list(campaign)
        assert (refusal.value.count, rows(PaperCode, organisation)) == (3, [])

    @pytest.mark.parametrize("state", ["draft", "closed"])
    def test_not_before_the_start_nor_after_the_end(self, state):
        organisation = make_organisation()
        campaign = make_campaign(organisation, state=state)
        make_invitation(make_week(campaign), make_employee(organisation, email=""))
        with pytest.raises(NotOpenForPaper):
            print_list(campaign)

    def test_before_the_week_opens_slips_can_be_printed_and_after_its_last_day_no_more(self):
        _organisation, campaign, (asked,) = make_paper_people(1)
        assert people_of(print_list(campaign, now=NOW - datetime.timedelta(days=3))[1]) == [asked.pk]
        with pytest.raises(NotOpenForPaper):
            print_list(campaign, now=asked.week.closes_at)

    def test_of_several_weeks_the_first_that_is_open_still(self):
        organisation, campaign, (first,) = make_paper_people(1)
        second_week = make_week(campaign, monday=first.week.monday + datetime.timedelta(days=7), opens_at=LATER)
        second = make_invitation(second_week, first.employee)
        assert people_of(print_list(campaign)[1]) == [first.pk]
        with as_owner(organisation):
            type(first.week).objects.filter(pk=first.week_id).update(closes_at=LATER)
        assert people_of(print_list(campaign)[1]) == [second.pk]


@pytest.mark.django_db
class TestPrintingAgain:
    def test_a_new_list_ends_the_codes_before(self):
        organisation, campaign, invitations = make_paper_people(2)
        _first, before = print_list(campaign)
        second, after = print_list(campaign, name="Opnieuw")
        for slip in before:
            with pytest.raises(WrongCode):
                opens(organisation, slip.code)
        assert [opens(organisation, slip.code) for slip in after] == [invitation.code for invitation in invitations]
        assert set(rows(PaperCode, organisation, "paper_list")) == {second.pk}

    def test_one_slip_is_replaced_on_its_list_and_the_others_stay(self):
        organisation, campaign, (lost, other) = make_paper_people(2)
        made, before = print_list(campaign)
        paper_list, (slip,) = print_again(lost)
        assert (paper_list.pk, slip.invitation.pk) == (made.pk, lost.pk)
        with pytest.raises(WrongCode):
            opens(organisation, before[0].code)
        assert [opens(organisation, slip.code), opens(organisation, before[1].code)] == [lost.code, other.code]
        assert [action for action, _subject in audited(organisation)][1:] == ["invitation.paper_code_made"]

    def test_first_codes_of_single_people_share_a_list(self):
        organisation, _campaign, (one, two) = make_paper_people(2, email="x@voorbeeld.example")
        assert print_again(one)[0] == print_again(two)[0]
        assert len(rows(PaperList, organisation)) == 1

    def test_who_has_answered_gets_no_new_slip(self):
        organisation, _campaign, (asked,) = make_paper_people(1)
        with as_owner(organisation):
            Invitation.objects.filter(pk=asked.pk).update(answered_at=NOW)
        with pytest.raises(NobodyOnPaper):
            print_again(asked)

    def test_not_after_the_last_day(self):
        _organisation, _campaign, (asked,) = make_paper_people(1)
        with pytest.raises(NotOpenForPaper):
            print_again(asked, now=asked.week.closes_at)

    def test_no_two_people_share_a_look_up_part_however_few_are_left(self, monkeypatch):
        monkeypatch.setattr(paper_code, "ALPHABET", "CD")
        organisation, campaign, _people = make_paper_people(16)
        print_list(campaign)
        assert len(set(rows(PaperCode, organisation, "lookup"))) == 16


@pytest.mark.django_db(transaction=True)
def test_printed_several_times_at_once_each_person_has_one_code_and_it_works():
    organisation, campaign, invitations = make_paper_people(5)

    def once():
        return print_list(campaign)

    outcomes = at_once(*[once] * 4)
    kept = dict(rows(PaperCode, organisation, "invitation_id", "paper_list_id"))
    assert sorted(kept) == sorted(invitation.pk for invitation in invitations)
    (last,) = set(kept.values())
    (slips,) = (slips for made, slips in outcomes if made.pk == last)
    assert [opens(organisation, slip.code) for slip in slips] == people_codes(invitations)


def people_codes(invitations):
    return [invitation.code for invitation in invitations]


@pytest.mark.django_db(transaction=True)
def test_two_campaigns_printed_at_once_share_no_look_up_part():
    organisation, one, _people = make_paper_people(4)
    _same, two, _others = make_paper_people(4, organisation=organisation)
    outcomes = at_once(lambda: print_list(one), lambda: print_list(two))
    assert all(isinstance(outcome, tuple) for outcome in outcomes)
    lookups = rows(PaperCode, organisation, "lookup")
    assert len(set(lookups)) == len(lookups) == 8


@pytest.mark.django_db
def test_respondents_cannot_read_codes():
    organisation, campaign, (asked, _other) = make_paper_people(2)
    print_list(campaign)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        organisation_scope(organisation, role=Role.RESPONDENT, employee_id=asked.employee_id),
    ):
        list(PaperCode.objects.all())
