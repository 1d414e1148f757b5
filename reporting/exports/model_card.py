"""The model card as files: JSON by its published schema, the record for the algorithm register, and a PDF to print."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reporting.algorithm_register import RegisterField, register_record
from reporting.model_card_words import card_words
from wpm_platform.printing import pdf_of

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "typst" / "model_card.typ"


@cache
def model_card_schema_bytes() -> bytes:
    """The published JSON Schema, as stored."""
    return (HERE / "model_card.schema.json").read_bytes()


def card_json(card: Mapping[str, Any]) -> bytes:
    """UTF-8, keys sorted, a newline at the end: the same card always gives the same bytes."""
    return _json(card, sort_keys=True)


def register_json(fields: Sequence[RegisterField]) -> bytes:
    """The fields in the order of the standard."""
    return _json(register_record(list(fields)), sort_keys=False)


def card_pdf(card: Mapping[str, Any], *, fields: Sequence[RegisterField], employer: str, about: str) -> bytes:
    """PDF/UA-1, in the language at hand; the same card and language always give the same bytes."""
    words = card_words(card)
    parts = {
        **asdict(words),
        "language": get_language() or "nl",
        "employer": employer,
        "about": about,
        "page_of": _("page {page} of {pages}"),
        "register": {
            "title": _("For the algorithm register"),
            "rows": [[field.title, _shown(field.value)] for field in fields],
        },
    }
    return pdf_of(TEMPLATE, card=parts)


def _shown(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _json(document: Mapping[str, Any], *, sort_keys: bool) -> bytes:
    return f"{json.dumps(document, ensure_ascii=False, indent=2, sort_keys=sort_keys, allow_nan=False)}\n".encode()
