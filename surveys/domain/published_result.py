"""What employees may read of a closed campaign: means and shares of everybody together, nothing finer."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ResultFigures:
    """people were invited, answered of them did. shares: (mode, whole percentage of the days travelled), largest first.

    mean_km: whole km to work and back in a week, per person who worked. home_percentage: of the days worked. burden:
    how hard answering was, 1 to 5 in tenths. Each is None, and shares empty, where it could point at fewer than five.
    """

    people: int
    answered: int
    shares: tuple[tuple[str, int], ...] = ()
    mean_km: int | None = None
    home_percentage: int | None = None
    burden: Decimal | None = None

    @property
    def percentage(self) -> int:
        """The response, rounded down: never flattered."""
        return self.answered * 100 // self.people if self.people else 0


def figures_to_json(figures: ResultFigures) -> dict[str, Any]:
    return {
        "people": figures.people,
        "answered": figures.answered,
        "shares": [list(share) for share in figures.shares],
        "mean_km": figures.mean_km,
        "home_percentage": figures.home_percentage,
        "burden": None if figures.burden is None else str(figures.burden),
    }


def figures_from_json(document: Mapping[str, Any]) -> ResultFigures:
    """The inverse of `figures_to_json`."""
    burden = document["burden"]
    return ResultFigures(
        people=document["people"],
        answered=document["answered"],
        shares=tuple((mode, share) for mode, share in document["shares"]),
        mean_km=document["mean_km"],
        home_percentage=document["home_percentage"],
        burden=None if burden is None else Decimal(burden),
    )
