"""Who looked at my data: from the personal link, also when the survey is over, and from the pages behind it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from surveys.enums import ReadPage
from surveys.models import Invitation
from surveys.selectors.person_reads import ReadBy, reads_of
from surveys.selectors.response_state import RespondentWeek
from surveys.views.respond.beside import shown_by_link, shown_by_ticket
from wpm_platform.organisations.door.secret_address import secret_address
from wpm_platform.organisations.enums import MemberRole

# Roles, not names: who was at work that day is between the colleague and the employer.
READERS = {
    MemberRole.OWNER: gettext_lazy("The manager of this system"),
    MemberRole.HR_ADMIN: gettext_lazy("Human resources"),
    MemberRole.SITE_LEAD: gettext_lazy("The head of your site"),
}
# The language switch posts to the page itself.
safe = require_http_methods(["GET", "HEAD"])


@dataclass(frozen=True, kw_only=True)
class ReadLine:
    """One kind of reader, in words."""

    who: str
    page: str
    read: ReadBy


@secret_address
@safe
def link_reads(request: HttpRequest, token: str) -> HttpResponse:
    return shown_by_link(request, token, _page)


@never_cache
@safe
def answer_reads(request: HttpRequest) -> HttpResponse:
    return shown_by_ticket(request, _page)


def _page(request: HttpRequest, respondent: RespondentWeek, back: str) -> HttpResponse:
    return render(request, "respond/reads.html", _context(respondent.invitation, back=back))


def _context(invitation: Invitation, *, back: str) -> dict[str, object]:
    reads = reads_of(organisation_id=invitation.organisation_id, employee_id=invitation.employee_id)
    lines = [ReadLine(who=_reader(read), page=str(ReadPage(read.page).label), read=read) for read in reads]
    return {"organisation": invitation.organisation, "lines": lines, "back": back}


def _reader(read: ReadBy) -> str:
    if read.reader_role:
        return str(READERS[MemberRole(read.reader_role)])
    return _("The system “%(name)s”") % {"name": read.key_name}
