"""The letter of each kind of the plan, and of a link that somebody asked for."""

import datetime

import pytest
from django.utils import translation

from surveys.domain.mail_kinds import (
    ANNOUNCEMENT_MAIL,
    INVITATION_MAIL,
    OWN_LINK_MAIL,
    PLANNED_KINDS,
    REMINDER_MAIL,
    THANKS_MAIL,
)
from surveys.models import Campaign, DayAnswer, Invitation
from surveys.services.campaign_result_words import result_in_words
from surveys.services.campaign_texts import add_default_texts
from surveys.services.survey_letters import letter_for
from tests.factories import (
    NOW,
    as_owner,
    make_campaign,
    make_employee,
    make_invitation,
    make_organisation,
    make_response,
    make_week,
    personal_path,
)
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
NO_FIGURES = "We give no figures here, so that nobody's answers can be recognised."


@pytest.fixture
def campaign(organisation):
    campaign = make_campaign(organisation)
    with organisation_scope(organisation):
        add_default_texts(campaign=campaign)
    return campaign


@pytest.fixture
def invitation(organisation, campaign):
    return make_invitation(make_week(campaign), make_employee(organisation, language="en"))


def letter(invitation, kind, *, at=NOW):
    organisation = invitation.organisation
    with organisation_scope(organisation):
        mail = OutgoingMail(organisation=organisation, kind=kind, reference=invitation.code, due_at=at)
        found = Invitation.objects.select_related("campaign__organisation", "week", "employee").get(pk=invitation.pk)
        return letter_for(mail=mail, invitation=found)


def link_of(invitation):
    with as_owner(invitation.organisation):
        return f"http://testserver{personal_path(invitation)}"


@pytest.mark.parametrize(
    ("kind", "has_link", "can_stop"),
    [
        (ANNOUNCEMENT_MAIL, False, True),
        (INVITATION_MAIL, True, True),
        (REMINDER_MAIL, True, True),
        (THANKS_MAIL, False, False),
        (OWN_LINK_MAIL, True, False),
    ],
)
def test_link_and_stop_per_kind(invitation, kind, has_link, can_stop):
    link, found = link_of(invitation), letter(invitation, kind)
    assert (link in found.text, link in found.html) == (has_link, has_link)
    assert found.headers.get("List-Unsubscribe") == (f"<{link}stop/>" if can_stop else None)
    assert found.headers.get("List-Unsubscribe-Post") == ("List-Unsubscribe=One-Click" if can_stop else None)
    assert found.secrets == (link.split("/")[4],)
    assert found.sender == '"Voorbeeld Personeelszaken (Voorbeeld Fietsfabriek)" <wpm@platform.example>'
    assert found.reply_to == "hr@voorbeeld.example"
    assert "{" not in found.subject + found.text


@pytest.mark.parametrize("kind", PLANNED_KINDS)  # of a follow-up: nobody was asked
def test_no_letter_without_a_text(invitation, campaign, kind):
    with as_owner(campaign.organisation):
        campaign.texts.filter(kind=kind.removeprefix("surveys.")).delete()
    assert letter(invitation, kind) is None


def test_letter_is_in_the_language_of_the_employee(invitation):
    assert letter(invitation, ANNOUNCEMENT_MAIL).subject == "Soon we ask how you travel to work"
    assert letter(invitation, OWN_LINK_MAIL).subject == "Your link to the questions of Voorbeeld Fietsfabriek"
    with as_owner(invitation.organisation):
        type(invitation.employee).objects.update(language="pl")
    assert letter(invitation, ANNOUNCEMENT_MAIL).subject == "Wkrótce zapytamy, jak dojeżdżasz do pracy"
    assert letter(invitation, OWN_LINK_MAIL).subject == "Twój link do pytań firmy Voorbeeld Fietsfabriek"
    with as_owner(invitation.organisation):
        type(invitation.employee).objects.update(language="ar")
    arabic = letter(invitation, ANNOUNCEMENT_MAIL)
    assert arabic.subject == "سنسألك قريبًا كيف تذهب إلى العمل"
    assert '<html lang="ar" dir="rtl">' in arabic.html
    with as_owner(invitation.organisation):
        type(invitation.employee).objects.update(language="")
    assert letter(invitation, ANNOUNCEMENT_MAIL).subject == "Binnenkort vragen we hoe je naar je werk reist"
    assert letter(invitation, OWN_LINK_MAIL).subject == "Je link naar de vragen van Voorbeeld Fietsfabriek"


