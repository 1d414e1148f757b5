"""A checksum over everything that an estimate follows from: the same checksum means the same result."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from reporting.domain.estimation.survey_people import SurveyPeople

# Changes when what the checksum is made of changes.
LAYOUT = 1


def inputs_hash(*, survey: SurveyPeople, settings: Mapping[str, Any]) -> str:
    """SHA-256 over the people in their canonical order, their answers, and `settings`: seed, version, headcount and
    whatever else the computation takes; values that JSON can hold.

    The order of the rows does not matter; the least change of a value does.
    """
    order = survey.canonical_order()
    people, answers = survey.people.rows(order), survey.answers.rows(order)
    silent = ~people.answered
    # Rows of the silent hold no answer; whatever stands there does not count.
    told = [np.where(silent[:, None], 0.0, table) for table in (people.days, people.week_km, answers.week_km)]
    tables = {
        "answered": people.answered.astype(np.float64),
        "one_way_km": people.one_way_km,
        "work_days": people.work_days,
        **dict(zip(("days", "week_km", "line_km"), told, strict=True)),
        **{f"numeric {name}": column for name, column in people.numeric.items()},
    }
    if survey.usual_modes is not None:
        tables["usual_modes"] = survey.usual_modes[order].astype(np.float64)
    if survey.anchor is not None:
        tables["anchor"] = survey.anchor[order].astype(np.float64)
    head = {
        "layout": LAYOUT,
        "people": people.size,
        "modes": people.modes,
        "lines": answers.lines,
        "line_modes": answers.modes.tolist(),
        "open_lines": sorted(survey.open_lines),
        "categories": {name: list(column) for name, column in people.categorical.items()},
        "tables": sorted(tables),
        # The model card tells of them, also where the site is no feature.
        "sites": None if survey.sites is None else [survey.sites[place] for place in order],
        "settings": dict(settings),
    }
    digest = hashlib.sha256(json.dumps(head, sort_keys=True, allow_nan=False).encode())
    for name in sorted(tables):
        digest.update(_bytes(tables[name]))
    return digest.hexdigest()


def _bytes(table: np.ndarray) -> bytes:
    """Little-endian, one way of writing "unknown" and of writing zero."""
    plain = np.where(np.isnan(table), np.nan, table) + 0.0
    return np.ascontiguousarray(plain, dtype="<f8").tobytes()
