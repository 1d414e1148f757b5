"""Workplace, home postcode and distance: given once, confirmed in one tap the next time."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.domain.question_path import Question, Step
from surveys.forms.respond import FactsForm
from surveys.selectors.response_state import RespondentWeek
from surveys.services.responses.facts import confirm_facts, record_facts
from surveys.views.respond.door import answer_page, onward
from surveys.views.respond.facts_form import answer_form, facts_in, first_form, outdated, second_form, source_of
from surveys.views.respond.own_week import fact_lines, vehicle_lines
from surveys.views.respond.pages import question_page
from wpm_platform.clock import now

FACTS = Question(step=Step.FACTS)
ESTIMATE_CHANGED = _("The postcode of your home or your work changed since the last time. Is this right now?")


@answer_page(needs_facts=False)
def facts(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    """Confirm what is known from last time; otherwise the form."""
    is_known = respondent.profile is not None and not respondent.answers.has_facts
    if not is_known:
        return _form_page(request, respondent)
    if request.method == "POST":
        return onward(confirm_facts(invitation=respondent.invitation, now=now()))
    if outdated(respondent):
        with respondent.reading():
            form = first_form(respondent, forgets_distance=True)
        return _page(request, respondent, form, notice=ESTIMATE_CHANGED, action=reverse("answer_facts_change"))
    return question_page(
        request,
        respondent,
        FACTS,
        template="respond/facts_confirm.html",
        known=fact_lines(respondent) + vehicle_lines(respondent),
    )


@answer_page(needs_facts=False)
def facts_change(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    return _form_page(request, respondent)


def _form_page(request: HttpRequest, respondent: RespondentWeek) -> HttpResponse:
    if request.method != "POST":
        return _page(request, respondent, first_form(respondent))
    form = answer_form(request.POST, respondent)
    again = second_form(form, respondent)
    if again is not None:
        form, notice = again
        return _page(request, respondent, form, notice=notice)
    if not form.is_valid():
        return _page(request, respondent, form, has_errors=True)
    given = facts_in(form, respondent)
    answers = record_facts(
        invitation=respondent.invitation,
        site=given.site,
        home_postcode=given.home_postcode,
        one_way_metres=form.cleaned_data["one_way"],
        distance_source=source_of(form, given),
        now=now(),
    )
    return onward(answers)


def _page(
    request: HttpRequest,
    respondent: RespondentWeek,
    form: FactsForm,
    *,
    notice: Promise | str = "",
    has_errors: bool = False,
    action: str = "",
) -> HttpResponse:
    """action: where the form posts to, when that is not the page's own address."""
    return question_page(
        request,
        respondent,
        FACTS,
        template="respond/facts.html",
        has_errors=has_errors,
        form=form,
        notice=notice,
        is_estimate=form.suggests,
        action=action,
    )
