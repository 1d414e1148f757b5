"""The rest of a model card in words: what it was made from and how, what it cannot do, and how to check it."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reporting.broad_survey_sentences import BROAD_SURVEY
from reporting.estimation_sentences import METHOD_EXPLANATIONS, advice
from reporting.model_card_labels import (
    FEATURE_LABELS,
    LIMIT_SENTENCES,
    word_of,
)
from reporting.model_card_sections import Card, CardSection, CardTable


def data_section(card: Card) -> CardSection:
    data = card["data"]
    rows = tuple((word_of(FEATURE_LABELS, row["name"]), _missing(row)) for row in data["features"])
    return CardSection(
        name="data",
        title=_("What it was made from"),
        paragraphs=(
            _("%(answers)s of %(people)s invited people answered. The figures are for %(headcount)s employees.")
            % {
                "answers": number_format(data["answers"]),
                "people": number_format(data["population"]),
                "headcount": number_format(data["headcount"]),
            },
            *([_("Weeks: %(weeks)s.") % {"weeks": ", ".join(data["weeks"])}] if data["weeks"] else []),
            _("Names, addresses and staff numbers are not used."),
        ),
        tables=(CardTable(title=_("Data of everybody"), head=(_("Data"), _("Unknown")), rows=rows),),
    )


def _missing(row: Card) -> str:
    if row["missing_share"] is None:
        return _("fewer than five people")
    return f"{number_format(100.0 * row['missing_share'], 1)} %"


def method_section(card: Card) -> CardSection:
    method, employers = card["method"], card["assumptions"]["prior_employers"]
    paragraphs = [word_of(METHOD_EXPLANATIONS, method["code"])]
    if employers is not None:
        paragraphs.append(
            _("The model of other employers rests on %(count)s employers: coefficients only, never their answers.")
            % {"count": number_format(employers)}
        )
    asked = card["assumptions"]["follow_up"]
    if asked is not None:
        paragraphs.append(
            _(
                "%(answers)s people who had not answered told how they travel. By that, cyclists and users of public"
                " transport answered %(lower)s to %(upper)s times as readily as drivers; most likely is %(likeliest)s."
            )
            % {
                "answers": number_format(asked["answers"]),
                **{name: number_format(asked[name], 2) for name in ("lower", "upper", "likeliest")},
            }
        )
    paragraphs.append(_("Formulas and measurements: %(place)s.") % {"place": method["formulas"]})
    return CardSection(
        name="method", title=_("How it is computed"), paragraphs=tuple(paragraphs), items=tuple(method["sources"])
    )


def limits_section(card: Card) -> CardSection:
    items = tuple(word_of(LIMIT_SENTENCES, code) for code in card["limits"])
    return CardSection(name="limits", title=_("What it cannot do"), items=items)


def guard_rails_section(card: Card) -> CardSection:
    items = tuple(caution_words(code) for code in card["guard_rails"])
    nothing = (_("Nothing was out of the ordinary."),)
    return CardSection(
        name="guard-rails", title=_("What to look out for"), paragraphs=() if items else nothing, items=items
    )


def proof_section(card: Card) -> CardSection:
    method, cost = card["method"], card["resources"]
    return CardSection(
        name="proof",
        title=_("What it cost, and how to check it"),
        paragraphs=(
            _(
                "%(seconds)s seconds on one core of a server: about %(energy)s Wh. We assume %(watts)s watts per core,"
                " cooling included; that is not measured."
            )
            % {
                "seconds": number_format(cost["cpu_seconds"], 2),
                "energy": number_format(cost["energy_wh"], 4),
                "watts": number_format(cost["watts_per_core"], 0),
            },
            _("The same data, seed and version always give the same estimate."),
        ),
        facts=(
            (_("Method"), f"{method['code']} {method['version']}"),
            (_("Seed"), str(method["random_state"])),
            (_("Hash of the estimate"), card["estimate_hash"]),
            (_("Hash of this card"), card["card_hash"]),
        ),
    )


def caution_words(code: str) -> str:
    """What is so; a code that this software does not know as it was written."""
    known = advice(code)
    return word_of(BROAD_SURVEY, code) if known is None else str(known.says)
