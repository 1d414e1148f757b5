"""What the check of the sender found, and what to do about it, for people who do not know DNS."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wpm_platform.mailing.domain.sender_check import Finding, Verdict
from wpm_platform.mailing.services.sender_check import SenderCheck

WHAT_IT_IS: dict[str, Promise | str] = {
    "SPF": _("says which servers may send mail for this domain"),
    "DKIM": _("lets receivers check that nobody changed the mail on its way"),
    "DMARC": _("tells receivers what to do with mail that somebody else sends in this name"),
}
SENTENCES: dict[Finding, Promise | str] = {
    Finding.NO_ANSWER: _("No name server answered. Look again in a minute; mail leaves all the same."),
    Finding.SPF_GOOD: _("In order."),
    Finding.SPF_MISSING: _(
        "There is no SPF record, so receivers may take the mail for unwanted. Ask the manager of the domain to add a "
        "TXT record that begins with v=spf1, names the mail server and ends in -all."
    ),
    Finding.SPF_TWICE: _(
        "There are several SPF records, and then receivers use none. Ask the manager of the domain to make one of them."
    ),
    Finding.SPF_OPEN: _(
        "The SPF record lets every server in the world send in this name (+all). Ask the manager of the domain to end "
        "it in -all."
    ),
    Finding.SPF_ENDLESS: _(
        "The SPF record does not say what holds for other servers. Ask the manager of the domain to end it in -all or "
        "~all."
    ),
    Finding.DKIM_GOOD: _("In order."),
    Finding.DKIM_UNKNOWN: _(
        "It is not known under which name (selector) the key stands. Ask the manager of this platform to set "
        "WPM_DKIM_SELECTOR."
    ),
    Finding.DKIM_MISSING: _(
        "There is no DKIM key here, so the signature of the mails cannot be checked. Ask the manager of the domain to "
        "add the TXT record that the mail server or mail provider gives."
    ),
    Finding.DKIM_REVOKED: _(
        "The DKIM key was withdrawn: its record is empty. Ask the manager of the domain to put the present key there."
    ),
    Finding.DKIM_BROKEN: _(
        "The DKIM key cannot be read; probably it was not copied as a whole. Ask the manager of the domain to copy it "
        "again."
    ),
    Finding.DMARC_GOOD: _("In order."),
    Finding.DMARC_WATCHES: _(
        "In order. Receivers only report (p=none) and let forged mail through; p=quarantine is better once the reports "
        "are clean."
    ),
    Finding.DMARC_MISSING: _(
        "There is no DMARC record; large mail providers ask for one. Ask the manager of the domain to add a TXT "
        "record, to begin with: v=DMARC1; p=none."
    ),
    Finding.DMARC_TWICE: _(
        "There are several DMARC records, and then receivers use none. Ask the manager of the domain to keep one."
    ),
    Finding.DMARC_BROKEN: _(
        "The DMARC record has no policy that receivers know. Ask the manager of the domain to write p=none, "
        "p=quarantine or p=reject in it."
    ),
}
VERDICTS: dict[Verdict, Promise | str] = {
    Verdict.GOOD: _("In order"),
    Verdict.BAD: _("Not in order"),
    Verdict.UNCHECKED: _("Could not be checked"),
}


def sender_in_words(found: SenderCheck) -> dict[str, Any]:
    """The check for a page: the verdict in a word, and a line for each of the three."""
    return {
        "domain": found.domain,
        "verdict": found.verdict.value,
        "word": VERDICTS[found.verdict],
        "lines": [
            {
                "name": check.name,
                "meaning": WHAT_IT_IS[check.name],
                "verdict": check.verdict.value,
                "word": VERDICTS[check.verdict],
                "sentence": SENTENCES[check.finding],
                "place": check.place,
                "record": check.record,
            }
            for check in found.checks
        ],
    }
