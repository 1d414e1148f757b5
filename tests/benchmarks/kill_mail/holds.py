"""Makes PostgreSQL hold up the transaction in which a worker records one mail; nothing in the product knows.

Two ways: a lock on the mail's row, which the worker's UPDATE waits for, and a lock that the COMMIT waits for,
through a deferred constraint trigger that is laid in the database of this run only.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.benchmarks.kill_mail.connections import ProcessNotFound, process_of

LOCKS = 19_03_26  # the first half of the advisory locks; the second is the mail's id
PATIENCE_SECONDS = 20.0
TRIGGER = f"""
CREATE FUNCTION kill_mail_wait() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({LOCKS}, NEW.id::int);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER kill_mail_wait AFTER UPDATE ON mailing_outgoingmail
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'sent') EXECUTE FUNCTION kill_mail_wait();
"""
WAITING = "SELECT pid, client_port FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))"


class NobodyWaited(Exception):
    """The worker did not come to the lock in time."""


@dataclass(frozen=True, kw_only=True)
class Hold:
    connection: "psycopg.Connection[Any]"

    def wait_for(self, process: int) -> int:
        """Wait until this process waits for the lock; the number of its PostgreSQL backend."""
        ours = self.connection.info.backend_pid
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for backend, client_port in self.connection.execute(WAITING, [ours]):
                if self._is_of(process, client_port):
                    return int(backend)
            time.sleep(0.01)
        raise NobodyWaited

    def _is_of(self, process: int, client_port: int | None) -> bool:
        try:
            return process_of(own_port=client_port or 0, to_port=self.connection.info.port) == process
        except ProcessNotFound:
            return False

    def end_backend(self, backend: int) -> None:
        self.connection.execute("SELECT pg_terminate_backend(%s)", [backend])


def lay_trigger(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute(TRIGGER)


@contextmanager
def held_row(database_url: str, message_id: str) -> Iterator[Hold]:
    """Nobody else changes the row of this mail."""
    with psycopg.connect(database_url) as connection:
        connection.execute("SELECT id FROM mailing_outgoingmail WHERE message_id = %s FOR UPDATE", [message_id])
        yield Hold(connection=connection)
        connection.rollback()


@contextmanager
def held_commit(database_url: str, message_id: str) -> Iterator[Hold]:
    """Nobody else commits that this mail was sent."""
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "SELECT pg_advisory_xact_lock(%s, id::int) FROM mailing_outgoingmail WHERE message_id = %s",
            [LOCKS, message_id],
        )
        yield Hold(connection=connection)
        connection.rollback()
