"""The mode split in whole percentages that add up to a hundred."""

from collections.abc import Mapping


def percentage_shares(days: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Days per mode → (mode, whole percentage of these days), largest first; empty without days.

    What rounding down leaves goes to the largest remainders, so that the shares add up to 100.
    """
    total = sum(days.values())
    if not total:
        return ()
    shares = {mode: count * 100 // total for mode, count in days.items()}
    by_remainder = sorted(days, key=lambda mode: (-(days[mode] * 100 % total), mode))
    for mode in by_remainder[: 100 - sum(shares.values())]:
        shares[mode] += 1
    return tuple((mode, shares[mode]) for mode in sorted(days, key=lambda mode: (-days[mode], mode)))
