"""The result of the survey: from the personal link when it is over, and from the pages behind it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from surveys.domain.published_result import ResultFigures
from surveys.enums import Mode
from surveys.selectors.published_result import published_figures
from surveys.selectors.response_state import RespondentWeek
from surveys.views.respond.beside import shown_by_link, shown_by_ticket
from wpm_platform.organisations.door.secret_address import secret_address

# The language switch posts to the page that it stands on.
safe = require_http_methods(["GET", "HEAD"])


@dataclass(frozen=True, kw_only=True)
class ShareLine:
    """percentage: for the bar; shown: as it is read, “< 1 %” for what rounds to 0."""

    label: str
    percentage: int
    shown: str


@dataclass(frozen=True, kw_only=True)
class ResultInWords:
    """response: a sentence. figures: (figure, what it is); shares: largest first, empty where there are none."""

    response: str
    figures: tuple[tuple[str, str], ...]
    shares: tuple[ShareLine, ...]


def result_in_words(figures: ResultFigures) -> ResultInWords:
    """The figures in the language at hand, the same for HR's preview and for employees."""
    response = _("%(answered)s of %(people)s people answered (%(percentage)s %%).") % {
        "answered": figures.answered,
        "people": figures.people,
        "percentage": figures.percentage,
    }
    shown = (
        (_kilometres(figures.mean_km), _("to work and back in a week, on average per person")),
        (_percent(figures.home_percentage), _("of the working days were worked at home")),
        (
            "" if figures.burden is None else number_format(figures.burden, decimal_pos=1),
            _("how hard it was to answer, on average: 1 is very easy, 5 is very hard"),
        ),
    )
    return ResultInWords(
        response=response,
        figures=tuple((figure, meaning) for figure, meaning in shown if figure),
        shares=tuple(
            ShareLine(label=str(Mode(mode).label), percentage=share, shown=_percent(share) if share else "< 1 %")
            for mode, share in figures.shares
        ),
    )


@secret_address
@safe
def link_result(request: HttpRequest, token: str) -> HttpResponse:
    return shown_by_link(request, token, _page)


@never_cache
@safe
def answer_result(request: HttpRequest) -> HttpResponse:
    return shown_by_ticket(request, _page)


def _page(request: HttpRequest, respondent: RespondentWeek, back: str) -> HttpResponse:
    figures = published_figures(respondent.invitation.campaign)
    context = {
        "organisation": respondent.organisation,
        "result": result_in_words(figures) if figures else None,
        "back": back,
    }
    return render(request, "respond/result.html", context, status=200 if figures else 404)


def _kilometres(mean_km: int | None) -> str:
    return "" if mean_km is None else f"{number_format(mean_km)} km"


def _percent(share: int | None) -> str:
    return "" if share is None else f"{share} %"
