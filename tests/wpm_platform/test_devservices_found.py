"""Servers that already answer: asked for real, on servers that these tests start."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from wpm_platform.devservices.choice import Choice
from wpm_platform.devservices.found_postgresql import Address, addresses, found_postgresql
from wpm_platform.devservices.found_redis import MARK, found_redis, mark_again
from wpm_platform.devservices.free_port import free_port
from wpm_platform.devservices.programs import psql
from wpm_platform.devservices.redis_wire import RedisRefused, RedisWire
from wpm_platform.devservices.services import services


@pytest.fixture(scope="module")
def running() -> Iterator[dict[str, str]]:
    """A PostgreSQL with a password and a Redis without one, as on a developer's machine."""
    folder = Path(tempfile.mkdtemp(prefix="wpm-found-"))
    folder.chmod(0o711)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WPM_SERVICES_FOLDER", str(folder))
        with services(Choice.WHEEL) as found:
            address = urlsplit(found["REDIS_URL"])
            with RedisWire(port=address.port or 0, password=address.password) as wire:
                wire.ask("CONFIG", "SET", "requirepass", "")
            yield found
    shutil.rmtree(folder)


@pytest.fixture
def redis_port(running: dict[str, str]) -> int:
    port = urlsplit(running["REDIS_URL"]).port or 0
    with RedisWire(port=port) as wire:
        wire.ask("FLUSHALL")
    return port


@pytest.fixture
def client(running: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """psql, with the PG* variables pointing at the running server."""
    address = urlsplit(running["DATABASE_URL"])
    monkeypatch.setenv("PGHOST", "127.0.0.1")
    monkeypatch.setenv("PGPORT", str(address.port))
    monkeypatch.setenv("PGUSER", "postgres")
    monkeypatch.setenv("PGPASSWORD", address.password or "")
    found = psql()
    assert found is not None
    return found


def sql(running: dict[str, str], statement: str) -> str:
    words = [str(psql()), "-XAtq", "-d", running["DATABASE_URL"].removesuffix("/wpm") + "/postgres", "-c", statement]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def test_the_pg_variables_lead_to_a_server_and_its_database(client, running):
    url, how = found_postgresql(client)

    assert url == running["DATABASE_URL"]
    assert how == f"postgres at 127.0.0.1, port {os.environ['PGPORT']}"


def test_a_missing_database_is_made_in_utf8(client, running):
    sql(running, "DROP DATABASE wpm")

    found_postgresql(client)

    assert sql(running, "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'wpm'") == "UTF8"


def test_a_login_that_may_only_create_is_not_enough(client, running, monkeypatch):
    sql(running, "CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD 'maker'")
    monkeypatch.setenv("PGUSER", "maker")
    monkeypatch.setenv("PGPASSWORD", "maker")

    assert found_postgresql(client) == (None, "maker at 127.0.0.1: is no superuser")


def test_names_and_passwords_are_written_as_addresses_need_them(client, running, monkeypatch):
    sql(running, "CREATE ROLE \"some one\" LOGIN SUPERUSER PASSWORD 'm@ker/1'")
    monkeypatch.setenv("PGUSER", "some one")
    monkeypatch.setenv("PGPASSWORD", "m@ker/1")

    url, _ = found_postgresql(client)

    assert url == f"postgresql://some%20one:m%40ker%2F1@127.0.0.1:{os.environ['PGPORT']}/wpm"


def test_a_wrong_password_is_said(client, running, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "wrong")

    assert found_postgresql(client) == (
        None,
        'postgres at 127.0.0.1: password authentication failed for user "postgres"',
    )


def test_nobody_at_home_is_said(client, monkeypatch):
    monkeypatch.setenv("PGPORT", str(free_port()))

    assert found_postgresql(client) == (None, "postgres at 127.0.0.1: Connection refused")


def test_without_variables_the_socket_and_then_postgres_over_tcp_are_tried(monkeypatch):
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)

    assert addresses() == [
        Address(host="/var/run/postgresql", port="5432", user=getpass.getuser()),
        Address(host="127.0.0.1", port="5432", user="postgres"),
    ]


def test_a_socket_stands_in_the_addresss_query():
    address = Address(host="/var/run/postgresql", port="5432", user="someone")

    assert address.url("wpm") == "postgresql://someone@/wpm?host=/var/run/postgresql&port=5432"


def test_the_first_empty_redis_database_after_zero_is_taken_and_marked(redis_port):
    url, how = found_redis(redis_port)

    assert (url, how) == (f"redis://127.0.0.1:{redis_port}/1", f"port {redis_port}, database 1")
    with RedisWire(port=redis_port) as wire:
        wire.ask("SELECT", "1")
        assert wire.ask("GET", MARK) == "1"


def test_a_database_that_somebody_uses_is_passed_over(redis_port):
    with RedisWire(port=redis_port) as wire:
        wire.ask("SELECT", "1")
        wire.ask("SET", "theirs", "1")

    assert found_redis(redis_port)[0] == f"redis://127.0.0.1:{redis_port}/2"


def test_our_own_database_is_found_again_though_the_tests_emptied_and_filled_it(redis_port):
    url, _ = found_redis(redis_port)
    assert url is not None
    with RedisWire(port=redis_port) as wire:
        wire.ask("SELECT", "1")
        wire.ask("FLUSHDB")
        wire.ask("SET", "ours", "1")

    mark_again(url)

    assert found_redis(redis_port)[0] == url


def test_no_free_redis_database_is_said(redis_port):
    with RedisWire(port=redis_port) as wire:
        for number in range(1, 16):
            wire.ask("SELECT", str(number))
            wire.ask("SET", "theirs", "1")

    assert found_redis(redis_port) == (None, f"port {redis_port}: databases 1 to 15 are all in use")


def test_no_redis_is_said():
    port = free_port()

    assert found_redis(port) == (None, f"port {port}: [Errno 111] Connection refused")


def test_the_wire_tells_missing_keys_errors_and_texts_apart(redis_port):
    with RedisWire(port=redis_port) as wire:
        assert wire.ask("GET", "missing") is None
        assert wire.ask("SET", "key", "héllo") == "OK"
        assert wire.ask("GET", "key") == "héllo"
        assert wire.ask("DBSIZE") == "1"
        with pytest.raises(RedisRefused, match="unknown command"):
            wire.ask("NONSENSE")
