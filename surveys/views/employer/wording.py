"""The mails of a survey in words, for everybody."""

import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.domain.calendar import local_date
from surveys.domain.dates_in_words import day_in_words, week_in_words
from surveys.enums import MailStepKind
from surveys.selectors.employer_page import AnnouncedSurvey, Employer, MailDay

WHAT_IT_HOLDS: dict[str, Promise | str] = {
    MailStepKind.ANNOUNCEMENT: gettext_lazy("tells what is coming; no personal link"),
    MailStepKind.INVITATION: gettext_lazy("with your personal link"),
    MailStepKind.REMINDER: gettext_lazy("with your personal link, only if you have not answered"),
    MailStepKind.THANKS: gettext_lazy("with the result; no personal link"),
}


def survey_in_words(
    survey: AnnouncedSurvey, *, employer: Employer, language: str | None, now: datetime.datetime
) -> dict[str, Any]:
    """What the page shows of a survey: its weeks, its sender and its mails by day."""
    language = language or "nl"
    first, last = (week_in_words(day, language=language) for day in (survey.monday, survey.last_monday))
    return {
        "weeks": first
        if survey.monday == survey.last_monday
        else _("%(first)s up to and including %(last)s") % {"first": first, "last": last},
        "sender": f"{survey.sender_name} ({employer.name})",
        "is_paused": survey.is_paused,
        "closes": day_in_words(survey.last_day, language=language) if survey.is_open else "",
        "mails": [_mail(mail, language=language, today=local_date(now)) for mail in survey.mails],
    }


def _mail(mail: MailDay, *, language: str, today: datetime.date) -> dict[str, Any]:
    name = MailStepKind(mail.kind).label
    return {
        "name": _("%(reminder)s %(number)s") % {"reminder": name, "number": mail.number} if mail.number else name,
        "day": day_in_words(mail.day, language=language),
        "holds": WHAT_IT_HOLDS[mail.kind],
        "is_past": mail.day < today,
    }
