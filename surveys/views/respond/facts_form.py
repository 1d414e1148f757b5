"""The form of the facts: which distance stands in it at first, and what an answer to it means."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.domain.shown_distance import ShownDistance, read_shown
from surveys.enums import DistanceSource
from surveys.forms.respond import FactsForm
from surveys.models import Response, TravelProfile
from surveys.selectors.response_state import RespondentWeek
from surveys.services.distances import Suggestion, can_suggest, suggested_distance
from surveys.views.respond.wording import kilometres
from wpm_platform.organisations.models import Site

PLACE_CHANGED = _("Your workplace or postcode is another one now. Is the distance still right?")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The facts as filled in so far. home_postcode: as typed, "" when the employer knows it or it is not given."""

    respondent: RespondentWeek
    site: Site
    home_postcode: str

    @cached_property
    def suggestion(self) -> Suggestion | None:
        home = self.respondent.invitation.employee.home_postcode or self.home_postcode
        if not home or not self.site.postcode:
            return None
        with self.respondent.reading():
            return suggested_distance(home_postcode=home, site_postcode=self.site.postcode)

    def shown(self, *, metres: int, source: str) -> ShownDistance:
        return ShownDistance(
            site=str(self.site.code), home_postcode=self.home_postcode, metres=metres, source=str(source)
        )


def first_form(respondent: RespondentWeek, *, forgets_distance: bool = False) -> FactsForm:
    """The form as it opens: with the distance given before, else with a suggestion where there is one."""
    profile = respondent.profile
    facts = Facts(
        respondent=respondent, site=site_so_far(respondent), home_postcode=profile.home_postcode if profile else ""
    )
    known = None if forgets_distance else _known_distance(respondent)
    if known is None:
        return _form_with(facts, facts.suggestion)
    source = DistanceSource(known.distance_source)
    return _form(facts, shown=facts.shown(metres=known.one_way_metres or 0, source=source))


def second_form(answered: FactsForm, respondent: RespondentWeek) -> tuple[FactsForm, Promise | str] | None:
    """What to ask once more before an answer can be stored, with why; None when there is nothing to ask.

    The distance is empty and there is a suggestion; or workplace or postcode changed while the distance did not.
    Everything that was typed stays.
    """
    if answered.lacks_only_the_distance():
        facts = facts_in(answered, respondent)
        return (_form_with(facts, facts.suggestion), "") if facts.suggestion else None
    if answered.errors:
        return None
    facts, metres = facts_in(answered, respondent), answered.cleaned_data["one_way"]
    shown = read_shown(answered.cleaned_data["shown"])
    if shown is None or shown.metres != metres or _is_for(shown, facts):
        return None
    if facts.suggestion:
        return _form_with(facts, facts.suggestion), PLACE_CHANGED
    return _form(facts, shown=facts.shown(metres=metres, source=DistanceSource.PERSON)), PLACE_CHANGED


def answer_form(data: QueryDict, respondent: RespondentWeek) -> FactsForm:
    shown = read_shown(data.get("shown", ""))
    return FactsForm(data, **_kept_open(respondent, suggestion=_suggestion_in(shown)))


def facts_in(answered: FactsForm, respondent: RespondentWeek) -> Facts:
    return Facts(
        respondent=respondent,
        site=answered.cleaned_data.get("site") or site_so_far(respondent),
        home_postcode=answered.cleaned_data.get("home_postcode", ""),
    )


def source_of(answered: FactsForm, facts: Facts) -> DistanceSource:
    """Where the distance comes from: what we showed, when it was left as it was; else the person."""
    shown, metres = read_shown(answered.cleaned_data["shown"]), answered.cleaned_data["one_way"]
    if shown is None or shown.metres != metres or not _is_for(shown, facts):
        return DistanceSource.PERSON
    ours, known = facts.suggestion, _known_distance(facts.respondent)
    believed = set()
    if ours and ours.one_way_metres == metres:
        believed.add(ours.source)
    if known and known.one_way_metres == metres and known.site_id == facts.site.pk:
        believed.add(DistanceSource(known.distance_source))
    return DistanceSource(shown.source) if shown.source in believed else DistanceSource.PERSON


