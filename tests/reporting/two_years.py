"""Three years of one legal entity in the database, with another method in between."""

from reporting.domain.rvo import RvoLine
from reporting.models import Report
from reporting.services.entered_totals import enter_commute_total
from tests.factories import make_legal_entity, make_organisation
from tests.reporting.report_rows import fill_in, freeze, in_scope, make_report
from wpm_platform.organisations.models import LegalEntity, Organisation


def make_years(*, organisation: Organisation | None = None) -> tuple[LegalEntity, list[Report]]:
    """2024 and 2025 frozen, 2026 a draft; in 2025 one line of commuting was entered by hand."""
    organisation = organisation or make_organisation()
    entity = make_legal_entity(organisation)
    first, second, third = (
        make_report(organisation=organisation, legal_entity=entity, reporting_year=year) for year in (2024, 2025, 2026)
    )
    freeze(first)
    with in_scope(second) as where:
        enter_commute_total(**where, line=RvoLine.PUBLIC_TRANSPORT, kilometres=123_456, reason="Opgave vervoerder")
    freeze(second)
    fill_in(third, value=1500)
    return entity, [first, second, third]
