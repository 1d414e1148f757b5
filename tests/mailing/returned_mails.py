"""Messages as mail servers and people send them back, after real ones of Postfix, Exchange Online and Gmail."""

from email.message import EmailMessage

ORIGINAL = "From: hr@voorbeeld.example\nTo: piet@klant.example\nMessage-ID: {message_id}\nSubject: Hoe reisde je?\n"


def delivery_report(
    *,
    to: str,
    status: str = "5.1.1",
    action: str = "failed",
    diagnostic: str = "smtp; 550 5.1.1 <piet@klant.example>: Recipient address rejected: User unknown",
    message_id: str = "",
    date: str = "Mon, 16 Mar 2026 09:05:00 +0100",
) -> bytes:
    """A delivery status notification (RFC 3464) as Postfix writes it."""
    original = f"\n--frontier\nContent-Type: message/rfc822\n\n{ORIGINAL.format(message_id=message_id)}\nHallo\n"
    return (
        f"Return-Path: <>\nDelivered-To: {to}\nDate: {date}\n"
        "From: MAILER-DAEMON@mx.klant.example (Mail Delivery System)\n"
        f"To: {to}\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="frontier"\n\n'
        "--frontier\nContent-Type: text/plain; charset=us-ascii\n\nThis is the mail system at host mx.klant.example.\n"
        "\n--frontier\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.klant.example\nArrival-Date: Mon, 16 Mar 2026 09:00:00 +0100\n\n"
        f"Final-Recipient: rfc822; piet@klant.example\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: {diagnostic}\n"
        f"{original if message_id else ''}\n--frontier--\n"
    ).encode()


def plain_bounce(*, to: str, text: str, subject: str = "Undelivered Mail Returned to Sender") -> bytes:
    """A bounce in words only, as old servers send it."""
    message = _message(to=to, subject=subject, text=text, sender="Mail Delivery Subsystem <mailer-daemon@mx.example>")
    return message.as_bytes()


def complaint(*, to: str) -> bytes:
    """A complaint (RFC 5965)."""
    return (
        f"From: <feedback@provider.example>\nTo: {to}\nDate: Mon, 16 Mar 2026 10:00:00 +0100\n"
        "Subject: FW: Hoe reisde je?\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nThis is an email abuse report.\n\n"
        "--b\nContent-Type: message/feedback-report\n\n"
        "Feedback-Type: abuse\nUser-Agent: SomeGenerator/1.0\nVersion: 1\n\n--b--\n"
    ).encode()


def automatic_reply(
    *,
    to: str,
    subject: str = "Automatisch antwoord: Hoe reisde je?",
    text: str = "Ik ben er maandag weer.",
    **headers: str,
) -> bytes:
    message = _message(to=to, subject=subject, text=text, sender="Piet <piet@klant.example>")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return message.as_bytes()


def _message(*, to: str, subject: str, text: str, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = "Mon, 16 Mar 2026 09:30:00 +0100"
    message.set_content(text)
    return message
