"""A work pattern for everybody in a filtered list, or for one person; and back again."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from surveys.forms.work_patterns import PatternChoiceForm
from surveys.models import PatternChange
from surveys.selectors.staff import person
from surveys.selectors.work_patterns import coming_weeks, cycle_of, group_preview, monday_of, work_patterns
from surveys.services.pattern_groups import give_pattern, give_person_pattern, undo_change
from surveys.services.work_patterns import PatternRefused
from surveys.views.staff.filtering import filter_form
from wpm_platform import clock
from wpm_platform.organisations.door.addresses import console_redirect
from wpm_platform.organisations.door.request import ConsoleRequest
from wpm_platform.organisations.door.rights import needs
from wpm_platform.organisations.permissions import Right


@needs(Right.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_pattern_group(request: ConsoleRequest) -> HttpResponse:
    """GET with a pattern chosen (`give`) shows what would change; POST does it."""
    organisation = request.organisation
    filters = filter_form(request)
    wanted, patterns = filters.wanted(), list(work_patterns(organisation=organisation))
    given = request.POST if request.method == "POST" else request.GET
    is_chosen = "give" in given
    form = PatternChoiceForm({"pattern": given.get("give", "")} if is_chosen else None, patterns=patterns)
    pattern = form.chosen() if is_chosen and form.is_valid() else None
    if request.method == "POST" and is_chosen and form.is_valid():
        try:
            change = give_pattern(
                organisation=organisation,
                actor=request.user,
                now=clock.now(),
                wanted=wanted,
                pattern=pattern,
                seen=request.POST.get("seen", ""),
                group=filters.in_words(),
            )
        except PatternRefused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _given_words(change))
            return console_redirect(request, "staff_patterns")
    context = {
        "form": form,
        "kept": [(name, request.GET[name]) for name in filters.fields if request.GET.get(name)],
        "group": filters.in_words(),
        "pattern": pattern,
        "is_chosen": is_chosen and form.is_valid(),
        "preview": group_preview(organisation=organisation, wanted=wanted, pattern=pattern),
        "coming": coming_weeks(cycle_of(pattern), monday=monday_of(clock.today())) if pattern else (),
        "has_patterns": bool(patterns),
    }
    return render(request, "staff/staff_pattern_group.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_STAFF)
@require_POST
def staff_pattern_undo(request: ConsoleRequest, code: UUID) -> HttpResponse:
    change = PatternChange.objects.filter(organisation=request.organisation, code=code).first()
    if change is None:
        raise Http404
    try:
        undone = undo_change(change=change, actor=request.user, now=clock.now())
    except PatternRefused as refused:
        messages.error(request, str(refused))
        return console_redirect(request, "staff_patterns")
    words = ngettext("Undone for %(people)s person.", "Undone for %(people)s people.", undone.returned)
    messages.success(request, words % {"people": undone.returned})
    if undone.kept:
        words = ngettext(
            "%(people)s person keeps the pattern of now: it was changed again, or the one before is gone.",
            "%(people)s people keep the pattern of now: it was changed again, or the one before is gone.",
            undone.kept,
        )
        messages.info(request, words % {"people": undone.kept})
    return console_redirect(request, "staff_patterns")


@needs(Right.MANAGE_STAFF)
@require_POST
def staff_person_pattern(request: ConsoleRequest, code: UUID) -> HttpResponse:
    organisation = request.organisation
    employee = person(organisation=organisation, code=code, site_id=request.place.site_id)
    if employee is None:
        raise Http404
    patterns = list(work_patterns(organisation=organisation))
    form = PatternChoiceForm(request.POST, patterns=patterns)
    seen = next((one.pk for one in patterns if str(one.code) == request.POST.get("seen")), None)
    if not form.is_valid():
        messages.error(request, _("That work pattern is not there any more. Choose another one."))
        return console_redirect(request, "staff_person", code=code)
    try:
        give_person_pattern(employee=employee, pattern=form.chosen(), seen=seen, actor=request.user, now=clock.now())
    except PatternRefused:
        messages.error(request, _("Somebody gave this person another pattern meanwhile. Look, and choose again."))
    else:
        messages.success(request, _("Saved. Surveys that have begun keep the days that they asked about."))
    return console_redirect(request, "staff_person", code=code)


def _given_words(change: PatternChange) -> str:
    if change.name:
        words = ngettext(
            "%(people)s person now works by “%(name)s”.", "%(people)s people now work by “%(name)s”.", change.people
        )
    else:
        words = ngettext(
            "%(people)s person has no work pattern any more.",
            "%(people)s people have no work pattern any more.",
            change.people,
        )
    return words % {"people": change.people, "name": change.name}
