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
from surveys.views.respond.door import Found, find_by_ticket, find_by_token, respondent_scope
from surveys.views.respond.language import speak_language_of
from surveys.views.respond.notices import ticket_missing_page, unknown_link_page
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
    found = find_by_token(token)
    return _page(request, found, back="../") if found else unknown_link_page(request)


@never_cache
@safe
def answer_reads(request: HttpRequest) -> HttpResponse:
    found = find_by_ticket(request)
    return _page(request, found, back="/answer/") if found else ticket_missing_page(request)


def _page(request: HttpRequest, found: Found, *, back: str) -> HttpResponse:
    with respondent_scope(found) as respondent:
        invitation = respondent.invitation
        if invitation.link_number != found.link_version:
            return unknown_link_page(request)
        speak_language_of(request, invitation.employee)
        return render(request, "respond/reads.html", _context(invitation, back=back))


def _context(invitation: Invitation, *, back: str) -> dict[str, object]:
    reads = reads_of(organisation_id=invitation.organisation_id, employee_id=invitation.employee_id)
    lines = [ReadLine(who=_reader(read), page=str(ReadPage(read.page).label), read=read) for read in reads]
    return {"organisation": invitation.organisation, "lines": lines, "back": back}


def _reader(read: ReadBy) -> str:
    if read.reader_role:
        return str(READERS[MemberRole(read.reader_role)])
    return _("The system “%(name)s”") % {"name": read.key_name}
