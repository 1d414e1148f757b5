"""Every error of a checked file, made again from its bytes."""

from collections.abc import Iterator

from surveys.domain.staff_file import RowError, read_table
from surveys.models import StaffImport
from surveys.services.pattern_names import pattern_names
from surveys.services.staff_import_comparison import employers_of, read_options
from surveys.services.staff_import_rows import row_errors, usable_batches


def staff_import_errors(*, staff_import: StaffImport) -> Iterator[RowError]:
    """All errors while the file is kept; the first ones, as they were stored, afterwards. Changes nothing."""
    content = StaffImport.objects.values_list("content", flat=True).get(
        organisation=staff_import.organisation_id, pk=staff_import.pk
    )
    if content is None:
        return (RowError(**error) for error in staff_import.errors)
    table = read_table(bytes(content), staff_import.filename, read_options(staff_import.layout), is_measured=True)
    names = pattern_names(staff_import.organisation)
    return row_errors(usable_batches(table, staff_import.mapping, employers_of(staff_import), names))
