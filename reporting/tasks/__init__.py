"""Background tasks: thin, by ids, safe to run twice."""

from reporting.tasks import estimation, notices, retention

__all__ = ["estimation", "notices", "retention"]
