"""Two postcodes in Venlo whose places are known: 3.9 km apart, so 6 km by road; and a third one far away."""

from surveys.models import PostcodePlace
from tests.factories import as_owner

HOME, WORK, FAR = "5911AB", "5928NX", "1016DV"


def load_places() -> None:
    with as_owner():
        PostcodePlace.objects.bulk_create(
            PostcodePlace(postcode=postcode, latitude=latitude, longitude=longitude, source="test")
            for postcode, latitude, longitude in (
                (HOME, 51.37, 6.17),
                (WORK, 51.40, 6.14),
                ("5911", 51.36, 6.16),
                (FAR, 52.374532, 4.883526),
            )
        )
