"""A database and a mail folder of its own for each run, emptied at its start."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

from wpm_platform.devservices.development import development_environment
from wpm_platform.devservices.folders import PROJECT

# Apart from what development and tests use on the same server.
REDIS_NUMBER = 5


def prepare(*, name: str, folder: Path, port: int) -> dict[str, str]:
    """Make the database `name` and `folder` anew, migrate, and return the environment for all processes.

    DATABASE_URL and REDIS_URL name the servers; nothing in their other databases is touched.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    database = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(urlunsplit(database._replace(path="/postgres")), autocommit=True) as server:
        quoted = sql.Identifier(name)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
        server.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
    wire = urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{REDIS_NUMBER}"))
    redis.Redis.from_url(wire).flushdb()
    environment = {
        **development_environment(os.environ),
        "DJANGO_SETTINGS_MODULE": "wpm_platform.settings",
        "DATABASE_URL": urlunsplit(database._replace(path=f"/{name}")),
        "REDIS_URL": wire,
        "WPM_BASE_URL": f"http://127.0.0.1:{port}",
        "WPM_EMAIL_FOLDER": str(folder / "mail"),
        "WPM_TICK_SECONDS": "2",
        # The demo must not wait for the morning, nor ten minutes for each list of mails.
        "WPM_MAIL_UNDO_MINUTES": "0",
        "WPM_MAIL_FROM_HOUR": "0",
        "WPM_MAIL_UNTIL_HOUR": "24",
        "WPM_LOG_LEVEL": "WARNING",
    }
    migrate = [sys.executable, str(PROJECT / "manage.py"), "migrate", "--verbosity=0"]
    subprocess.run(migrate, env=environment, check=True)
    return environment