def test_own_link_holds_every_week_that_is_open_when_asked(invitation, campaign):
    week = datetime.timedelta(days=7)
    moments = {"opens_at": NOW + week, "closes_at": NOW + 3 * week}
    later = make_invitation(make_week(campaign, monday=invitation.week.monday + week, **moments), invitation.employee)
    other = make_invitation(later.week, make_employee(campaign.organisation))
    first, both = letter(invitation, OWN_LINK_MAIL), letter(invitation, OWN_LINK_MAIL, at=NOW + week)
    assert (link_of(invitation) in first.text, link_of(later) in first.text) == (True, False)
    assert (link_of(invitation) in both.text, link_of(later) in both.text) == (True, True)
    assert len(both.secrets) == 2
    assert link_of(other) not in both.text + both.html


def answer(invitations, *, mode, days):
    for invitation in invitations:
        response = make_response(invitation)
        with as_owner(invitation.organisation):
            for number in range(days):
                DayAnswer.objects.create(
                    organisation=invitation.organisation,
                    response=response,
                    employee=response.employee,
                    date=invitation.week.monday + datetime.timedelta(days=number),
                    whereabouts="workplace",
                    mode=mode,
                    return_metres=20_000,
                )


def close(campaign):
    with as_owner(campaign.organisation):
        Campaign.objects.filter(pk=campaign.pk).update(state="closed")


def result(campaign, *, language="en"):
    with organisation_scope(campaign.organisation), translation.override(language):
        return result_in_words(Campaign.objects.get(pk=campaign.pk))


def invited(campaign, *, people):
    week = make_week(campaign)
    return [make_invitation(week, make_employee(campaign.organisation)) for _ in range(people)]


def test_thanks_tell_response_and_mode_split_of_a_closed_campaign(organisation, campaign):
    people = invited(campaign, people=16)
    answer(people[:6], mode="car", days=3)
    answer(people[6:11], mode="bicycle", days=2)
    answer(people[11:13], mode="walking", days=5)
    assert result(campaign) == NO_FIGURES  # still open
    close(campaign)
    assert result(campaign) == (
        "13 of 16 people answered (81 %). Of the days on which they travelled to work: car 64 %, bicycle or e-bike "
        "36 %. What fewer than five people used is left out."
    )
    assert result(campaign, language="nl").startswith("13 van de 16 mensen hebben geantwoord (81 %). Van de dagen")
    assert "13 van de 16 mensen" in letter(people[0], THANKS_MAIL).text


def test_one_mode_alone_is_not_named(organisation, campaign):
    people = invited(campaign, people=6)
    answer(people, mode="car", days=1)
    close(campaign)
    assert result(campaign) == "6 of 6 people answered (100 %)."


def test_fewer_than_five_answers_give_no_figures(organisation, campaign):
    answer(invited(campaign, people=4), mode="car", days=1)
    close(campaign)
    assert result(campaign) == NO_FIGURES


def test_result_is_of_the_own_organisation_and_campaign(organisation, campaign):
    other = make_campaign(make_organisation())
    answer(invited(other, people=6), mode="car", days=1)
    close(other)
    close(campaign)
    assert result(campaign) == NO_FIGURES


def test_withdrawn_invitations_do_not_count(organisation, campaign):
    people = invited(campaign, people=8)
    answer(people[:5], mode="car", days=1)
    with as_owner(organisation):
        Invitation.objects.filter(pk=people[7].pk).update(withdrawn_at=NOW)
    close(campaign)
    assert result(campaign) == "5 of 7 people answered (71 %)."


def test_figures_are_summed_once_for_many_mails(organisation, campaign, django_assert_num_queries):
    people = invited(campaign, people=5)
    answer(people, mode="car", days=1)
    close(campaign)
    letter(people[0], THANKS_MAIL)
    with organisation_scope(organisation), translation.override("nl"):
        closed = Campaign.objects.get(pk=campaign.pk)
        with django_assert_num_queries(0):
            result_in_words(closed)
