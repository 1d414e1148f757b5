"""The port: a suggested distance between two postcodes, by a router where there is one, else by the straight line."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveys.domain.distance import Place, estimated_one_way_metres, whole_kilometres
from surveys.enums import DistanceSource
from surveys.selectors.postcode_places import nearest_places
from surveys.services.distances.routing import route_metres


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """one_way_metres: whole kilometres, 1 km at least. source: what it was made of; stored when it is confirmed."""

    one_way_metres: int
    source: DistanceSource


def suggested_distance(*, home_postcode: str, site_postcode: str) -> Suggestion | None:
    """The distance one way; None when one of the postcodes is empty or not known here."""
    if not home_postcode or not site_postcode:
        return None
    places = nearest_places([home_postcode, site_postcode])
    home, work = places.get(home_postcode), places.get(site_postcode)
    if home is None or work is None:
        return None
    routed = _routed(home, work)
    if routed is not None:
        return Suggestion(one_way_metres=whole_kilometres(routed), source=DistanceSource.ROUTE)
    return Suggestion(one_way_metres=estimated_one_way_metres(home, work), source=DistanceSource.POSTCODE)


def can_suggest(site_postcodes: Iterable[str]) -> bool:
    """Whether a home postcode would lead to a suggestion: the place of one of these sites is known."""
    return bool(nearest_places(site_postcodes))


def _routed(home: Place, work: Place) -> float | None:
    """Within one area of which only the middle is known, there is no route to ask for."""
    return None if home.postcode == work.postcode else route_metres(home, work)
