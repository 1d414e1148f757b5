"""The outbox knows in which database it was last found true; in another one, a restored backup, it stays shut.

A backup does not know which mails left after it was made: what it calls due may have been sent. The seal is a comment
on the outbox's table, so that a backup carries it along; it names what a restored database has anew.
"""

import structlog
from django.db import DEFAULT_DB_ALIAS, connection, connections

# Names of the database and the table after `pg_restore`; the timeline after a recovery in time, or a failover that
# may have lost the last transactions. A crash or restart of PostgreSQL changes none of them.
PLACE = """
    SELECT concat_ws('/',
        'outbox', (SELECT oid FROM pg_database WHERE datname = current_database()),
        'mailing_outgoingmail'::regclass::oid, (SELECT timeline_id FROM pg_control_checkpoint())
    )
"""
SEAL = "SELECT obj_description('mailing_outgoingmail'::regclass, 'pg_class')"

log = structlog.get_logger(__name__)


def is_queue_shut() -> bool:
    """Whether no mail may be planned or sent until an operator has looked (`manage.py open_mail_queue`)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({SEAL}) <> ({PLACE})")
        (is_elsewhere,) = cursor.fetchone()
    if is_elsewhere:
        log.error("mail_queue_shut", reason="this database was restored from a backup")
    # Without a seal: `migrate` has not run since there are seals.
    return bool(is_elsewhere)


def seal_queue(*, using: str = DEFAULT_DB_ALIAS) -> None:
    """The outbox is true in this database. As the owner of the tables."""
    with connections[using].cursor() as cursor:
        cursor.execute(PLACE)
        (place,) = cursor.fetchone()
        # Made of our own word and numbers; COMMENT takes no parameters.
        cursor.execute(f"COMMENT ON TABLE mailing_outgoingmail IS '{place}'")


def seal_new_queue(*, using: str = DEFAULT_DB_ALIAS, **_signal: object) -> None:
    """After `migrate`: seal an outbox that has none yet; one that was restored stays shut."""
    with connections[using].cursor() as cursor:
        cursor.execute(SEAL)
        (seal,) = cursor.fetchone()
    if seal is None:
        seal_queue(using=using)
