"""Closing a campaign waits for the answers that are being saved, and answers wait for the closing.

Otherwise an answer could land after the campaign was closed and its report computed; the next computation would
differ by that one person. A lock on the campaign's row would not do: the respondent's role may not lock it.
"""

from django.db import connection

KEY = "hashtextextended('surveys.closing:' || %s, 0)"


def share_opening(*, campaign_id: int) -> None:
    """Keep the campaign from being closed until the end of the transaction. Take it before any row's lock."""
    _lock("pg_advisory_xact_lock_shared", campaign_id)


def hold_opening(*, campaign_id: int) -> None:
    """Wait for answers on their way and let no other begin until the end of the transaction; before any row's lock."""
    _lock("pg_advisory_xact_lock", campaign_id)


def _lock(function: str, campaign_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({KEY})", [str(campaign_id)])
