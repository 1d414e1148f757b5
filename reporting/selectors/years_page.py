"""Year on year, ready to be read: rows of figures with their changes, breaks of method, and charts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reporting.domain.cell import CellOrigin
from reporting.domain.rvo import FORM_CELLS, RvoBlock, RvoLine, Unit, cell_unit
from reporting.domain.years.breaks import breaks_of
from reporting.domain.years.changes import Change, change_between
from reporting.domain.years.charts import Chart, YearBars, bar_chart
from reporting.domain.years.figures import ModeGroup, YearFigures, modal_split
from reporting.labels import BLOCK_LABELS, LINE_LABELS, UNIT_LABELS
from reporting.selectors.years import years_of
from reporting.year_words import GROUP_LABELS, break_in_words, change_in_words
from wpm_platform.organisations.models import LegalEntity, Organisation


@dataclass(frozen=True, kw_only=True)
class FigureShown:
    """A year's figure and how it changed since the year before it in the table.

    is_few: fewer than five people contributed to it. is_manual: typed by hand. is_estimated: an estimate, not
    a measurement.
    """

    value: int | Decimal | None
    change: Change | None
    is_few: bool = False
    is_manual: bool = False
    is_estimated: bool = False

    @property
    def change_words(self) -> str:
        return change_in_words(self.change)

    @property
    def has_changed(self) -> bool:
        return bool(self.change_words) and not (self.change and self.change.percentage == 0)

    @property
    def is_euro(self) -> bool:
        return isinstance(self.value, Decimal)


@dataclass(frozen=True, kw_only=True)
class RowShown:
    label: Promise | str
    unit: Promise | str
    figures: tuple[FigureShown, ...]
    number: int | None = None

    @property
    def is_manual_in_part(self) -> bool:
        """Whether some years were typed and others computed: only then it is worth a mark per figure."""
        return len({figure.is_manual for figure in self.figures}) > 1


@dataclass(frozen=True, kw_only=True)
class BlockYears:
    """zero_labels: the lines that are 0 in every year, which get no row on the page."""

    block: RvoBlock
    label: Promise
    rows: tuple[RowShown, ...]
    total: RowShown
    zero_labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BreakShown:
    since: int
    year: int
    text: str


@dataclass(frozen=True, kw_only=True)
class YearsPage:
    """years: oldest first. splits, key_rows: one figure per year. lines: all 44 of the form, for the files."""

    legal_entity: LegalEntity
    years: tuple[YearFigures, ...]
    key_rows: tuple[RowShown, ...]
    split_rows: tuple[RowShown, ...]
    blocks: tuple[BlockYears, ...]
    breaks: tuple[BreakShown, ...]
    charts: tuple[Chart, ...]

    @property
    def has_comparison(self) -> bool:
        return len(self.years) > 1

    @property
    def has_few(self) -> bool:
        return any(year.few for year in self.years)


def years_page(*, organisation: Organisation, legal_entity: LegalEntity) -> YearsPage:
    """From stored versions alone: the same after the answers were anonymised."""
    years = years_of(organisation=organisation, legal_entity=legal_entity)
    found = breaks_of(years)
    return YearsPage(
        legal_entity=legal_entity,
        years=years,
        key_rows=_key_rows(years),
        split_rows=_split_rows(years),
        blocks=tuple(_block(block, years) for block in RvoBlock),
        breaks=tuple(BreakShown(since=one.since, year=one.year, text=break_in_words(one)) for one in found),
        charts=_charts(years, broken=frozenset(one.year for one in found)),
    )


def all_lines(years: Sequence[YearFigures]) -> list[tuple[RvoBlock, RowShown]]:
    """The 44 lines in the form's order."""
    return [(block, _line(block, line, years)) for block, line in FORM_CELLS]


def _key_rows(years: Sequence[YearFigures]) -> tuple[RowShown, ...]:
    people, per_year = _("people"), _("km a year")
    asked: tuple[tuple[str, str, Callable[[YearFigures], int | None]], ...] = (
        (_("Employees on the reference date"), people, lambda year: year.counted),
        (_("Commuting per employee with a fixed workplace"), per_year, lambda year: year.commute_km_per_person),
        (_("Business travel per employee"), per_year, lambda year: year.business_km_per_person),
    )
    rows = tuple(_row(label, unit, [figure(year) for year in years]) for label, unit, figure in asked)
    # A percentage has no change in percent: that would be read as points.
    return (*rows, _row(_("Response to the survey"), "%", [year.response for year in years], has_changes=False))


