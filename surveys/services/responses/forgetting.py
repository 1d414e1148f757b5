"""Answers that go, all rows of a person at once: surveys/sql/respondent_week.sql, under the respondent's own role."""

from django.db import connection

from surveys.models import Invitation


def forget_answers(invitation: Invitation) -> None:
    """Delete this week's answers and what is remembered of the person. The caller holds the lock."""
    _forget(invitation, only_earlier=False)


def forget_earlier_answers(invitation: Invitation) -> None:
    """The same for what was answered by links to earlier addresses only. The caller holds the lock."""
    _forget(invitation, only_earlier=True)


def _forget(invitation: Invitation, *, only_earlier: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wpm.forget_answers(%s, %s, %s)", [invitation.organisation_id, invitation.pk, only_earlier]
        )
