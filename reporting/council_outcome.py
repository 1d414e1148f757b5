"""The last parts of the summary for the works council: what came out of the latest survey, and how figures are made."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reporting.selectors.council_facts import CouncilFacts
from surveys.domain.published_result import ResultFigures
from surveys.enums import Mode


@dataclass(frozen=True, kw_only=True)
class Section:
    """name: for the address on the page. rows: with as many words as head."""

    name: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def result_section(facts: CouncilFacts) -> Section:
    title = _("Response and result")
    if facts.closed is None:
        return Section(name="result", title=title, paragraphs=(_("No survey is over yet."),))
    if facts.result is None:
        few = _("Fewer than five people answered the latest survey, so there are no figures.")
        return Section(name="result", title=title, paragraphs=(few,))
    said = _("%(name)s: %(answered)s of %(people)s people answered (%(percentage)s %%).") % {
        "name": facts.closed.name,
        "answered": number_format(facts.result.answered),
        "people": number_format(facts.result.people),
        "percentage": facts.result.percentage,
    }
    published = _("Employees can read this result.")
    not_published = _("The result is not published for employees.")
    return Section(
        name="result",
        title=title,
        paragraphs=(said, published if facts.is_published else not_published),
        head=(_("What"), _("Figure")),
        rows=_rows(facts.result),
    )


def method_section(facts: CouncilFacts) -> Section:
    title = _("How the figures come about")
    if facts.report is None:
        return Section(name="method", title=title, paragraphs=(_("There is no report yet."),))
    report = facts.report.report
    named = {"year": report.reporting_year, "entity": report.legal_entity.name}
    first = _("The report on %(year)s of %(entity)s:") % named
    return Section(name="method", title=title, paragraphs=(first, *facts.statement))


def _rows(result: ResultFigures) -> tuple[tuple[str, ...], ...]:
    figures = (
        (_("To work and back in a week, on average per person"), result.mean_km, "km"),
        (_("Working days at home"), result.home_percentage, "%"),
        *((str(Mode(mode).label), share, _("% of the days travelled")) for mode, share in result.shares),
    )
    return tuple((label, f"{number_format(figure)} {unit}") for label, figure, unit in figures if figure is not None)
