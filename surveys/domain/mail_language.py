"""In which language a mail of a campaign is written, and what that language is called."""

from collections.abc import Collection

from babel import Locale, UnknownLocaleError

from surveys.domain.staff_file import LANGUAGES

# HR words every mail in these; for the other languages of employees there are usual words.
CAMPAIGN_LANGUAGES = ("nl", "en")


def spoken_language(wanted: str, *, written: Collection[str]) -> str:
    """The language for somebody who reads `wanted`, where HR has texts in `written`; empty when there is none at all.

    Our usual words stand in for a language that HR writes nothing in, but only beside a text of the campaign: a kind of
    mail that it leaves out stays out for everybody.
    """
    usual = [wanted] if written and wanted in LANGUAGES and wanted not in CAMPAIGN_LANGUAGES else []
    own = [wanted] if wanted in written else []
    return next(iter([*own, *usual, *(code for code in CAMPAIGN_LANGUAGES if code in written)]), "")


def language_name(code: str, *, reader: str) -> str:
    """Pools, Polish: a language in the reader's language, as it stands at the beginning of a line."""
    try:
        name = Locale.parse(code).get_display_name(reader) or code
    except (UnknownLocaleError, ValueError):
        return code
    return f"{name[:1].upper()}{name[1:]}"
