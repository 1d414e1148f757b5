"""Background tasks: thin, by ids, safe to run twice."""

from surveys.tasks import campaigns, tick

__all__ = ["campaigns", "tick"]
