"""Delivery to a real mail server with scripted replies: what the outcome tells, at each stage."""

import socket
from contextlib import contextmanager

import pytest
from django.core import mail as django_mail
from django.test import override_settings

from tests.mailing.sink import DROP, Reply, Rule, Stage, refuse, running_sink
from wpm_platform.mailing.domain.retries import Result
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.delivery import bare_address, hand_over, open_carrier
from wpm_platform.mailing.services.letters import Letter

SMTP = "django.core.mail.backends.smtp.EmailBackend"
LETTER = Letter(
    subject="Hoe reisde je vorige week?",
    text="Begin hier:\n.een punt vooraan\nGroet, Zoë",
    html="<p>Begin</p>",
    sender='"Personeelszaken" <wpm@platform.example>',
    reply_to="hr@voorbeeld.example",
    headers={"List-Unsubscribe": "<http://testserver/stop/>"},
)


def a_mail(recipient="anna@voorbeeld.example", *, number=1):
    return OutgoingMail(kind="surveys.invitation", recipient=recipient, message_id=f"<{number}@platform.example>")


@contextmanager
def mail_server(*rules):
    settings = {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": "127.0.0.1", "EMAIL_TIMEOUT": 2}
    with running_sink(rules=rules, keeps_content=True) as sink, override_settings(**settings, EMAIL_PORT=sink.port):
        yield sink


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def short(outcome):
    return outcome.result, outcome.smtp_code


def test_mail_arrives_as_it_was_written():
    with mail_server() as sink:
        outcome = hand_over(mail=a_mail(), letter=LETTER)
    assert (short(outcome), outcome.is_sent) == ((Result.SENT, 250), True)
    (arrived,) = sink.accepted
    assert (arrived.sender, arrived.recipient) == ("wpm@platform.example", "anna@voorbeeld.example")
    assert arrived.message_id == "<1@platform.example>"
    assert arrived.headers["Reply-To"] == "hr@voorbeeld.example"
    assert arrived.headers["List-Unsubscribe"] == "<http://testserver/stop/>"
    assert arrived.headers["Auto-Submitted"] == "auto-generated"
    assert "\r\n.een punt vooraan\r\nGroet, Zoë" in arrived.content.decode()


def test_one_connection_carries_all_mails_of_a_run():
    with mail_server() as sink, open_carrier() as carrier:
        for number in range(5):
            assert carrier.hand_over(mail=a_mail(number=number), letter=LETTER).is_sent
    assert (len(sink.accepted), sink.connections) == (5, 1)


@pytest.mark.parametrize(
    ("stage", "code", "result"),
    [
        (Stage.MAIL, 550, Result.SENDER_REFUSED),
        (Stage.MAIL, 451, Result.SENDER_REFUSED),
        (Stage.MAIL, 421, Result.SENDER_REFUSED),
        (Stage.RCPT, 550, Result.REFUSED),
        (Stage.RCPT, 450, Result.REFUSED),
        (Stage.RCPT, 421, Result.REFUSED),
        (Stage.DATA, 451, Result.REFUSED),
        (Stage.DATA, 554, Result.REFUSED),
        (Stage.MESSAGE, 554, Result.REFUSED),
        (Stage.MESSAGE, 452, Result.REFUSED),
        (Stage.MESSAGE, 421, Result.REFUSED),
    ],
)
def test_refusal_tells_who_was_refused_and_the_next_mail_goes_on(stage, code, result):
    rule = Rule(stage=stage, reply=Reply(code=code, text="scripted"), numbers=[1])
    with mail_server(rule) as sink, open_carrier() as carrier:
        outcome = carrier.hand_over(mail=a_mail(), letter=LETTER)
        assert short(outcome) == (result, code)
        assert "scripted" in outcome.reason
        assert carrier.hand_over(mail=a_mail(number=2), letter=LETTER).is_sent
    assert [mail.message_id for mail in sink.accepted] == ["<2@platform.example>"]


@pytest.mark.parametrize("stage", [Stage.MAIL, Stage.RCPT, Stage.DATA])
def test_connection_lost_while_it_rested_is_opened_anew_at_once(stage):
    with mail_server(Rule(stage=stage, reply=DROP, numbers=[2])) as sink, open_carrier() as carrier:
        for number in (1, 2):
            assert carrier.hand_over(mail=a_mail(number=number), letter=LETTER).is_sent
    assert ([mail.message_id for mail in sink.accepted], sink.connections) == (
        ["<1@platform.example>", "<2@platform.example>"],
        2,
    )


def test_server_that_has_enough_of_one_connection_gets_a_new_one():
    rule = Rule(stage=Stage.MAIL, reply=Reply(code=421), numbers=[3])
    with mail_server(rule) as sink, open_carrier() as carrier:
        assert [carrier.hand_over(mail=a_mail(number=n), letter=LETTER).is_sent for n in range(4)] == [True] * 4
    assert (len(sink.accepted), sink.connections) == (4, 2)


@pytest.mark.parametrize("stage", [Stage.BANNER, Stage.EHLO, Stage.MAIL, Stage.RCPT, Stage.DATA])
def test_server_that_always_hangs_up_before_the_text_was_not_reached(stage):
    with mail_server(Rule(stage=stage, reply=DROP)) as sink:
        assert hand_over(mail=a_mail(), letter=LETTER).result == Result.UNREACHED
    assert sink.accepted == []


@pytest.mark.parametrize("stage", [Stage.BANNER, Stage.EHLO])
def test_server_that_turns_us_away_at_the_door_was_not_reached(stage):
    with mail_server(refuse(stage, 421)):
        assert hand_over(mail=a_mail(), letter=LETTER).result == Result.UNREACHED


@pytest.mark.parametrize("reply", [DROP, Reply(delay_seconds=4)])
def test_silence_after_the_text_leaves_its_fate_open(reply):
    with mail_server(Rule(stage=Stage.MESSAGE, reply=reply)), open_carrier() as carrier:
        assert carrier.hand_over(mail=a_mail(), letter=LETTER).result == Result.UNKNOWN


def test_drop_after_the_text_is_never_repeated_by_itself():
    with mail_server(Rule(stage=Stage.MESSAGE, reply=DROP, numbers=[2])) as sink, open_carrier() as carrier:
        results = [carrier.hand_over(mail=a_mail(number=n), letter=LETTER).result for n in (1, 2, 3)]
    assert results == [Result.SENT, Result.UNKNOWN, Result.SENT]
    assert [mail.message_id for mail in sink.accepted] == ["<1@platform.example>", "<3@platform.example>"]


def test_slow_answers_within_the_limit_are_waited_for():
    rules = [Rule(stage=stage, reply=Reply(delay_seconds=1)) for stage in (Stage.MAIL, Stage.RCPT, Stage.MESSAGE)]
    with mail_server(*rules):
        assert hand_over(mail=a_mail(), letter=LETTER).is_sent


def test_no_server_at_all_was_not_reached():
    with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=free_port()):
        outcome = hand_over(mail=a_mail(), letter=LETTER)
    assert (short(outcome), outcome.reason) == ((Result.UNREACHED, None), "ConnectionRefusedError")


