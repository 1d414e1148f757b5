"""How a frozen report reaches the authority.

RVO takes no files yet: somebody types the figures over in Mijn RVO and notes the reference of the receipt. The day it
opens a way for machines, that is another route with these two questions.
"""

import datetime
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from reporting.models import ReportVersion
from reporting.services.exports import ReportFile, report_file
from wpm_platform.organisations.services.refusal import Refused


class FilingDateInFuture(Refused):
    """A report cannot have been filed on a day that is still to come."""

    sentence = _("This day is still to come. Enter the day on which you filed the report.")


class FilingReferenceMissing(Refused):
    """Filing is kept with the reference of the receipt."""

    sentence = _("Enter the reference that you received when you filed the report.")


@dataclass(frozen=True, kw_only=True)
class FilingReceipt:
    """What the authority gave back for a report that it took."""

    filed_on: datetime.date
    reference: str


class FilingRoute(Protocol):
    """submission: what is handed over, or typed over, as a file of this format. receipt: that it was taken, checked."""

    file_format: str

    def submission(self, version: ReportVersion) -> ReportFile: ...

    def receipt(self, *, filed_on: datetime.date, reference: str, today: datetime.date) -> FilingReceipt: ...


class ByHand:
    """The file in the form's order to type over from; the receipt as the person who filed it enters it."""

    file_format = "xlsx"

    def submission(self, version: ReportVersion) -> ReportFile:
        return report_file(version, file_format=self.file_format)

    def receipt(self, *, filed_on: datetime.date, reference: str, today: datetime.date) -> FilingReceipt:
        """Raises `FilingReferenceMissing` and `FilingDateInFuture`."""
        if not reference.strip():
            raise FilingReferenceMissing
        if filed_on > today:
            raise FilingDateInFuture
        return FilingReceipt(filed_on=filed_on, reference=reference.strip())


FILING_ROUTE: FilingRoute = ByHand()
