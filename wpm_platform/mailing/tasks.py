"""Background tasks of the outbox: what comes back is taken in, what is old is forgotten."""

import structlog
from celery import shared_task
from django.conf import settings
from django.core.cache import cache

from wpm_platform import clock
from wpm_platform.mailing.services.mailbox import MailboxUnreachable, read_mailbox
from wpm_platform.mailing.services.reports import match_waiting_reports
from wpm_platform.mailing.services.retention import forget_old_mails as forget
from wpm_platform.queue import enqueue

READING = "mailing-reads-mailbox"
READING_SECONDS = 600
log = structlog.get_logger()


@shared_task(name="mailing.tick")
def tick(**_newer: object) -> None:
    """Reports that waited for their mail are tried again, and the mailbox for bounces is looked into."""
    match_waiting_reports(now=clock.now())
    if settings.IMAP_HOST:
        enqueue("mailing.read_mailbox")


@shared_task(name="mailing.read_mailbox")
def read_bounces(**_newer: object) -> None:
    """One reader at a time spares the mail server; two would do no harm."""
    if not cache.add(READING, 1, timeout=READING_SECONDS):
        return
    try:
        visit = read_mailbox(now=clock.now())
    except MailboxUnreachable as error:
        log.warning("mailbox_unreachable", error=str(error))
    else:
        if visit.recorded or visit.left:
            log.info("mailbox_read", recorded=visit.recorded, left=visit.left)
    finally:
        cache.delete(READING)


@shared_task(name="mailing.forget_old_mails")
def forget_old_mails(**_newer: object) -> None:
    """Once a day: addresses and texts of mails that are past their time are emptied."""
    count = forget(now=clock.now())
    if count:
        log.info("old_mails_forgotten", count=count)