@pytest.mark.parametrize(
    ("recipient", "subject"),
    [
        ("", "Hallo"),
        ("geen adres", "Hallo"),
        ("anna@x.example>\r\nRCPT TO:<b@x.example", "Hallo"),
        ("a@b", "a\nBcc: c"),
    ],
)
def test_mail_that_cannot_be_built_is_faulty_and_the_next_goes_on(recipient, subject, caplog):
    letter = Letter(subject=subject, text="t", html="h", sender="wpm@platform.example")
    with mail_server() as sink, open_carrier() as carrier:
        assert carrier.hand_over(mail=a_mail(recipient), letter=letter).result == Result.FAULTY
        assert carrier.hand_over(mail=a_mail(), letter=LETTER).is_sent
    assert len(sink.accepted) == 1


def test_domain_with_accents_is_written_in_ascii():
    assert bare_address("anna@müsli.example") == "anna@xn--msli-0ra.example"


def test_accents_before_the_at_sign_fail_as_a_mail_of_their_own_and_are_not_logged(caplog):
    with running_sink() as sink, override_settings(EMAIL_BACKEND=SMTP, EMAIL_PORT=sink.port):
        assert hand_over(mail=a_mail("zoë@voorbeeld.example"), letter=LETTER).result == Result.FAULTY
    assert "zoë" not in caplog.text


def test_another_backend_gets_the_whole_message():
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        assert hand_over(mail=a_mail(), letter=LETTER).is_sent
    assert [message.to for message in django_mail.outbox] == [["anna@voorbeeld.example"]]
