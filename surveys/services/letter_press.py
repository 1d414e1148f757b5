"""Letters for many: what is the same for everybody is rendered once, the personal link is put in for each.

A letter is rendered for a pattern person who has a language and a link, and nothing else: whatever a template says
about a person cannot come from another one. It is rendered anew as soon as a row that it is made from has changed.
"""

from dataclasses import dataclass, field, replace

from django.conf import settings

from surveys.domain.mail_kinds import OWN_LINK_MAIL
from surveys.domain.personal_link import personal_token
from surveys.models import Campaign, Employee, Invitation, SurveyWeek
from surveys.services.mail_facts import Facts
from surveys.services.survey_letters import letter_for
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.letters import Letter

MOST_KEPT = 50
Key = tuple[str, int, int, str, str]


@dataclass(kw_only=True)
class LetterPress:
    """The letters of one run of mails."""

    _patterns: dict[Key, Letter | None] = field(default_factory=dict)

    def letter(self, mail: OutgoingMail, facts: Facts) -> Letter | None:
        """The person's letter in the words of this moment; None when there is no text for it."""
        if mail.kind == OWN_LINK_MAIL:
            return letter_for(mail=mail, invitation=_invitation(mail))
        key = (mail.kind, facts.campaign_id, facts.week_id, facts.language, facts.versions)
        if key not in self._patterns:
            if len(self._patterns) >= MOST_KEPT:
                self._patterns.clear()
            self._patterns[key] = letter_for(mail=mail, invitation=_pattern_person(mail, facts))
        pattern = self._patterns[key]
        return pattern and _made_personal(pattern, facts)


def _made_personal(pattern: Letter, facts: Facts) -> Letter:
    own = personal_token(code=facts.invitation, version=facts.link_number, key=settings.LINK_KEY)
    (theirs,) = pattern.secrets
    return replace(
        pattern,
        text=pattern.text.replace(theirs, own),
        html=pattern.html.replace(theirs, own),
        headers={name: value.replace(theirs, own) for name, value in pattern.headers.items()},
        secrets=(own,),
        pattern=pattern,
    )


def _pattern_person(mail: OutgoingMail, facts: Facts) -> Invitation:
    organisation = mail.organisation_id
    campaign = Campaign.objects.select_related("organisation").get(organisation=organisation, pk=facts.campaign_id)
    week = SurveyWeek.objects.get(organisation=organisation, pk=facts.week_id)
    return Invitation(campaign=campaign, week=week, employee=Employee(language=facts.language, address_changes=0))


def _invitation(mail: OutgoingMail) -> Invitation:
    return Invitation.objects.select_related("campaign__organisation", "week", "employee").get(
        organisation=mail.organisation_id, code=mail.reference
    )
