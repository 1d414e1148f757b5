"""Checks an evidence file from itself alone: its hashes, and every cell computed again from the inputs inside."""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import jsonschema
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from reporting.domain.co2 import co2_indication
from reporting.domain.commute_estimate import canonical_hash
from reporting.domain.least_inputs import figures
from reporting.domain.matrix import Matrix, build_matrix
from reporting.domain.parameter_files import ReportingYearUnknown, load_parameters
from reporting.domain.parameter_reading import parameters_from
from reporting.domain.parameter_units import ADDED_LATER
from reporting.domain.parameters import Parameters
from reporting.domain.plausibility.checks import own_findings
from reporting.domain.plausibility.finding import OWN_CHECKS
from reporting.domain.report_inputs import ReportInputs, inputs_from_json, inputs_hash
from reporting.domain.rvo import RvoBlock, RvoLine
from reporting.domain.survey_sums import SurveyFlag
from reporting.exports.co2 import co2_document
from reporting.exports.estimate import estimate_document
from reporting.exports.evidence import evidence_schema_bytes
from reporting.exports.evidence_zip import DOCUMENT, HASHES, MEMBERS, hash_list, zip_bytes
from reporting.exports.json import cell_document, report_schema_bytes, totals_document

ZIP_ITSELF = "ZIP"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Something in the file that does not agree. where: the member, the cell or the parameter."""

    where: str
    stated: str
    found: str


@dataclass(frozen=True, kw_only=True)
class EvidenceCheck:
    """cells: how many cells were computed again and are equal."""

    cells: int
    differences: tuple[Difference, ...]

    @property
    def is_equal(self) -> bool:
        return not self.differences


def check_evidence(content: bytes) -> EvidenceCheck:
    """All differences, none for a file that agrees with itself. Needs no database, and raises for no content."""
    members, differences = _members(content)
    if DOCUMENT not in members:
        return EvidenceCheck(cells=0, differences=tuple(differences))
    try:
        document = json.loads(members[DOCUMENT])
        jsonschema.validate(
            document, json.loads(evidence_schema_bytes()), cls=Draft202012Validator, registry=_schemas()
        )
    except (ValueError, RecursionError, jsonschema.ValidationError) as error:
        problem = Difference(where=DOCUMENT, stated="schema", found=str(error).partition("\n")[0])
        return EvidenceCheck(cells=0, differences=(*differences, problem))
    found = list(document_differences(document))
    wrong_cells = {difference.where.rpartition(" ")[0] for difference in found if difference.where.startswith("cell ")}
    stated = len(document["report"]["cells"])
    is_computed = not any(difference.where == "inputs" for difference in found)
    return EvidenceCheck(cells=stated - len(wrong_cells) if is_computed else 0, differences=(*differences, *found))


def document_differences(document: Mapping[str, Any]) -> Iterator[Difference]:
    """What the document says against what follows from its own inputs and parameters."""
    report = document["report"]
    try:
        parameters = parameters_from(document["parameters"])
        inputs = inputs_from_json(document["inputs"])
        # The inputs name their version; another text of the parameters is told below and computed with all the same.
        matrix = build_matrix(replace(inputs, parameter_version=parameters.version), parameters)
    except (ValueError, KeyError, TypeError, LookupError) as error:
        yield Difference(where="inputs", stated="", found=f"{type(error).__name__}: {error}")
        return
    yield from _different("inputs_sha256", document["inputs_sha256"], inputs_hash(inputs))
    yield from _card_differences(document, inputs)
    yield from _parameter_differences(document, parameters)
    yield from _header_differences(report, inputs=inputs, parameters=parameters, matrix=matrix)
    yield from _cell_differences(report, matrix)
    yield from _co2_differences(document, inputs=inputs, parameters=parameters, matrix=matrix)
    yield from _warning_differences(document, parameters=parameters, matrix=matrix)
    for stated, total in zip(report["totals"], totals_document(matrix), strict=True):
        yield from _different(f"total {total['block']}", _text(stated), _text(total))


def _header_differences(
    report: Mapping[str, Any], *, inputs: ReportInputs, parameters: Parameters, matrix: Matrix
) -> Iterator[Difference]:
    counted = (cell.derivation.respondents for cell in matrix.block(RvoBlock.COMMUTE))
    weeks = inputs.survey.weeks if inputs.survey else ()
    commute = report["commute"]
    for name, stated, found in (
        ("kvk_number", report["legal_entity"]["kvk_number"], inputs.kvk_number),
        ("reporting_year", report["reporting_year"], inputs.reporting_year),
        ("headcount", report["headcount"], inputs.headcount.counted),
        ("reference_date", report["reference_date"], inputs.headcount.reference_date.isoformat()),
        ("form_version", report["form_version"], parameters.form.version),
        ("is_complete", report["is_complete"], matrix.is_complete),
        ("method", commute["method"], matrix.commute_method.value),
        ("is_mixed", commute["is_mixed"], matrix.is_commute_mixed),
        ("respondents", commute["respondents"], next((count for count in counted if count is not None), 0)),
        ("choice", commute.get("choice"), None if inputs.choice.is_default else inputs.choice.to_json()),
        ("estimate", commute.get("estimate"), estimate_document(inputs.estimate) if inputs.estimate else None),
        ("survey_weeks", commute["survey_weeks"], [week.week_from.isoformat() for week in weeks]),
    ):
        yield from _different(f"report {name}", stated, found)


def _card_differences(document: Mapping[str, Any], inputs: ReportInputs) -> Iterator[Difference]:
    """The model card against the hash that the inputs name; a report of the guidance's figures has neither."""
    card = document.get("model_card")
    stated = inputs.estimate.card_hash if inputs.estimate else None
    yield from _different("model_card", stated, None if card is None else canonical_hash(card))


