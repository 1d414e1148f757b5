"""Old mails lose their address and text."""

import datetime

import pytest
from django.test import override_settings

from tests.factories import NOW, make_organisation
from tests.mailing.outbox_rows import make_mail, stored
from wpm_platform.mailing.services import retention
from wpm_platform.mailing.services.retention import forget_old_mails
from wpm_platform.mailing.tasks import forget_old_mails as task

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
TEXT = {"subject": "Hoe reisde je?", "body": "Begin hier", "recipient_domain": "voorbeeld.example"}


def test_mail_is_emptied_after_ninety_days_and_what_became_of_it_stays(organisation):
    mail = make_mail(organisation, state="delivered", **TEXT)
    assert forget_old_mails(now=NOW + 90 * DAY) == 0
    later = NOW + 91 * DAY
    assert (forget_old_mails(now=later), forget_old_mails(now=later + DAY)) == (1, 0)
    old = stored(mail)
    assert (old.recipient, old.recipient_domain, old.subject, old.body, old.purged_at) == ("", "", "", "", later)
    assert (old.state, old.sent_at, old.message_id) == ("delivered", NOW, mail.message_id)


@pytest.mark.parametrize(("state", "count"), [("withdrawn", 1), ("failed", 1), ("queued", 0), ("inflight", 0)])
def test_mail_that_never_left_counts_from_when_it_was_due(organisation, state, count):
    make_mail(organisation, state=state, sent_at=None)
    assert forget_old_mails(now=NOW + 91 * DAY) == count


@override_settings(MAIL_KEEP_DAYS=7)
def test_number_of_days_is_a_setting(organisation):
    make_mail(organisation)
    assert forget_old_mails(now=NOW + 8 * DAY) == 1


def test_all_organisations_in_batches_until_nothing_is_left(organisation, monkeypatch):
    monkeypatch.setattr(retention, "ROWS_AT_ONCE", 2)
    for _ in range(5):
        make_mail(organisation)
    make_mail(make_organisation())
    assert forget_old_mails(now=NOW + 91 * DAY) == 6


def test_the_nightly_task_forgets(organisation, time_machine):
    mail = make_mail(organisation)
    time_machine.move_to(NOW + 91 * DAY, tick=False)
    task(newer="argument")
    assert stored(mail).recipient == ""
