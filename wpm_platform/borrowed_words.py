"""Sentences of Django and allauth whose Dutch reads differently here: they say `u` or write officially, the product
says `je`.

Naming them makes `manage.py messages` keep our translation, which gettext finds before Django's.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

SENTENCES = (
    _("The email address and/or password you specified are not correct."),
    _("Your old password was entered incorrectly. Please enter it again."),
    _("Your password can’t be too similar to your other personal information."),
    _("Your password can’t be a commonly used password."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    _("This field is required."),
)
