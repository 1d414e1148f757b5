"""Whether an employer takes part in the shared model, and how many do; without the model itself, which needs numpy."""

import datetime
from dataclasses import dataclass

from reporting.models import PriorConsent, PriorOfOthers, SharedPrior
from wpm_platform.organisations.models import Organisation


@dataclass(frozen=True, kw_only=True)
class PriorPage:
    """employers: how many the shared model rests on, None where there is none. takes_part: of them, this one."""

    consent: PriorConsent | None
    employers: int | None
    pooled_at: datetime.datetime | None
    takes_part: bool


def open_consent(*, organisation: Organisation) -> PriorConsent | None:
    found: PriorConsent | None = (
        PriorConsent.objects.select_related("given_by")
        .defer("given_by__password")
        .filter(organisation=organisation, withdrawn_at__isnull=True)
        .first()
    )
    return found


def prior_page(*, organisation: Organisation) -> PriorPage:
    shared = SharedPrior.objects.first()
    return PriorPage(
        consent=open_consent(organisation=organisation),
        employers=None if shared is None else shared.prior["employers"],
        pooled_at=None if shared is None else shared.pooled_at,
        takes_part=PriorOfOthers.objects.filter(organisation=organisation).exists(),
    )
