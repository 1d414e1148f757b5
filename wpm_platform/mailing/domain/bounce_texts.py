"""Reads what came into the bounce mailbox: delivery reports (RFC 3464), complaints (RFC 5965), automatic replies.

Only the standard library's email package; nothing here trusts the message: it comes from anybody.
"""

import re
from dataclasses import dataclass
from email.message import EmailMessage, Message

from wpm_platform.mailing.domain.returns import (
    AUTO_REPLY,
    COMPLAINT,
    DELIVERED,
    HARD_BOUNCE,
    SOFT_BOUNCE,
    kind_of_refusal,
    kind_of_status,
)

# How much of a plain text is looked at; a bounce says it at the top.
TEXT_LIMIT = 4000
LEFT_WORDS = "left"
_ADDRESS = re.compile(r"<?[^\s<>;,:\"']+@[^\s<>;,:\"']+>?")
_REPLY_CODE = re.compile(r"\b([45]\d\d)[ -]")
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|not delivered|delivery (status|failure|has failed)|mail delivery failed|returned mail|failure notice"
    r"|onbestelbaar|niet (be|af)?(geleverd|bezorgd|bestelbaar)|bezorging mislukt|bezorgen mislukt",
    re.IGNORECASE,
)
_AWAY_SUBJECT = re.compile(
    r"automati(c|sch|sche) (reply|response|antwoord)|auto(matic)?[- ]?reply|out of (the )?office|\booo\b|on leave"
    r"|afwezig|niet aanwezig|buiten kantoor|met (verlof|vakantie)|vakantie|away from|on holiday|annual leave",
    re.IGNORECASE,
)
_GONE_WORDS = re.compile(
    r"no longer (work|employed|with|at|part)|(has|have) left (the )?(company|organi[sz]ation)"
    r"|niet (meer|langer) (werkzaam|in dienst|actief)|uit dienst|werkt? (hier )?niet (meer|langer)",
    re.IGNORECASE,
)
_NO_SUCH_PERSON = re.compile(
    r"user unknown|unknown user|no such (user|recipient|mailbox|address)|does(n.t| not) exist|recipient not found"
    r"|address rejected|mailbox unavailable|bestaat niet|onbekende (gebruiker|ontvanger)",
    re.IGNORECASE,
)
_MAILBOX_FULL = re.compile(r"(mailbox|quota|postvak).{0,40}(full|exceeded|vol\b)|over quota", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What a message in the bounce mailbox says. kind: None when nothing follows from it (still being tried).

    detail: the server's words without addresses; of an automatic reply only whether it says that the person left.
    """

    kind: str | None
    detail: str = ""


def read_returned(message: EmailMessage) -> Returned | None:
    """What it says, or None when it is none of the kinds that come back by themselves."""
    report = _report_kind(message)
    if report == "delivery-status":
        return _delivery_report(message)
    if report == "feedback-report":
        return Returned(kind=COMPLAINT)
    if _is_from_a_mail_server(message) and _BOUNCE_SUBJECT.search(_header(message, "Subject")):
        return _plain_bounce(_plain_text(message))
    if _is_automatic(message):
        is_gone = bool(_GONE_WORDS.search(f"{_header(message, 'Subject')} {_plain_text(message)}"))
        return Returned(kind=AUTO_REPLY, detail=LEFT_WORDS if is_gone else "")
    return None


def addressed_to(message: EmailMessage) -> list[str]:
    """The addresses that the message came in at, as its headers tell."""
    names = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
    # As they came: the email package raises for some that are beyond repair.
    headers = [(name.lower(), str(value)) for name, value in message.raw_items()]
    values = [value for wanted in names for name, value in headers if name == wanted]
    return [found.strip("<>") for value in values for found in _ADDRESS.findall(value)]


def original_message_id(message: EmailMessage) -> str:
    """The Message-ID of the mail that came back, when the report carries it; else empty."""
    for part in message.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            found = re.search(r"^Message-ID:\s*(<[^>\s]+>)", _inner_text(part), re.IGNORECASE | re.MULTILINE)
            if found:
                return found.group(1)
    return _header(message, "In-Reply-To").strip()


def without_addresses(text: str) -> str:
    """The words of a mail server, short, with mail addresses left out: those are kept for a limited time only."""
    words = text.replace("\0", " ")  # which PostgreSQL does not take
    return " ".join(_ADDRESS.sub("…", words).split())[:200]


def _delivery_report(message: EmailMessage) -> Returned:
    for block in _recipient_blocks(message):
        action = str(block.get("Action", "")).strip().lower()
        status = str(block.get("Status", "")).strip().split(" ")[0]
        words = str(block.get("Diagnostic-Code", "")).partition(";")[2].strip() or status
        detail = without_addresses(words if status in words else f"{status} {words}")
        if action in ("delivered", "relayed", "expanded"):
            return Returned(kind=DELIVERED, detail=detail)
        if action == "delayed":
            return Returned(kind=None, detail=detail)
        if action == "failed":
            return Returned(kind=_kind_of_failure(status, words), detail=detail)
    return _plain_bounce(_plain_text(message))


def _kind_of_failure(status: str, words: str) -> str:
    """x.0.0 says nothing; then the words decide. "Failed" without any reason is a passing failure."""
    is_telling = not status.endswith(".0.0")
    kind = kind_of_status(status, text=words) if is_telling else None
    return kind or kind_of_refusal(code=_code_in(words), text=words) or kind_of_status(status) or SOFT_BOUNCE


def _plain_bounce(text: str) -> Returned:
    kind = _kind_in_words(text)
    line = next((line for line in text.splitlines() if _kind_in_words(line) == kind), "")
    return Returned(kind=kind, detail=without_addresses(line))


def _kind_in_words(text: str) -> str:
    if _MAILBOX_FULL.search(text):
        return SOFT_BOUNCE
    found = kind_of_refusal(code=_code_in(text), text=text)
    if found:
        return found
    return HARD_BOUNCE if _NO_SUCH_PERSON.search(text) else SOFT_BOUNCE


def _code_in(text: str) -> int | None:
    found = _REPLY_CODE.search(text)
    return int(found.group(1)) if found else None


def _recipient_blocks(message: EmailMessage) -> list[Message]:
    """The blocks about recipients; the first block of a report is about the report itself."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            if isinstance(payload, list):
                return [block for block in payload if isinstance(block, Message) and block.get("Action")]
    return []


def _report_kind(message: EmailMessage) -> str:
    if message.get_content_type() != "multipart/report":
        return ""
    return str(message.get_param("report-type", "")).lower()


def _is_from_a_mail_server(message: EmailMessage) -> bool:
    if _header(message, "Return-Path").strip() == "<>":
        return True
    return bool(re.search(r"mailer-daemon|postmaster|mail delivery", _header(message, "From"), re.IGNORECASE))


def _is_automatic(message: EmailMessage) -> bool:
    if _header(message, "Auto-Submitted").partition(";")[0].strip().lower() in ("auto-replied", "auto-generated"):
        return True
    if _header(message, "Precedence").lower() in ("auto_reply", "auto-reply"):
        return True
    names = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-From")
    return any(name in message for name in names) or bool(_AWAY_SUBJECT.search(_header(message, "Subject")))


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; the email package raises for some that are beyond repair."""
    try:
        return str(message.get(name, ""))
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def _plain_text(message: EmailMessage) -> str:
    for part in message.walk():
        if part.get_content_type() == "text/plain":
            return _decoded(part)[:TEXT_LIMIT]
    return ""


def _inner_text(part: Message) -> str:
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n".join(str(inner) for inner in payload)[:TEXT_LIMIT]
    return _decoded(part)


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        return payload.decode(charset, "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")
