"""What a message in the bounce mailbox says."""

import email
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mailing.returned_mails import automatic_reply, complaint, delivery_report, plain_bounce
from wpm_platform.mailing.domain.bounce_texts import (
    Returned,
    addressed_to,
    original_message_id,
    read_returned,
    without_addresses,
)

TO = "bounces+code@wpm.example"


def parsed(raw):
    return email.message_from_bytes(raw, policy=default)


def read(raw):
    return read_returned(parsed(raw))


@pytest.mark.parametrize(
    ("status", "action", "diagnostic", "kind"),
    [
        ("5.1.1", "failed", "smtp; 550 5.1.1 User unknown", "hard_bounce"),
        ("5.0.0", "failed", "smtp; 550 No such user", "hard_bounce"),
        ("5.0.0", "failed", "smtp; 550 blocked by policy", "blocked"),
        ("5.7.1", "failed", "smtp; 554 5.7.1 Spam detected", "blocked"),
        ("5.2.2", "failed", "smtp; 552 5.2.2 mailbox full", "soft_bounce"),
        ("4.4.7", "failed", "smtp; delivery time expired", "soft_bounce"),
        ("5.0.0", "failed", "smtp; it did not work", "blocked"),
        ("nonsense", "failed", "x-unix; it did not work", "soft_bounce"),
        ("4.4.1", "delayed", "smtp; connection timed out", None),
        ("2.0.0", "delivered", "smtp; 250 OK", "delivered"),
        ("2.0.0", "relayed", "smtp; 250 OK", "delivered"),
    ],
)
def test_a_delivery_report_is_read_by_its_status(status, action, diagnostic, kind):
    found = read(delivery_report(to=TO, status=status, action=action, diagnostic=diagnostic))
    assert found is not None
    assert found.kind == kind


def test_the_detail_holds_no_address():
    assert read(delivery_report(to=TO)) == Returned(
        kind="hard_bounce", detail="550 5.1.1 …: Recipient address rejected: User unknown"
    )


def test_a_report_without_blocks_is_read_by_its_words():
    raw = delivery_report(to=TO).replace(b"Action: failed", b"Nothing: here")
    assert read(raw) == Returned(kind="soft_bounce", detail="This is the mail system at host mx.klant.example.")


def test_a_complaint_is_a_complaint():
    assert read(complaint(to=TO)) == Returned(kind="complaint")


@pytest.mark.parametrize(
    ("text", "subject", "kind"),
    [
        ("550 5.1.1 unknown", "Undelivered Mail Returned to Sender", "hard_bounce"),
        ("Deze gebruiker bestaat niet.", "Onbestelbaar: Hoe reisde je?", "hard_bounce"),
        ("De mailbox is vol", "Niet bezorgd: Hoe reisde je?", "soft_bounce"),
        ("Your message was rejected: 554 spam", "failure notice", "blocked"),
        ("Er ging iets mis.", "Mail delivery failed", "soft_bounce"),
    ],
)
def test_a_bounce_in_words(text, subject, kind):
    found = read(plain_bounce(to=TO, text=text, subject=subject))
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "subject",
    [
        "Automatisch antwoord: Hoe reisde je?",
        "Automatic reply: Hoe reisde je?",
        "Out of Office",
        "Afwezig tot 3 april",
        "Ik ben met vakantie",
        "Auto-reply",
    ],
)
def test_an_automatic_reply_by_its_subject_keeps_no_words(subject):
    found = read(automatic_reply(to=TO, subject=subject, text="Ik lig in het ziekenhuis."))
    assert found == Returned(kind="auto_reply", detail="")


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied"}, {"X_Autoreply": "yes"}, {"Precedence": "auto_reply"}]
)
def test_an_automatic_reply_by_its_headers(headers):
    assert read(automatic_reply(to=TO, subject="Re: Hoe reisde je?", **headers)) == Returned(kind="auto_reply")


@pytest.mark.parametrize("text", ["Piet is hier niet meer werkzaam.", "Piet no longer works here."])
def test_an_automatic_reply_that_says_the_person_left(text):
    assert read(automatic_reply(to=TO, text=text)) == Returned(kind="auto_reply", detail="left")


def test_a_message_by_hand_is_left_for_a_person():
    assert read(automatic_reply(to=TO, subject="Re: Hoe reisde je?", text="Wat is dit voor mail?")) is None


def test_the_original_is_found_in_a_report():
    raw = delivery_report(to=TO, message_id="<6f1b7f0e-3a54-4f0e-9d55-0c6a8f3f1a2b@wpm.example>")
    assert original_message_id(parsed(raw)) == "<6f1b7f0e-3a54-4f0e-9d55-0c6a8f3f1a2b@wpm.example>"
    assert original_message_id(parsed(delivery_report(to=TO))) == ""


def test_the_address_of_arrival_is_found_in_any_header():
    raw = b"To: Someone <a@b.example>, c@d.example\nDelivered-To: <e@f.example>\n\nhello"
    assert addressed_to(parsed(raw)) == ["e@f.example", "a@b.example", "c@d.example"]


@pytest.mark.parametrize("broken", ["':a;'", "' @['"])
def test_a_header_beyond_repair_hides_no_other_one(broken):
    raw = f"To: {broken}\nCc: c@d.example\nDelivered-To: e@f.example\n\nhello".encode()
    assert addressed_to(parsed(raw)) == ["e@f.example", "c@d.example"]


def test_words_without_addresses():
    assert without_addresses("to <a@b.example>:\n  gone") == "to …: gone"


@given(st.binary(max_size=400))
def test_no_bytes_are_too_strange(raw):
    message = parsed(raw)
    read_returned(message)
    addressed_to(message)
    original_message_id(message)


@given(st.text(max_size=200), st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_header_is_too_strange(subject, words):
    lines = (
        f"Subject: {subject!r}\nFrom: {words!r}\nTo: {words!r}\nDate: {words!r}\nAuto-Submitted: {subject!r}\n\n{words}"
    )
    message = parsed(lines.encode())
    read_returned(message)
    addressed_to(message)
