"""The same report by two workers at the same moment, and two reports about one mail."""

import pytest

from tests.factories import NOW, make_organisation
from tests.mailing.outbox_rows import events, make_mail, report, stops, stored
from tests.wpm_platform.organisations.concurrency import at_once
from wpm_platform.mailing.enums import MailEventKind, MailState
from wpm_platform.mailing.models import WaitingReport
from wpm_platform.mailing.services.reports import Report, match_waiting_reports, take_report

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_report_at_once_is_one_event():
    mail = make_mail(make_organisation())
    outcomes = at_once(*[lambda: report(mail, MailEventKind.SOFT_BOUNCE, event_key="same")] * 3)
    assert sorted(map(str, outcomes)) == ["False", "False", "True"]
    assert (events(mail), stored(mail).state) == (["soft_bounce"], MailState.AWAITING_RETRY)


def test_a_bounce_and_a_complaint_at_once_end_in_a_complaint():
    mail = make_mail(make_organisation())
    outcomes = at_once(lambda: report(mail, MailEventKind.HARD_BOUNCE), lambda: report(mail, MailEventKind.COMPLAINT))
    assert outcomes == [True, True]
    assert (stored(mail).state, stops(mail.organisation)) == (MailState.COMPLAINT, ["complaint"])


def test_two_mails_to_one_address_bounce_at_once_and_stop_it_once():
    organisation = make_organisation()
    one, other = (make_mail(organisation, recipient="weg@voorbeeld.example") for _number in range(2))
    outcomes = at_once(lambda: report(one, MailEventKind.HARD_BOUNCE), lambda: report(other, MailEventKind.HARD_BOUNCE))
    assert (outcomes, stops(organisation)) == ([True, True], ["hard_bounce"])


def test_waiting_reports_are_matched_once_by_two_ticks():
    kept = Report(provider_id="late", kind=MailEventKind.SOFT_BOUNCE, happened_at=NOW, event_key="late")
    at_once(*[lambda: take_report(report=kept, now=NOW)] * 2)
    assert WaitingReport.objects.count() == 1
    mail = make_mail(make_organisation(), provider_id="late")
    outcomes = at_once(*[lambda: match_waiting_reports(now=NOW)] * 2)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert (events(mail), WaitingReport.objects.count()) == (["soft_bounce"], 0)
