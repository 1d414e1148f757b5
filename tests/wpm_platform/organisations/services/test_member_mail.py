"""Invitations of members leave through the outbox: claimed, re-checked, sent once."""

import datetime
from functools import partial

import pytest
from django.core import mail
from django.test import override_settings

from tests.factories import NOW, as_owner, make_member, make_organisation, make_user
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform import clock
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.models import MembershipInvitation
from wpm_platform.organisations.services.invitations import invitation_url, invite_member
from wpm_platform.organisations.services.member_mail import send_member_invitations
from wpm_platform.organisations.tasks import tick
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation(name="Voorbeeld & Zonen")


def invite(organisation, *, language="nl", email="nieuw@voorbeeld.example", now=NOW):
    owner = make_member(organisation, role=MemberRole.OWNER, user=make_user(name="Eva <b>Eigenaar</b>"))
    with organisation_scope(organisation):
        return invite_member(
            organisation=organisation,
            actor=owner,
            email=email,
            role=MemberRole.READER,
            site=None,
            language=language,
            now=now,
        )


def send(organisation, *, now=NOW):
    return send_member_invitations(organisation_id=organisation.pk, now=now, sender="WPM <wpm@platform.example>")


def stored(organisation):
    with as_owner(organisation):
        return OutgoingMail.objects.get()


def test_mail_goes_once_with_a_working_link_that_the_kept_copy_lacks(organisation):
    invitation = invite(organisation, language="en")
    assert [send(organisation), send(organisation)] == [1, 0]
    (message,) = mail.outbox
    link = invitation_url(invitation)
    assert (message.to, message.subject) == (
        ["nieuw@voorbeeld.example"],
        "Invitation to work for Voorbeeld & Zonen in WPM",
    )
    assert link in message.body
    html = message.alternatives[0].content
    assert f'href="{link}"' in html
    assert "<b>Eigenaar</b>" not in html
    kept = stored(organisation)
    assert (kept.state, link in kept.body, "…" in kept.body) == ("sent", False, True)


@pytest.mark.parametrize("change", [{"withdrawn_at": NOW}, {"accepted_at": NOW}, {"expires_at": NOW}])
def test_invitation_is_checked_again_inside_the_claim(organisation, change):
    invite(organisation)
    with as_owner(organisation):
        MembershipInvitation.objects.update(**change)
    assert send(organisation) == 0
    assert mail.outbox == []
    assert (stored(organisation).state, stored(organisation).reason) == ("withdrawn", "invitation no longer open")


def test_interrupted_mail_goes_again_under_the_same_message_id(organisation):
    invite(organisation)
    with as_owner(organisation):
        OutgoingMail.objects.update(state="inflight", claimed_at=NOW, attempts=1, message_id="<eerste@platform>")
    assert send(organisation, now=NOW + datetime.timedelta(minutes=9)) == 0
    assert send(organisation, now=NOW + datetime.timedelta(minutes=11)) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == "<eerste@platform>"


def test_invitation_that_cannot_be_written_is_tried_again_and_fails_in_the_end(organisation):
    invite(organisation)
    with override_settings(LINK_KEY=None):  # no link can be made
        assert [send(organisation), send(organisation)] == [0, 0]
        kept = stored(organisation)
        assert (kept.state, kept.reason, kept.attempts) == ("awaiting_retry", "AttributeError", 1)
        send(organisation, now=NOW + datetime.timedelta(minutes=5))
        send(organisation, now=NOW + datetime.timedelta(minutes=40))
    assert (stored(organisation).state, stored(organisation).attempts, mail.outbox) == ("failed", 3, [])


def test_invitation_that_cannot_be_written_holds_up_nobody(organisation):
    invite(organisation, email="eerste@voorbeeld.example")
    with override_settings(LINK_KEY=None):
        send(organisation)
    invite(organisation, email="tweede@voorbeeld.example", now=NOW)
    assert send(organisation, now=NOW + datetime.timedelta(minutes=1)) == 1
    assert send(organisation, now=NOW + datetime.timedelta(minutes=6)) == 1
    assert [message.to[0] for message in mail.outbox] == ["tweede@voorbeeld.example", "eerste@voorbeeld.example"]


def test_other_kinds_of_mail_are_left_alone(organisation):
    invite(organisation)
    with as_owner(organisation):
        OutgoingMail.objects.update(kind="surveys.reminder", state="inflight", claimed_at=NOW)
    assert send(organisation, now=NOW + datetime.timedelta(hours=1)) == 0
    assert stored(organisation).state == "inflight"


def test_tick_serves_every_organisation(organisation):
    invite(organisation, now=clock.now())
    invite(make_organisation(), email="ander@voorbeeld.example", now=clock.now())
    assert [tick(), tick()] == [2, 0]
    assert sorted(message.to[0] for message in mail.outbox) == ["ander@voorbeeld.example", "nieuw@voorbeeld.example"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(organisation):
    invite(organisation)
    outcomes = at_once(partial(send, organisation), partial(send, organisation))
    assert sorted(outcomes) == [0, 1]
    assert len(mail.outbox) == 1
