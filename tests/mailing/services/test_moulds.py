"""A mail filled into a mould is the mail that would have been built for this person alone."""

import email
import email.policy
from dataclasses import replace

import pytest
from django.core.mail import BadHeaderError

from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.letters import Letter, built_message, in_bytes
from wpm_platform.mailing.services.moulds import Moulds

THEIRS = "p" * 43
OWN = "Zx-_09" * 7 + "q"
LONG_LINE = "een lange regel zonder einde " * 50


def pattern(*, text="Begin hier:", subject="Hoe reisde je vorige week, Zoë?"):
    """A letter for many, with the link in the text, in the page and in a header."""
    return Letter(
        subject=subject,
        text=f"{text}\n.een punt vooraan\nhttp://testserver/r/{THEIRS}/\n\nGroet, Zoë\n",
        html=f'<p>{text}</p><a href="http://testserver/r/{THEIRS}/">Begin</a><p>€</p>',
        sender='"Voorbeeld Personeelszaken (Fietsfabriek «Één»)" <wpm@platform.example>',
        reply_to="hr@voorbeeld.example",
        headers={
            "List-Unsubscribe": f"<http://testserver/r/{THEIRS}/stop/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        secrets=(THEIRS,),
    )


def made_for(own, letter):
    return replace(
        letter,
        text=letter.text.replace(THEIRS, own),
        html=letter.html.replace(THEIRS, own),
        headers={name: value.replace(THEIRS, own) for name, value in letter.headers.items()},
        secrets=(own,),
        pattern=letter,
    )


def a_mail(recipient="anna@voorbeeld.example", *, number=1):
    return OutgoingMail(kind="surveys.invitation", recipient=recipient, message_id=f"<{number}@platform.example>")


def read(content):
    """Everything that a mail program sees, but the moment and the name of the boundary."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    headers = sorted((name, str(value)) for name, value in message.items() if name not in ("Date", "Content-Type"))
    parts = [(part.get_content_type(), part.get_content()) for part in message.iter_parts()]
    assert message["Date"] is not None
    return headers, message.get_content_type(), parts


@pytest.mark.parametrize("text", ["Begin hier:", "Bегин ここ " * 30, LONG_LINE])
@pytest.mark.parametrize(
    "recipient",
    [
        "anna@voorbeeld.example",
        "Anna.O'Brien+werk@Voorbeeld.example",
        "anna,bert@voorbeeld.example",
        "anna@café.example",
        f"{'a' * 60}@{'b' * 60}.{'c' * 60}.example",
    ],
)
def test_filled_mail_reads_as_one_that_was_built_by_itself(text, recipient):
    moulds, mail, letter = Moulds(), a_mail(recipient), made_for(OWN, pattern(text=text))
    moulds.content(a_mail(number=2), made_for("r" * 43, letter.pattern))
    content = moulds.content(mail, letter)
    assert read(content) == read(in_bytes(built_message(mail, letter)))
    assert THEIRS.encode() not in content


@pytest.mark.parametrize("own", [OWN, OWN + "abc", "k"])
def test_each_gets_their_own_secret_and_nobody_elses(own):
    moulds, letter = Moulds(), pattern()
    first = moulds.content(a_mail(number=1), made_for("first" * 8, letter))
    second = moulds.content(a_mail("bert@voorbeeld.example", number=2), made_for(own, letter))
    assert (first.count(b"first" * 8), second.count(f"/{own}/".encode())) == (3, 3)
    assert b"first" * 8 not in second
    assert b"anna@" not in second
    assert (second.count(b"\r\nMessage-ID: <2@"), second.count(b"Date: "), second.count(b"To: bert@")) == (1, 1, 1)


def test_letters_of_several_patterns_do_not_mix():
    moulds = Moulds()
    letters = [pattern(subject=f"Onderwerp {number}") for number in range(60)]
    for _again in range(2):
        for number, letter in enumerate(letters):
            content = moulds.content(a_mail(), made_for(OWN, letter))
            assert f"Subject: Onderwerp {number}\r\n".encode() in content


@pytest.mark.parametrize("field", [{"recipient": "a@b.example\r\nBcc: x@y.example"}, {"message_id": "<a\r\nBcc: x>"}])
def test_line_breaks_never_get_into_a_header(field):
    mail = a_mail()
    for name, value in field.items():
        setattr(mail, name, value)
    with pytest.raises(BadHeaderError):
        Moulds().content(mail, made_for(OWN, pattern()))
