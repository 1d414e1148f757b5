"""Where postcodes lie, as far as an operator has loaded it. Public facts, of no organisation."""

from collections.abc import Iterable

from surveys.domain.distance import Place
from surveys.models import PostcodePlace

DIGITS = 4


def nearest_places(postcodes: Iterable[str]) -> dict[str, Place]:
    """The place of each postcode; the middle of its four digits when the letters are not known. Unknown ones are left
    out. One query, or none without postcodes."""
    wanted = [postcode for postcode in postcodes if postcode]
    codes = {*wanted, *(postcode[:DIGITS] for postcode in wanted)}
    if not codes:
        return {}
    rows = PostcodePlace.objects.filter(postcode__in=codes).values("postcode", "latitude", "longitude")
    known = {row["postcode"]: Place(**row) for row in rows}
    found = {postcode: known.get(postcode) or known.get(postcode[:DIGITS]) for postcode in wanted}
    return {postcode: place for postcode, place in found.items() if place}


def postcodes_are_loaded() -> bool:
    return PostcodePlace.objects.exists()
