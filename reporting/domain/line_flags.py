"""Remarks about a part of a line of block 4, whatever the method."""

from reporting.domain.form_lines import FormLines
from reporting.domain.rvo import RvoLine
from reporting.domain.survey_sums import ModeSum, SurveyFlag
from reporting.domain.unknown_fuel import SpreadSums


def line_flags(*, line: RvoLine, rows: list[ModeSum], spread: SpreadSums, form: FormLines) -> dict[str, int]:
    """That part of the line had an unknown fuel or rests on an assumed place; never how much of it."""
    received = {form.place(mode=mode, fuel=fuel).line for (mode, fuel), metres in spread.spread.items() if metres}
    is_unknown = line in received or any(line in form.lines_of(mode=mode) for mode in spread.unresolved)
    is_assumed = any(row.metres and form.place(mode=row.mode, fuel=row.fuel).is_assumed for row in rows)
    flags = {SurveyFlag.UNKNOWN_FUEL: is_unknown, SurveyFlag.ASSUMED_LINE: is_assumed}
    return {flag.value: 1 for flag, applies in flags.items() if applies}
