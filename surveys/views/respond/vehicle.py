"""The vehicle behind a mode: its fuel, and who provides it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.domain.question_path import Question, Step
from surveys.enums import MODES_WITH_FUEL, MODES_WITH_PROVIDER, Fuel, Mode
from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.vehicles import record_fuel, record_provider
from surveys.views.respond.door import answer_page, onward
from surveys.views.respond.pages import tile_page
from surveys.views.respond.tiles import Tile, fuel_tiles
from wpm_platform.clock import now

OWN, EMPLOYER = "own", "employer"
FUEL_QUESTIONS = {
    Mode.CAR: gettext_lazy("What does the car run on?"),
    Mode.MOTORCYCLE: gettext_lazy("What does the motorcycle run on?"),
    Mode.MOPED: gettext_lazy("What does the moped or scooter run on?"),
}
PROVIDER_QUESTIONS = {
    Mode.CAR: gettext_lazy("Who provides the car?"),
    Mode.MOTORCYCLE: gettext_lazy("Who provides the motorcycle?"),
    Mode.MOPED: gettext_lazy("Who provides the moped or scooter?"),
    Mode.BICYCLE: gettext_lazy("Who provides the bicycle?"),
    Mode.SPEED_PEDELEC: gettext_lazy("Who provides the speed pedelec?"),
}


@answer_page(needs_facts=False)
def fuel(request: HttpRequest, respondent: RespondentWeek, mode: str) -> HttpResponse:
    """Which fuel; a passenger answers for the car that they ride in."""
    if mode not in MODES_WITH_FUEL:
        raise Http404
    chosen = request.POST.get("choice", "")
    if chosen in Fuel.values:
        record_fuel(invitation=respondent.invitation, mode=mode, fuel=chosen, now=now())
        # Also for who changes the fuel: another car may have another provider.
        return redirect("answer_provider", mode=mode)
    known = respondent.vehicles.get(mode)
    return tile_page(
        request,
        respondent,
        Question(step=Step.FUEL, mode=mode),
        has_errors=request.method == "POST",
        heading=str(FUEL_QUESTIONS[Mode(mode)]),
        hint=_("Did you ride along? Then choose the fuel of that car.") if mode == Mode.CAR else "",
        tiles=fuel_tiles(mode=mode, chosen=known.fuel if known else ""),
    )


@answer_page(needs_facts=False)
def provider(request: HttpRequest, respondent: RespondentWeek, mode: str) -> HttpResponse:
    """Whether the employer provides the vehicle; lease by the employer is a yes."""
    if mode not in MODES_WITH_PROVIDER:
        raise Http404
    chosen = request.POST.get("choice", "")
    if chosen in (OWN, EMPLOYER):
        is_employer_provided = chosen == EMPLOYER
        answers = record_provider(
            invitation=respondent.invitation, mode=mode, is_employer_provided=is_employer_provided, now=now()
        )
        return onward(answers)
    known = respondent.vehicles.get(mode)
    is_provided = known.is_employer_provided if known else None
    return tile_page(
        request,
        respondent,
        Question(step=Step.PROVIDER, mode=mode),
        has_errors=request.method == "POST",
        heading=str(PROVIDER_QUESTIONS[Mode(mode)]),
        hint=_("Does your employer lease it, or pay for it through your wages? Then choose your employer."),
        tiles=(
            Tile(value=OWN, label=_("I do, or someone else"), icon="user", is_chosen=is_provided is False),
            Tile(value=EMPLOYER, label=_("My employer"), icon="building-2", is_chosen=is_provided is True),
        ),
        has_two_columns=True,
    )
