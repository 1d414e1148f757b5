"""Choices that files spell in many ways: kinds of contract, languages, yes and no."""

import re
from collections.abc import Mapping

from surveys.domain.staff_file.errors import CellError
from surveys.domain.staff_file.text import words_of


def _by_spelling(spellings: Mapping[str, str]) -> dict[str, str]:
    """Spellings, separated by commas, per code → code per spelling, without spaces and punctuation."""
    return {
        "".join(words_of(spelling)): code
        for code, listed in spellings.items()
        for spelling in (code, *listed.split(","))
    }


CONTRACT_KINDS = _by_spelling(
    {
        "permanent": "vast, vast contract, vast dienstverband, vaste dienst, in vaste dienst, vaste aanstelling, "
        "onbepaald, onbepaalde tijd, voor onbepaalde tijd, contract onbepaalde tijd, contract voor "
        "onbepaalde tijd, arbeidsovereenkomst onbepaalde tijd, arbeidsovereenkomst voor onbepaalde "
        "tijd, dienstverband onbepaalde tijd, aanstelling onbepaalde tijd, ambtenaar, permanent "
        "contract, permanent employee, indefinite, open ended, indefinite term, OT, OBT",
        "fixed_term": "tijdelijk, tijdelijk contract, tijdelijk dienstverband, tijdelijke dienst, tijdelijke "
        "aanstelling, bepaald, bepaalde tijd, voor bepaalde tijd, contract bepaalde tijd, contract "
        "voor bepaalde tijd, jaarcontract, arbeidsovereenkomst bepaalde tijd, arbeidsovereenkomst "
        "voor bepaalde tijd, dienstverband bepaalde tijd, aanstelling bepaalde tijd, tijdelijk met "
        "uitzicht op vast, projectcontract, bbl, leerling, leerling bbl, leerwerkovereenkomst, "
        "temporary, temporary contract, fixed term contract, fixed, definite, BT",
        "seasonal": "seizoen, seizoenswerk, seizoenswerker, seizoenskracht, seizoensarbeider, seizoenscontract, "
        "seasonal worker, seasonal contract",
        "on_call": "oproep, oproepkracht, oproepcontract, oproepovereenkomst, nul uren, nuluren, nul uren "
        "contract, 0 uren, 0 uren contract, 0 uur, 0 uurs contract, nulurencontract, afroep, "
        "afroepkracht, invalkracht, zero hours, zero hours contract, zero hour, on call worker, on "
        "call contract, casual",
        "agency_clause": "uitzendbeding, met uitzendbeding, uitzendovereenkomst met uitzendbeding, fase A, agency "
        "worker with clause, agency clause contract",
        "hired_temp": "uitzendkracht, uitzend, uitzendbureau, uitzendovereenkomst, inhuur, ingehuurd, externe "
        "inhuur, inhuurkracht, extern, externe, payroll, payroller, payrollkracht, temp, temp worker, "
        "agency, agency worker, hired, contingent worker",
        "seconded_in": "gedetacheerd van buiten, gedetacheerd van extern, detachering in, detachering inkomend, "
        "ingeleend, inleen, inlener, inleenkracht, detacheringskracht, seconded to us, secondment in, "
        "secondee",
        "seconded_internally": "intern gedetacheerd, interne detachering, detachering intern, internal secondment",
        "self_employed": "zzp, zzper, zelfstandige, zelfstandig, zelfstandige zonder personeel, freelance, freelancer, "
        "opdrachtovereenkomst, overeenkomst van opdracht, self employed person, independent "
        "contractor",
        "volunteer": "vrijwilliger, vrijwilligster, vrijwilligersovereenkomst, vrijwilligerswerk, voluntary",
        "intern": "stagiair, stagiaire, stage, stageovereenkomst, stagecontract, bol, leerling bol, "
        "afstudeerder, internship, trainee internship",
        "political_office": "wethouder, raadslid, gemeenteraadslid, burgerraadslid, statenlid, gedeputeerde, politiek "
        "ambtsdrager, politieke ambtsdrager, bestuurder politiek, councillor, councilor, alderman, "
        "elected official, politician",
    }
)
_UNCLEAR_SECONDMENTS = frozenset({"gedetacheerd", "gedetacheerde", "detachering", "seconded", "secondment", "detavast"})

LANGUAGES = ("nl", "en", "pl", "de", "ro", "bg", "uk", "tr", "ar", "es", "pt", "fr")
_LANGUAGE_NAMES = _by_spelling(
    {
        "nl": "Nederlands, Nederlandstalig, Dutch, ned, nld, dut, Hollands, Vlaams, NL",
        "en": "Engels, English, eng, GB, Engelstalig",
        "pl": "Pools, Polish, pol, polski",
        "de": "Duits, German, Deutsch, deu, ger, du",
        "ro": "Roemeens, Romanian, ron, rum, română",
        "bg": "Bulgaars, Bulgarian, bul, български",
        "uk": "Oekraïens, Ukrainian, ukr, UA, українська",
        "tr": "Turks, Turkish, tur, Türkçe",
        "ar": "Arabisch, Arabic, ara, العربية",
        "es": "Spaans, Spanish, spa, español, castellano",
        "pt": "Portugees, Portuguese, por, português",
        "fr": "Frans, French, fra, fre, français",
    }
)

_LANGUAGE_AND_REGION = re.compile(r"([a-z]{2,3})[-_][a-z]{2,4}", re.ASCII | re.IGNORECASE)

_YES = frozenset({"ja", "j", "yes", "y", "x", "1", "true", "waar", "v", "✓", "✔", "☑"})
_NO = frozenset({"nee", "n", "no", "0", "false", "onwaar", "☐"})


def read_contract_kind(text: str) -> str:
    """A code of ContractKind. Raises CellError `unclear_secondment` (by whom, to whom?) or `unknown_contract_kind`."""
    spelling = "".join(words_of(text))
    code = CONTRACT_KINDS.get(spelling)
    if code is None:
        raise CellError("unclear_secondment" if spelling in _UNCLEAR_SECONDMENTS else "unknown_contract_kind")
    return code


def read_language(text: str) -> str:
    """A code of LANGUAGES from a code (`nl`, `nl-NL`) or a name. Raises CellError `unknown_language`."""
    region = _LANGUAGE_AND_REGION.fullmatch(text)
    code = _LANGUAGE_NAMES.get("".join(words_of(region.group(1) if region else text)))
    if code is None:
        raise CellError("unknown_language")
    return code


def read_yes_or_no(text: str) -> bool:
    """Yes or no in Dutch and English, a cross or a tick, 1 or 0. Raises CellError `not_yes_or_no`."""
    answer = text.casefold().rstrip(".")
    if answer in _YES:
        return True
    if answer in _NO:
        return False
    raise CellError("not_yes_or_no")
