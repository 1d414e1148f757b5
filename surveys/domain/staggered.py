"""Which week each person is asked about in a staggered year: one, at random, and every site spread over all weeks.

The draw is by a hash of the campaign's own code, so that it can be done again and nobody chooses. People stand in line
per site in the order of their hash and are dealt over the weeks, whose order is drawn as well: within a site, and over
all sites together, no week has more than one person more than another, as long as everybody is employed all along.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A person to draw a week for. weeks: the places of the weeks in which they are employed; empty for none."""

    person: str
    site: str
    weeks: tuple[int, ...]


def drawn_weeks(people: Sequence[Drawn], *, weeks: int, seed: str) -> dict[str, int]:
    """The place of the week of each person; who is employed in none of the weeks is left out.

    Who is not employed in the week that they are dealt gets one of theirs, drawn in the same way.
    """
    order = sorted(range(weeks), key=lambda week: _number(seed, "week", str(week)))
    line = sorted(people, key=lambda person: (_number(seed, "site", person.site), person.site, _place(seed, person)))
    found: dict[str, int] = {}
    for place, person in enumerate(line):
        dealt = order[place % weeks]
        if dealt in person.weeks:
            found[person.person] = dealt
        elif person.weeks:
            found[person.person] = person.weeks[_number(seed, "own", person.person) % len(person.weeks)]
    return found


def _place(seed: str, person: Drawn) -> tuple[int, str]:
    return _number(seed, "person", person.person), person.person


def _number(*parts: str) -> int:
    return int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest()[:8], "big")
