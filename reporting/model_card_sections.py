"""The parts of a model card in words: what was checked, what it was made from, what it cannot do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from reporting.domain.rvo import RvoLine
from reporting.labels import LINE_LABELS
from reporting.model_card_labels import (
    FEATURE_LABELS,
    HIDDEN_WORDS,
    REASON_SENTENCES,
    VEHICLE_LABELS,
    word_of,
)

Card = Mapping[str, Any]
Row = tuple[str, ...]
DASH = "–"


@dataclass(frozen=True, kw_only=True)
class CardTable:
    """The first column is text, the others are figures."""

    title: str
    head: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class CardSection:
    """name: for the address on the page. facts: pairs of a name and a value, such as a hash."""

    name: str
    title: str
    paragraphs: Row = ()
    items: Row = ()
    tables: tuple[CardTable, ...] = ()
    facts: tuple[Row, ...] = ()


def refusal(part: Card) -> str:
    """Why the answers cannot carry this part."""
    return word_of(REASON_SENTENCES, part["reason"]) % {"answers": number_format(part["answers"])}


def _is_known(part: Card) -> bool:
    return bool(part["status"] == "known")


def held_out_section(card: Card) -> CardSection:
    part, title = card["validation"]["held_out"], _("Answers that were left out")
    if not _is_known(part):
        return CardSection(name="held-out", title=title, paragraphs=(refusal(part),))
    head = (_("Vehicle"), _("All together"), _("A fifth of the answers"))
    tables = [
        CardTable(title=_("Per vehicle"), head=head, rows=tuple(_errors(part["modes"], VEHICLE_LABELS))),
        CardTable(title=_("Per line of the form"), head=head, rows=tuple(_errors(part["lines"], LINE_LABELS))),
    ]
    sites = part["sites"]
    if sites["shown"]:
        rows = ((row["name"], number_format(row["answers"]), _signed(row["bias_percent"])) for row in sites["shown"])
        site_head = (_("Site"), _("Answers"), _("All together"))
        tables.append(CardTable(title=_("Per site"), head=site_head, rows=tuple(rows)))
    hidden = (_("Sites with too few answers are not shown: %(count)s.") % {"count": sites["hidden"]},)
    return CardSection(
        name="held-out",
        title=title,
        paragraphs=(
            _(
                "“All together” says whether the method is too high (+) or too low (−) when every answer is left out"
                " once. “A fifth” says how far the kilometres of one part usually are off. A vehicle that few people"
                " use is always far off."
            ),
            *(hidden if sites["hidden"] else ()),
        ),
        tables=tuple(tables),
    )


def _errors(rows: Iterable[Card], labels: Mapping[Any, Any]) -> Iterable[Row]:
    """What few people use stands together in the last row, under its names."""
    hidden: dict[str, list[str]] = {}
    for row in rows:
        name = str(labels.get(_line(row["name"]), labels.get(row["name"], row["name"])))
        if row["is_shown"]:
            yield name, _signed(row["bias_percent"]), f"{number_format(row['error_percent'], 1)} %"
        else:
            hidden.setdefault(row["reason"], []).append(name)
    for reason, names in hidden.items():
        yield f"{'; '.join(names)}: {word_of(HIDDEN_WORDS, reason)}", DASH, DASH


def _line(name: str) -> RvoLine | None:
    return RvoLine(name) if name in set(RvoLine) else None


def _signed(value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{number_format(abs(value), 1)} %"


def _points(share: float) -> str:
    return f"{number_format(100.0 * share, 0)} %"


def calibration_section(card: Card) -> CardSection:
    part, title = card["validation"]["calibration"], _("Do predicted shares come true?")
    if not _is_known(part):
        return CardSection(name="calibration", title=title, paragraphs=(refusal(part),))
    shown = [mode for mode in part["modes"] if mode["is_shown"]]
    head = (_("Predicted share"), _("Answers"), _("Predicted on average"), _("Told on average"))
    return CardSection(
        name="calibration",
        title=title,
        paragraphs=(
            _(
                "When the model says for a group of people that 30 % of their days go by bicycle, it should be about"
                " 30 %. The distance between what was predicted and what was told:"
            ),
        ),
        tables=(
            CardTable(
                title=_("Mean distance"),
                head=(_("Vehicle"), _("Percentage points")),
                rows=tuple((word_of(VEHICLE_LABELS, mode["name"]), _tenths(mode["error"])) for mode in shown),
            ),
            *(
                CardTable(
                    title=word_of(VEHICLE_LABELS, mode["name"]),
                    head=head,
                    rows=tuple(
                        (
                            f"{_points(row['from'])} – {_points(row['to'])}",
                            number_format(row["answers"]),
                            _points(row["predicted"]),
                            _points(row["observed"]),
                        )
                        for row in mode["bins"]
                    ),
                )
                for mode in shown
            ),
        ),
    )


def _tenths(share: float) -> str:
    return number_format(100.0 * share, 1)


def importance_section(card: Card) -> CardSection:
    part, title = card["validation"]["importance"], _("Which data matter?")
    if not _is_known(part):
        return CardSection(name="importance", title=title, paragraphs=(refusal(part),))
    rows = tuple((word_of(FEATURE_LABELS, row["name"]), _worse(row, part["loss"])) for row in part["features"])
    return CardSection(
        name="importance",
        title=title,
        paragraphs=(
            _(
                "Each time the values of one kind of data were dealt out at random over the people. How much worse did"
                " the prediction become? Data that do not help can be left out next time."
            ),
        ),
        tables=(CardTable(title=_("Without these data"), head=(_("Data"), _("Prediction is worse by")), rows=rows),),
    )


def _worse(row: Card, loss: float) -> str:
    if row["is_constant"]:
        return _("the same for everybody")
    part = 100.0 * max(0.0, row["loss_increase"]) / loss if loss > 0 else 0.0
    return _("does not help") if part < 0.05 else f"{number_format(part, 1)} %"


def who_answers_section(card: Card) -> CardSection:
    part, title = card["validation"]["propensities"], _("Who answers?")
    if not _is_known(part):
        return CardSection(name="propensities", title=title, paragraphs=(refusal(part),))
    rows = tuple(
        (
            f"{_points(row['from'])} – {_points(row['to'])}",
            number_format(row["people"]),
            number_format(row["answered"]),
        )
        for row in part["bins"]
    )
    return CardSection(
        name="propensities",
        title=title,
        paragraphs=(
            _("The answer that counts most stands for %(weight)s people. Above 30, a simpler method takes over.")
            % {"weight": number_format(part["largest_weight"], 1)},
        ),
        tables=(
            CardTable(
                title=_("How likely people are to answer, by their data"),
                head=(_("Chance to answer"), _("People"), _("Answered")),
                rows=rows,
            ),
        ),
    )
