"""The files that the demo leaves behind: every format, and an evidence file that agrees with itself."""

from types import SimpleNamespace

import pytest

from reporting.exports.evidence_check import check_evidence
from tests.reporting.report_rows import freeze, make_report
from wpm_platform.demo.main_job import write_exports

pytestmark = pytest.mark.django_db


def test_the_demo_writes_every_file_of_its_report(tmp_path):
    report = make_report()
    version = freeze(report)
    paths = write_exports(SimpleNamespace(organisation=report.organisation), version, tmp_path)
    assert [path.suffix for path in paths] == [".xlsx", ".csv", ".json", ".pdf", ".zip"]
    assert check_evidence(paths[-1].read_bytes()).is_equal
