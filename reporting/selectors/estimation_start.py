"""What there is to estimate from, before anybody asks for an estimate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from reporting.domain.staff_features import StaffFeature
from reporting.models import Report
from reporting.selectors.survey_facts import survey_people
from surveys.models import Invitation, PopulationMember
from surveys.selectors.postcode_places import nearest_places
from wpm_platform.organisations.models import Organisation

# As in `domain.estimation.guard_rails`, which needs numpy.
FEWEST_ANSWERS = 10
DISTANCE_KNOWN_FOR = 0.9
# When the staff list holds a fact of somebody; everybody has a site.
HELD: Mapping[StaffFeature, Q] = {
    StaffFeature.DEPARTMENT: ~Q(department=""),
    StaffFeature.FUNCTION: ~Q(employee__function=""),
    StaffFeature.HOURS: Q(employee__monthly_hours__isnull=False),
    StaffFeature.PROVISION: Q(employee__has_mobility_provision__isnull=False),
    StaffFeature.TENURE: Q(employee__employed_from__isnull=False),
    StaffFeature.AGE: Q(employee__birth_year__isnull=False),
}


@dataclass(frozen=True, kw_only=True)
class StartPage:
    """People invited, those who answered, and of the silent those whose distance to work cannot be known.

    absent: facts that the staff list holds of nobody, so that choosing them adds nothing.
    """

    invited: int
    answered: int
    without_distance: int
    absent: frozenset[str] = frozenset()

    @property
    def silent(self) -> int:
        return self.invited - self.answered

    @property
    def with_distance(self) -> int:
        return self.silent - self.without_distance

    @property
    def lacks_distances(self) -> bool:
        """Whether the estimate can look at sites only."""
        return self.with_distance < DISTANCE_KNOWN_FOR * self.silent

    @property
    def percentage(self) -> int:
        return self.answered * 100 // self.invited if self.invited else 0

    @property
    def is_complete(self) -> bool:
        return bool(self.invited) and not self.silent

    @property
    def has_too_few(self) -> bool:
        return self.answered < FEWEST_ANSWERS and not self.is_complete


def start_page(*, organisation: Organisation, report: Report) -> StartPage | None:
    """None without a survey. Counts that HR's pages show anyway: who answered, and what the staff list holds."""
    if report.campaign is None:
        return None
    named: dict[str, Any] = {
        "organisation": organisation,
        "campaign": report.campaign,
        "legal_entity": report.legal_entity,
    }
    invited, answered = survey_people(**named)
    told = Invitation.objects.filter(
        organisation=organisation, campaign=report.campaign, answered_at__isnull=False
    ).values("employee")
    addresses = list(
        PopulationMember.objects.filter(**named, is_invited=True)
        .exclude(employee__in=told)
        .values_list("employee__home_postcode", "site__postcode")
    )
    places = nearest_places({postcode for pair in addresses for postcode in pair})
    unknown = sum(home not in places or work not in places for home, work in addresses)
    return StartPage(invited=invited, answered=answered, without_distance=unknown, absent=_absent(named))


def _absent(named: Mapping[str, Any]) -> frozenset[str]:
    """In one query: of which facts nobody who was invited has one."""
    counts = PopulationMember.objects.filter(**named, is_invited=True).aggregate(
        **{feature.value: Count("pk", filter=held) for feature, held in HELD.items()}
    )
    return frozenset(name for name, people in counts.items() if not people)
