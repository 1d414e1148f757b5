"""A PostgreSQL server that already answers on this machine and lets us in as a superuser.

Less would do for creating databases and roles, but not for switching to the roles that were made.
"""

import getpass
import os
import subprocess
from dataclasses import dataclass
from urllib.parse import quote

from wpm_platform.devservices.programs import OLDEST_POSTGRESQL

DATABASE = "wpm"
SOCKET_FOLDER = "/var/run/postgresql"
STANDARD_PORT = "5432"
QUESTION = """
    SELECT current_setting('server_version_num')::int / 10000,
           rolsuper,
           EXISTS (SELECT FROM pg_database WHERE datname = '{database}')
      FROM pg_roles WHERE rolname = current_user
"""


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where to knock, and as whom. An empty password leaves it to ~/.pgpass or the server's trust."""

    host: str
    port: str
    user: str
    password: str = ""

    def url(self, database: str) -> str:
        login = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        if self.host.startswith("/"):
            return f"postgresql://{login}@/{database}?host={self.host}&port={self.port}"
        return f"postgresql://{login}@{self.host}:{self.port}/{database}"


def found_postgresql(psql: str) -> tuple[str | None, str]:
    """The address of our database on a server that answers, and how that went in a few words."""
    reasons = []
    for address in addresses():
        verdict = _verdict(psql, address)
        if verdict is None:
            return address.url(DATABASE), f"{address.user} at {address.host}, port {address.port}"
        reasons.append(f"{address.user} at {address.host}: {verdict}")
    return None, "; ".join(reasons)


def addresses() -> list[Address]:
    """The doors to try: the PG* variables when set, else the local socket, else `postgres` over TCP."""
    me = getpass.getuser()
    port = os.environ.get("PGPORT", STANDARD_PORT)
    password = os.environ.get("PGPASSWORD", "")
    host = os.environ.get("PGHOST")
    if host or "PGUSER" in os.environ or password:
        return [Address(host=host or SOCKET_FOLDER, port=port, user=os.environ.get("PGUSER", me), password=password)]
    return [
        Address(host=SOCKET_FOLDER, port=port, user=me),
        Address(host="127.0.0.1", port=port, user="postgres"),
    ]


def _verdict(psql: str, address: Address) -> str | None:
    """None when the server will do and has our database, else why not."""
    asked = _ask(psql, address, QUESTION.format(database=DATABASE))
    if asked.returncode != 0:
        return _reason(asked.stderr)
    version, is_superuser, has_database = asked.stdout.strip().split("|")
    if int(version) < OLDEST_POSTGRESQL:
        return f"PostgreSQL {version} is older than {OLDEST_POSTGRESQL}"
    if is_superuser != "t":
        return "is no superuser"
    if has_database == "t":
        return None
    made = _ask(psql, address, f"CREATE DATABASE {DATABASE} ENCODING 'UTF8' TEMPLATE template0")
    return None if made.returncode == 0 else _reason(made.stderr)


def _ask(psql: str, address: Address, question: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [psql, "-XAtw", "-v", "ON_ERROR_STOP=1", "-d", address.url("postgres"), "-c", question],
        env=os.environ | {"PGCONNECT_TIMEOUT": "3", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
    )


def _reason(said: str) -> str:
    """What psql says after "connection to server … failed:", without the severity."""
    first = said.strip().partition("\n")[0]
    return first.rpartition("failed: ")[2].removeprefix("FATAL:").strip() or "no answer"
