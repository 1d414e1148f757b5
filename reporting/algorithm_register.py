"""The record of an estimate for the Dutch algorithm register, from its model card.

Fields and their names follow the register's publication standard 1.0
(github.com/MinBZK/Algoritmeregister-Publicatiestandaard; names as in MinBZK/Algoritmeregister). What only the employer
knows is marked, never made up. The register takes Dutch, so the record is in Dutch.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.estimation_sentences import METHOD_EXPLANATIONS
from reporting.model_card_background import caution_words
from reporting.model_card_labels import FEATURE_LABELS, LIMIT_SENTENCES, word_of

STANDARD_VERSION = "1.0"
# Names of the standard's fields, as it publishes them.
TITLES: Mapping[str, str] = {
    "name": "Naam",
    "description_short": "Korte omschrijving",
    "organization": "Organisatie",
    "category": "Thema",
    "status": "Status",
    "begin_date": "Begindatum",
    "contact_email": "Contactgegevens",
    "publication_category": "Publicatiecategorie",
    "goal": "Doel en impact",
    "proportionality": "Afwegingen",
    "human_intervention": "Menselijke tussenkomst",
    "risks": "Risicobeheer",
    "lawful_basis": "Wettelijke basis",
    "process_index_url": "Link naar verwerkingsregister",
    "impacttoetsen": "Toelichting op impacttoetsen",
    "source_data": "Gegevens",
    "methods_and_models": "Technische werking",
    "provider": "Leverancier",
    "lang": "Taal",
    "standard_version": "Versie publicatiestandaard",
    "source_id": "Bron-ID",
    "tags": "Zoektermen",
}
BY_EMPLOYER = (
    *("begin_date", "contact_email", "publication_category", "lawful_basis", "process_index_url", "impacttoetsen"),
    "provider",
)
# Methods that take what an earlier survey or other employers taught.
LEARNT_ELSEWHERE = frozenset({"year_two", "prior_offset", "prior_only"})


@dataclass(frozen=True, kw_only=True)
class RegisterField:
    """One field of the record. is_open: the employer fills it in."""

    name: str
    title: str
    value: str | list[str]
    is_open: bool


def register_fields(card: Mapping[str, Any], *, organisation_name: str, source_id: str) -> list[RegisterField]:
    """Every field of the standard that can be told or must be filled in, in its order; in Dutch.

    source_id: how the employer finds this estimate again.
    """
    with translation.override("nl"):
        told: dict[str, str | list[str]] = {
            "name": _("Estimating kilometres of commuting"),
            "description_short": _(
                "Estimates how many kilometres all employees travel from home to work, from the answers of those who"
                " filled in the travel survey. Only totals come out."
            ),
            "organization": organisation_name[:100],
            "category": ["Verkeer"],
            "status": "In gebruik",
            "goal": _(
                "Employers must report each year how many kilometres their people travel. Not everybody fills in the"
                " survey. The algorithm estimates the totals of everybody together, with an interval. Nothing is"
                " decided about a person."
            ),
            "proportionality": _(
                "The plain sum assumes that who does not answer travels like who does. That is off where people from"
                " far away answer less often. The plain sum is always computed too, and is what is reported unless HR"
                " chooses otherwise."
            ),
            "human_intervention": _(
                "HR chooses the data, with a note for the works council, sees both figures with their interval, and"
                " chooses with a reason which one is reported. The choice can be taken back."
            ),
            "risks": _risks(card),
            "source_data": _sources(card),
            "methods_and_models": _workings(card),
            "lang": "nld",
            "standard_version": STANDARD_VERSION,
            "source_id": source_id,
            "tags": _("commuting, travel survey, kilometres, estimate"),
        }
        to_fill_in = _("To be filled in by the employer")
    return [
        RegisterField(name=name, title=title, value=told.get(name, to_fill_in), is_open=name in BY_EMPLOYER)
        for name, title in TITLES.items()
    ]


def register_record(fields: list[RegisterField]) -> dict[str, Any]:
    """The record as the register's API names it, and which fields the employer still has to fill in."""
    return {
        "standard": {"name": "Publicatiestandaard Algoritmeregister", "version": STANDARD_VERSION},
        "to_fill_in": [field.name for field in fields if field.is_open],
        "record": {field.name: field.value for field in fields},
    }


def _risks(card: Mapping[str, Any]) -> str:
    """What it cannot do, and what was out of the ordinary this time."""
    said = [word_of(LIMIT_SENTENCES, code) for code in card["limits"]]
    said += [caution_words(code) for code in card["guard_rails"]]
    return " ".join([*said, _("Figures of fewer than five people are never shown.")])


def _sources(card: Mapping[str, Any]) -> str:
    features = ", ".join(word_of(FEATURE_LABELS, row["name"]).lower() for row in card["data"]["features"])
    weeks = max(1, len(card["data"]["weeks"]))
    return ngettext(
        "Staff list of the employer: %(features)s. Answers to the travel survey: kilometres and vehicle per day of"
        " %(weeks)s week. No names, addresses or staff numbers.",
        "Staff list of the employer: %(features)s. Answers to the travel survey: kilometres and vehicle per day of"
        " %(weeks)s weeks. No names, addresses or staff numbers.",
        weeks,
    ) % {"features": features, "weeks": number_format(weeks)}


def _workings(card: Mapping[str, Any]) -> str:
    method, validation = card["method"], card["validation"]["held_out"]
    said = [word_of(METHOD_EXPLANATIONS, method["code"])]
    totals = [row for row in validation.get("modes", ()) if row["name"] == "total" and row["is_shown"]]
    if totals:
        said.append(
            _("Kilometres of a fifth of the answers, predicted from the others, are about %(error)s %% off.")
            % {"error": number_format(totals[0]["error_percent"], 1)}
        )
    if method["code"] not in LEARNT_ELSEWHERE:
        said.append(_("It does not learn by itself: each estimate starts anew from its own data."))
    sources = "; ".join(method["sources"])
    return " ".join([*said, _("Sources: %(sources)s.") % {"sources": sources}] if sources else said)
