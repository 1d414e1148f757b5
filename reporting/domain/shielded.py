"""What of small groups may leave the organisation: nothing under five, and nothing that subtraction would give back."""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.domain.small_groups import SMALLEST_GROUP, GroupCount, ShieldedCounts, shielded_counts

FEW = f"<{SMALLEST_GROUP}"


def shown_people(people: int) -> int | str:
    """The number, or "<5" for one to four people."""
    return FEW if 0 < people < SMALLEST_GROUP else people


def shielded_reasons(people: Mapping[str, int]) -> dict[str, Any]:
    """People per reason; the reasons of few people stand together under their names."""
    groups = [GroupCount(name=reason, people=n, invited=n, answered=0) for reason, n in people.items() if n]
    found = shielded_counts(groups)
    shown = {group.name for group in found.shown}
    hidden = sorted(group.name for group in groups if group.name not in shown)
    together = sum(group.people for group in groups if group.name not in shown)
    return {
        "groups": [{"reason": group.name, "people": group.people} for group in found.shown],
        "others": {"reasons": hidden, "people": shown_people(together)} if hidden else None,
    }


def shielded_sites(sites: Sequence[GroupCount], *, elsewhere: Sequence[GroupCount] = ()) -> dict[str, Any]:
    """The response per site of one legal entity: a partition of its people into groups of five and more.

    elsewhere: the sites of the organisation's other legal entities. HR's pages show each site with everybody in it; so
    where a legal entity has one to four people at any site, no site is shown for any of them: the page less this file
    would give those few.
    """
    everybody = (*sites, *elsewhere)
    if elsewhere and any(0 < group.people < SMALLEST_GROUP for group in everybody):
        return {"groups": [], "rest": None, "hidden_groups": len(sites), "is_withheld": True}
    found: ShieldedCounts = shielded_counts(sites)
    return {
        "groups": [{"site": group.name, **_counts(group)} for group in found.shown],
        "rest": _counts(found.rest) if found.rest else None,
        "hidden_groups": found.hidden_groups,
        "is_withheld": False,
    }


def _counts(group: GroupCount) -> dict[str, int]:
    return {"people": group.people, "answered": group.answered}
