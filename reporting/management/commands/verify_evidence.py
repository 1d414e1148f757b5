"""manage.py verify_evidence FILE: does an evidence file agree with itself? It needs no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.exports.evidence_check import Difference, check_evidence


class Command(BaseCommand):
    help = "Computes every cell of an evidence file again, from the file alone, and names what does not agree."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the ZIP that the platform gave for a frozen report")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        check = check_evidence(content)
        for difference in check.differences:
            self.stdout.write(_line(difference))
        if not check.is_equal:
            raise CommandError(f"{len(check.differences)} differences; {check.cells} cells are equal.")
        self.stdout.write(f"Equal: {check.cells} cells, computed again from the file, and the hash of every member.")


def _line(difference: Difference) -> str:
    if not difference.stated:
        return f"DIFFERENT  {difference.where}: {difference.found}"
    return f"DIFFERENT  {difference.where}: stated {difference.stated}, found {difference.found}"
