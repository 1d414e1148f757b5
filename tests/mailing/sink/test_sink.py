"""The scripted mail server itself, spoken to by smtplib."""

import smtplib
import socket
from email.message import EmailMessage
from threading import Event

import pytest

from tests.mailing.sink import DROP, PASS, Reply, Rule, Sink, Stage, refuse, running_sink, sink_process

ANNA, BEN = "anna@voorbeeld.example", "ben@elders.example"
LOST = (smtplib.SMTPServerDisconnected, ConnectionResetError)


def letter(recipient, *, message_id="<1@platform.example>"):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "wpm@platform.example", recipient, "Reisweek"
    message["Message-ID"], message["X-Kind"] = message_id, "invitation"
    message.set_content("Dag\n.\nTot ziens")
    return message


def send(port, recipient, **fields):
    with smtplib.SMTP("127.0.0.1", port, local_hostname="client.test", timeout=10) as client:
        client.send_message(letter(recipient, **fields))


def recipients(sink):
    return [mail.recipient for mail in sink.accepted]


def test_keeps_what_it_accepted():
    with running_sink(keeps_content=True) as sink:
        send(sink.port, ANNA)
    (mail,) = sink.accepted
    assert (mail.recipient, mail.sender, mail.message_id) == (ANNA, "wpm@platform.example", "<1@platform.example>")
    assert (mail.headers["X-Kind"], mail.headers["Subject"]) == ("invitation", "Reisweek")
    assert b"Dag\r\n.\r\nTot ziens" in mail.content
    assert sink.message_ids == {ANNA: {"<1@platform.example>"}}


def test_one_connection_carries_many_mails():
    with running_sink() as sink, smtplib.SMTP("127.0.0.1", sink.port) as client:
        client.send_message(letter(ANNA))
        client.send_message(letter(BEN))
    assert (recipients(sink), sink.connections) == ([ANNA, BEN], 1)
    assert sink.accepted[0].content == b""


@pytest.mark.parametrize("code", [421, 450, 451, 452, 550, 552])
@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.MESSAGE])
def test_refuses_with_the_scripted_code(stage, code):
    with (
        running_sink(rules=[refuse(stage, code, text="4.7.0 later")]) as sink,
        pytest.raises(smtplib.SMTPException) as e,
    ):
        send(sink.port, ANNA)
    error = e.value
    told = error.recipients[ANNA] if isinstance(error, smtplib.SMTPRecipientsRefused) else error.args[:2]
    assert (told[0], told[1], sink.accepted) == (code, b"4.7.0 later", [])


def test_refuses_at_the_banner():
    with running_sink(rules=[refuse(Stage.BANNER, 554)]) as sink, pytest.raises(smtplib.SMTPConnectError):
        send(sink.port, ANNA)


@pytest.mark.parametrize("stage", list(Stage))
def test_drops_the_connection_at_each_stage(stage):
    with running_sink(rules=[Rule(stage=stage, reply=DROP, numbers=[1])]) as sink:
        with pytest.raises(LOST):
            send(sink.port, ANNA)
        assert sink.accepted == []
        send(sink.port, ANNA)
        assert recipients(sink) == [ANNA]


def test_421_ends_the_connection():
    with (
        running_sink(rules=[refuse(Stage.MAIL, 421)]) as sink,
        smtplib.SMTP("127.0.0.1", sink.port, local_hostname="client.test") as client,
    ):
        client.ehlo()
        assert client.mail("wpm@platform.example")[0] == 421
        with pytest.raises(LOST):
            client.noop()


def test_rules_know_recipient_domain_and_number():
    rules = [
        refuse(Stage.RCPT, 550, recipient=ANNA),
        Rule(stage=Stage.MESSAGE, reply=Reply(code=451), domain="elders.example", numbers=[2]),
    ]
    with running_sink(rules=rules) as sink:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            send(sink.port, ANNA)
        send(sink.port, BEN)
        with pytest.raises(smtplib.SMTPDataError):
            send(sink.port, "bob@elders.example")
        send(sink.port, BEN)
        send(sink.port, "carla@voorbeeld.example")
    assert recipients(sink) == [BEN, BEN, "carla@voorbeeld.example"]


def test_first_rule_speaks_and_a_slow_reply_comes_all_the_same():
    rules = [Rule(stage=Stage.MESSAGE, reply=Reply(delay_seconds=0.05), numbers=[1]), refuse(Stage.MESSAGE, 451)]
    with running_sink(rules=rules) as sink:
        send(sink.port, ANNA)
        with pytest.raises(smtplib.SMTPDataError):
            send(sink.port, ANNA)
    assert recipients(sink) == [ANNA]


def test_a_test_can_hold_the_reply_and_see_who_waits():
    seen, release = [], Event()

    def on_stage(visit):
        seen.append(visit)
        if visit.stage == Stage.MESSAGE and visit.recipient == ANNA:
            assert release.wait(10)
            return DROP
        return PASS

    with running_sink(on_stage=on_stage) as sink:
        waiting = smtplib.SMTP("127.0.0.1", sink.port, local_hostname="client.test")
        waiting.ehlo()
        waiting.mail("wpm@platform.example")
        waiting.rcpt(ANNA)
        waiting.docmd("DATA")
        waiting.send(b"Message-ID: <2@platform.example>\r\n\r\nDag\r\n.\r\n")
        send(sink.port, BEN)  # another client is not held up
        release.set()
        with pytest.raises(LOST):
            waiting.getreply()
        waiting.close()
    assert recipients(sink) == [BEN]
    held = [visit for visit in seen if visit.connection == 1]
    assert [visit.stage for visit in held] == list(Stage)
    assert (held[-1].message_id, held[-1].sender) == ("<2@platform.example>", "wpm@platform.example")
    assert held[0].peer_port > 0


def test_a_client_that_died_while_waiting_has_sent_nothing():
    asked, gone, answered = Event(), Event(), Event()

    def on_stage(visit):
        if visit.stage == Stage.MESSAGE and visit.recipient == ANNA:
            asked.set()
            assert gone.wait(10)
            answered.set()
        return PASS

    with running_sink(on_stage=on_stage) as sink:
        dying = smtplib.SMTP("127.0.0.1", sink.port, local_hostname="client.test")
        dying.ehlo()
        dying.mail("wpm@platform.example")
        dying.rcpt(ANNA)
        dying.docmd("DATA")
        dying.send(b"Message-ID: <3@platform.example>\r\n\r\nDag\r\n.\r\n")
        assert asked.wait(10)
        dying.close()
        send(sink.port, BEN)  # the server has seen the end of the other connection by now
        gone.set()
        assert answered.wait(10)
        send(sink.port, BEN)
    assert recipients(sink) == [BEN, BEN]


def test_comes_back_on_the_same_port():
    with running_sink() as sink:
        send(sink.port, ANNA)
    with pytest.raises(ConnectionRefusedError):
        send(sink.port, ANNA)
    with running_sink(port=sink.port) as again:
        send(sink.port, BEN)
    assert (recipients(sink), recipients(again)) == ([ANNA], [BEN])


def test_says_when_its_port_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        Sink(port=taken.getsockname()[1]).start()


def test_counts_in_a_process_of_its_own():
    with sink_process(delay_seconds=0.001) as sink:
        send(sink.port, ANNA)
        send(sink.port, ANNA)
        counts = sink.counts()
        assert (counts.accepted, counts.distinct, counts.connections) == (2, 1, 2)
        sink.forget()
        assert sink.counts().accepted == 0
    assert sink.process.returncode == 0
