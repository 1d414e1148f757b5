"""How far somebody's work is: a suggestion, for the person to confirm or to change."""

from surveys.services.distances.suggestion import Suggestion, can_suggest, suggested_distance

__all__ = ["Suggestion", "can_suggest", "suggested_distance"]
