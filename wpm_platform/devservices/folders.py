"""Where servers keep their data: `.run/` in the project, or /tmp when the server's user cannot go there."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from wpm_platform.devservices.account import Account

PROJECT = Path(__file__).resolve().parent.parent.parent


class FolderNotOurs(Exception):
    """The folder under /tmp belongs to somebody else; nothing may be kept there."""


def services_folder(account: Account, project: Path = PROJECT) -> Path:
    """The folder for the servers of `project`, made when missing; WPM_SERVICES_FOLDER names another."""
    named = os.environ.get("WPM_SERVICES_FOLDER")
    if named:
        return Path(named)
    inside = project / ".run" / "services"
    nearest = next(folder for folder in (inside, *inside.parents) if folder.exists())
    if os.access(nearest, os.W_OK) and account.can_reach(nearest):
        inside.mkdir(mode=0o755, parents=True, exist_ok=True)
        return inside
    return _temporary_folder(project)


def _temporary_folder(project: Path) -> Path:
    mark = hashlib.sha256(f"{os.geteuid()}:{project}".encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"wpm-services-{mark}"
    folder.mkdir(mode=0o711, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise FolderNotOurs(f"{folder} is not a folder of yours; remove it or set DATABASE_URL and REDIS_URL.")
    folder.chmod(0o711)
    return folder
