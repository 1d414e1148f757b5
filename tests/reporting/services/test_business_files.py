"""Files that lease companies, card providers and claim systems give, from bytes to cells."""

from decimal import Decimal

import pytest

from reporting.domain.rvo import RvoBlock
from tests.reporting.business_file_examples import EXAMPLES
from tests.reporting.business_imports import applied, checked, figures
from tests.reporting.report_rows import make_report

pytestmark = pytest.mark.django_db


def make_quiet_report():
    """A survey in which nobody drove a vehicle of the employer."""
    return make_report(case="six_at_home")


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_file_becomes_figures_by_choosing_columns_only(name):
    example = EXAMPLES[name]
    report = make_quiet_report()
    business_import = checked(report, example)
    assert business_import.outcome["wrong_rows"] == example.wrong_rows, business_import.errors
    applied(report, example)
    expected = {line: None if value is None else Decimal(str(value)) for line, value in example.figures.items()}
    assert figures(report, example.block) == expected
    assert figures(report, RvoBlock.COMMUTE) == {}
