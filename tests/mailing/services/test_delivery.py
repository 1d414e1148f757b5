"""Delivery to a real mail server with scripted replies, and what is written down of it."""

import socket

import pytest
from aiosmtpd.controller import Controller
from django.test import override_settings

from tests.factories import NOW, make_organisation
from tests.mailing.services.test_outbox import KIND, planned
from wpm_platform.mailing.enums import MailState
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.delivery import Letter, hand_over, record_outcome
from wpm_platform.mailing.services.outbox import claim_mail, plan_mails
from wpm_platform.scoping import organisation_scope

LINK = "http://testserver/r/geheim-stuk/"
LETTER = Letter(
    subject="Hoe reisde je vorige week?",
    text=f"Begin hier: {LINK}",
    html=f'<a href="{LINK}">Begin</a>',
    sender='"Personeelszaken" <wpm@platform.example>',
    reply_to="hr@voorbeeld.example",
    headers={"List-Unsubscribe": "<http://testserver/r/geheim-stuk/stop/>"},
    secrets=(LINK,),
)


class Sink:
    """Accepts with `reply`, and keeps what came in."""

    def __init__(self, reply="250 OK", rcpt_reply=None):
        self.reply, self.rcpt_reply, self.messages = reply, rcpt_reply, []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (aiosmtpd's name)
        if self.rcpt_reply:
            return self.rcpt_reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.messages.append(envelope.content.decode())
        return self.reply


@pytest.fixture
def mail(db):
    organisation = make_organisation()
    with organisation_scope(organisation):
        plan_mails(organisation=organisation, mails=[planned()])
        yield claim_mail(organisation=organisation, kinds=[KIND], now=NOW)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def deliver(mail, sink):
    port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=port
        ):
            outcome = hand_over(mail=mail, letter=LETTER)
    finally:
        controller.stop()
    record_outcome(mail=mail, letter=LETTER, outcome=outcome, now=NOW)
    return OutgoingMail.objects.get(pk=mail.pk)


def test_sent_mail_is_recorded_without_its_personal_link(mail):
    sink = Sink()
    sent = deliver(mail, sink)
    assert (sent.state, sent.sent_at, sent.subject) == (MailState.SENT, NOW, LETTER.subject)
    assert sent.body == "Begin hier: …"
    (message,) = sink.messages
    assert f"Message-ID: {mail.message_id}" in message
    assert "Reply-To: hr@voorbeeld.example" in message
    assert LINK in message


@pytest.mark.parametrize(
    ("sink", "state", "reason"),
    [
        (Sink(rcpt_reply="550 No such user"), MailState.FAILED, "550 No such user"),
        (Sink(rcpt_reply="450 Try later"), MailState.AWAITING_RETRY, "450 Try later"),
        (Sink(reply="554 Refused"), MailState.FAILED, "554 Refused"),
        (Sink(reply="451 Local error"), MailState.AWAITING_RETRY, "451 Local error"),
    ],
)
def test_refusals(mail, sink, state, reason):
    refused = deliver(mail, sink)
    assert (refused.state, refused.reason, refused.sent_at) == (state, reason, None)
    assert (refused.due_at > NOW) is (state == MailState.AWAITING_RETRY)


def test_no_server_at_all_is_tried_again(mail):
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=free_port()
    ):
        outcome = hand_over(mail=mail, letter=LETTER)
    assert (outcome.is_sent, outcome.smtp_code, outcome.reason) == (False, None, "ConnectionRefusedError")
    record_outcome(mail=mail, letter=LETTER, outcome=outcome, now=NOW)
    assert OutgoingMail.objects.get(pk=mail.pk).state == MailState.AWAITING_RETRY


def test_outcome_of_a_mail_no_longer_in_flight_changes_nothing(mail):
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.WITHDRAWN)
    sent = deliver(mail, Sink())
    assert (sent.state, sent.body) == (MailState.WITHDRAWN, "")
