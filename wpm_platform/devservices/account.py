"""Which operating-system user runs the servers: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wpm_platform.devservices.programs import Programs

NOBODY = 65534
UNNEEDED = shutil.ignore_patterns("__pycache__", "include")


@dataclass(frozen=True, kw_only=True)
class Account:
    """A user to run servers as. `dropped` when that is not the user who asked."""

    uid: int
    gid: int
    dropped: bool

    def popen_arguments(self) -> dict[str, Any]:
        if not self.dropped:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def make_folder(self, folder: Path) -> None:
        """A folder that only this user can read."""
        folder.mkdir(mode=0o700)
        if self.dropped:
            os.chown(folder, self.uid, self.gid)

    def write_secret(self, path: Path, text: str) -> None:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as secret:
            secret.write(text)
        if self.dropped:
            os.chown(path, self.uid, self.gid)

    def can_reach(self, path: Path) -> bool:
        """Whether this user may look inside `path`; a project under /root, say, is closed to others."""
        if not self.dropped:
            return True
        return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))

    def reachable_programs(self, programs: Programs, folder: Path) -> Programs:
        """The same programs, copied into `folder` when this user cannot reach them where they are."""
        if self.can_reach(programs.folder):
            return programs
        for source in programs.bundle.parent.glob(f"{programs.bundle.name}*"):
            if source.suffix != ".dist-info":
                shutil.copytree(source, folder / source.name, ignore=UNNEEDED)
        copied = folder / programs.folder.relative_to(programs.bundle.parent)
        return Programs(folder=copied, origin=programs.origin, bundle=folder / programs.bundle.name)


def server_account() -> Account:
    """This user, or `nobody` when this user is root."""
    if os.geteuid() != 0:
        return Account(uid=os.geteuid(), gid=os.getegid(), dropped=False)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return Account(uid=NOBODY, gid=NOBODY, dropped=True)
    return Account(uid=nobody.pw_uid, gid=nobody.pw_gid, dropped=True)
