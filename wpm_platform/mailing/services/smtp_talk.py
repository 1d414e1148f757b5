"""The conversation with the mail server, spoken step by step: for each mail it is known how far it got.

smtplib's own `sendmail` tells neither whether a connection broke before or after the text was sent, nor whether a
refusal was about the sender or the recipient. Connecting, TLS and login are Django's.
"""

import re
import smtplib
from dataclasses import dataclass

from django.core.mail.backends.smtp import EmailBackend

from wpm_platform.mailing.domain.retries import Result

LEADING_DOT = re.compile(rb"(?m)^\.")
END = b".\r\n"
CLOSING = 421


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the server said about one mail; code None and a reason when it said nothing."""

    result: Result
    code: int | None = None
    text: str = ""


class _Dropped(Exception):
    """The server hung up, or closed the talk with 421, before the text was sent."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply)
        self.reply = reply


class SmtpTalk:
    """One connection, opened when needed. Used by one worker at a time."""

    def __init__(self, backend: EmailBackend) -> None:
        self._backend = backend

    def deliver(self, *, sender: str, recipient: str, content: bytes) -> Reply:
        """Deliver one mail; `sender` and `recipient` are bare addresses.

        A connection that the server dropped since the last mail is opened anew, once.
        """
        try:
            is_new = self._open()
        except (smtplib.SMTPException, OSError) as error:
            self._forget()
            return _unreached(error)
        try:
            return self._say(sender=sender, recipient=recipient, content=content)
        except _Dropped as dropped:
            self._forget()
            if is_new:
                return dropped.reply
        return self.deliver(sender=sender, recipient=recipient, content=content)

    def close(self) -> None:
        """Say goodbye; a server that is gone already needs none."""
        try:
            self._backend.close()
        except (smtplib.SMTPException, OSError):
            self._forget()

    def _open(self) -> bool:
        """Be connected and introduced. Returns whether the connection is new."""
        is_new = bool(self._backend.open())
        if is_new:
            self._connection.ehlo_or_helo_if_needed()
        return is_new

    def _say(self, *, sender: str, recipient: str, content: bytes) -> Reply:
        for command, argument, expected, refusal in (
            ("MAIL", f"FROM:<{sender}>", (250,), Result.SENDER_REFUSED),
            ("RCPT", f"TO:<{recipient}>", (250, 251), Result.REFUSED),
            ("DATA", "", (354,), Result.REFUSED),
        ):
            code, text = self._command(command, argument)
            if code not in expected:
                return self._refused(refusal, code, text, closes=command == "MAIL")
        return self._send_content(content)

    def _command(self, command: str, argument: str) -> tuple[int, str]:
        try:
            code, text = self._connection.docmd(command, argument)
        except (smtplib.SMTPException, OSError) as error:
            raise _Dropped(_unreached(error)) from error
        return code, text.decode("utf-8", "replace")

    def _refused(self, result: Result, code: int, text: str, *, closes: bool) -> Reply:
        reply = Reply(result=result, code=code, text=text)
        if code == CLOSING:
            # "Enough over this connection": worth a new one when it comes before the recipient was named.
            if closes:
                raise _Dropped(reply)
            self._forget()
        else:
            self._reset()
        return reply

    def _send_content(self, content: bytes) -> Reply:
        """From here on a silence does not tell whether the mail was taken over."""
        body = LEADING_DOT.sub(b"..", content) if b"\n." in content or content.startswith(b".") else content
        if not body.endswith(b"\r\n"):
            body += b"\r\n"
        try:
            self._connection.send(body + END)
            code, answer = self._connection.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._forget()
            return Reply(result=Result.UNKNOWN, text=type(error).__name__)
        text = answer.decode("utf-8", "replace")
        if code == CLOSING:
            self._forget()
        return Reply(result=_result_of(code), code=code, text=text)

    @property
    def _connection(self) -> smtplib.SMTP:
        """The open connection; only asked for after `_open`."""
        if self._backend.connection is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        return self._backend.connection

    def _reset(self) -> None:
        try:
            self._connection.rset()
        except (smtplib.SMTPException, OSError):
            self._forget()

    def _forget(self) -> None:
        """Let go of a broken connection without a goodbye."""
        connection, self._backend.connection = self._backend.connection, None
        if connection is not None:
            connection.close()


def _result_of(code: int) -> Result:
    """What the answer to the text means; one that is no answer leaves it open."""
    if 200 <= code < 300:
        return Result.SENT
    return Result.REFUSED if 400 <= code < 600 else Result.UNKNOWN


def _unreached(error: Exception) -> Reply:
    code = error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None
    return Reply(result=Result.UNREACHED, code=code, text=type(error).__name__)
