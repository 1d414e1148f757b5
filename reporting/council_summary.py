"""The summary for the works council in words: what is asked, who sees what, what is kept, and what came out."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.council_outcome import Section, method_section, result_section
from reporting.selectors.council_facts import CouncilFacts
from surveys.enums import MODES_WITH_FUEL, MODES_WITH_PROVIDER, Mode, Whereabouts
from wpm_platform.organisations.enums import MemberRole
from wpm_platform.organisations.permissions import Right, has_right


@dataclass(frozen=True, kw_only=True)
class CouncilSummary:
    title: str
    employer: str
    dated: str
    sections: tuple[Section, ...]


def council_summary(facts: CouncilFacts) -> CouncilSummary:
    """In the language at hand."""
    return CouncilSummary(
        title=_("The travel survey: summary for the works council"),
        employer=facts.organisation.name,
        dated=_("As set on %(day)s") % {"day": date_format(facts.today)},
        sections=(
            _reason(facts),
            _questions(),
            _access(facts),
            _promise(facts),
            _mails(facts),
            _retention(facts),
            _rights(facts),
            result_section(facts),
            method_section(facts),
        ),
    )


def _reason(facts: CouncilFacts) -> Section:
    entities = ", ".join(f"{entity.name} ({_('KvK')} {entity.kvk_number})" for entity in facts.entities)
    return Section(
        name="reason",
        title=_("Why this is asked"),
        paragraphs=(
            _(
                "Larger employers must report each year how many kilometres their people travel to work and for work."
                " The government gets totals per kind of vehicle, and nothing about a person."
            ),
            *([_("It is about: %(entities)s.") % {"entities": entities}] if entities else []),
        ),
    )


def _questions() -> Section:
    named = {
        "modes": _listed(Mode.values, Mode),
        "fuelled": _listed(MODES_WITH_FUEL, Mode),
        "provided": _listed(MODES_WITH_PROVIDER, Mode),
        "places": _listed(Whereabouts.values, Whereabouts),
    }
    return Section(
        name="questions",
        title=_("What is asked"),
        paragraphs=(
            _("About a minute, about one week. Nobody has to answer, and “I don't know any more” is an answer."),
        ),
        items=(
            _("The site, and the distance from home to work. The home postcode is asked to suggest a distance."),
            _("Per day: %(places)s.") % named,
            _("On a day at work, the vehicle of the largest distance: %(modes)s.") % named,
            _("The fuel of: %(fuelled)s.") % named,
            _("Whether the employer provides the vehicle: %(provided)s.") % named,
            _("Whether it was a normal week, and how hard it was to answer (may be skipped)."),
        ),
    )


def _listed(values: Iterable[str], choices: type[Mode] | type[Whereabouts]) -> str:
    return ", ".join(str(choices(value).label).lower() for value in values)


def _access(facts: CouncilFacts) -> Section:
    yes, no = _("yes"), _("no")
    rows = [
        (
            str(MemberRole(role).label),
            number_format(facts.members.get(role, 0)),
            (_("own site") if role == MemberRole.SITE_LEAD else yes) if has_right(role, Right.VIEW_STAFF) else no,
            no,
            yes if has_right(role, Right.VIEW_REPORTS) else no,
        )
        for role in MemberRole.values
    ]
    nobody = "–"
    return Section(
        name="access",
        title=_("Who can see what"),
        paragraphs=(
            _("Who sees the staff list sees there whether somebody answered, never what they answered."),
            _(
                "Groups of fewer than five people are shown nowhere by themselves, and cannot be worked out by"
                " subtraction. The totals per line of the return are what the law asks: they are not rounded."
            ),
        ),
        head=(_("Who"), _("People"), _("Staff list"), _("Answers of a person"), _("Totals")),
        rows=(
            *rows,
            (_("Managers and colleagues"), nobody, no, no, _("published result")),
            (_("Government"), nobody, no, no, _("totals per line")),
        ),
    )


def _promise(facts: CouncilFacts) -> Section:
    kept = facts.campaign is None or facts.campaign.is_confidential
    promise = _(
        "Surveys are confidential: the employer sees that somebody answered, never what. The database refuses everybody"
        " of the employer to read an answer, and the promise cannot be changed once the first answer is in."
    )
    return Section(
        name="promise",
        title=_("Confidential"),
        paragraphs=(
            promise if kept else _("The latest survey is not confidential."),
            _(
                "Whoever opens the row of a person leaves a trace. The person can read it at their own link for"
                " %(days)s days."
            )
            % {"days": facts.read_days},
        ),
    )


def _mails(facts: CouncilFacts) -> Section:
    limit = facts.organisation.yearly_mail_limit
    most = ngettext(
        "A person gets at most %(count)s mail a year.", "A person gets at most %(count)s mails a year.", limit
    )
    paragraphs = [most % {"count": limit}]
    campaign = facts.campaign
    if campaign is not None and campaign.mail_limit is not None:
        paragraphs.append(
            _("In the latest survey, which asks about several weeks: at most %(count)s.")
            % {"count": campaign.mail_limit}
        )
    paragraphs.append(
        _("Who answered gets no reminder. Everybody can stop the reminders with one tap, without giving a reason.")
    )
    return Section(name="mails", title=_("Mails"), paragraphs=tuple(paragraphs))


def _retention(facts: CouncilFacts) -> Section:
    return Section(
        name="retention",
        title=_("How long it is kept"),
        paragraphs=(
            _("Answers and invitations are deleted %(months)s months after a survey closed. Totals stay.")
            % {"months": facts.organisation.answers_kept_months},
            _("The text of a mail is deleted after %(days)s days.") % {"days": facts.mail_days},
            _("Names of employees: %(names)s. Birth years: %(years)s.")
            % {
                "names": _("kept") if facts.organisation.stores_names else _("not kept"),
                "years": _("kept") if facts.organisation.stores_birth_years else _("not kept"),
            },
        ),
        head=(_("Survey"), _("Answers gone on")) if facts.retention else (),
        rows=tuple(
            (
                state.campaign.name,
                _("not while a hold is in force") if state.hold else date_format(state.dates.anonymous_on),
            )
            for state in facts.retention
        ),
    )


def _rights(facts: CouncilFacts) -> Section:
    organisation = facts.organisation
    contact = ", ".join(
        filter(None, (organisation.contact_name, organisation.contact_email, organisation.contact_phone))
    )
    return Section(
        name="rights",
        title=_("What employees can do themselves"),
        items=(
            _(
                "See, change and delete their own answers at their own link."
                " After the survey closed: see and delete them."
            ),
            _("Check whether a mail is real: %(address)s.")
            % {"address": f"{settings.BASE_URL}/e/{organisation.slug}/"},
            _("Ask: %(contact)s.") % {"contact": contact or _("nobody is named yet")},
        ),
    )
