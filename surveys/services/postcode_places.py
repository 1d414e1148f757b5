"""Takes over where postcodes lie from a published file."""

from collections.abc import Iterable

from django.db import connection, transaction

from surveys.domain.distance import Place

_CREATE = """
    CREATE TEMPORARY TABLE place_in_file (postcode text, latitude double precision, longitude double precision)
    ON COMMIT DROP
"""
# A postcode may stand in a file more than once (one for each place it serves): the middle of those.
_INSERT = """
    INSERT INTO surveys_postcodeplace (postcode, latitude, longitude, source)
    SELECT postcode, avg(latitude), avg(longitude), %s FROM place_in_file GROUP BY postcode
    ON CONFLICT (postcode) DO UPDATE
    SET latitude = excluded.latitude, longitude = excluded.longitude, source = excluded.source
"""


@transaction.atomic
def replace_places(*, source: str, places: Iterable[Place]) -> int:
    """Store the places of one source instead of those it gave before; how many postcodes that are.

    A postcode that another source gave too is taken over: the file that was loaded last has it. All or nothing;
    whatever `places` raises leaves everything as it was. For operators: the scoped roles only read this table.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('surveys_postcodeplace'))")
        cursor.execute(_CREATE)
        with cursor.copy("COPY place_in_file (postcode, latitude, longitude) FROM STDIN") as copy:
            for place in places:
                copy.write_row((place.postcode, place.latitude, place.longitude))
        cursor.execute("DELETE FROM surveys_postcodeplace WHERE source = %s", [source])
        cursor.execute(_INSERT, [source])
        stored: int = cursor.rowcount
        cursor.execute("DROP TABLE place_in_file")
        cursor.execute("ANALYZE surveys_postcodeplace")
    return stored
