"""What people read about figures that stand out: the figure, what it was compared with, and why it matters."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.domain.plausibility.commute_checks import FEWER
from reporting.domain.plausibility.finding import Check, Finding
from reporting.labels import BLOCK_LABELS, LINE_LABELS
from surveys.domain.calendar import local_date
from surveys.enums import Mode

if TYPE_CHECKING:
    from reporting.selectors.plausibility import AnsweredFinding

NO_BREAK, HUNDRED = "\N{NO-BREAK SPACE}", 100

CHECK_TITLES: dict[Check, Promise] = {
    Check.ASKED_SOME: gettext_lazy("The survey did not ask everybody"),
    Check.NEGATIVE_BUSINESS: gettext_lazy("Less than nothing is left"),
    Check.LEASE_COMMUTE: gettext_lazy("More commuting than the fleet drove"),
    Check.IMPOSSIBLE_DISTANCE: gettext_lazy("Distances that hardly anybody covers"),
    Check.KM_PER_EMPLOYEE: gettext_lazy("Commuting does not fit the postcodes"),
    Check.CHANGE: gettext_lazy("A large change against last year"),
    Check.ZERO_LINE: gettext_lazy("Nothing any more on a line"),
    Check.PUBLIC_TRANSPORT: gettext_lazy("An unusual share of public transport"),
    Check.FUEL_MIX: gettext_lazy("Fuels differ between fleet and survey"),
}
CHECK_REASONS: dict[Check, Promise] = {
    Check.ASKED_SOME: gettext_lazy(
        "These kilometres are the answers of new people, multiplied as if they were everybody. People who joined travel"
        " differently. Take a survey among everybody, or an estimate, for the report."
    ),
    Check.NEGATIVE_BUSINESS: gettext_lazy(
        "Business kilometres cannot be less than 0. Mostly an odometer reading, a contract or the fuel in the survey is"
        " wrong."
    ),
    Check.LEASE_COMMUTE: gettext_lazy(
        "A vehicle cannot commute farther than its odometer. Perhaps vehicles are missing from the fleet list, or"
        " people called their own car one of yours."
    ),
    Check.IMPOSSIBLE_DISTANCE: gettext_lazy(
        "A few such answers can move a whole line. Mostly somebody filled in the way there and back. You cannot see"
        " whose answers these are, and need not."
    ),
    Check.KM_PER_EMPLOYEE: gettext_lazy(
        "Nobody commutes much more than their distance times their days. Much less happens when people work at home a"
        " lot; else answers or postcodes are wrong."
    ),
    Check.CHANGE: gettext_lazy(
        "Whoever compares two years will ask. Good reasons: more or fewer people, a move, other vehicles, another"
        " method."
    ),
    Check.ZERO_LINE: gettext_lazy("A file or a total may have been forgotten. Or the vehicles are gone: then say so."),
    Check.PUBLIC_TRANSPORT: gettext_lazy(
        "Hardly any or nearly all commuting by public transport is rare. It can be right, for instance at a station or"
        " on a business park without a bus."
    ),
    Check.FUEL_MIX: gettext_lazy(
        "The fuel decides the line and the CO2. Perhaps people named another fuel than the fleet list has, or the list"
        " is of another moment."
    ),
}


@dataclass(frozen=True, kw_only=True)
class FindingWords:
    """A finding in the language at hand."""

    title: str
    said: str
    compared: str
    why: str


def finding_words(finding: Finding) -> FindingWords:
    """All that a person needs to judge it."""
    return FindingWords(
        title=str(CHECK_TITLES[finding.check]),
        said=_SAID[finding.check](finding),
        compared=_COMPARED[finding.check](finding.figures),
        why=str(CHECK_REASONS[finding.check]),
    )


def warnings_kept(answered: Iterable["AnsweredFinding"]) -> list[dict[str, Any]]:
    """What a frozen version keeps of its findings and answers, by the part `warning` of the published schema; in Dutch
    and without the names of who answered, which the audit trail has."""
    with translation.override("nl"):
        return [
            {
                **row.finding.to_json(),
                "finding": finding_words(row.finding).said,
                "answer": row.answer.reason,
                "answered_on": local_date(row.answer.answered_at).isoformat(),
            }
            for row in answered
            if row.answer is not None
        ]


def _km(text: str) -> str:
    return number_format(int(text), force_grouping=True).replace("-", "−")


def _share(text: str, *, has_sign: bool = False) -> str:
    points = Decimal(text) * 100
    has_decimal = points != points.to_integral() and abs(points) < HUNDRED
    rounded = abs(points) if has_decimal else abs(points).quantize(Decimal(1), ROUND_HALF_UP)
    shown = number_format(rounded, decimal_pos=1 if has_decimal else 0, force_grouping=True)
    sign = "−" if points < 0 else "+" if has_sign else ""
    return f"{sign}{shown}{NO_BREAK}%"


def _where(finding: Finding) -> str:
    """The line and its block, or the block as a whole."""
    block = "" if finding.block is None else str(BLOCK_LABELS[finding.block])
    if finding.line is None:
        return _("%(block)s, all lines") % {"block": block}
    return f"{LINE_LABELS[finding.line]} ({block[:1].lower()}{block[1:]})"


def _asked_some(finding: Finding) -> str:
    return _("The survey asked who joined since an earlier one: %(asked)s of %(staff)s people.") % {
        "asked": _km(finding.figures["asked"]),
        "staff": _km(finding.figures["staff"]),
    }


def _negative(finding: Finding) -> str:
    return _(
        "%(where)s: of %(total)s km, %(taken)s km of commuting and private use are taken off. That leaves %(left)s km."
    ) % {
        "where": _where(finding),
        "total": _km(finding.figures["total_km"]),
        "taken": _km(finding.figures["taken_off_km"]),
        "left": _km(finding.figures["outcome_km"]),
    }


def _lease(finding: Finding) -> str:
    line, total = str(LINE_LABELS[finding.line]) if finding.line else "", _km(finding.figures["total_km"])
    if "commute_km" not in finding.figures:
        return _(
            "%(line)s: the survey gives more commuting in vehicles that you provide than the %(total)s km that the"
            " fleet drove in all."
        ) % {"line": line, "total": total}
    return _(
        "%(line)s: the survey gives %(commute)s km of commuting in vehicles that you provide, the fleet list"
        " %(total)s km in all."
    ) % {"line": line, "commute": _km(finding.figures["commute_km"]), "total": total}


def _impossible(finding: Finding) -> str:
    named = {"mode": Mode(finding.mode).label.lower(), "limit": finding.figures["limit_km"]}
    if finding.figures["people"] == FEWER:
        return _("Fewer than five people answered farther than %(limit)s km one way: %(mode)s.") % named
    return _("%(people)s or more people answered farther than %(limit)s km one way: %(mode)s.") % {
        **named,
        "people": _km(finding.figures["people"]),
    }


def _per_employee(finding: Finding) -> str:
    return _(
        "%(km)s km of commuting per employee a year. By the postcodes and days a week on the staff list,"
        " %(expected)s km were to be expected (%(difference)s)."
    ) % {
        "km": _km(finding.figures["km"]),
        "expected": _km(finding.figures["expected_km"]),
        "difference": _share(finding.figures["difference"], has_sign=True),
    }


def _change(finding: Finding) -> str:
    figures = finding.figures
    said = _("%(where)s: %(km)s km, in %(year)s %(before)s km (%(change)s).") % {
        "where": _where(finding),
        "km": _km(figures["km"]),
        "year": figures["year_before"],
        "before": _km(figures["km_before"]),
        "change": _share(figures["change"], has_sign=True),
    }
    if "is_other_method" not in figures:
        return said
    other_method = _("The two years were computed by different methods.")
    return f"{said} {other_method}"


def _zero(finding: Finding) -> str:
    before = finding.figures["before"]
    if finding.figures["unit"] == "euro":
        shown = f"{number_format(Decimal(before), decimal_pos=2, force_grouping=True)} euro"
    else:
        shown = f"{_km(before)} km"
    return _("%(where)s: 0, in %(year)s %(before)s.") % {
        "where": _where(finding),
        "year": finding.figures["year_before"],
        "before": shown,
    }


def _public_transport(finding: Finding) -> str:
    return _("Public transport is %(share)s of commuting: %(km)s of %(total)s km.") % {
        "share": _share(finding.figures["share"]),
        "km": _km(finding.figures["km"]),
        "total": _km(finding.figures["total_km"]),
    }


def _fuel_mix(finding: Finding) -> str:
    return _("%(line)s: %(fleet)s of the cars on the fleet list, %(survey)s of commuting in cars that you provide.") % {
        "line": LINE_LABELS[finding.line] if finding.line else "",
        "fleet": _share(finding.figures["in_fleet"]),
        "survey": _share(finding.figures["in_survey"]),
    }


def _headcounts(figures: Mapping[str, str]) -> str:
    return _("Stands out from %(limit)s. Employees: %(now)s, in %(year)s %(before)s.") % {
        "limit": _share(figures["limit"]),
        "now": _km(figures["headcount"]),
        "year": figures["year_before"],
        "before": _km(figures["headcount_before"]),
    }


_SAID: dict[Check, Callable[[Finding], str]] = {
    Check.ASKED_SOME: _asked_some,
    Check.NEGATIVE_BUSINESS: _negative,
    Check.LEASE_COMMUTE: _lease,
    Check.IMPOSSIBLE_DISTANCE: _impossible,
    Check.KM_PER_EMPLOYEE: _per_employee,
    Check.CHANGE: _change,
    Check.ZERO_LINE: _zero,
    Check.PUBLIC_TRANSPORT: _public_transport,
    Check.FUEL_MIX: _fuel_mix,
}
_COMPARED: dict[Check, Callable[[Mapping[str, str]], str]] = {
    Check.ASKED_SOME: lambda figures: _("Compared with everybody who could have been asked."),
    Check.NEGATIVE_BUSINESS: lambda figures: _("Compared with 0 km."),
    Check.LEASE_COMMUTE: lambda figures: _("Compared with odometers and contracts of the fleet list."),
    Check.IMPOSSIBLE_DISTANCE: lambda figures: _("Compared with what is possible for this vehicle."),
    Check.KM_PER_EMPLOYEE: lambda figures: (
        _("Stands out from %(above)s above or %(below)s below.")
        % {"above": _share(figures["above"]), "below": _share(figures["below"])}
    ),
    Check.CHANGE: _headcounts,
    Check.ZERO_LINE: lambda figures: _("Compared with the report of %(year)s.") % {"year": figures["year_before"]},
    Check.PUBLIC_TRANSPORT: lambda figures: (
        _("Stands out below %(least)s and above %(most)s.")
        % {"least": _share(figures["least"]), "most": _share(figures["most"])}
    ),
    Check.FUEL_MIX: lambda figures: (
        _("Stands out from a difference of %(limit)s of the total.") % {"limit": _share(figures["limit"])}
    ),
}
