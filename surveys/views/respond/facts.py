"""Workplace, home postcode and distance: given once, confirmed in one tap the next time."""

from django.http import HttpRequest, HttpResponse

from surveys.domain.question_path import Question, Step
from surveys.forms.respond import FactsForm
from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.facts import confirm_facts, record_facts
from surveys.views.respond.door import answer_page, onward
from surveys.views.respond.pages import question_page
from surveys.views.respond.wording import kilometres
from wpm_platform.clock import now
from wpm_platform.organisations.models import Site

FACTS = Question(step=Step.FACTS)


@answer_page(needs_facts=False)
def facts(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    """Confirm what is known from last time; otherwise the form."""
    is_known = respondent.profile is not None and not respondent.answers.has_facts
    if not is_known:
        return _form_page(request, respondent)
    if request.method == "POST":
        confirm_facts(invitation=respondent.invitation, now=now())
        return onward(respondent)
    return question_page(
        request,
        respondent,
        FACTS,
        template="respond/facts_confirm.html",
        profile=respondent.profile,
        distance=kilometres(respondent.profile.one_way_metres) if respondent.profile else "",
        has_several_sites=len(respondent.sites) > 1,
    )


@answer_page(needs_facts=False)
def facts_change(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    return _form_page(request, respondent)


def _form_page(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    employee = respondent.invitation.employee
    form = FactsForm(
        request.POST if request.method == "POST" else None,
        initial=_initial(respondent),
        sites=respondent.sites,
        asks_postcode=not employee.home_postcode,
    )
    if form.is_valid():
        record_facts(
            invitation=respondent.invitation,
            site=form.cleaned_data.get("site") or _site(respondent),
            home_postcode=form.cleaned_data.get("home_postcode", ""),
            one_way_metres=form.cleaned_data["one_way"],
            now=now(),
        )
        return onward(respondent)
    return question_page(
        request, respondent, FACTS, template="respond/facts.html", has_errors=bool(form.errors), form=form
    )


def _site(respondent: RespondentWeek) -> Site:
    """The workplace of this week so far, else that of last time."""
    profile, response = respondent.profile, respondent.response
    if response is not None and response.one_way_metres is None and profile is not None:
        return profile.site
    return response.site if response else respondent.invitation.employee.site


def _initial(respondent: RespondentWeek) -> dict[str, object]:
    profile, response = respondent.profile, respondent.response
    metres = (response.one_way_metres if response else None) or (profile.one_way_metres if profile else None)
    return {
        "site": str(_site(respondent).code),
        "home_postcode": profile.home_postcode if profile else "",
        "one_way": kilometres(metres) if metres else "",
    }
