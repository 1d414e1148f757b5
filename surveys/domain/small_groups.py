"""Counts per group of people without giving away the smallest groups."""

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST_GROUP = 5
STEP = 5


@dataclass(frozen=True, kw_only=True)
class GroupCount:
    """Invitations and answers of one group. people: how many different persons it has."""

    name: str
    people: int
    invited: int
    answered: int


@dataclass(frozen=True, kw_only=True)
class ShieldedCounts:
    """The groups that may be shown, and the rest taken together (None when nothing was hidden)."""

    shown: tuple[GroupCount, ...]
    rest: GroupCount | None
    hidden_groups: int


def shielded_counts(
    groups: Sequence[GroupCount], *, rest_name: str = "", smallest: int = SMALLEST_GROUP
) -> ShieldedCounts:
    """Hide groups under `smallest` people, and as many of the next smallest as it takes.

    The total stands beside the groups, so what is hidden can be found by subtraction: the hidden groups
    must be two or more and have `smallest` people together. They are then shown as one rest.
    """
    by_size = sorted(groups, key=lambda group: (group.people, group.name))
    hidden = sum(group.people < smallest for group in by_size)
    while 0 < hidden < len(by_size) and (hidden < 2 or sum(g.people for g in by_size[:hidden]) < smallest):
        hidden += 1
    rest = by_size[:hidden]
    return ShieldedCounts(
        shown=tuple(sorted(by_size[hidden:], key=lambda group: group.name)),
        rest=together(rest, name=rest_name) if sum(group.people for group in rest) >= smallest else None,
        hidden_groups=hidden,
    )


def in_steps(count: int, *, step: int = STEP) -> int:
    """The count rounded down to a multiple of `step`: one new answer mostly changes nothing."""
    return count - count % step


def together(groups: Sequence[GroupCount], *, name: str) -> GroupCount:
    """The groups as one."""
    return GroupCount(
        name=name,
        people=sum(group.people for group in groups),
        invited=sum(group.invited for group in groups),
        answered=sum(group.answered for group in groups),
    )
