"""Which facts of the staff list an estimation may use, and which never.

Distance and contract days are always used: without them the estimate is the guidance's own. The others HR chooses.
"""

import datetime
import re
from enum import StrEnum


class StaffFeature(StrEnum):
    """A fact about everybody in the survey; the names are those of the estimation's columns."""

    SITE = "site"
    DEPARTMENT = "department"
    FUNCTION = "function"
    HOURS = "monthly_hours"
    PROVISION = "provision"
    TENURE = "tenure"
    AGE = "age"


# Age says nothing about travel that the rest does not say already (docs/estimation.md); function often names a person.
DEFAULT_FEATURES = (StaffFeature.SITE, StaffFeature.DEPARTMENT, StaffFeature.HOURS, StaffFeature.PROVISION)

# Special categories of personal data (GDPR, article 9), what stands for them, and what the Dutch equal treatment acts
# protect. Beginnings of words, in Dutch and English.
_SENSITIVE = (
    *("nation", "etnic", "ethnic", "race", "ras", "afkomst", "herkomst", "origin", "geboorteland", "birthplace"),
    *("language", "taal", "moedertaal", "religi", "geloof", "godsdienst", "kerk", "levensbeschouw", "belief"),
    *("politic", "politiek", "partij", "vakbond", "union", "health", "gezondheid", "ziek", "sick", "illness"),
    *("verzuim", "absence", "leave", "verlof", "handicap", "disab", "beperking", "wajong", "doelgroep", "pregnan"),
    *("mail", "zwanger", "gender", "geslacht", "sex", "seks", "orient", "geaardheid", "marital", "burgerlijk", "gezin"),
    *(
        "family",
        "kinderen",
        "child",
        "bsn",
        "name",
        "naam",
        "email",
        "mail",
        "biometr",
        "genetic",
        "strafblad",
        "criminal",
    ),
)
# The same inside a compound, as Dutch writes them.
_SENSITIVE_PARTS = ("handicap", "beperking", "verzuim", "nationaliteit", "godsdienst", "geslacht", "herkomst", "verlof")
_WORDS = re.compile(r"[a-z]+")

AGE_BANDS = ((25, "under 25"), (35, "25 to 34"), (45, "35 to 44"), (55, "45 to 54"))
OLDEST = "55 and over"
TENURE_BANDS = ((1, "under 1 year"), (3, "1 to 2 years"), (10, "3 to 9 years"))
LONGEST = "10 years and more"
DAYS_PER_YEAR = 365.25


def is_sensitive(name: str) -> bool:
    """Whether a fact of this name says, or stands for, something that nobody may be judged by."""
    words = _WORDS.findall(name.casefold())
    return any(word.startswith(_SENSITIVE) or any(part in word for part in _SENSITIVE_PARTS) for word in words)


def age_band(birth_year: int | None, *, year: int) -> str | None:
    """The age reached in `year`, in bands of ten years, so that no birth year enters the estimation."""
    if birth_year is None:
        return None
    return next((band for limit, band in AGE_BANDS if year - birth_year < limit), OLDEST)


def tenure_band(employed_from: datetime.date | None, *, on: datetime.date) -> str | None:
    """Years employed on a day, in bands; None where the staff list does not say since when."""
    if employed_from is None:
        return None
    years = (on - employed_from).days / DAYS_PER_YEAR
    return next((band for limit, band in TENURE_BANDS if years < limit), LONGEST)
