"""Reports from outside any organisation."""

import datetime
import uuid

import pytest
from structlog.testing import capture_logs

from tests.factories import NOW, as_owner, make_organisation
from tests.mailing.outbox_rows import events, make_mail, stops, stored
from wpm_platform.mailing.enums import MailEventKind, MailState
from wpm_platform.mailing.models import OutgoingMail, WaitingReport
from wpm_platform.mailing.services.reports import Report, code_in, match_waiting_reports, take_report

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


def bounce(provider_id, *, key="one", kind=MailEventKind.HARD_BOUNCE):
    return Report(provider_id=provider_id, kind=kind, happened_at=NOW, event_key=key, detail="550 gone")


def set_state(mail, state, **fields):
    with as_owner(mail.organisation):
        OutgoingMail.objects.filter(pk=mail.pk).update(state=state, **fields)


def test_a_mail_is_found_by_the_name_that_the_provider_gave_it():
    mail, other = make_mail(make_organisation(), provider_id="abc"), make_mail(make_organisation(), provider_id="abcd")
    take_report(report=bounce("abc"), now=NOW)
    assert (stored(mail).state, stored(other).state) == (MailState.HARD_BOUNCE, MailState.SENT)
    assert (stops(mail.organisation), stops(other.organisation)) == (["hard_bounce"], [])


def test_a_mail_is_found_by_our_own_message_id():
    mail = make_mail(make_organisation())
    take_report(report=bounce(mail.message_id.strip("<>")), now=NOW)
    assert stored(mail).state == MailState.HARD_BOUNCE
    assert not WaitingReport.objects.exists()


def test_a_report_about_an_unknown_mail_waits_once_and_is_matched_when_the_row_is_there():
    organisation = make_organisation()
    take_report(report=bounce("later"), now=NOW)
    take_report(report=bounce("later"), now=NOW + MINUTE)
    assert WaitingReport.objects.count() == 1
    mail = make_mail(organisation, provider_id="later")
    assert match_waiting_reports(now=NOW + 2 * MINUTE) == (1, 0)
    assert (stored(mail).state, WaitingReport.objects.count()) == (MailState.HARD_BOUNCE, 0)


def test_a_mail_unknown_for_five_minutes_is_dropped_with_a_line_in_the_log():
    take_report(report=bounce("nobody"), now=NOW)
    assert match_waiting_reports(now=NOW + 5 * MINUTE - datetime.timedelta(seconds=1)) == (0, 0)
    assert WaitingReport.objects.count() == 1
    with capture_logs() as lines:
        assert match_waiting_reports(now=NOW + 5 * MINUTE) == (0, 1)
    assert [(line["event"], line["provider_id"], line["kind"]) for line in lines] == [
        ("provider_report_dropped", "nobody", "hard_bounce")
    ]
    assert WaitingReport.objects.count() == 0


def test_a_report_about_a_mail_that_is_being_sent_waits_until_that_is_known():
    mail = make_mail(make_organisation(), state=MailState.INFLIGHT, sent_at=None, provider_id="busy")
    take_report(report=bounce("busy", kind=MailEventKind.DELIVERED), now=NOW)
    assert match_waiting_reports(now=NOW + 9 * MINUTE) == (0, 0)
    assert (stored(mail).state, events(mail)) == (MailState.INFLIGHT, [])
    set_state(mail, MailState.SENT, sent_at=NOW)
    assert match_waiting_reports(now=NOW + 10 * MINUTE) == (1, 0)
    assert stored(mail).state == MailState.DELIVERED


def test_a_report_that_waited_and_comes_again_is_one_row():
    mail = make_mail(make_organisation(), state=MailState.INFLIGHT, provider_id="busy")
    take_report(report=bounce("busy"), now=NOW)
    set_state(mail, MailState.SENT)
    take_report(report=bounce("busy"), now=NOW + MINUTE)
    assert match_waiting_reports(now=NOW + 2 * MINUTE) == (1, 0)
    assert events(mail) == ["hard_bounce"]


def test_an_empty_name_matches_no_mail():
    mail = make_mail(make_organisation())
    take_report(report=bounce(""), now=NOW)
    assert stored(mail).state == MailState.SENT


def test_the_code_in_a_message_id():
    code = uuid.uuid4()
    assert code_in(f"<{code}@wpm.example>") == code
    assert code_in(f"{code}@wpm.example") == code
    assert [code_in(text) for text in ("", "<hello@wpm.example>", "20260316.1234@provider.example")] == [None] * 3
