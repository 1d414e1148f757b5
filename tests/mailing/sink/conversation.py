"""One connection of the scripted mail server: aiosmtpd, with a word beforehand at each stage."""

import asyncio
import re
from dataclasses import replace
from email.parser import BytesHeaderParser
from typing import Protocol

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.mailing.sink.script import Reply, Stage, Visit

ADDRESS = re.compile(r"<([^>]*)>")


class Host(Protocol):
    """The server that the conversation belongs to."""

    def next_connection(self, conversation: "Conversation") -> int: ...

    async def reply_to(self, visit: Visit) -> Reply: ...

    def accept(self, visit: Visit, content: bytes) -> None: ...


class Conversation(SMTP):
    """Asks the server what to reply, then lets aiosmtpd do the rest."""

    def __init__(self, host: Host, *, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(self, hostname="sink.test", loop=loop, enable_SMTPUTF8=True)
        self._host = host
        self._number = 0

    async def _handle_client(self) -> None:
        self._number = self._host.next_connection(self)
        if await self._passes(Stage.BANNER):
            await super()._handle_client()
        elif self.transport is not None:
            self.transport.close()

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802 (aiosmtpd's names, here and below)
        if await self._passes(Stage.EHLO):
            await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802
        if await self._passes(Stage.MAIL, sender=_address(arg)):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        if await self._passes(Stage.RCPT, recipient=_address(arg)):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if await self._passes(Stage.DATA):
            await super().smtp_DATA(arg)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = bytes(envelope.original_content or b"")
        message = BytesHeaderParser().parsebytes(content)
        headers = {name: str(value) for name, value in message.items()}
        visit = replace(self._visit(Stage.MESSAGE), message_id=headers.get("Message-ID", ""), headers=headers)
        reply = await self._host.reply_to(visit)
        if reply.lets_pass:
            self._host.accept(visit, content)
            return "250 OK"
        if reply.is_dropped:
            self.hang_up()
        return f"{reply.code} {reply.text}"

    def hang_up(self) -> None:
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()

    async def _passes(self, stage: Stage, *, sender: str = "", recipient: str = "") -> bool:
        """Whether the stage goes its usual way; otherwise the scripted reply was given."""
        reply = await self._host.reply_to(self._visit(stage, sender=sender, recipient=recipient))
        if reply.lets_pass:
            return True
        if reply.is_dropped:
            self.hang_up()
            return False
        await self.push(f"{reply.code} {reply.text}")
        if reply.code == 421 and self.transport is not None:
            self.transport.close()
        return False

    def _visit(self, stage: Stage, *, sender: str = "", recipient: str = "") -> Visit:
        envelope, session = self.envelope, self.session
        known_recipient = envelope.rcpt_tos[0] if envelope and envelope.rcpt_tos else ""
        return Visit(
            stage=stage,
            connection=self._number,
            peer_port=int(session.peer[1]) if session and session.peer else 0,
            sender=sender or (envelope and envelope.mail_from) or "",
            recipient=recipient or known_recipient,
        )


def _address(arg: str | None) -> str:
    found = ADDRESS.search(arg or "")
    return found[1] if found else ""
