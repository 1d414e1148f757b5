"""The three methods for commuting, of which a report uses one; and what the two without a survey start from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from reporting.domain.survey_sums import ModeSum, mode_sums_from_json, mode_sums_to_json


class CommuteMethod(StrEnum):
    """`SURVEY`: one week, or several pooled. `STANDARD_DAYS`: 214 days. `TRIP_REGISTRATION`: totals of a system."""

    SURVEY = "survey"
    STANDARD_DAYS = "standard_days"
    TRIP_REGISTRATION = "trip_registration"


@dataclass(frozen=True, kw_only=True)
class MethodChoice:
    """The method that somebody chose for a report, why and when; who did stands in the audit trail.

    week_from: of a survey of several weeks, the one week that counts; None takes all of them.
    """

    method: CommuteMethod = CommuteMethod.SURVEY
    reason: str = ""
    chosen_on: date | None = None
    week_from: date | None = None

    @property
    def is_default(self) -> bool:
        """Nobody chose: all weeks of the survey."""
        return self == MethodChoice()

    def to_json(self) -> dict[str, Any]:
        return {
            "method": self.method.value,
            "reason": self.reason,
            "chosen_on": self.chosen_on.isoformat() if self.chosen_on else None,
            "week_from": self.week_from.isoformat() if self.week_from else None,
        }


@dataclass(frozen=True, kw_only=True)
class RegisterFile:
    """A file that the figures of block 4 come from: the name that it had, its rows and the day it was applied."""

    name: str
    rows: int
    applied_on: date


@dataclass(frozen=True, kw_only=True)
class CommuteRegister:
    """What files say about commuting, added up: no person, no trip and no day.

    metres of a sum: for 214 days those of a standard week, there and back, each person's in proportion to their months
    of the year; for trip registration those of the whole year. with_rhythm: of how many employees of the reference
    date, with a fixed workplace, the register of rhythms knows the rhythm, who work at home all week included.
    """

    sums: tuple[ModeSum, ...] = ()
    with_rhythm: int = 0
    files: tuple[RegisterFile, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "with_rhythm": self.with_rhythm,
            "files": [
                {"name": file.name, "rows": file.rows, "applied_on": file.applied_on.isoformat()}
                for file in sorted(self.files, key=lambda file: (file.applied_on, file.name, file.rows))
            ],
            "sums": mode_sums_to_json(self.sums),
        }


def choice_from_json(document: Mapping[str, Any] | None) -> MethodChoice:
    """The inverse of `MethodChoice.to_json`; nothing chosen for a report of before there was a choice."""
    if document is None:
        return MethodChoice()
    return MethodChoice(
        method=CommuteMethod(document["method"]),
        reason=document["reason"],
        chosen_on=_day(document["chosen_on"]),
        week_from=_day(document["week_from"]),
    )


def register_from_json(document: Mapping[str, Any] | None) -> CommuteRegister:
    """The inverse of `CommuteRegister.to_json`."""
    if document is None:
        return CommuteRegister()
    return CommuteRegister(
        with_rhythm=document["with_rhythm"],
        files=tuple(
            RegisterFile(**{**file, "applied_on": date.fromisoformat(file["applied_on"])}) for file in document["files"]
        ),
        sums=mode_sums_from_json(document["sums"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
