"""The rest of the printed report: the method in sentences, who was counted and asked, parameters and hashes."""

import datetime
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reporting.domain.parameters import Parameter
from reporting.domain.plausibility.finding import finding_from_json
from reporting.domain.report_inputs import inputs_hash
from reporting.exports.evidence import Evidence
from reporting.exports.exported_report import ReportLabels
from reporting.labels import SETTING_VALUE_LABELS
from reporting.parameter_labels import PARAMETER_LABELS
from reporting.plausibility_sentences import finding_words
from reporting.source_labels import source_label
from reporting.staff_labels import CERTAINTY_LABELS, HEADCOUNT_LABELS
from surveys.enums import MailStepKind
from surveys.selectors.exclusion_labels import EXCLUSION_LABELS
from wpm_platform.mailing.enums import MailState

Words = Mapping[Any, Promise]


def facts_parts(evidence: Evidence, labels: ReportLabels) -> dict[str, Any]:
    """What the template's last pages show; parts that were not kept are None."""
    facts = evidence.facts
    survey = facts["survey"] if facts else None
    return {
        "method": {"title": _("How the figures came about"), "paragraphs": list(evidence.statement)},
        "counted": None
        if facts is None
        else {
            "title": _("Who counts on the reference date"),
            "head": [_("On the staff list, but not counted"), _("People")],
            "rows": _reasons(facts["headcount_excluded"], HEADCOUNT_LABELS),
            "none": _("Everybody on the staff list counts."),
        },
        "asked": None if survey is None else _asked(survey),
        "sites": None if survey is None else _sites(survey["sites"]),
        "mails": None if survey is None else _mails(survey["mails"]),
        "warnings": None if facts is None else _warnings(facts["warnings"]),
        "parameters": _parameters(evidence, labels),
        "proof": _proof(evidence, labels),
    }


def _reasons(shielded: Mapping[str, Any], words: Words) -> list[list[str]]:
    rows = [[str(words.get(row["reason"], row["reason"])), number_format(row["people"])] for row in shielded["groups"]]
    others = shielded["others"]
    if others:
        named = ", ".join(str(words.get(reason, reason)).lower() for reason in others["reasons"])
        people = others["people"] if isinstance(others["people"], str) else number_format(others["people"])
        rows.append([_("Together: %(reasons)s") % {"reasons": named}, people.replace("<", "< ")])
    return rows


def _asked(survey: Mapping[str, Any]) -> dict[str, Any]:
    facts = [
        [_("Invited"), number_format(survey["invited"])],
        [_("Answered"), _answered(survey["answered"], survey["invited"])],
        [
            _("Margin that was reached, of a yes/no share at %(confidence)s confidence")
            % {"confidence": _percentage(survey["confidence"])},
            "–" if survey["reached_margin"] is None else f"± {_percentage(survey['reached_margin'])}",
        ],
        [
            _("Answers for a margin of %(margin)s (no rule asks for it)")
            % {"margin": f"± {_percentage(survey['wanted_margin'])}"},
            number_format(survey["required"]),
        ],
    ]
    return {
        "title": _("Who was asked, and who answered"),
        "facts": facts,
        "head": [_("On the staff list, but not asked"), _("People")],
        "rows": _reasons(survey["left_out"], EXCLUSION_LABELS),
        "none": _("Everybody on the staff list was asked."),
    }


def _sites(sites: Mapping[str, Any]) -> dict[str, Any]:
    rows = [
        [group["site"], number_format(group["people"]), _answered(group["answered"], group["people"])]
        for group in sites["groups"]
    ]
    if sites["rest"]:
        rest = sites["rest"]
        rows.append(
            [
                _("Other sites together (%(count)s)") % {"count": sites["hidden_groups"]},
                number_format(rest["people"]),
                _answered(rest["answered"], rest["people"]),
            ]
        )
    return {
        "title": _("Response per site"),
        "head": [_("Site"), _("Invited"), _("Answered")],
        "rows": rows,
        "say": _("Sites of fewer than five people stand together with others, so that nobody can be recognised."),
        "none": _("Not shown per site: at a site there are fewer than five people of one of the legal entities."),
    }


def _mails(mails: list[Mapping[str, Any]]) -> dict[str, Any]:
    kinds = {kind.value: kind.label for kind in MailStepKind}
    states = {state.value: state.label for state in MailState}
    return {
        "title": _("Mails"),
        "head": [_("Mail"), _("What became of it"), _("How many")],
        "rows": [
            [
                str(kinds.get(row["kind"], _("Other mail"))),
                str(states.get(row["state"], row["state"])),
                number_format(row["mails"]),
            ]
            for row in mails
        ],
        "none": _("No mails were sent from the platform."),
    }


def _warnings(warnings: list[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "title": _("What stood out before freezing, and the answer"),
        "rows": [[_said(warning), warning["answer"]] for warning in warnings],
        "head": [_("What stood out"), _("Answer of the employer")],
        "none": _("Nothing was noted."),
    }


def _said(warning: Mapping[str, Any]) -> str:
    """In the language at hand; of a check that this software does not know, as it was written."""
    try:
        return finding_words(finding_from_json(warning)).said
    except (KeyError, ValueError):
        return str(warning["finding"])


def _parameters(evidence: Evidence, labels: ReportLabels) -> dict[str, Any]:
    rows = [
        [
            str(PARAMETER_LABELS[key]),
            _parameter_value(parameter),
            str(CERTAINTY_LABELS[parameter.certainty]).partition(":")[0],
            str(source_label(parameter.source)),
        ]
        for key, parameter in evidence.parameters.values.items()
        if key in PARAMETER_LABELS and parameter.value is not None
    ]
    return {
        "title": _("The numbers that were used, with their source"),
        "head": [_("Number"), labels.value, _("Certainty"), labels.source],
        "rows": rows,
    }


def _parameter_value(parameter: Parameter) -> str:
    value = parameter.value
    if isinstance(value, datetime.date):
        return date_format(value)
    if isinstance(value, str):
        return str(SETTING_VALUE_LABELS.get(value, value))
    if parameter.unit == "share":
        return _percentage(str(value))
    shown = number_format(value) if value is not None else "–"
    return f"{shown} km" if parameter.unit == "km" else shown


def _proof(evidence: Evidence, labels: ReportLabels) -> dict[str, Any]:
    report = evidence.report
    facts = [
        [labels.inputs_hash, report.inputs_hash],
        [_("Hash of what the evidence holds of them"), inputs_hash(evidence.inputs)],
        [labels.parameter_version, report.parameter_version],
        [labels.form_version, report.form_version],
        [_("Version of the software"), evidence.software_version],
    ]
    facts += [
        [
            f"{labels.version} {version.number}",
            _("Reopened on %(day)s: %(reason)s") % {"day": date_format(version.reopened_on), "reason": version.reason},
        ]
        for version in evidence.earlier
    ]
    return {
        "title": _("How this can be checked"),
        "say": _(
            "The evidence file (ZIP) holds everything that these figures follow from, for machines, with the hash of"
            " each part. Every figure can be computed again from that file alone, also when the answers are gone."
        ),
        "facts": facts,
    }


def _answered(answered: int, people: int) -> str:
    return f"{number_format(answered)} ({answered * 100 // people} %)" if people else number_format(answered)


def _percentage(share: str) -> str:
    points = (Decimal(share) * 100).quantize(Decimal("0.1"), rounding=ROUND_CEILING)
    return f"{number_format(points.normalize() if points % 1 else int(points))} %"
