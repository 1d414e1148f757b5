"""Background tasks: thin, by ids, safe to run twice."""

from reporting.tasks import estimation, notices, prior, retention

__all__ = ["estimation", "notices", "prior", "retention"]
