"""Background tasks: thin, by ids, safe to run twice."""

from surveys.tasks import campaigns, own_links, staff, tick

__all__ = ["campaigns", "own_links", "staff", "tick"]
