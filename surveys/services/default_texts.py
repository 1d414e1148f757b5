"""The words that a new campaign's mails begin with; HR changes them per campaign."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.enums import TextKind

DEFAULT_SUBJECTS: dict[str, Promise | str] = {
    TextKind.ANNOUNCEMENT: _("Soon we ask how you travel to work"),
    TextKind.INVITATION: _("How did you travel to work? ({minutes})"),
    TextKind.REMINDER: _("Reminder: how did you travel to work? ({minutes})"),
    TextKind.THANKS: _("This is how we travel to work"),
}
DEFAULT_BODIES: dict[str, Promise | str] = {
    TextKind.ANNOUNCEMENT: _(
        "Hello,\n\n"
        "{employer} must report every year how its staff travel to work. That is why we ask you how you travelled "
        "in the week of {week}. It takes about {minutes}.\n\n"
        "On {opens} you get a mail with a personal link. You need not do anything before that, and there is no link "
        "to the questions in this mail.\n\n"
        "You get at most {mails}. Once you have answered, we remind you no more.\n\n"
        "Here you can check whether a mail about this is real:\n{about}\n\n"
        "Thank you,\n{sender}"
    ),
    TextKind.INVITATION: _(
        "Hello,\n\n"
        "{employer} must report every year how its staff travel to work. That is why we ask you how you travelled "
        "in the week of {week}. It takes about {minutes}.\n\n"
        "{link}\n\n"
        "Your answers only go to the government as part of a total. Your manager does not see them.\n\n"
        "You can answer and change your answers until {closes}.\n\n"
        "Thank you,\n{sender}"
    ),
    TextKind.REMINDER: _(
        "Hello,\n\n"
        "You have not yet told us how you travelled to work in the week of {week}. It takes about {minutes} and it "
        "helps {employer} to give a correct total.\n\n"
        "{link}\n\n"
        "You can answer until {closes}.\n\n"
        "Thank you,\n{sender}"
    ),
    TextKind.THANKS: _(
        "Hello,\n\n"
        "We asked you how you travelled to work. Thank you to everybody who answered.\n\n"
        "{result}\n\n"
        "{employer} uses the totals for the yearly report to the government. Nobody there sees who gave which "
        "answer.\n\n"
        "Regards,\n{sender}"
    ),
}
