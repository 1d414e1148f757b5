"""How long a recipient domain is left alone that asked for less mail, and how fast mail to one domain may go."""

import datetime
import re

SLOW_DOWN_CODES = (421, 450, 451, 452)
FIRST_PAUSE = datetime.timedelta(minutes=1)
LONGEST_PAUSE = datetime.timedelta(hours=1)
PACE_WINDOW = datetime.timedelta(minutes=1)

# RFC 3463: x.1 and x.2 are about one address or mailbox (a full one, say): no reason to spare the others.
_ABOUT_ONE_MAILBOX = re.compile(r"\b4\.[12]\.\d{1,3}\b")
# A greylisting server refuses each new pair of sender and recipient once: others need not wait for this one.
_GREYLISTED = re.compile(r"gr[ae]y-?\s?list", re.IGNORECASE)


def asks_to_slow_down(*, smtp_code: int | None, text: str) -> bool:
    """Whether a refusal is about how much we send to this domain rather than about this mail."""
    if smtp_code not in SLOW_DOWN_CODES:
        return False
    return not _ABOUT_ONE_MAILBOX.search(text) and not is_greylisted(text)


def is_greylisted(text: str) -> bool:
    """Whether the server turns this mail away once, as it does with every new sender; minutes later it passes."""
    return bool(_GREYLISTED.search(text))


def pause_after(*, strikes: int) -> datetime.timedelta:
    """How long the domain is left alone after so many refusals in a row: 1, 2, 4 … minutes, an hour at most."""
    doublings: int = min(max(strikes, 1) - 1, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def window_of(moment: datetime.datetime) -> datetime.datetime:
    """The beginning of the minute in which a domain's mails are counted."""
    return moment.replace(second=0, microsecond=0)


def window_end(moment: datetime.datetime) -> datetime.datetime:
    return window_of(moment) + PACE_WINDOW