def outdated(respondent: RespondentWeek) -> bool:
    """The distance of last time was our estimate, and we would estimate another one now: a postcode changed since."""
    profile = respondent.profile
    if profile is None or profile.distance_source == DistanceSource.PERSON:
        return False
    ours = Facts(respondent=respondent, site=profile.site, home_postcode=profile.home_postcode).suggestion
    return ours is not None and ours.source == profile.distance_source and ours.one_way_metres != profile.one_way_metres


def estimate_of(respondent: RespondentWeek) -> Suggestion | None:
    """What we would suggest for the workplace and postcode as they are known now."""
    postcode = respondent.profile.home_postcode if respondent.profile else ""
    return Facts(respondent=respondent, site=site_so_far(respondent), home_postcode=postcode).suggestion


def site_so_far(respondent: RespondentWeek) -> Site:
    """The workplace of this week so far, else that of last time."""
    profile, response = respondent.profile, respondent.response
    if response is not None and response.one_way_metres is None and profile is not None:
        return profile.site
    return response.site if response else respondent.invitation.employee.site


def _known_distance(respondent: RespondentWeek) -> Response | TravelProfile | None:
    """What holds the distance that was given before: this week, else the last time."""
    if respondent.response is not None and respondent.response.one_way_metres:
        return respondent.response
    return respondent.profile


def _is_for(shown: ShownDistance, facts: Facts) -> bool:
    return shown.is_for(site=str(facts.site.code), home_postcode=facts.home_postcode)


def _form_with(facts: Facts, suggestion: Suggestion | None) -> FactsForm:
    if suggestion is None:
        return _form(facts, shown=None)
    shown = facts.shown(metres=suggestion.one_way_metres, source=suggestion.source)
    return _form(facts, shown=shown, suggestion=suggestion)


def _form(facts: Facts, *, shown: ShownDistance | None, suggestion: Suggestion | None = None) -> FactsForm:
    initial = {
        "site": str(facts.site.code),
        "home_postcode": _in_two_parts(facts.home_postcode),
        "one_way": kilometres(shown.metres) if shown else "",
        "shown": shown.written() if shown else "",
    }
    return FactsForm(initial=initial, **_kept_open(facts.respondent, suggestion=suggestion, is_filled=bool(shown)))


def _in_two_parts(postcode: str) -> str:
    """1234AB as people write it: 1234 AB."""
    return f"{postcode[:4]} {postcode[4:]}".strip()


def _kept_open(respondent: RespondentWeek, *, suggestion: Suggestion | None, is_filled: bool = False) -> dict[str, Any]:
    """What the form needs to know about the person, whether it opens or was answered."""
    asks_postcode = not respondent.invitation.employee.home_postcode
    return {
        "sites": respondent.sites,
        "asks_postcode": asks_postcode,
        "suggestion": suggestion,
        "can_estimate": asks_postcode and not is_filled and _can_suggest(respondent),
    }


def _can_suggest(respondent: RespondentWeek) -> bool:
    """Whether a home postcode would lead to a suggestion for one of the sites."""
    postcodes = [site.postcode for site in respondent.sites if site.postcode]
    if not postcodes:
        return False
    with respondent.reading():
        return can_suggest(postcodes)


def _suggestion_in(shown: ShownDistance | None) -> Suggestion | None:
    """The suggestion that the answered page showed: its words stay when the page comes back with an error."""
    if shown is None or shown.source not in {DistanceSource.POSTCODE, DistanceSource.ROUTE}:
        return None
    return Suggestion(one_way_metres=shown.metres, source=DistanceSource(shown.source))
