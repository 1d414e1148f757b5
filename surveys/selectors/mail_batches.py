"""The frozen list of a mail: who gets it and who does not, and what became of its mails."""

import datetime
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from surveys.domain.mail_kinds import occasion_prefix
from surveys.enums import MailStepState
from surveys.models import BatchLine, Campaign, MailBatch
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.organisations.models import Organisation

RECEIVING = "receiving"


@dataclass(frozen=True, kw_only=True)
class BatchSummary:
    """The list in figures. left_out: per reason, largest first; languages: of who gets it, largest first.

    first_at, last_at: when the first and the last person's mail leaves; states: how many mails are in which state.
    """

    receiving: int
    left_out: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    first_at: datetime.datetime | None
    last_at: datetime.datetime | None
    states: tuple[tuple[str, int], ...]
    can_undo: bool

    @property
    def left_out_total(self) -> int:
        return sum(count for _reason, count in self.left_out)


def batch_by_code(*, organisation: Organisation, campaign: Campaign, code: UUID) -> MailBatch:
    """A list with its step and week. Raises `MailBatch.DoesNotExist`, also for another organisation's."""
    found: MailBatch = (
        MailBatch.objects.select_related("step__campaign", "step__week", "undone_by")
        .defer("undone_by__password")
        .get(organisation=organisation, step__campaign=campaign, code=code)
    )
    return found


def batch_summary(*, batch: MailBatch, now: datetime.datetime, site_id: int | None = None) -> BatchSummary:
    """What the list comes to, in three queries; of one site when `site_id` is given."""
    lines = batch_lines(batch=batch, site_id=site_id).order_by()
    left_out: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for reason, language, count in lines.values_list("reason", "language").annotate(people=Count("pk")):
        if reason:
            left_out[reason] += count
        else:
            languages[language] += count
    moments = lines.aggregate(first_at=Min("due_at"), last_at=Max("due_at"))
    return BatchSummary(
        receiving=languages.total(),
        left_out=tuple(left_out.most_common()),
        languages=tuple(languages.most_common()),
        states=_states(batch, site_id=site_id),
        can_undo=batch.undone_at is None and batch.releases_at > now and batch.step.state == MailStepState.PREPARED,
        **moments,
    )


def batch_lines(
    *, batch: MailBatch, shows: str = "", text: str = "", site_id: int | None = None
) -> QuerySet[BatchLine]:
    """The people of the list in the order of the staff list. shows: `receiving`, a reason's code, or all.

    text: a part of the staff number, or of the name where names are stored.
    """
    lines = BatchLine.objects.filter(organisation=batch.organisation_id, batch=batch)
    if shows:
        lines = lines.filter(reason="" if shows == RECEIVING else shows)
    if text:
        lines = lines.filter(Q(employee__staff_number__icontains=text) | Q(employee__name__icontains=text))
    if site_id is not None:
        lines = lines.filter(employee__site=site_id)
    return lines.select_related("employee__site", "invitation").order_by("employee__staff_number")


def _states(batch: MailBatch, *, site_id: int | None) -> tuple[tuple[str, int], ...]:
    step = batch.step
    receiving = batch_lines(batch=batch, shows=RECEIVING, site_id=site_id).order_by()
    mails = OutgoingMail.objects.filter(
        organisation=batch.organisation_id,
        reference__in=receiving.values("invitation__code"),
        occasion__startswith=occasion_prefix(kind=step.kind, number=step.number),
    )
    return tuple(mails.values_list("state").annotate(mails=Count("pk")).order_by("-mails", "state"))
