"""The words of a survey mail: fields between braces, checked when saved, filled in when sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

ANNOUNCEMENT, INVITATION, REMINDER, THANKS = "announcement", "invitation", "reminder", "thanks"
ASKING_FIELDS = ("employer", "week", "link", "minutes", "closes", "sender")
# Per kind of mail what may stand between braces. Only who is asked to answer gets a personal link.
FIELDS = {
    ANNOUNCEMENT: ("employer", "week", "opens", "minutes", "closes", "mails", "about", "sender"),
    INVITATION: ASKING_FIELDS,
    REMINDER: ASKING_FIELDS,
    THANKS: ("employer", "week", "result", "sender"),
}
# An address or a whole sentence has no place in a subject.
FIELDS_OF_BODY = ("link", "about", "result")
FIELD = re.compile(r"\{([^{}\n]*)\}")
# Within another address, as in https://elsewhere.example/?{link}, it would give the personal link to that site.
LINK_WITHIN_WORD = re.compile(r"\S\{link\}|\{link\}[^\s.,;:!?]")


class TextFault(StrEnum):
    """What keeps a text from being used."""

    UNKNOWN_FIELD = "unknown_field"
    LOOSE_BRACE = "loose_brace"
    LINK_MISSING = "link_missing"
    LINK_FORBIDDEN = "link_forbidden"
    FIELD_IN_SUBJECT = "field_in_subject"
    LINK_WITHIN_WORD = "link_within_word"
    SUBJECT_EMPTY = "subject_empty"
    SUBJECT_HAS_LINES = "subject_has_lines"


@dataclass(frozen=True, kw_only=True)
class TextProblem:
    """One fault, in the subject or in the body. field: the one it is about; allowed: what there is instead of it."""

    fault: TextFault
    is_in_subject: bool
    field: str = ""
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TextBlock:
    """A piece of the filled-in body: a paragraph, or the place of the personal link."""

    text: str
    is_link: bool = False


def text_problems(*, kind: str, subject: str, body: str) -> tuple[TextProblem, ...]:
    """Everything that is wrong with a text of this kind of mail, subject first; empty when it can be sent."""
    return (*_subject_problems(subject, kind=kind), *_body_problems(body, kind=kind))


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


def _subject_problems(subject: str, *, kind: str) -> list[TextProblem]:
    rules = (
        (not subject.strip(), TextFault.SUBJECT_EMPTY),
        ("\n" in subject or "\r" in subject, TextFault.SUBJECT_HAS_LINES),
    )
    problems = [TextProblem(fault=fault, is_in_subject=True) for is_wrong, fault in rules if is_wrong]
    problems += [
        TextProblem(fault=TextFault.FIELD_IN_SUBJECT, is_in_subject=True, field=name)
        for name in FIELDS_OF_BODY
        if f"{{{name}}}" in subject
    ]
    return problems + _field_problems(subject, kind=kind, is_in_subject=True)


def _body_problems(body: str, *, kind: str) -> list[TextProblem]:
    has_link, may_have_link = "{link}" in body, "link" in FIELDS[kind]
    rules = (
        (may_have_link and not has_link, TextFault.LINK_MISSING),
        (has_link and not may_have_link, TextFault.LINK_FORBIDDEN),
        (may_have_link and LINK_WITHIN_WORD.search(body), TextFault.LINK_WITHIN_WORD),
    )
    problems = _field_problems(body, kind=kind, is_in_subject=False)
    return problems + [TextProblem(fault=fault, is_in_subject=False) for is_wrong, fault in rules if is_wrong]


def _field_problems(text: str, *, kind: str, is_in_subject: bool) -> list[TextProblem]:
    # What a rule of its own looks at is not called unknown as well.
    known = {*FIELDS[kind], *(FIELDS_OF_BODY if is_in_subject else ("link",))}
    problems = [
        TextProblem(fault=TextFault.UNKNOWN_FIELD, is_in_subject=is_in_subject, field=name, allowed=FIELDS[kind])
        for name in dict.fromkeys(FIELD.findall(text))
        if name not in known
    ]
    if re.search(r"[{}]", FIELD.sub("", text)):
        problems.append(TextProblem(fault=TextFault.LOOSE_BRACE, is_in_subject=is_in_subject))
    return problems
