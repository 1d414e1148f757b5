"""Puts together what an import is compared with: this organisation's legal entities, sites and staff list."""

from collections.abc import Iterable, Mapping

from surveys.domain.staff_file import ReadOptions, stored_attributes
from surveys.models import StaffImport
from surveys.services.staff_import_rows import Employers
from surveys.services.staff_import_table import Comparison
from wpm_platform.organisations.models import LegalEntity, Organisation, Site


def employers_of(staff_import: StaffImport) -> Employers:
    """The legal entities, and the one for rows without a KvK number: the chosen one, else the only one."""
    ids = dict(LegalEntity.objects.filter(organisation=staff_import.organisation_id).values_list("kvk_number", "pk"))
    default_id = staff_import.legal_entity_id or (next(iter(ids.values())) if len(ids) == 1 else None)
    return Employers(ids=ids, default_id=default_id)


def site_ids(*, organisation: Organisation, names: Iterable[str]) -> dict[str, int]:
    """Names as the file spells them → the site; capitals make no other site. New names are left out."""
    known = {
        name.casefold(): pk for name, pk in Site.objects.filter(organisation=organisation).values_list("name", "pk")
    }
    return {name: known[name.casefold()] for name in names if name.casefold() in known}


def comparison_for(staff_import: StaffImport, *, sites: Mapping[str, int], patterns: Mapping[str, int]) -> Comparison:
    """A file that names no KvK numbers is about one legal entity: people of the others have not left."""
    is_about_one = "kvk_number" not in staff_import.mapping and staff_import.legal_entity_id is not None
    return Comparison(
        organisation_id=staff_import.organisation_id,
        fields=stored_attributes(staff_import.mapping),
        sites=sites,
        patterns=patterns,
        marks_leavers=staff_import.marks_leavers,
        entity_id=staff_import.legal_entity_id if is_about_one else None,
    )


def read_options(layout: Mapping[str, object]) -> ReadOptions:
    """The layout that was found or chosen, to read the same table again."""
    line = layout.get("header_line")
    return ReadOptions(
        encoding=_text(layout.get("encoding")),
        separator=_text(layout.get("separator")),
        sheet=_text(layout.get("sheet")),
        header_line=line if isinstance(line, int) else None,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
