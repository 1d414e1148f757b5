"""Reads the mails that the site wrote into its mail folder."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

# Django's file backend ends each message with this line.
SEPARATOR = b"-" * 79 + b"\n"
PERSONAL_LINK = re.compile(r"https?://\S+/r/[\w-]+/")


@dataclass(frozen=True, kw_only=True)
class ReceivedMail:
    recipient: str
    subject: str
    message_id: str
    text: str

    @property
    def personal_link(self) -> str:
        """The first personal link in the text, or an empty text."""
        found = PERSONAL_LINK.search(self.text)
        return found.group(0) if found else ""


def received_mails(folder: Path) -> list[ReceivedMail]:
    """All mails in the folder so far, oldest file first."""
    return [
        _mail(raw) for path in sorted(folder.glob("*.log")) for raw in path.read_bytes().split(SEPARATOR) if raw.strip()
    ]


def _mail(raw: bytes) -> ReceivedMail:
    message = message_from_bytes(raw, _class=EmailMessage, policy=default)
    body = message.get_body(("plain",))
    return ReceivedMail(
        recipient=str(message["To"]),
        subject=str(message["Subject"]),
        message_id=str(message["Message-ID"]),
        text=body.get_content() if body else "",
    )
