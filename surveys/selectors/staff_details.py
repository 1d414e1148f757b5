"""How many names and birth years are stored, so that HR knows what switching off erases."""

from dataclasses import dataclass

from django.db.models import Count, Q

from surveys.models import Employee
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class StoredDetails:
    """People on the staff list, and who left it, with a name or a birth year."""

    names: int
    birth_years: int

    def erased_by(self, *, stores_names: bool, stores_birth_years: bool) -> "StoredDetails":
        """What goes when the organisation chooses so."""
        return StoredDetails(
            names=0 if stores_names else self.names, birth_years=0 if stores_birth_years else self.birth_years
        )

    @property
    def rows(self) -> int:
        return self.names + self.birth_years


def stored_details(*, organisation: Organisation) -> StoredDetails:
    counts = Employee.objects.filter(organisation=organisation).aggregate(
        names=Count("pk", filter=~Q(name="")), birth_years=Count("pk", filter=Q(birth_year__isnull=False))
    )
    return StoredDetails(**counts)
