"""A test mail goes to oneself, through the real outbox, and answers nothing."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as django_mail

from surveys.domain.personal_link import claimed_code
from surveys.services.campaign_start import WeeksMissing
from surveys.services.campaign_test_mail import AddressNotVerified, send_test_mail
from surveys.services.letter_links import SAMPLE_LINK
from tests.factories import as_owner, make_member, make_organisation
from tests.surveys.campaigns import events, local, mails, make_draft, send_all
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
NIGHT = local("2026-03-12", "22:00")


@pytest.fixture
def actor(organisation):
    return make_member(organisation)


def ask(organisation, campaign, actor, *, language="nl", kind="invitation"):
    with organisation_scope(organisation):
        return send_test_mail(
            organisation=organisation, actor=actor, now=NIGHT, campaign=campaign, kind=kind, language=language
        )


def test_test_mail_of_a_draft_goes_to_oneself_even_at_night(organisation, actor):
    assert ask(organisation, make_draft(organisation), actor) == actor.email
    send_all(organisation, now=NIGHT)
    [message] = django_mail.outbox
    assert message.to == [actor.email]
    assert message.subject == "Proef: Hoe reisde je naar je werk? (1 minuut)"
    assert f"http://testserver/r/{SAMPLE_LINK}/" in message.body
    assert mails(organisation) == [("surveys.test_mail", actor.email, "sent", "")]
    assert events(organisation)[-1] == "campaign.test_mail_sent"


@pytest.mark.parametrize(
    ("kind", "links", "says"),
    [
        ("announcement", 0, "Op maandag 16 maart krijg je een mail met een persoonlijke link."),
        ("invitation", 2, "Je antwoorden gaan alleen als deel van een totaal naar de overheid."),
        ("reminder", 2, "We weten nog niet hoe je naar je werk reisde"),
        ("thanks", 0, "[Na het sluiten staat hier hoeveel mensen hebben geantwoord en hoe jullie reizen.]"),
    ],
)
def test_every_kind_can_be_tried(organisation, actor, kind, links, says):
    ask(organisation, make_draft(organisation), actor, kind=kind)
    send_all(organisation, now=NIGHT)
    [message] = django_mail.outbox
    assert message.subject.startswith("Proef: ")
    assert message.body.count(f"/r/{SAMPLE_LINK}/") == links
    assert says in message.body


def test_sample_link_belongs_to_no_invitation():
    assert claimed_code(SAMPLE_LINK) is None


def test_asked_twice_within_a_minute_it_is_sent_once(organisation, actor):
    campaign = make_draft(organisation)
    ask(organisation, campaign, actor)
    ask(organisation, campaign, actor)
    ask(organisation, campaign, actor, kind="reminder")
    assert send_all(organisation, now=NIGHT) == 2


def test_not_to_an_unverified_address(organisation, actor):
    EmailAddress.objects.filter(user=actor).update(verified=False)
    with pytest.raises(AddressNotVerified):
        ask(organisation, make_draft(organisation), actor)
    assert mails(organisation) == []


def test_not_without_a_week(organisation, actor):
    campaign = make_draft(organisation)
    with as_owner(organisation):
        campaign.weeks.all().delete()
    with pytest.raises(WeeksMissing):
        ask(organisation, campaign, actor)


def test_campaign_of_another_organisation_has_no_weeks_here(organisation, actor):
    with pytest.raises(WeeksMissing):
        ask(make_organisation(), make_draft(organisation), actor)
