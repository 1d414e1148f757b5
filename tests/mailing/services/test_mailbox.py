"""The mailbox for bounces, read over a real connection."""

import pytest
from django.core.cache import cache

from tests.factories import NOW, as_owner, make_organisation
from tests.mailing.imap_server import running_imap
from tests.mailing.outbox_rows import events, make_mail, stops, stored
from tests.mailing.returned_mails import automatic_reply, complaint, delivery_report, plain_bounce
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import MailEvent
from wpm_platform.mailing.services.envelope import envelope_sender
from wpm_platform.mailing.services.mailbox import MailboxUnreachable, Visit, read_mailbox
from wpm_platform.mailing.tasks import READING, read_bounces

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailbox(settings):
    with running_imap() as box:
        settings.BOUNCE_ADDRESS = "bounces@wpm.example"
        settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_TLS = "127.0.0.1", box.port, False
        settings.IMAP_USER, settings.IMAP_PASSWORD = box.user, box.password
        yield box


def sender_of(mail):
    address = envelope_sender(code=mail.code)
    assert address is not None
    return address


def test_without_a_mailbox_no_envelope_sender_and_with_a_provider_neither(settings):
    mail = make_mail(make_organisation())
    assert envelope_sender(code=mail.code) is None
    settings.BOUNCE_ADDRESS = "bounces@wpm.example"
    assert sender_of(mail).startswith("bounces+")
    settings.MAIL_PROVIDER = "postmark"
    assert envelope_sender(code=mail.code) is None


def test_five_kinds_are_kept_apart_and_the_mailbox_is_emptied(mailbox):
    organisation = make_organisation()
    hard, soft, blocked, unwanted, away = mails = [make_mail(organisation) for _number in range(5)]
    mailbox.put(delivery_report(to=sender_of(hard)))
    mailbox.put(delivery_report(to=sender_of(soft), status="4.2.2", diagnostic="smtp; 452 4.2.2 mailbox full"))
    mailbox.put(delivery_report(to=sender_of(blocked), status="5.7.1", diagnostic="smtp; 554 5.7.1 spam"))
    mailbox.put(complaint(to=sender_of(unwanted)))
    mailbox.put(automatic_reply(to=sender_of(away)))
    assert read_mailbox(now=NOW) == Visit(recorded=5, left=0, waiting=0)
    assert [events(mail) for mail in mails] == [
        ["hard_bounce"],
        ["soft_bounce"],
        ["blocked"],
        ["complaint"],
        ["auto_reply"],
    ]
    assert [stored(mail).state for mail in mails] == [
        MailState.HARD_BOUNCE,
        MailState.AWAITING_RETRY,
        MailState.BLOCKED,
        MailState.COMPLAINT,
        MailState.SENT,
    ]
    assert sorted(stops(organisation)) == ["complaint", "hard_bounce"]
    assert mailbox.messages == {}
    assert read_mailbox(now=NOW) == Visit(recorded=0, left=0, waiting=0)


def test_a_report_belongs_to_the_organisation_of_its_mail_only(mailbox):
    mine, theirs = make_mail(make_organisation()), make_mail(make_organisation())
    mailbox.put(delivery_report(to=sender_of(mine)))
    read_mailbox(now=NOW)
    assert (events(mine), events(theirs), stops(theirs.organisation)) == (["hard_bounce"], [], [])


def test_the_original_names_the_mail_when_the_address_was_lost(mailbox):
    mail = make_mail(make_organisation())
    mailbox.put(delivery_report(to="bounces@wpm.example", message_id=mail.message_id))
    assert read_mailbox(now=NOW).recorded == 1
    assert stored(mail).state == MailState.HARD_BOUNCE


def test_a_forged_address_stops_nobody_and_stays_for_a_person_to_see(mailbox):
    mail = make_mail(make_organisation())
    address = sender_of(mail)
    forged = address.replace(address.partition("@")[0][-8:], "aaaaaaaa")
    uid = mailbox.put(delivery_report(to=forged))
    assert read_mailbox(now=NOW) == Visit(recorded=0, left=1, waiting=0)
    assert (stored(mail).state, events(mail), mailbox.flags[uid]) == (MailState.SENT, [], {r"\Seen"})


def test_what_a_person_wrote_stays_in_the_mailbox_and_is_not_looked_at_again(mailbox):
    mail = make_mail(make_organisation())
    mailbox.put(automatic_reply(to=sender_of(mail), subject="Re: Hoe reisde je?", text="Klopt deze mail?"))
    assert read_mailbox(now=NOW).left == 1
    assert read_mailbox(now=NOW) == Visit(recorded=0, left=0, waiting=0)
    assert len(mailbox.messages) == 1


