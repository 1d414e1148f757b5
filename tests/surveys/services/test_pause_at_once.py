"""A mail that is looked at in the very moment in which its campaign goes on after a pause."""

from threading import Event

import pytest
from django.db import transaction

from surveys.models import Campaign
from surveys.services.campaign_lock import locked_campaign
from surveys.services.campaign_states import resume_campaign
from surveys.services.campaign_texts import add_default_texts
from surveys.services.survey_mail import send_next_mail
from tests.factories import NOW, as_owner
from tests.mailing.outbox_rows import stored
from tests.surveys.mail_rows import invited, mailed, running_campaign
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_waits_instead_of_being_held_where_nobody_looks_for_it():
    week = running_campaign(state="paused")
    organisation = week.organisation
    with as_owner(organisation):
        add_default_texts(campaign=week.campaign)
    mail = mailed(invited(week), state="queued", sent_at=None)
    is_locked, is_looked_at = Event(), Event()

    def let_go_on():
        with organisation_scope(organisation), transaction.atomic():
            locked_campaign(organisation=organisation, campaign=week.campaign)
            is_locked.set()
            assert is_looked_at.wait(20)
            resume_campaign(organisation=organisation, actor=None, now=NOW, campaign=week.campaign)

    def send():
        assert is_locked.wait(20)
        try:
            return send_next_mail(organisation_id=organisation.pk, now=NOW)
        finally:
            is_looked_at.set()

    assert at_once(let_go_on, send) == [None, True]
    found = stored(mail)
    assert (found.state, found.reason, found.attempts) == ("queued", "", mail.attempts)
    with as_owner(organisation):
        assert Campaign.objects.get().state == "running"
