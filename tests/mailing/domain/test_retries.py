"""What follows from a mail server's answer."""

import datetime

import pytest

from wpm_platform.mailing.domain.retries import Follow, Result, Verdict, verdict

MINUTE = datetime.timedelta(minutes=1)


def refused(code, text="", **others):
    return verdict(result=Result.REFUSED, smtp_code=code, text=text, **others)


def test_mail_taken_over_is_sent():
    assert verdict(result=Result.SENT, smtp_code=250) == Verdict(follow=Follow.SENT)


@pytest.mark.parametrize("code", [421, 450, 451, 452])
def test_asking_for_less_pauses_the_domain_and_costs_no_attempt(code):
    assert refused(code, "Try again later", attempts=9) == Verdict(follow=Follow.BACK, slows_domain=True)


def test_sender_asked_for_less_pauses_the_domain_too():
    found = verdict(result=Result.SENDER_REFUSED, smtp_code=421, text="Too many messages")
    assert found == Verdict(follow=Follow.BACK, slows_domain=True)


@pytest.mark.parametrize(("code", "text"), [(452, "4.2.2 Mailbox full"), (450, "4.2.1 Busy"), (471, "Odd")])
def test_trouble_of_one_mailbox_is_a_soft_bounce_and_pauses_nobody(code, text):
    assert refused(code, text) == Verdict(follow=Follow.BOUNCE, bounce="soft_bounce")


@pytest.mark.parametrize("text", ["4.7.1 Greylisting in action", "4.2.0 Recipient: Greylisted", "gray list"])
def test_greylisted_mail_is_tried_again_soon_without_pausing_the_domain(text):
    assert refused(451, text) == Verdict(follow=Follow.WAIT, wait=5 * MINUTE)


@pytest.mark.parametrize(
    ("code", "text", "bounce"),
    [
        (550, "No such user", "hard_bounce"),
        (550, "5.1.1 Unknown", "hard_bounce"),
        (554, "Refused", "blocked"),
        (550, "5.7.1 Policy", "blocked"),
        (552, "5.2.2 Over quota", "soft_bounce"),
    ],
)
def test_refused_recipient_is_what_came_back(code, text, bounce):
    assert refused(code, text) == Verdict(follow=Follow.BOUNCE, bounce=bounce)


def test_refused_sender_says_nothing_about_the_address():
    """A mail server that does not know us must not stop the addresses of a whole staff."""
    found = [verdict(result=Result.SENDER_REFUSED, smtp_code=550, text="5.1.1", attempts=n) for n in (1, 2, 3, 4)]
    assert found == [Verdict(follow=Follow.BACK, wait=30 * MINUTE)] * 4


def test_unreached_server_costs_no_attempt():
    assert verdict(result=Result.UNREACHED, attempts=50) == Verdict(follow=Follow.BACK, wait=MINUTE)


def test_unknown_fate_goes_again_only_where_it_may_and_twice_at_most():
    found = [verdict(result=Result.UNKNOWN, is_repeatable=True, attempts=attempts) for attempts in (1, 2, 3)]
    assert found == [
        Verdict(follow=Follow.WAIT, wait=5 * MINUTE),
        Verdict(follow=Follow.WAIT, wait=30 * MINUTE),
        Verdict(follow=Follow.UNCERTAIN),
    ]
    assert verdict(result=Result.UNKNOWN) == Verdict(follow=Follow.UNCERTAIN)


def test_faulty_mail_fails_the_third_time():
    found = [verdict(result=Result.FAULTY, attempts=attempts).follow for attempts in (1, 2, 3)]
    assert found == [Follow.WAIT, Follow.WAIT, Follow.FAILED]
