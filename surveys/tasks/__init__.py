"""Background tasks: thin, by ids, safe to run twice."""

from surveys.tasks import campaigns, staff, tick

__all__ = ["campaigns", "staff", "tick"]
