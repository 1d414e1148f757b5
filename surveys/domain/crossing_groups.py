"""Two ways to cut the same people, shown side by side: no difference between their groups may be a few people.

Each way alone is safe (`small_groups`). Together they can give away what neither shows: a site of 42 whose warehouse
has 40 people tells of the other two. Such a difference is always one union of groups that lies within a union of groups
of the other way, with one to four people between them; in terms of flows, a cut of less than five.
"""

from collections.abc import Mapping, Sequence

from surveys.domain.small_groups import SMALLEST_GROUP, GroupCount, ShieldedCounts, shielded_counts, together

# The rest of a way; no group can have this name.
REST = None
Block = str | None
Crossing = Mapping[tuple[str, str], int]


def shielded_beside(groups: Sequence[GroupCount], *, beside: ShieldedCounts, people: Crossing) -> ShieldedCounts:
    """The groups that may be shown next to another way to cut the same people; the others together as a rest.

    people: how many persons are in a group of `beside` and a group of `groups` at once. Groups are hidden, the smallest
    first, until no union of them lies within a union of the others' with fewer than five people between.
    """
    found = shielded_counts(groups)
    hidden = {group.name for group in groups} - {group.name for group in found.shown}
    by_size = sorted(groups, key=lambda group: (group.people, group.name))
    kept = {group.name for group in beside.shown}
    while within := _few_between(_blocks(people, kept=kept, hidden=hidden)):
        shown = [group for group in by_size if group.name not in hidden]
        for part in ([g for g in shown if g.name in within], [g for g in shown if g.name not in within]):
            hidden.update(group.name for group in part[:1])
    rest = [group for group in by_size if group.name in hidden]
    if len(rest) == found.hidden_groups:
        return found
    return ShieldedCounts(
        shown=tuple(sorted((g for g in groups if g.name not in hidden), key=lambda group: group.name)),
        rest=together(rest, name=""),
        hidden_groups=len(rest),
    )


def _blocks(people: Crossing, *, kept: set[str], hidden: set[str]) -> dict[tuple[Block, Block], int]:
    """People per pair of what is shown: what is hidden stands together."""
    blocks: dict[tuple[Block, Block], int] = {}
    for (one, other), count in people.items():
        pair = (one if one in kept else REST, REST if other in hidden else other)
        if count:
            blocks[pair] = blocks.get(pair, 0) + count
    return blocks


def _few_between(blocks: Mapping[tuple[Block, Block], int]) -> set[Block] | None:
    """Groups of the second way that lie within groups of the first with one to four people between; None without.

    Every such difference holds a pair of few people, so it is enough to look for a small cut around each of these.
    """
    for (one, other), count in blocks.items():
        if count < SMALLEST_GROUP:
            cut = _small_cut(blocks, source=one, sink=other)
            if cut is not None:
                return cut
    return None


def _small_cut(blocks: Mapping[tuple[Block, Block], int], *, source: Block, sink: Block) -> set[Block] | None:
    """The second way's groups on the side of `source` when a cut of fewer than five people parts it from `sink`.

    People flow from a group of the first way to those that it shares people with, as many as they share; back without
    limit, for a group of the second way that is inside needs all its people inside.
    """
    first: dict[Block, list[Block]] = {}
    second: dict[Block, list[Block]] = {}
    for one, other in blocks:
        first.setdefault(one, []).append(other)
        second.setdefault(other, []).append(one)
    left = dict(blocks)
    flow = 0
    while flow < SMALLEST_GROUP:
        path, seen = _path(first, second, left, source=source, sink=sink)
        if not path:
            return seen
        amount = min((left[pair] for pair, is_forward in path if is_forward), default=SMALLEST_GROUP)
        for pair, is_forward in path:
            left[pair] += -amount if is_forward else amount
        flow += amount
    return None


def _path(
    first: Mapping[Block, list[Block]],
    second: Mapping[Block, list[Block]],
    left: Mapping[tuple[Block, Block], float],
    *,
    source: Block,
    sink: Block,
) -> tuple[list[tuple[tuple[Block, Block], bool]], set[Block]]:
    """A way with room from source to sink as (pair, forward) steps, and the second way's groups that were reached."""
    steps: list[tuple[Block, list[tuple[tuple[Block, Block], bool]]]] = [(source, [])]
    seen_first: set[Block] = {source}
    seen_second: set[Block] = set()
    while steps:
        one, path = steps.pop()
        for other in first[one]:
            if other in seen_second or left[one, other] <= 0:
                continue
            forward = [*path, ((one, other), True)]
            if other == sink:
                return forward, seen_second
            seen_second.add(other)
            for back in second[other]:
                if back not in seen_first:
                    seen_first.add(back)
                    steps.append((back, [*forward, ((back, other), False)]))
    return [], seen_second
