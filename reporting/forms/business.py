"""Business travel as totals per line: one page for the blocks 1, 2 and 3."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.domain.report_inputs import ManualTotal
from reporting.domain.rvo import RvoBlock, RvoLine, Unit, cell_unit
from reporting.forms.amounts import EuroField, KilometresField
from reporting.labels import BLOCK_HINTS, BLOCK_LABELS, LINE_LABELS, UNIT_LABELS
from reporting.services.entered_totals import BUSINESS_BLOCKS


@dataclass(frozen=True, kw_only=True)
class FieldOfLine:
    number: int
    field: BoundField
    unit: Promise


@dataclass(frozen=True, kw_only=True)
class FieldsOfBlock:
    """The fields of one block, in the form's order."""

    block: RvoBlock
    label: Promise
    hint: Promise
    lines: tuple[FieldOfLine, ...]
    note: BoundField
    rest_is_zero: BoundField


class BusinessTotalsForm(forms.Form):
    """An empty line is "not entered"; a block's tick box makes its empty lines 0. Only `shown` blocks are asked."""

    def __init__(
        self, *args: Any, totals: Sequence[ManualTotal], shown: Sequence[RvoBlock] = BUSINESS_BLOCKS, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shown = tuple(shown)
        entered = {(total.block, total.line): total for total in totals}
        for block in self.shown:
            for line in RvoLine:
                is_euro = cell_unit(block=block, line=line) is Unit.EURO
                total = entered.get((block, line))
                self.fields[_name(block, line)] = (EuroField if is_euro else KilometresField)(
                    label=LINE_LABELS[line], required=False, initial=None if total is None else total.value
                )
            notes = [total.note for total in totals if total.block is block and total.note]
            self.fields[f"{block.code}__note"] = forms.CharField(
                label=_("Where do these figures come from?"),
                help_text=_("For example: the yearly overview of the lease company. It stands beside each figure."),
                max_length=200,
                required=False,
                initial=notes[0] if notes else "",
            )
            self.fields[f"{block.code}__rest_is_zero"] = forms.BooleanField(
                label=_("What I leave empty in this block is 0"), required=False
            )

    def blocks(self) -> Iterator[FieldsOfBlock]:
        for block in self.shown:
            yield FieldsOfBlock(
                block=block,
                label=BLOCK_LABELS[block],
                hint=BLOCK_HINTS[block],
                lines=tuple(
                    FieldOfLine(
                        number=line.number,
                        field=self[_name(block, line)],
                        unit=UNIT_LABELS[cell_unit(block=block, line=line)],
                    )
                    for line in RvoLine
                ),
                note=self[f"{block.code}__note"],
                rest_is_zero=self[f"{block.code}__rest_is_zero"],
            )

    def totals(self) -> list[ManualTotal]:
        """What was entered, once the form is valid."""
        found = []
        for block in self.shown:
            for line in RvoLine:
                value = self.cleaned_data[_name(block, line)]
                if value is None and self.cleaned_data[f"{block.code}__rest_is_zero"]:
                    value = Decimal(0) if cell_unit(block=block, line=line) is Unit.EURO else 0
                if value is not None:
                    note = self.cleaned_data[f"{block.code}__note"].strip()
                    found.append(ManualTotal(block=block, line=line, value=value, note=note))
        return found


def _name(block: RvoBlock, line: RvoLine) -> str:
    return f"{block.code}__{line.value}"
