"""One question about the survey itself, after it: how easy or hard it was to answer."""

import datetime

from django.db import transaction

from surveys.models import Invitation
from surveys.services.responses.locking import OutOfStep, locked_response

# From very easy to very hard.
BURDENS = range(1, 6)


class BurdenNotAsked(OutOfStep):
    """The answers are not sent yet, or this is no number from 1 to 5."""


@transaction.atomic
def record_burden(*, invitation: Invitation, burden: int, now: datetime.datetime) -> None:
    """Store how hard it was, 1 (very easy) to 5 (very hard), in place of what was said before.

    Raises `BurdenNotAsked`, `CannotAnswer`, `NotStarted`.
    """
    response = locked_response(invitation, now=now)
    if response.submitted_at is None or burden not in BURDENS:
        raise BurdenNotAsked
    response.burden = burden
    response.save(update_fields=["burden"])
