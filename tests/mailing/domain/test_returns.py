"""The rules about what comes back."""

import datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpm_platform.mailing.domain import returns
from wpm_platform.mailing.domain.returns import (
    kind_of_refusal,
    kind_of_status,
    next_state,
    precedence,
    soft_retry_after,
)
from wpm_platform.mailing.enums import MailEventKind, MailState

START = datetime.datetime(2026, 3, 16, 8, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
KINDS = st.sampled_from([str(kind) for kind in MailEventKind])


def outcome(history, state="sent"):
    """The state after the reports (kind, hour), in the order given."""
    passing = []
    for kind, hour in history:
        own = precedence(kind, START + hour * HOUR) if kind in returns.PASSING else None
        is_latest = own is None or all(own >= other for other in passing)
        if own:
            passing.append(own)
        state = next_state(state, kind, is_latest=is_latest)
    return state


@given(st.lists(st.tuples(KINDS, st.integers(0, 4)), max_size=4))
def test_the_order_of_reports_does_not_matter(history):
    assert {outcome(order) for order in permutations(history)} == {outcome(history)}


@given(st.lists(st.tuples(KINDS, st.integers(0, 4)), max_size=5), st.data())
def test_a_report_that_comes_again_does_not_matter(history, data):
    again = data.draw(st.lists(st.sampled_from(history), max_size=3)) if history else []
    assert outcome([*history, *again]) == outcome(history)


@given(st.lists(st.tuples(KINDS, st.integers(0, 4)), max_size=5), st.sampled_from(["queued", "withdrawn"]))
def test_a_mail_that_never_left_keeps_its_state(history, state):
    assert outcome(history, state) == state


def test_what_each_report_makes_of_a_sent_mail():
    found = {kind: next_state("sent", kind, is_latest=True) for kind in MailEventKind.values}
    assert found == {
        "delivered": "delivered",
        "hard_bounce": "hard_bounce",
        "soft_bounce": "soft_bounce",
        "blocked": "blocked",
        "complaint": "complaint",
        "auto_reply": "sent",
    }
    assert set(found.values()) <= set(MailState.values)


def test_the_words_are_those_of_the_rows():
    assert {*returns.PASSING, *returns.LASTING, returns.AUTO_REPLY} == set(MailEventKind.values)


@pytest.mark.parametrize(
    ("bounces", "hours", "wait"), [(1, 0, 4), (2, 4, 12), (3, 16, 24), (3, 48, 24), (4, 40, None), (2, 49, None)]
)
def test_soft_bounces_are_tried_again_three_times_in_48_hours(bounces, hours, wait):
    found = soft_retry_after(bounces=bounces, first_at=START, now=START + hours * HOUR)
    assert found == (None if wait is None else wait * HOUR)


def test_all_three_tries_fall_within_48_hours():
    assert sum(returns.SOFT_WAITS, datetime.timedelta()) <= returns.RETRY_WINDOW


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        (550, "5.1.1 <x@y.example>: Recipient address rejected: User unknown", "hard_bounce"),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound", "hard_bounce"),
        (550, "No such user here", "hard_bounce"),
        (553, "sorry, that domain isn't in my list", "hard_bounce"),
        (551, "User not local", "hard_bounce"),
        (550, "5.7.1 Message rejected due to policy", "blocked"),
        (550, "5.7.606 Access denied, banned sending IP", "blocked"),
        (550, "blocked using zen.spamhaus.org", "blocked"),
        (554, "Transaction failed", "blocked"),
        (550, "5.1.8 Sender address rejected", "blocked"),
        (552, "5.2.2 Mailbox full", "soft_bounce"),
        (552, "5.3.4 Message too big", "blocked"),
        (550, "5.4.1 Recipient address rejected: Access denied", "blocked"),
        (550, "5.4.4 Host not found", "soft_bounce"),
        (450, "4.2.0 Greylisted", "soft_bounce"),
        (421, "", "soft_bounce"),
        (250, "OK", None),
        (None, "", None),
    ],
)
def test_what_a_mail_server_means(code, text, kind):
    assert kind_of_refusal(code=code, text=text) == kind


@given(st.text(max_size=200), st.integers(100, 599) | st.none())
def test_no_words_of_a_mail_server_are_too_strange(text, code):
    assert kind_of_refusal(code=code, text=text) in {"hard_bounce", "soft_bounce", "blocked", None}
    assert kind_of_status(text) in {"hard_bounce", "soft_bounce", "blocked", None}
