"""What an audit event keeps beside its action, as facts that people read: `Uitgenodigd: 412`."""

import datetime
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wpm_platform.organisations.enums import MemberRole

FACT_LABELS = {
    "answered": gettext_lazy("Answered"),
    "asked": pgettext_lazy("number of people", "Asked"),
    "asks": gettext_lazy("Who is asked"),
    "campaign": gettext_lazy("Campaign"),
    "cells_changed": gettext_lazy("Figures changed"),
    "contact_email": gettext_lazy("E-mail address for employees' questions"),
    "contact_name": gettext_lazy("Name for employees' questions"),
    "contact_phone": gettext_lazy("Telephone for employees' questions"),
    "changed": pgettext_lazy("number of people", "Changed"),
    "answers_kept_months": gettext_lazy("Months that the rows of a campaign are kept"),
    "drafts": gettext_lazy("Reports that are not frozen"),
    "months": gettext_lazy("Months after the closing"),
    "names_erased": gettext_lazy("Names erased"),
    "birth_years_erased": gettext_lazy("Birth years erased"),
    "until": gettext_lazy("Until"),
    "expires_at": gettext_lazy("Valid until"),
    "fields": gettext_lazy("Changed details"),
    "filed_on": gettext_lazy("Filed on"),
    "group": gettext_lazy("Group"),
    "inputs_hash": gettext_lazy("Fingerprint of the input"),
    "invitations": gettext_lazy("Invitations"),
    "invited": gettext_lazy("Invited"),
    "kind": gettext_lazy("Kind"),
    "kvk_number": gettext_lazy("KvK number"),
    "language": gettext_lazy("Language"),
    "leave_until": gettext_lazy("On leave until (last day)"),
    "left": pgettext_lazy("number of people", "Left"),
    "mails": gettext_lazy("Mails"),
    "mails_withdrawn": gettext_lazy("Mails withdrawn"),
    "mondays": gettext_lazy("Weeks from Monday"),
    "name": gettext_lazy("Name"),
    "name_before": gettext_lazy("Name before"),
    "new": pgettext_lazy("number of people", "New"),
    "next_version": gettext_lazy("Next version"),
    "not_invited": gettext_lazy("Not invited"),
    "people": gettext_lazy("People"),
    "postcode": gettext_lazy("Postcode"),
    "reachable": pgettext_lazy("number of people", "A mail may go to"),
    "reason": gettext_lazy("Reason"),
    "reference": gettext_lazy("Reference"),
    "rejoined": pgettext_lazy("number of people", "Back again"),
    "reply_to": gettext_lazy("Address for answers to survey mail"),
    "reporting_year": gettext_lazy("Reporting year"),
    "requires_second_factor": gettext_lazy("Second step asked at login"),
    "role": gettext_lazy("Role"),
    "role_before": gettext_lazy("Role before"),
    "rows": gettext_lazy("Rows"),
    "rows_at_most": gettext_lazy("Rows at most"),
    "scopes": gettext_lazy("Scopes"),
    "silent": pgettext_lazy("number of people", "Did not answer"),
    "sites_made": gettext_lazy("Sites made"),
    "skipped_rows": gettext_lazy("Rows skipped"),
    "source": gettext_lazy("Source"),
    "stores_birth_years": gettext_lazy("Birth years of employees kept"),
    "stores_names": gettext_lazy("Names of employees kept"),
    "unchanged": pgettext_lazy("number of people", "Unchanged"),
    "value": gettext_lazy("Value"),
    "version": gettext_lazy("Version"),
    "was_member": gettext_lazy("Was a member already"),
    "work_pattern": gettext_lazy("Work pattern"),
    "wrong_rows": gettext_lazy("Rows with mistakes"),
    "yearly_mail_limit": gettext_lazy("Mails a person gets in a year, at most"),
}
KINDS = {
    "announcement": gettext_lazy("Announcement"),
    "csv": gettext_lazy("CSV"),
    "en": gettext_lazy("English"),
    "invitation": gettext_lazy("Invitation"),
    "nl": gettext_lazy("Dutch"),
    "one_week": gettext_lazy("One week"),
    "reminder": gettext_lazy("Reminder"),
    "thanks": gettext_lazy("Thanks"),
    "weekly_panel": gettext_lazy("Several weeks in a row"),
    "staggered_year": gettext_lazy("Several weeks, each person asked about one of them"),
    "xlsx": gettext_lazy("Excel"),
}
REASONS = {
    "by_hand": gettext_lazy("by hand"),
    "bounces": gettext_lazy("too many addresses do not exist"),
    "opt_outs": gettext_lazy("many people asked for no more mail"),
}
ASKS = {
    "anchor": gettext_lazy("A few people drawn by lot"),
    "joiners": gettext_lazy("Only who joined since an earlier survey"),
    "joiners_and_anchor": gettext_lazy("Who joined since an earlier survey, and a few drawn by lot"),
}
WORDS_OF: dict[str, dict[str, Any]] = {"asks": ASKS, "kind": KINDS, "language": KINDS, "reason": REASONS}
ROLES = ("role", "role_before")
FINGERPRINTS = ("inputs_hash",)
SHOWN_OF_FINGERPRINT = 12


class Facts(NamedTuple):
    """plain: what anybody may want to know. exact: what only who checks a figure looks at."""

    plain: list[str]
    exact: list[str]


def event_facts(detail: dict[str, Any], *, names: dict[str, str]) -> Facts:
    """One fact a line. names: what to say instead of a code, see `event_names`. Empty values say nothing."""
    facts = Facts([], [])
    for name, value in detail.items():
        if isinstance(value, dict):
            facts.plain.extend(event_facts(value, names=names).plain)
        elif name in FINGERPRINTS:
            facts.exact.append(f"{_label(name)}: {str(value)[:SHOWN_OF_FINGERPRINT]}…")
        elif value not in (None, "", []):
            facts.plain.append(f"{_label(name)}: {_words(name, value, names=names)}")
    return facts


def _label(name: str) -> str:
    return str(FACT_LABELS.get(name) or name.replace("_", " ").capitalize())


def _words(name: str, value: Any, *, names: dict[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(_words(name, each, names=names) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in ROLES and value in MemberRole.values:
        return str(MemberRole(value).label)
    text = str(value)
    if name == "fields":
        return _label(text)
    kind = WORDS_OF.get(name, {}).get(text, "")
    return str(kind) or names.get(text) or _date(text) or text.replace("_", " ")


def _date(text: str) -> str:
    """The day of an ISO date or moment; empty when it is none."""
    if len(text) < len("2026-03-09") or text[4] != "-":
        return ""
    try:
        return date_format(datetime.datetime.fromisoformat(text), "j F Y")
    except ValueError:
        return ""
