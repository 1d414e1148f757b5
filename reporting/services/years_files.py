"""Year on year as a file: the 44 lines per year with their changes, and what they are to be read with."""

from collections.abc import Iterator, Sequence

from django.utils.text import slugify
from django.utils.translation import gettext as _

from reporting.domain.years.changes import Change, ChangeKind
from reporting.labels import BLOCK_LABELS
from reporting.selectors.years_page import FigureShown, RowShown, YearsPage, all_lines, years_page
from reporting.services.exports import CONTENT_TYPES, ExportFormatUnknown, ReportFile
from wpm_platform.organisations.models import LegalEntity, Organisation
from wpm_platform.spreadsheets.cells import CellValue, Heading, csv_bytes
from wpm_platform.spreadsheets.workbook import Sheet, xlsx_bytes

Row = Sequence[CellValue]


def years_file(*, organisation: Organisation, legal_entity: LegalEntity, file_format: str) -> ReportFile:
    """xlsx or csv. The same versions and language always give the same bytes. Raises `ExportFormatUnknown`."""
    if file_format not in ("xlsx", "csv"):
        raise ExportFormatUnknown(f"{file_format} is neither xlsx nor csv.")
    page = years_page(organisation=organisation, legal_entity=legal_entity)
    content = _workbook(page) if file_format == "xlsx" else csv_bytes(_lines(page))
    name = f"wpm-{slugify(_('Year on year'))}-{legal_entity.kvk_number}.{file_format}"
    return ReportFile(name=name, content_type=CONTENT_TYPES[file_format], content=content)


def _workbook(page: YearsPage) -> bytes:
    pairs = len(page.years) * 2
    return xlsx_bytes(
        [
            Sheet(title=_("Lines"), rows=_lines(page), widths=(8, 40, 8, 32, 8, *[14] * pairs)),
            Sheet(title=_("Key figures"), rows=_key_figures(page), widths=(52, 12, *[14] * pairs)),
            Sheet(title=_("Breaks of method"), rows=_breaks(page), widths=(10, 10, 100)),
        ]
    )


def _lines(page: YearsPage) -> Iterator[Row]:
    yield [*_headings("", _("Block"), "", _("Line"), _("Unit")), *_year_headings(page)]
    for block, row in all_lines(page.years):
        yield [block.value, str(BLOCK_LABELS[block]), row.number, str(row.label), str(row.unit), *_figures(row.figures)]


def _key_figures(page: YearsPage) -> Iterator[Row]:
    yield [Heading(_("Legal entity")), page.legal_entity.name]
    yield [Heading(_("KvK number")), page.legal_entity.kvk_number]
    yield []
    yield [*_headings("", _("Unit")), *_year_headings(page)]
    yield [_("Status"), None, *_beside_nothing(_("Draft") if year.is_draft else "" for year in page.years)]
    for row in (*page.key_rows, *_named(page.split_rows)):
        yield [str(row.label), str(row.unit), *_figures(row.figures)]


def _breaks(page: YearsPage) -> Iterator[Row]:
    yield _headings(_("From"), _("To"), _("What is different"))
    for found in page.breaks:
        yield [str(found.since), str(found.year), found.text]


def _named(rows: Sequence[RowShown]) -> Iterator[RowShown]:
    for row in rows:
        label = _("Part of commuting: %(mode)s") % {"mode": row.label}
        yield RowShown(label=label, unit=row.unit, figures=row.figures)


def _headings(*words: str) -> list[Heading]:
    return [Heading(word) for word in words]


def _year_headings(page: YearsPage) -> list[Heading]:
    """A year has a figure, and from the second on the change in percent since the one before."""
    words = []
    for index, year in enumerate(page.years):
        words.append(str(year.year))
        if index:
            words.append(_("change in %"))
    return _headings(*words)


def _figures(figures: Sequence[FigureShown]) -> Iterator[CellValue]:
    for index, figure in enumerate(figures):
        yield figure.value
        if index:
            yield _change(figure.change)


def _change(change: Change | None) -> CellValue:
    if change is not None and change.kind is ChangeKind.NEW:
        return _("new")
    return change.percentage if change else None


def _beside_nothing(words: Iterator[str]) -> Iterator[CellValue]:
    for index, word in enumerate(words):
        yield word
        if index:
            yield None
