"""What stands out of one version, in words and with the way to where it can be looked at; and what was left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.domain.business.left_out import LeftOutSum, left_out_sums
from reporting.domain.plausibility.finding import Check, Finding, finding_from_json
from reporting.enums import LeftOutReason, ReportState
from reporting.labels import BLOCK_LABELS
from reporting.models import FindingAnswer, Report, ReportVersion
from reporting.plausibility_sentences import FindingWords, finding_words
from reporting.selectors.plausibility import answered_findings
from reporting.selectors.versions import stored_facts, stored_source_of
from reporting.source_labels import source_label
from reporting.threshold_labels import THRESHOLD_LABELS
from wpm_platform.organisations.models import Organisation

BUSINESS_LOOK = _("Look at vehicles and files")
LINE_LOOK = _("Look at this line")
BLOCK_LOOK = _("Look at this block")


@dataclass(frozen=True, kw_only=True)
class FindingShown:
    """answer: None while it is open. kept: what a frozen version kept of the answer instead (reason, day)."""

    finding: Finding
    words: FindingWords
    answer: FindingAnswer | None = None
    earlier: FindingAnswer | None = None
    kept: dict[str, Any] | None = None

    @property
    def is_open(self) -> bool:
        return self.answer is None and self.kept is None

    @property
    def look_route(self) -> str:
        """The page where the figure can be looked at; with `look_place` as the anchor."""
        if self.finding.check in {Check.NEGATIVE_BUSINESS, Check.LEASE_COMMUTE, Check.FUEL_MIX}:
            return "report_business"
        return "staff_list" if self.finding.check is Check.KM_PER_EMPLOYEE else "report"

    @property
    def look_place(self) -> str:
        block = self.finding.block
        return f"block-{block.value}" if block else ""

    @property
    def look_label(self) -> Promise:
        labels = {"report_business": BUSINESS_LOOK, "staff_list": _("Look at the staff list"), "report": LINE_LOOK}
        label = labels[self.look_route]
        return BLOCK_LOOK if label is LINE_LOOK and self.finding.line is None else label


@dataclass(frozen=True, kw_only=True)
class LeftOutShown:
    """Rows or vehicles of one block that are noted and not counted, for one reason; amounts are None where unknown."""

    block: int
    block_label: Promise
    reason: Promise
    count: int
    is_vehicles: bool
    km: Decimal | None
    euro: Decimal | None


def findings_shown(*, organisation: Organisation, report: Report, version: ReportVersion) -> list[FindingShown]:
    """Of a draft what stands out now; of a frozen version what was kept with it, whatever would stand out today."""
    if version.state != ReportState.DRAFT:
        return list(_kept(version))
    return [
        FindingShown(finding=row.finding, words=finding_words(row.finding), answer=row.answer, earlier=row.earlier)
        for row in answered_findings(organisation=organisation, report=report, version=version)
    ]


def open_findings(*, organisation: Organisation, report: Report, version: ReportVersion) -> int:
    """How many findings of a draft wait for an answer; a frozen version has none."""
    if version.state != ReportState.DRAFT:
        return 0
    return sum(row.is_open for row in answered_findings(organisation=organisation, report=report, version=version))


@dataclass(frozen=True, kw_only=True)
class ThresholdShown:
    """value: kilometres, or points of a hundred; `is_share` says which."""

    label: Promise
    value: Decimal
    is_share: bool
    source: Promise | str


def thresholds_shown(version: ReportVersion) -> list[ThresholdShown]:
    """From where a figure stands out, by the parameters of the version; none in one of before there were checks."""
    values = stored_source_of(version)[1].values
    return [
        ThresholdShown(
            label=label,
            value=Decimal(str(row.value)) * (100 if row.unit == "share" else 1),
            is_share=row.unit == "share",
            source=source_label(row.source),
        )
        for key, label in THRESHOLD_LABELS.items()
        if (row := values.get(key)) is not None and row.value is not None
    ]


def left_out_shown(version: ReportVersion) -> list[LeftOutShown]:
    """What the files of a version hold that is not counted, per block and reason."""
    inputs, parameters = stored_source_of(version)
    return [_left_out(row) for row in left_out_sums(inputs.business, year=parameters.reporting_year)]


def _left_out(row: LeftOutSum) -> LeftOutShown:
    return LeftOutShown(
        block=row.block.value,
        block_label=BLOCK_LABELS[row.block],
        reason=LeftOutReason(row.reason.value).label,
        count=row.count,
        is_vehicles=row.is_vehicles,
        km=row.km,
        euro=row.euro,
    )


def _kept(version: ReportVersion) -> Iterator[FindingShown]:
    for row in (stored_facts(version) or {}).get("warnings", []):
        finding = finding_from_json(row)
        yield FindingShown(finding=finding, words=finding_words(finding), kept=row)
