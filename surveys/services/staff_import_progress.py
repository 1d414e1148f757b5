"""How far an import is, for the page that waits for it.

It is kept in the cache: what stands inside an uncommitted transaction nobody else can see. Losing it costs nothing.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache

KEPT_SECONDS = 3600


@dataclass(frozen=True, kw_only=True)
class ImportProgress:
    """Rows done of the rows expected; `total` may be an upper bound and 0 when it is not known yet."""

    done: int = 0
    total: int = 0

    @property
    def percentage(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


def report_progress(code: UUID, *, done: int, total: int) -> None:
    cache.set(_key(code), (done, total), KEPT_SECONDS)


def import_progress(code: UUID) -> ImportProgress:
    """The last that was reported, nothing done when nothing was."""
    done, total = cache.get(_key(code)) or (0, 0)
    return ImportProgress(done=done, total=total)


def forget_progress(code: UUID) -> None:
    cache.delete(_key(code))


def _key(code: UUID) -> str:
    return f"staff-import-progress:{code}"
