"""The sources of the parameter files in the reader's language. What an administrator typed stays as it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SOURCES: tuple[tuple[str, Promise], ...] = (
    (
        "Guidance for employers (RVO), summary, general information",
        _("Guidance for employers (RVO), summary, general information"),
    ),
    (
        "Guidance for employers (RVO), summary, general information: 'Wanneer spreek je van een werknemer?'",
        _("Guidance for employers (RVO), summary, general information: 'Wanneer spreek je van een werknemer?'"),
    ),
    (
        "Guidance for employers (RVO), summary, part 4: 'Kilometers berekenen'",
        _("Guidance for employers (RVO), summary, part 4: 'Kilometers berekenen'"),
    ),
    (
        "Guidance for employers (RVO), summary, part 4: 'Ritregistratie'",
        _("Guidance for employers (RVO), summary, part 4: 'Ritregistratie'"),
    ),
    (
        "Guidance for employers (RVO), edition of December 2025: the method of 214 days",
        _("Guidance for employers (RVO), edition of December 2025: the method of 214 days"),
    ),
    (
        "The method of 214 days is new in the guidance of December 2025",
        _("The method of 214 days is new in the guidance of December 2025"),
    ),
    (
        "Guidance for employers (RVO), summary, part 1: 'Forfaitaire methode'",
        _("Guidance for employers (RVO), summary, part 1: 'Forfaitaire methode'"),
    ),
    (
        "Guidance for employers (RVO), summary, part 2: 'Mobiliteitsdiensten'",
        _("Guidance for employers (RVO), summary, part 2: 'Mobiliteitsdiensten'"),
    ),
    (
        "Guidance for employers (RVO), summary, part 3: 'Declaraties'",
        _("Guidance for employers (RVO), summary, part 3: 'Declaraties'"),
    ),
    (
        "Decree: reference date of the reporting year; Guidance for employers (RVO), summary, part 4: 1 January of the"
        " survey's year",
        _(
            "Decree: reference date of the reporting year; Guidance for employers (RVO), summary, part 4: 1 January of"
            " the survey's year"
        ),
    ),
    (
        "One vendor's table (95 % confidence, 2 % margin); the guidance only points to calculators",
        _("One vendor's table (95 % confidence, 2 % margin); the guidance only points to calculators"),
    ),
    ("The usual quantile of 95 % confidence", _("The usual quantile of 95 % confidence")),
    (
        "The sources do not say what the sample is drawn from",
        _("The sources do not say what the sample is drawn from"),
    ),
    (
        "The same day as for earlier years; RVO's guidance",
        _("The same day as for earlier years; RVO's guidance"),
    ),
    (
        "The decree as in force; the draft of April 2026 was not in the Staatsblad on 10 October 2026",
        _("The decree as in force; the draft of April 2026 was not in the Staatsblad on 10 October 2026"),
    ),
    (
        "Draft decree of April 2026; 250 is expected from 2027 on",
        _("Draft decree of April 2026; 250 is expected from 2027 on"),
    ),
    (
        "Draft decree of April 2026, intended to work back to 1 January 2026",
        _("Draft decree of April 2026, intended to work back to 1 January 2026"),
    ),
    (
        "Emission factors per passenger kilometre, tank-to-wheel, set for 2025",
        _("Emission factors per passenger kilometre, tank-to-wheel, set for 2025"),
    ),
    ("Own check", _("Own check")),
)
SOURCE_LABELS: dict[str, Promise] = dict(_SOURCES)


def source_label(source: str) -> Promise | str:
    """A shipped source in the language at hand; anything else as it was written."""
    return SOURCE_LABELS.get(source, source)
