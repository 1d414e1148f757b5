"""The words of a survey mail: fields between braces, checked when saved, filled in when sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FIELDS = ("employer", "week", "link", "minutes", "closes", "sender")
FIELD = re.compile(r"\{([^{}\n]*)\}")
# Within another address, as in https://elsewhere.example/?{link}, it would give the personal link to that site.
LINK_WITHIN_WORD = re.compile(r"\S\{link\}|\{link\}[^\s.,;:!?]")


class TextFault(StrEnum):
    """What keeps a text from being used."""

    UNKNOWN_FIELD = "unknown_field"
    LOOSE_BRACE = "loose_brace"
    LINK_MISSING = "link_missing"
    LINK_IN_SUBJECT = "link_in_subject"
    LINK_WITHIN_WORD = "link_within_word"
    SUBJECT_EMPTY = "subject_empty"
    SUBJECT_HAS_LINES = "subject_has_lines"


@dataclass(frozen=True, kw_only=True)
class TextProblem:
    """One fault, in the subject or in the body; `field` names the unknown field."""

    fault: TextFault
    is_in_subject: bool
    field: str = ""


@dataclass(frozen=True, kw_only=True)
class TextBlock:
    """A piece of the filled-in body: a paragraph, or the place of the personal link."""

    text: str
    is_link: bool = False


def text_problems(*, subject: str, body: str) -> tuple[TextProblem, ...]:
    """Everything that is wrong with a text, subject first; empty when it can be sent."""
    problems = []
    if not subject.strip():
        problems.append(TextProblem(fault=TextFault.SUBJECT_EMPTY, is_in_subject=True))
    if "\n" in subject or "\r" in subject:
        problems.append(TextProblem(fault=TextFault.SUBJECT_HAS_LINES, is_in_subject=True))
    if "{link}" in subject:
        problems.append(TextProblem(fault=TextFault.LINK_IN_SUBJECT, is_in_subject=True))
    problems += _field_problems(subject, is_in_subject=True)
    problems += _field_problems(body, is_in_subject=False)
    if "{link}" not in body:
        problems.append(TextProblem(fault=TextFault.LINK_MISSING, is_in_subject=False))
    if LINK_WITHIN_WORD.search(body):
        problems.append(TextProblem(fault=TextFault.LINK_WITHIN_WORD, is_in_subject=False))
    return tuple(problems)


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields replaced; a value is never read as a field again."""
    return FIELD.sub(lambda match: values.get(match[1], match[0]), text)


def body_blocks(body: str, values: Mapping[str, str]) -> tuple[TextBlock, ...]:
    """The filled-in body in paragraphs, for HTML. A paragraph that is the link alone becomes a button."""
    paragraphs = [part.strip() for part in re.split(r"\r?\n\s*\r?\n", body.strip())]
    return tuple(
        TextBlock(text=filled_in(paragraph, values), is_link=paragraph == "{link}")
        for paragraph in paragraphs
        if paragraph
    )


def _field_problems(text: str, *, is_in_subject: bool) -> list[TextProblem]:
    problems = [
        TextProblem(fault=TextFault.UNKNOWN_FIELD, is_in_subject=is_in_subject, field=name)
        for name in dict.fromkeys(FIELD.findall(text))
        if name not in FIELDS
    ]
    if re.search(r"[{}]", FIELD.sub("", text)):
        problems.append(TextProblem(fault=TextFault.LOOSE_BRACE, is_in_subject=is_in_subject))
    return problems
