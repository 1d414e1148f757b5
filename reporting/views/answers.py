"""How a view calls a service and tells the outcome."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404

from reporting.services.report_access import ReportUnknown
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.services.refusal import Refused


def carry_out(request: ConsoleRequest, service: Callable[..., Any], *, done: str, **arguments: Any) -> Any:
    """Call one service for the person at the door and say `done`, or why it was refused; None when refused."""
    try:
        outcome = service(organisation=request.organisation, actor=request.user, **arguments)
    except ReportUnknown as error:
        raise Http404 from error
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None
    messages.success(request, done)
    return outcome
