"""What a check found: a figure, and what it was compared with."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from reporting.domain.parameters import Parameters
from reporting.domain.rounding import round_half_up
from reporting.domain.rvo import RvoBlock, RvoLine


class Check(StrEnum):
    """The own checks, in the order in which they are shown. None comes from the law, and none blocks a report."""

    ASKED_SOME = "asked_some"
    NEGATIVE_BUSINESS = "negative_business"
    LEASE_COMMUTE = "lease_commute"
    IMPOSSIBLE_DISTANCE = "impossible_distance"
    KM_PER_EMPLOYEE = "km_per_employee"
    CHANGE = "change"
    ZERO_LINE = "zero_line"
    PUBLIC_TRANSPORT = "public_transport"
    FUEL_MIX = "fuel_mix"


OWN_CHECKS = frozenset({Check.NEGATIVE_BUSINESS, Check.PUBLIC_TRANSPORT})
"""Those that need nothing but the 44 cells, so that an evidence file can be checked for them by itself."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """figures: the figure and what it was compared with, as exact text, by name; never a person's.

    block, line, mode: what it is about, where it is about one of these.
    """

    check: Check
    figures: Mapping[str, str]
    block: RvoBlock | None = None
    line: RvoLine | None = None
    mode: str = ""

    @property
    def place(self) -> str:
        """What it is about, e.g. `1/car_petrol`, `4`, `bicycle`; empty for the report as a whole."""
        parts = (None if self.block is None else str(self.block.value), self.line, self.mode)
        return "/".join(part for part in parts if part)

    @property
    def key(self) -> str:
        """Names the finding within one report, whatever its figures: `change:1/car_petrol`."""
        return f"{self.check}:{self.place}" if self.place else self.check.value

    @property
    def fingerprint(self) -> str:
        """Another figure gives another one: an answer belongs to the figure that it was given about."""
        text = json.dumps([self.key, dict(self.figures)], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """JSON-ready; the inverse is `finding_from_json`."""
        return {
            "code": self.check.value,
            "block": None if self.block is None else self.block.value,
            "line": None if self.line is None else self.line.value,
            "mode": self.mode,
            "figures": dict(self.figures),
        }


def finding_from_json(document: Mapping[str, Any]) -> Finding:
    """What `Finding.to_json` wrote. Raises `ValueError` for a check that is not known."""
    block, line = document.get("block"), document.get("line")
    return Finding(
        check=Check(document["code"]),
        figures=dict(document["figures"]),
        block=None if block is None else RvoBlock(block),
        line=None if line is None else RvoLine(line),
        mode=document.get("mode") or "",
    )


def in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """By check, then in the form's order."""
    checks, lines = list(Check), list(RvoLine)
    return tuple(
        sorted(
            findings,
            key=lambda row: (
                checks.index(row.check),
                row.block or 0,
                -1 if row.line is None else lines.index(row.line),
                row.mode,
            ),
        )
    )


def threshold(parameters: Parameters, key: str) -> Fraction | None:
    """A threshold of the year's file; None in versions that were stored before there was one: then nothing is found."""
    parameter = parameters.values.get(key)
    return None if parameter is None or parameter.value is None else Fraction(str(parameter.value))


def whole(value: Fraction | int) -> str:
    """Whole kilometres, half up."""
    return str(round_half_up(Fraction(value)))


def share(part: Fraction) -> str:
    """A share as text with three decimals: 0.254 is 25.4 %."""
    thousandths = round_half_up(part * 1000)
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{abs(thousandths) // 1000}.{abs(thousandths) % 1000:03d}"
