"""Background tasks: thin, by ids, safe to run twice."""

from reporting.tasks import notices, retention

__all__ = ["notices", "retention"]
