"""`manage.py load_postcodes FILE`: where postcodes lie, by an operator, so that distances can be estimated."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from surveys.domain.postcode_file import PostcodeFileError, read_places
from surveys.models import PostcodePlace
from surveys.services.postcode_places import replace_places
from wpm_platform.owner import owner_connection

LONGEST_SOURCE = PostcodePlace._meta.get_field("source").max_length or 0


class Command(BaseCommand):
    help = (
        "Reads the middle of each postcode area from a file of GeoNames (NL.zip, NL_full.csv.zip), of CBS or PDOK "
        "(.gpkg), or a CSV or XLSX with a header (postcode with lat and lon, or with x and y in EPSG:28992). What the "
        "same source gave before is replaced."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="name of the source; by default the name of the file")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        source = (options["source"] or path.name).strip()
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        if len(source) > LONGEST_SOURCE:
            raise CommandError(f"Name the source with --source, in at most {LONGEST_SOURCE} characters.")
        try:
            with owner_connection():
                stored = replace_places(source=source, places=_at_least_one(path))
        except PostcodeFileError as error:
            raise CommandError(f"Nothing is loaded.\n{error}") from error
        self.stdout.write(f"{source}: {stored} postcodes.")


def _at_least_one(path: Path) -> Any:
    """The places; an empty file is a mistake, not a wish to forget them all."""
    is_empty = True
    for place in read_places(path):
        is_empty = False
        yield place
    if is_empty:
        raise PostcodeFileError(f"{path.name} holds no Dutch postcode with a place.")
