"""A database cluster of its own: the scripts under test make roles, and those belong to a whole cluster."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from wpm_platform.devservices.choice import Choice
from wpm_platform.devservices.folders import PROJECT
from wpm_platform.devservices.programs import psql
from wpm_platform.devservices.services import services

DOCKER = PROJECT / "docker"
APP_PASSWORD = "apppassword"


@pytest.fixture(scope="package")
def own_services() -> Iterator[dict[str, str]]:
    """DATABASE_URL (as superuser) and REDIS_URL of servers that only these tests use."""
    # Not pytest's folder: as root that is closed to the user who runs the servers.
    folder = Path(tempfile.mkdtemp(prefix="wpm-docker-"))
    folder.chmod(0o711)
    before = os.environ.get("WPM_SERVICES_FOLDER")
    os.environ["WPM_SERVICES_FOLDER"] = str(folder)
    try:
        with services(Choice.OWN) as addresses:
            yield addresses
    finally:
        os.environ.pop("WPM_SERVICES_FOLDER")
        if before is not None:
            os.environ["WPM_SERVICES_FOLDER"] = before
        shutil.rmtree(folder)


@pytest.fixture(scope="package")
def deployed(own_services: dict[str, str]) -> dict[str, str]:
    """The environment of web, worker and beat after the container's first start: web role made, migrated."""
    owner_url = own_services["DATABASE_URL"]
    run_init_script(owner_url)
    settings = container_settings(own_services)
    migrated = subprocess.run(
        [DOCKER / "entrypoint.sh", "migrate"], cwd=PROJECT, env=settings, capture_output=True, text=True, check=False
    )
    assert migrated.returncode == 0, migrated.stdout + migrated.stderr
    return settings | {"DATABASE_URL": as_web_role(owner_url)}


def run_init_script(owner_url: str) -> None:
    """What the postgres image does with its init folder."""
    client = psql()
    assert client is not None
    environment = {
        "PATH": f"{Path(client).parent}:{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": owner_url.rpartition(":")[2].partition("/")[0],
        "PGPASSWORD": owner_url.split(":")[2].partition("@")[0],
        "POSTGRES_USER": "postgres",
        "POSTGRES_DB": "wpm",
        "WPM_APP_PASSWORD": APP_PASSWORD,
    }
    subprocess.run([DOCKER / "postgres" / "10-web-role.sh"], env=environment, check=True)


def container_settings(addresses: dict[str, str]) -> dict[str, str]:
    """The settings as a container has them: nothing of this shell's, the virtual environment first on the path."""
    return {
        **addresses,
        "PATH": f"{PROJECT / '.venv' / 'bin'}:{os.environ['PATH']}",
        "WPM_SECRET_KEY": "a-key-for-trying-the-containers-scripts",
        "WPM_ALLOWED_HOSTS": "wpm.example",
        "WPM_BASE_URL": "https://wpm.example",
        "WPM_FROM_EMAIL": "WPM <wpm@wpm.example>",
        "WPM_STATIC_ROOT": str(PROJECT / ".run" / "static"),
        "PYTHONUNBUFFERED": "1",
    }


def as_web_role(owner_url: str) -> str:
    return f"postgresql://wpm_app:{APP_PASSWORD}@{owner_url.rpartition('@')[2]}"
