"""What follows from a report about a mail: pure rules, the same in whatever order the reports come in."""

import datetime
import re

RETRY_WINDOW = datetime.timedelta(hours=48)
# Three more tries inside the window, further apart each time: a full mailbox needs a working day.
SOFT_WAITS = (datetime.timedelta(hours=4), datetime.timedelta(hours=12), datetime.timedelta(hours=24))

DELIVERED, SOFT_BOUNCE, BLOCKED = "delivered", "soft_bounce", "blocked"
HARD_BOUNCE, COMPLAINT, AUTO_REPLY = "hard_bounce", "complaint", "auto_reply"
# Of these the one that happened last counts; at the same moment the graver one.
PASSING = (DELIVERED, SOFT_BOUNCE, BLOCKED)
# These stay, whatever is reported before or after.
LASTING = (HARD_BOUNCE, COMPLAINT)
# States of a mail that never reached a mail server, or will not any more: a report does not change them.
UNTOUCHED = ("queued", "withdrawn")

_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")


def next_state(state: str, kind: str, *, is_latest: bool) -> str:
    """The state of a mail after a report of `kind`; the values of MailState and MailEventKind.

    is_latest: no other passing report about this mail happened later (see `precedence`). Reports may come twice
    and in any order: the outcome is the same. An automatic reply changes nothing.
    """
    if state in UNTOUCHED or kind == AUTO_REPLY or state == COMPLAINT:
        return state
    if kind in LASTING:
        return kind
    if state == HARD_BOUNCE or not is_latest:
        return state
    return kind


def precedence(kind: str, happened_at: datetime.datetime) -> tuple[datetime.datetime, int]:
    """Orders passing reports: the largest is the one that counts."""
    return happened_at, PASSING.index(kind)


def soft_retry_after(*, bounces: int, first_at: datetime.datetime, now: datetime.datetime) -> datetime.timedelta | None:
    """How long to wait before a temporarily refused mail goes again; None: not again, the address stops.

    bounces: soft bounces of this mail so far, this one included; first_at: when the first of them happened.
    """
    if bounces > len(SOFT_WAITS) or now - first_at > RETRY_WINDOW:
        return None
    return SOFT_WAITS[bounces - 1]


def kind_of_refusal(*, code: int | None, text: str) -> str | None:
    """What a mail server's refusal means: hard_bounce, soft_bounce or blocked; None when it says neither 4 nor 5.

    code: SMTP reply (550), text: what it said. The enhanced status code in the text (RFC 3463: 5.1.1) tells more
    than the reply: x.1 and x.2 are about the address, x.7 is policy. Without one, 550, 551 and 553 are taken as an
    address that does not exist unless the words speak of a filter.
    """
    found = _ENHANCED.search(text)
    if found:
        return kind_of_status(found.group(0), text=text)
    if code is None or code < 400:
        return None
    if code < 500:
        return SOFT_BOUNCE
    if _speaks_of_a_filter(text) or code not in (550, 551, 553):
        return BLOCKED
    return HARD_BOUNCE


def kind_of_status(status: str, *, text: str = "") -> str | None:
    """The kind of an enhanced status code "class.subject.detail" (RFC 3463); None for success or nonsense."""
    found = _ENHANCED.fullmatch(status.strip())
    if not found or found.group(1) == "2":
        return None
    grade, subject, detail = found.groups()
    if grade == "4":
        return SOFT_BOUNCE
    if subject == "7" or _speaks_of_a_filter(text):
        return BLOCKED
    if subject == "1":
        return _ADDRESS_KINDS.get(detail, HARD_BOUNCE)
    if subject == "2":
        return _MAILBOX_KINDS.get(detail, HARD_BOUNCE)
    return SOFT_BOUNCE if subject == "4" else BLOCKED


# 5.1.7 and 5.1.8: the sender's address is refused, which says nothing about the recipient.
_ADDRESS_KINDS = {"7": BLOCKED, "8": BLOCKED}
# 5.2.2: mailbox full; 5.2.3: message too long for it; 5.2.0 is Exchange's "other".
_MAILBOX_KINDS = {"2": SOFT_BOUNCE, "3": BLOCKED, "0": SOFT_BOUNCE}
_FILTER_WORDS = re.compile(
    r"spam|block(ed|list)|black ?list|\bdnsbl\b|\brbl\b|spamhaus|policy|reputation|dmarc|\bspf\b|\bdkim\b"
    r"|access denied|not permitted|not authori[sz]ed|virus|content reject",
    re.IGNORECASE,
)


def _speaks_of_a_filter(text: str) -> bool:
    return bool(_FILTER_WORDS.search(text))
