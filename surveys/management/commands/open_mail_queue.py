"""`manage.py open_mail_queue`: mail leaves again after a restore, by an operator."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from surveys.domain.mail_kinds import REPEATABLE_KINDS
from surveys.enums import MailStepKind
from surveys.selectors.mail_settings import undo_time
from wpm_platform import clock
from wpm_platform.mailing.services.queue_seal import seal_queue
from wpm_platform.owner import owner_connection

# Perhaps sent already, in the time that the backup does not know: what may come twice goes again.
WITHDRAW = """
    UPDATE mailing_outgoingmail SET state = 'withdrawn', reason = 'restored'
    WHERE state IN ('queued', 'inflight', 'awaiting_retry') AND NOT kind = ANY (%s)
"""
EXPIRE = """
    UPDATE surveys_mailstep SET state = 'expired', reason = 'restored'
    WHERE state IN ('planned', 'prepared', 'undone') AND kind <> %s AND due_at <= %s
"""


class Command(BaseCommand):
    help = (
        "After a restore no mail leaves until this command has run. Announcements, reminders and thanks that the "
        "backup holds as waiting or due are not sent: they may have left after it was made. Invitations that wait go, "
        "and may come twice. With --nothing-left everything goes as the backup has it: only when no mail left since."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--nothing-left", action="store_true", help="no mail left after the backup was made")

    def handle(self, *args: Any, **options: Any) -> None:
        with owner_connection(), transaction.atomic(), connection.cursor() as cursor:
            withdrawn = expired = 0
            if not options["nothing_left"]:
                cursor.execute(WITHDRAW, [list(REPEATABLE_KINDS)])
                withdrawn = cursor.rowcount
                cursor.execute(EXPIRE, [MailStepKind.INVITATION.value, clock.now() + undo_time()])
                expired = cursor.rowcount
            seal_queue()
        self.stdout.write(f"Open. Mails withdrawn: {withdrawn}; steps of mail plans expired: {expired}.")
