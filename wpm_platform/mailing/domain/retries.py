"""When a failed delivery is tried again: a pure function of the server's answer and the attempt."""

import datetime
from dataclasses import dataclass

WAITS = (datetime.timedelta(minutes=5), datetime.timedelta(minutes=30), datetime.timedelta(hours=4))


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """retry_after: None means that it is final."""

    retry_after: datetime.timedelta | None


def verdict(*, smtp_code: int | None, attempts: int) -> Verdict:
    """What follows from an SMTP reply code (None: no reply at all, before the message was handed over).

    attempts: deliveries tried so far, this one included. 5xx is final; 4xx and no reply are tried again
    after 5 minutes, 30 minutes and 4 hours (RFC 5321 §4.5.4.1 asks for growing waits).
    """
    is_permanent = smtp_code is not None and smtp_code >= 500
    if is_permanent or attempts > len(WAITS):
        return Verdict(retry_after=None)
    return Verdict(retry_after=WAITS[attempts - 1])
