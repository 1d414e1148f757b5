"""Mails of which only the person's own parts differ, put into bytes: built once, filled in for each."""

import re
from email.utils import formatdate
from uuid import uuid4

from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.letters import Letter, built_message, in_bytes

MOST_KEPT = 50
# Addresses that stand in a header as they are; any other is left to the library that knows how to quote it.
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,180}")
PLAIN_ID = re.compile(r"<[A-Za-z0-9.@_-]{3,200}>")
OWN_LINES = re.compile(rb"(?m)^(?:To|Message-ID|Date): .*\r\n")


class Moulds:
    """The moulds of one run of mails, by the letter that they are made from."""

    def __init__(self) -> None:
        self._kept: dict[int, _Mould] = {}

    def content(self, mail: OutgoingMail, letter: Letter) -> bytes:
        """The mail as SMTP sends it, the same as if it was built by itself."""
        if letter.pattern is None or not _is_plain(mail, letter):
            return in_bytes(built_message(mail, letter))
        mould = self._kept.get(id(letter.pattern))
        if mould is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            # The mould holds on to its letter, so that no other gets the same id.
            mould = self._kept[id(letter.pattern)] = _Mould(letter.pattern)
        return mould.filled(mail, letter) if mould.is_usable else in_bytes(built_message(mail, letter))


class _Mould:
    """is_usable: whether every stand-in for the secret can be found in the bytes, whatever way they are encoded."""

    def __init__(self, pattern: Letter) -> None:
        self._pattern = pattern
        (secret,) = pattern.secrets
        self._secret = secret.encode()
        stand_in = OutgoingMail(recipient="stand-in@stand-in.example", message_id=f"<{uuid4()}@stand-in.example>")
        content = in_bytes(built_message(stand_in, pattern))
        head, gap, body = content.partition(b"\r\n\r\n")
        head, own_lines = OWN_LINES.subn(b"", head + b"\r\n")
        self._rest = head + b"\r\n" + body
        shown = (pattern.subject, pattern.text, pattern.html, pattern.sender, *pattern.headers.values())
        found = self._rest.count(self._secret)
        self.is_usable = bool(gap) and own_lines == 3 and found == sum(text.count(secret) for text in shown)

    def filled(self, mail: OutgoingMail, letter: Letter) -> bytes:
        (secret,) = letter.secrets
        own = f"To: {mail.recipient}\r\nMessage-ID: {mail.message_id}\r\nDate: {formatdate()}\r\n"
        return own.encode() + self._rest.replace(self._secret, secret.encode())


def _is_plain(mail: OutgoingMail, letter: Letter) -> bool:
    return (
        len(letter.secrets) == 1
        and letter.secrets[0].isascii()
        and PLAIN_ADDRESS.fullmatch(mail.recipient) is not None
        and PLAIN_ID.fullmatch(mail.message_id) is not None
    )
