"""The frozen list of a mail: who gets it, who does not, and until when it can be undone."""

import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from surveys.enums import MailStepState
from surveys.forms.mail_plan import BatchFilterForm
from surveys.mail_sentences import people_in_words
from surveys.models import MailBatch
from surveys.selectors.mail_batches import BatchSummary, batch_by_code, batch_lines, batch_summary
from surveys.services.mail_batches import BatchReleased, BatchUndone, undo_batch
from surveys.views.campaigns.access import campaign_or_404
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right

PAGE_SIZE = 50
MINUTE = datetime.timedelta(minutes=1)


@needs(Right.VIEW_CAMPAIGNS)
@require_safe
def campaign_mail_batch(request: ConsoleRequest, code: UUID, batch: UUID) -> HttpResponse:
    """Everybody sees the figures; the people are for who may see staff, and a site lead sees those of one site."""
    campaign, now = campaign_or_404(request, code), clock.now()
    found, site_id = _batch_or_404(request, code, batch), request.place.site_id
    summary = batch_summary(batch=found, now=now, site_id=site_id)
    context: dict[str, Any] = {
        "campaign": campaign,
        "batch": found,
        "step": found.step,
        "weeks": list(campaign.weeks.all()),
        "summary": summary,
        "people": people_in_words(
            receiving=summary.receiving,
            left_out=summary.left_out,
            languages=summary.languages,
            is_undone=found.undone_at is not None,
        ),
        "minutes_left": -((now - found.releases_at) // MINUTE) if summary.can_undo else 0,
        "is_undone_still": found.undone_at is not None and found.step.state == MailStepState.UNDONE,
        "is_site_lead": site_id is not None,
        "may_change": request.place.holds(Right.MANAGE_CAMPAIGNS),
    }
    if request.place.holds(Right.VIEW_STAFF):
        context |= _people(request, found, summary)
    return render(request, "campaigns/mail_batch.html", context)


@needs(Right.MANAGE_CAMPAIGNS)
@require_POST
def campaign_mail_batch_undo(request: ConsoleRequest, code: UUID, batch: UUID) -> HttpResponse:
    """Take the list back before its mails leave; the list's page then says what happens."""
    found = _batch_or_404(request, code, batch)
    try:
        undo_batch(organisation=request.organisation, actor=request.user, now=clock.now(), batch=found)
    except (BatchReleased, BatchUndone) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Undone: nobody gets this mail now."))
    return console_redirect(request, "campaign_mail_batch", code=code, batch=batch)


def _people(request: ConsoleRequest, found: MailBatch, summary: BatchSummary) -> dict[str, Any]:
    form = BatchFilterForm(request.GET, summary=summary)
    wanted = form.wanted()
    lines = batch_lines(batch=found, site_id=request.place.site_id, **wanted)
    return {
        "form": form,
        "is_narrow": any(wanted.values()),
        "page": Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page")),
    }


def _batch_or_404(request: ConsoleRequest, code: UUID, batch: UUID) -> MailBatch:
    try:
        return batch_by_code(organisation=request.organisation, campaign=campaign_or_404(request, code), code=batch)
    except MailBatch.DoesNotExist:
        raise Http404 from None
