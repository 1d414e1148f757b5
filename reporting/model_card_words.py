"""A model card in words, for its page and its PDF: first how good the model is, then everything behind it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reporting.model_card_background import (
    data_section,
    guard_rails_section,
    limits_section,
    method_section,
    proof_section,
)
from reporting.model_card_sections import (
    DASH,
    Card,
    CardSection,
    Row,
    calibration_section,
    held_out_section,
    importance_section,
    refusal,
    who_answers_section,
)


@dataclass(frozen=True, kw_only=True)
class Tile:
    label: str
    value: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class CardWords:
    title: str
    lead: Row
    tiles: tuple[Tile, ...]
    sections: tuple[CardSection, ...]


def card_words(card: Card) -> CardWords:
    """In the language at hand."""
    return CardWords(
        title=_("How good is this model?"),
        lead=tuple(_lead(card)),
        tiles=_tiles(card),
        sections=(
            held_out_section(card),
            calibration_section(card),
            importance_section(card),
            who_answers_section(card),
            data_section(card),
            method_section(card),
            limits_section(card),
            guard_rails_section(card),
            proof_section(card),
        ),
    )


def _lead(card: Card) -> Iterable[str]:
    figures, error = card["figures"], _total_error(card)
    if figures["km"] is not None and figures["lower"] is not None:
        yield _(
            "All employees together travel %(km)s km a year from home to work and back. The true number lies between"
            " %(lower)s and %(upper)s km with 95 %% certainty."
        ) % {name: number_format(figures[name]) for name in ("km", "lower", "upper")}
    if error is not None:
        yield _(
            "We left out a fifth of the answers each time and let the method predict them from the others. Their"
            " kilometres together came out about %(error)s %% off."
        ) % {"error": number_format(error, 1)}
    else:
        yield refusal(card["validation"]["held_out"])
    if card["assumptions"]["ready_modes"]:
        yield _(
            "What no model can see is whether people who do not answer travel otherwise than people like them who do."
            " So the interval is wide enough for cyclists and users of public transport who answer up to %(ratio)s"
            " times as readily as drivers."
        ) % {"ratio": _ratio(card["assumptions"]["odds_ratio"]["to"])}


def _ratio(value: float) -> str:
    return number_format(round(value, 2), 0 if value == round(value) else 2)


def _tiles(card: Card) -> tuple[Tile, ...]:
    figures, data, error = card["figures"], card["data"], _total_error(card)
    return (
        Tile(
            label=_("Interval"),
            value=_width(figures),
            hint=_("Half the interval, as a part of the estimate: 95 % certain."),
        ),
        Tile(
            label=_("Off on answers left out"),
            value=DASH if error is None else f"{number_format(error, 1)} %",
            hint=_("Kilometres of a fifth of the answers, predicted from the others."),
        ),
        Tile(
            label=_("Answers"),
            value=number_format(data["answers"]),
            hint=_("Of %(people)s people. They say as much as %(effective)s answers of equal weight.")
            % {
                "people": number_format(data["population"]),
                "effective": number_format(figures["effective_answers"], 0),
            },
        ),
    )


def _width(figures: Card) -> str:
    if not figures["km"] or figures["lower"] is None:
        return DASH
    half = 50.0 * (figures["upper"] - figures["lower"]) / figures["km"]
    return f"± {number_format(half, 1)} %"


def _total_error(card: Card) -> float | None:
    for row in card["validation"]["held_out"].get("modes", ()):
        if row["name"] == "total" and row["is_shown"]:
            return float(row["error_percent"])
    return None
