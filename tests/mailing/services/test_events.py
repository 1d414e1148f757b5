"""Reports about a mail, through the service, on real rows."""

import datetime
from itertools import permutations

import pytest

from tests.factories import NOW, make_organisation
from tests.mailing.outbox_rows import events, make_mail, report, stops, stored
from wpm_platform.mailing.enums import MailEventKind, MailState
from wpm_platform.mailing.services.stops import address_hash, stop_of
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def test_delivered_mail_is_delivered_and_stops_nothing() -> None:
    mail = make_mail(make_organisation())
    assert report(mail, MailEventKind.DELIVERED) is True
    assert (stored(mail).state, stops(mail.organisation)) == (MailState.DELIVERED, [])


def test_the_same_report_twice_is_one_row() -> None:
    mail = make_mail(make_organisation())
    assert report(mail, MailEventKind.SOFT_BOUNCE, event_key="one") is True
    due_at = stored(mail).due_at
    assert report(mail, MailEventKind.SOFT_BOUNCE, event_key="one", after=HOUR) is False
    assert events(mail) == ["soft_bounce"]
    assert (stored(mail).state, stored(mail).due_at) == (MailState.AWAITING_RETRY, due_at)


def test_a_hard_bounce_stops_the_address_whatever_its_capitals() -> None:
    mail = make_mail(make_organisation(), recipient="Piet@Voorbeeld.Example")
    report(mail, MailEventKind.HARD_BOUNCE, detail="550 5.1.1 unknown")
    assert (stored(mail).state, stored(mail).reason) == (MailState.HARD_BOUNCE, "550 5.1.1 unknown")
    with organisation_scope(mail.organisation):
        stop = stop_of(organisation=mail.organisation, address="piet@voorbeeld.example")
    assert stop is not None
    assert stop.kind == MailEventKind.HARD_BOUNCE


def test_a_stop_holds_for_one_organisation_only() -> None:
    mail, neighbour = make_mail(make_organisation(), recipient="p@voorbeeld.example"), make_organisation()
    report(mail, MailEventKind.COMPLAINT)
    with organisation_scope(neighbour):
        assert stop_of(organisation=neighbour, address="p@voorbeeld.example") is None


def test_blocked_and_automatic_replies_stop_nothing() -> None:
    organisation = make_organisation()
    blocked, away = make_mail(organisation), make_mail(organisation)
    report(blocked, MailEventKind.BLOCKED)
    report(away, MailEventKind.AUTO_REPLY)
    assert (stored(blocked).state, stored(away).state, stops(organisation)) == (MailState.BLOCKED, MailState.SENT, [])
    assert events(away) == ["auto_reply"]


def test_a_soft_bounce_goes_again_three_times_in_48_hours_and_then_stops() -> None:
    mail = make_mail(make_organisation())
    waits = []
    after = datetime.timedelta(minutes=1)
    for _attempt in range(3):
        report(mail, MailEventKind.SOFT_BOUNCE, after=after)
        row = stored(mail)
        assert row.state == MailState.AWAITING_RETRY
        waits.append(row.due_at - (NOW + after))
        after = row.due_at - NOW
    assert waits == [4 * HOUR, 12 * HOUR, 24 * HOUR]
    assert stops(mail.organisation) == []
    report(mail, MailEventKind.SOFT_BOUNCE, after=after)
    assert (stored(mail).state, stops(mail.organisation)) == (MailState.SOFT_BOUNCE, ["soft_bounce"])


def test_a_soft_bounce_after_48_hours_is_not_tried_again() -> None:
    mail = make_mail(make_organisation())
    report(mail, MailEventKind.SOFT_BOUNCE)
    report(mail, MailEventKind.SOFT_BOUNCE, after=49 * HOUR)
    assert (stored(mail).state, stops(mail.organisation)) == (MailState.SOFT_BOUNCE, ["soft_bounce"])


def test_whatever_the_order_the_outcome_is_the_same() -> None:
    organisation = make_organisation()
    history = [
        (MailEventKind.SOFT_BOUNCE, 1 * HOUR),
        (MailEventKind.BLOCKED, 2 * HOUR),
        (MailEventKind.DELIVERED, 3 * HOUR),
    ]
    for order in permutations(history):
        mail = make_mail(organisation)
        for kind, after in order:
            report(mail, kind, after=after, now=NOW + 4 * HOUR)
        assert stored(mail).state == MailState.DELIVERED
    for order in permutations([*history, (MailEventKind.HARD_BOUNCE, 2 * HOUR), (MailEventKind.COMPLAINT, 4 * HOUR)]):
        mail = make_mail(organisation)
        for kind, after in order:
            report(mail, kind, after=after, now=NOW + 4 * HOUR)
        assert stored(mail).state == MailState.COMPLAINT


def test_a_mail_that_was_withdrawn_stays_withdrawn_but_its_address_stops() -> None:
    mail = make_mail(make_organisation(), state=MailState.WITHDRAWN, reason="answered")
    report(mail, MailEventKind.HARD_BOUNCE)
    assert (stored(mail).state, stored(mail).reason) == (MailState.WITHDRAWN, "answered")
    assert stops(mail.organisation) == ["hard_bounce"]


def test_an_uncertain_mail_that_turns_out_delivered_is_no_longer_uncertain() -> None:
    mail = make_mail(make_organisation(), state=MailState.UNKNOWN, reason="interrupted")
    report(mail, MailEventKind.DELIVERED)
    assert (stored(mail).state, stored(mail).reason) == (MailState.DELIVERED, "")


def test_a_report_about_an_old_mail_without_address_is_kept() -> None:
    mail = make_mail(make_organisation(), recipient="")
    report(mail, MailEventKind.HARD_BOUNCE)
    assert (events(mail), stops(mail.organisation)) == (["hard_bounce"], [])


def test_the_hash_tells_nothing_about_the_address() -> None:
    found = address_hash(" Piet@Voorbeeld.example ")
    assert found == address_hash("piet@voorbeeld.example")
    assert len(found) == 64
    assert found != address_hash("piet@voorbeeld.example.nl")
