"""Whom of those who could be asked a campaign asks: everybody, the joiners, or a few drawn by lot as an anchor.

The draw is by a hash of the campaign's own code, so that it can be done again, nobody chooses, and nobody can draw
until they like it: a draft keeps its code, and shows numbers only.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

USUAL_ANCHOR = 50
SMALLEST_ANCHOR = 10
LARGEST_ANCHOR = 5000


class Asks(StrEnum):
    """Whom a campaign asks."""

    EVERYBODY = "everybody"
    JOINERS = "joiners"
    ANCHOR = "anchor"
    JOINERS_AND_ANCHOR = "joiners_and_anchor"


class AskedBecause(StrEnum):
    """Why a person is asked; an anchor's joiner is asked for the anchor, which speaks for everybody."""

    EVERYBODY = "everybody"
    ANCHOR = "anchor"
    JOINER = "joiner"


WITH_ANCHOR = frozenset({Asks.ANCHOR, Asks.JOINERS_AND_ANCHOR})
WITH_JOINERS = frozenset({Asks.JOINERS, Asks.JOINERS_AND_ANCHOR})


@dataclass(frozen=True, kw_only=True)
class Askable:
    """A person whom the rules of the population let be asked. is_joiner: they came since the earlier survey."""

    person: str
    site: str
    is_joiner: bool = False


def reasons_to_ask(people: Sequence[Askable], *, asks: Asks, anchor_size: int, seed: str) -> dict[str, AskedBecause]:
    """Who is asked, and why; who is not asked is left out."""
    if asks is Asks.EVERYBODY:
        return {row.person: AskedBecause.EVERYBODY for row in people}
    found: dict[str, AskedBecause] = {}
    if asks in WITH_JOINERS:
        found |= {row.person: AskedBecause.JOINER for row in people if row.is_joiner}
    if asks in WITH_ANCHOR:
        found |= dict.fromkeys(anchor(people, size=anchor_size, seed=seed), AskedBecause.ANCHOR)
    return found


def anchor(people: Sequence[Askable], *, size: int, seed: str) -> list[str]:
    """`size` people by lot, from each site in proportion to its staff and from each at least one.

    With more sites than places the lot falls over all staff together, so that no site is too small to be drawn.
    """
    line = sorted(people, key=lambda row: (_number(seed, row.person), row.person))
    sizes: dict[str, int] = {}
    for row in line:
        sizes[row.site] = sizes.get(row.site, 0) + 1
    if len(sizes) > size:
        return [row.person for row in line[:size]]
    left = places_per_site(sizes, size=size)
    drawn = []
    for row in line:
        if left[row.site]:
            left[row.site] -= 1
            drawn.append(row.person)
    return drawn


def places_per_site(sizes: Mapping[str, int], *, size: int) -> dict[str, int]:
    """Places of an anchor per site: one each, then by the highest averages (Sainte-Laguë); never more than its staff.

    `sizes`: staff per site, none of them empty; no more sites than places.
    """
    places = dict.fromkeys(sizes, 1)
    for _ in range(min(size, sum(sizes.values())) - len(places)):
        open_sites = [site for site, number in sizes.items() if places[site] < number]
        best = max(open_sites, key=lambda site: (sizes[site] / (2 * places[site] + 1), site))
        places[best] += 1
    return places


def _number(*parts: str) -> int:
    return int.from_bytes(hashlib.sha256("\n".join(("anchor", *parts)).encode()).digest()[:8], "big")
