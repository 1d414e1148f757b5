"""The tick of what comes back."""

import datetime

import pytest

from tests.factories import make_organisation
from tests.mailing.imap_server import running_imap
from tests.mailing.outbox_rows import events, make_mail
from wpm_platform import clock
from wpm_platform.mailing.enums import MailEventKind
from wpm_platform.mailing.services.reports import Report, take_report
from wpm_platform.mailing.tasks import tick

pytestmark = pytest.mark.django_db


def test_the_tick_matches_reports_that_waited():
    now = clock.now() - datetime.timedelta(minutes=1)
    take_report(
        report=Report(provider_id="late", kind=MailEventKind.DELIVERED, happened_at=now, event_key="late"), now=now
    )
    mail = make_mail(make_organisation(), provider_id="late")
    tick(some_newer_argument=1)
    assert events(mail) == ["delivered"]


def test_the_mailbox_is_asked_for_only_when_there_is_one(settings, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as nothing:
        tick()
    with running_imap() as box:
        settings.IMAP_HOST, settings.IMAP_PORT = "127.0.0.1", box.port
        with django_capture_on_commit_callbacks() as handed_over:
            tick()
    assert (len(nothing), [call.args for call in handed_over]) == (0, [("mailing.read_mailbox",)])