def _cell_differences(report: Mapping[str, Any], matrix: Matrix) -> Iterator[Difference]:
    for stated, cell in zip(report["cells"], figures(matrix), strict=True):
        computed = cell_document(cell)
        place = f"cell {cell.block.value}/{cell.line.number} ({cell.block.code}, {cell.line.value})"
        for key, value in computed.items():
            yield from _different(f"{place} {key}", _text(stated.get(key)), _text(value))


def _co2_differences(
    document: Mapping[str, Any], *, inputs: ReportInputs, parameters: Parameters, matrix: Matrix
) -> Iterator[Difference]:
    """The indication, where the file has one; which lines hold hybrids without a plug stands in the remarks."""
    stated = document["report"].get("co2")
    if stated is None:
        return
    remarks = document["line_remarks"]
    assumed = frozenset(RvoLine(row["line"]) for row in remarks if row["remark"] == SurveyFlag.ASSUMED_LINE)
    found = co2_document(co2_indication(matrix, business=inputs.business, assumed_lines=assumed, parameters=parameters))
    for key, value in found.items():
        yield from _different(f"co2 {key}", _text(stated.get(key)), _text(value))


def _warning_differences(
    document: Mapping[str, Any], *, parameters: Parameters, matrix: Matrix
) -> Iterator[Difference]:
    """What stands out of the 44 cells alone must be among the warnings, and no other finding of those checks."""
    facts = document["facts"]
    if facts is None or not parameters.values.keys() >= ADDED_LATER:
        return
    stated = [
        _text({"line": row.get("line"), "block": row.get("block"), "figures": row["figures"], "code": row["code"]})
        for row in facts["warnings"]
        if row["code"] in OWN_CHECKS
    ]
    found = [
        _text({"line": row.line, "block": row.block, "figures": dict(row.figures), "code": row.check})
        for row in own_findings(matrix, parameters)
    ]
    for finding in sorted({*stated} ^ {*found}):
        yield Difference(
            where="facts warnings",
            stated=finding if finding in stated else "",
            found=finding if finding in found else "",
        )


def _parameter_differences(document: Mapping[str, Any], parameters: Parameters) -> Iterator[Difference]:
    """The stated version is a hash over the parameters' text; which of them differ, the shipped files tell."""
    stated = document["report"]["parameter_version"]
    yield from _different("parameters version", stated, parameters.version)
    yield from _different("inputs parameter_version", document["inputs"]["parameter_version"], stated)
    try:
        shipped = load_parameters(reporting_year=document["report"]["reporting_year"]).document
    except ReportingYearUnknown:
        return
    if stated == parameters.version:
        return
    for key, row in document["parameters"]["values"].items():
        if not row.get("is_entered"):
            yield from _different(f"parameter {key}", _text(row), _text(shipped["values"].get(key)))
    for part in ("thresholds", "form"):
        yield from _different(f"parameter {part}", _text(document["parameters"].get(part)), _text(shipped[part]))


def _members(content: bytes) -> tuple[dict[str, bytes], list[Difference]]:
    members: dict[str, bytes] = {}
    differences = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name not in {*MEMBERS, HASHES}:
                    differences.append(Difference(where=name, stated="", found="not part of the evidence"))
                    continue
                # All that zipfile raises over a part that was tampered with; below, over the whole.
                try:
                    members[name] = archive.read(name)
                except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
                    differences.append(Difference(where=name, stated="", found=f"damaged: {error}"))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        return {}, [Difference(where=ZIP_ITSELF, stated="", found=str(error))]
    differences += _hash_differences(members)
    if not differences and zip_bytes(members) != content:
        differences.append(Difference(where=ZIP_ITSELF, stated="", found="written by something else"))
    return members, differences


def _hash_differences(members: Mapping[str, bytes]) -> Iterator[Difference]:
    lines = members.get(HASHES, b"").decode("utf-8", "replace").splitlines()
    stated = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name in MEMBERS:
        found = hashlib.sha256(members[name]).hexdigest() if name in members else "missing"
        yield from _different(name, stated.get(name, "no hash"), found)
    if not lines or members[HASHES] != hash_list({name: members.get(name, b"") for name in MEMBERS}):
        yield Difference(where=HASHES, stated="", found="does not agree with the files")


def _different(where: str, stated: object, found: object) -> Iterator[Difference]:
    if stated != found:
        yield Difference(where=where, stated=str(stated), found=str(found))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _schemas() -> Registry[Any]:
    schema = json.loads(report_schema_bytes())
    return Registry().with_resource(schema["$id"], Resource.from_contents(schema))