@pytest.mark.parametrize("header", [b'Cc: "', b"To: <", b"Content-Type: multipart/report; report-type*0*"])
def test_a_message_that_breaks_the_reading_keeps_no_other_waiting(mailbox, header):
    mail = make_mail(make_organisation())
    broken = mailbox.put(header + b"\nFrom: mailer-daemon@elders.example\nSubject: onbestelbaar\n\nHallo\n")
    mailbox.put(delivery_report(to=sender_of(mail)))
    assert read_mailbox(now=NOW) == Visit(recorded=1, left=1, waiting=0)
    assert (stored(mail).state, mailbox.flags[broken]) == (MailState.HARD_BOUNCE, {r"\Seen"})


def test_a_zero_byte_in_the_words_of_a_server_is_left_out(mailbox):
    mail = make_mail(make_organisation())
    mailbox.put(delivery_report(to=sender_of(mail), diagnostic="smtp; 550 5.1.1 user\0unknown"))
    assert read_mailbox(now=NOW).recorded == 1
    assert stored(mail).reason == "550 5.1.1 user unknown"


def test_still_trying_is_no_event(mailbox):
    mail = make_mail(make_organisation())
    mailbox.put(delivery_report(to=sender_of(mail), action="delayed", status="4.4.1"))
    assert read_mailbox(now=NOW) == Visit(recorded=1, left=0, waiting=0)
    assert (events(mail), mailbox.messages) == ([], {})


def test_a_report_about_a_mail_that_is_being_sent_is_looked_at_later(mailbox):
    mail = make_mail(make_organisation(), state=MailState.INFLIGHT)
    mailbox.put(delivery_report(to=sender_of(mail)))
    assert read_mailbox(now=NOW) == Visit(recorded=0, left=0, waiting=1)
    assert (events(mail), len(mailbox.unread())) == ([], 1)


def test_the_same_message_twice_is_one_event(mailbox):
    mail = make_mail(make_organisation())
    for _time in range(2):
        mailbox.put(plain_bounce(to=sender_of(mail), text="452 mailbox full"))
    read_mailbox(now=NOW)
    assert events(mail) == ["soft_bounce"]


def test_a_connection_that_drops_before_the_end_repeats_without_harm(mailbox):
    mail = make_mail(make_organisation())
    mailbox.put(delivery_report(to=sender_of(mail)))
    mailbox.drop_on = "STORE"
    with pytest.raises(MailboxUnreachable):
        read_mailbox(now=NOW)
    assert (events(mail), len(mailbox.unread())) == (["hard_bounce"], 1)
    mailbox.drop_on = ""
    assert read_mailbox(now=NOW).recorded == 1
    assert (events(mail), mailbox.messages) == (["hard_bounce"], {})


def test_a_large_report_is_read_by_its_first_part(mailbox):
    mail = make_mail(make_organisation())
    mailbox.put(delivery_report(to=sender_of(mail), message_id=mail.message_id) + b"x" * 1_000_000)
    assert read_mailbox(now=NOW).recorded == 1


def test_the_moment_of_a_report_is_its_own_but_never_in_the_future(mailbox):
    organisation = make_organisation()
    early, late, odd = (make_mail(organisation) for _number in range(3))
    mailbox.put(delivery_report(to=sender_of(early), date="Mon, 16 Mar 2026 08:00:00 +0100"))
    mailbox.put(delivery_report(to=sender_of(late), date="Fri, 01 Jan 2100 00:00:00 +0000"))
    mailbox.put(delivery_report(to=sender_of(odd), date="yesterday"))
    read_mailbox(now=NOW)
    moments = [moment_of(mail) for mail in (early, late, odd)]
    assert (moments[0] < NOW, moments[1:]) == (True, [NOW, NOW])


def moment_of(mail):
    with as_owner(mail.organisation):
        return MailEvent.objects.get(mail=mail).happened_at


def test_a_wrong_password_is_said_and_harms_no_task(mailbox, settings):
    settings.IMAP_PASSWORD = "wrong"
    with pytest.raises(MailboxUnreachable, match="wrong password"):
        read_mailbox(now=NOW)
    read_bounces()
    assert mailbox.commands.count("LOGIN") == 2


def test_a_folder_that_does_not_exist_is_said(mailbox, settings):
    settings.IMAP_FOLDER = "Nowhere"
    with pytest.raises(MailboxUnreachable, match="no such folder"):
        read_mailbox(now=NOW)


def test_a_server_that_is_away_is_said(mailbox, settings):
    settings.IMAP_PORT = 1
    with pytest.raises(MailboxUnreachable):
        read_mailbox(now=NOW)


def test_the_task_reads_it_once_at_a_time(mailbox):
    mail = make_mail(make_organisation())
    mailbox.put(delivery_report(to=sender_of(mail)))
    cache.set(READING, 1)
    read_bounces()
    assert mailbox.commands == []
    cache.delete(READING)
    read_bounces()
    assert events(mail) == ["hard_bounce"]
    assert cache.get(READING) is None