def _split_rows(years: Sequence[YearFigures]) -> tuple[RowShown, ...]:
    splits = [modal_split(year.matrix) for year in years]
    return tuple(
        _row(GROUP_LABELS[group], "%", [split[group] if split else None for split in splits], has_changes=False)
        for group in ModeGroup
    )


def _row(
    label: Promise | str, unit: Promise | str, values: Sequence[int | Decimal | None], *, has_changes: bool = True
) -> RowShown:
    return RowShown(
        label=label,
        unit=unit,
        figures=tuple(
            FigureShown(value=value, change=change_between(values[n - 1], value) if n and has_changes else None)
            for n, value in enumerate(values)
        ),
    )


def _block(block: RvoBlock, years: Sequence[YearFigures]) -> BlockYears:
    rows = [_line(block, line, years) for line in RvoLine]
    return BlockYears(
        block=block,
        label=BLOCK_LABELS[block],
        rows=tuple(row for row in rows if not _is_zero(row)),
        total=_row(_("Total"), UNIT_LABELS[Unit.KILOMETRES], [year.kilometres(block) for year in years]),
        zero_labels=tuple(str(row.label) for row in rows if _is_zero(row)),
    )


def _is_zero(row: RowShown) -> bool:
    return all(figure.value == 0 for figure in row.figures)


def _line(block: RvoBlock, line: RvoLine, years: Sequence[YearFigures]) -> RowShown:
    cells = [year.matrix.cell(block=block, line=line) for year in years]
    return RowShown(
        label=LINE_LABELS[line],
        unit=UNIT_LABELS[cell_unit(block=block, line=line)],
        number=line.number,
        figures=tuple(
            FigureShown(
                value=cell.value,
                change=change_between(cells[n - 1].value, cell.value) if n else None,
                # A figure by hand is not made of the kilometres of those few.
                is_few=block is RvoBlock.COMMUTE and line in years[n].few and cell.origin is not CellOrigin.MANUAL,
                is_manual=cell.origin is CellOrigin.MANUAL,
                is_estimated=cell.origin is CellOrigin.ESTIMATED,
            )
            for n, cell in enumerate(cells)
        ),
    )


def _charts(years: Sequence[YearFigures], *, broken: frozenset[int]) -> tuple[Chart, ...]:
    splits = {year.year: split for year in years if (split := modal_split(year.matrix))}
    per_person = {year.year: km for year in years if (km := year.commute_km_per_person) is not None}
    responses = {year.year: share for year in years if (share := year.response) is not None}
    notes = {year: _("other method") for year in broken}
    charts = []
    if len(splits) > 1:
        charts.append(
            _chart(
                "split",
                _("Kilometres of commuting, by vehicle"),
                {
                    year: (_parts_in_words(split), {group.value: split[group] for group in ModeGroup})
                    for year, split in splits.items()
                },
                notes=notes,
                full=100,
            )
        )
    for name, title, figures, unit in (
        ("commute", _("Commuting per employee with a fixed workplace"), per_person, _("km a year")),
        ("response", _("Response to the survey"), responses, "%"),
    ):
        if len(figures) > 1:
            rows = {year: (f"{number_format(size)} {unit}", {"figure": size}) for year, size in figures.items()}
            full = 100 if name == "response" else max(figures.values())
            charts.append(_chart(name, title, rows, notes=notes if name == "commute" else {}, full=full))
    return tuple(charts)


def _chart(
    name: str, title: str, rows: dict[int, tuple[str, dict[str, int]]], *, notes: dict[int, str], full: int
) -> Chart:
    """rows: per year the figure in words and its parts. The split says its words in the legend, not above the bar."""
    is_split = name == "split"
    return bar_chart(
        name=name,
        title=title,
        description=" ".join(f"{year}: {words}." for year, (words, _parts) in rows.items()),
        years=[
            YearBars(
                heading=str(year) if is_split else f"{year} · {words}",
                parts=parts,
                note=notes.get(year, ""),
                is_broken=year in notes,
            )
            for year, (words, parts) in rows.items()
        ],
        full=full,
        has_labels=is_split,
    )


def _parts_in_words(split: dict[ModeGroup, int]) -> str:
    return ", ".join(f"{GROUP_LABELS[group]} {share} %" for group, share in split.items() if share)
