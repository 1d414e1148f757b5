"""Which organisations a person belongs to."""

from dataclasses import dataclass

from wpm_platform.organisations.permissions import Right, has_right
from wpm_platform.scoping import call_system_function


@dataclass(frozen=True, kw_only=True)
class Place:
    """A person's place in one organisation, as the door sees it."""

    membership_id: int
    organisation_id: int
    slug: str
    name: str
    role: str
    site_id: int | None

    def holds(self, right: Right) -> bool:
        return has_right(self.role, right)


def places_of(*, user_id: int) -> list[Place]:
    """The person's organisations by name; empty for who has none."""
    return [Place(**row) for row in call_system_function("memberships_of_user", user_id)]
