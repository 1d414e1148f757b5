"""Texts with fields between braces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.campaign_text import (
    ANNOUNCEMENT,
    FIELDS,
    INVITATION,
    REMINDER,
    THANKS,
    TextBlock,
    TextFault,
    TextProblem,
    body_blocks,
    filled_in,
    text_problems,
)


def faults(*, kind=INVITATION, subject="Hoe reisde je?", body="Klik op {link}"):
    found = text_problems(kind=kind, subject=subject, body=body)
    return [(problem.fault, problem.is_in_subject, problem.field) for problem in found]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({}, []),
        ({"subject": "{employer}, {week}, {minutes}, {closes}, {sender}"}, []),
        ({"body": "Geen link"}, [(TextFault.LINK_MISSING, False, "")]),
        ({"body": "{link} {naam} {naam}"}, [(TextFault.UNKNOWN_FIELD, False, "naam")]),
        ({"body": "{link} {}"}, [(TextFault.UNKNOWN_FIELD, False, "")]),
        (
            {"body": "{link.__class__}"},
            [(TextFault.UNKNOWN_FIELD, False, "link.__class__"), (TextFault.LINK_MISSING, False, "")],
        ),
        ({"body": "{link} {week"}, [(TextFault.LOOSE_BRACE, False, "")]),
        ({"body": "{{link}}"}, [(TextFault.LOOSE_BRACE, False, ""), (TextFault.LINK_WITHIN_WORD, False, "")]),
        ({"body": "Open {link}, of straks:\n{link}."}, []),
        ({"body": "https://elders.example/?{link}"}, [(TextFault.LINK_WITHIN_WORD, False, "")]),
        ({"body": "elders.example/#{link}\n\n{link}"}, [(TextFault.LINK_WITHIN_WORD, False, "")]),
        ({"body": "{link}@elders.example"}, [(TextFault.LINK_WITHIN_WORD, False, "")]),
        ({"subject": "Klik {link}"}, [(TextFault.FIELD_IN_SUBJECT, True, "link")]),
        ({"subject": "  "}, [(TextFault.SUBJECT_EMPTY, True, "")]),
        ({"subject": "a\nBcc: b@voorbeeld.example"}, [(TextFault.SUBJECT_HAS_LINES, True, "")]),
        ({"subject": "{naam}"}, [(TextFault.UNKNOWN_FIELD, True, "naam")]),
    ],
)
def test_problems_of_a_text(texts, expected):
    assert faults(**texts) == expected


@pytest.mark.parametrize("kind", [INVITATION, REMINDER])
def test_who_is_asked_to_answer_needs_the_link(kind):
    assert faults(kind=kind, body="Geen link") == [(TextFault.LINK_MISSING, False, "")]
    assert faults(kind=kind) == []


@pytest.mark.parametrize("kind", [ANNOUNCEMENT, THANKS])
def test_announcement_and_thanks_go_without_a_link(kind):
    assert faults(kind=kind, body="Geen link") == []
    assert faults(kind=kind, body="Klik op {link}") == [(TextFault.LINK_FORBIDDEN, False, "")]
    assert faults(kind=kind, body="x", subject="{link}") == [(TextFault.FIELD_IN_SUBJECT, True, "link")]


@pytest.mark.parametrize(
    ("field", "kinds"),
    [
        ("opens", {ANNOUNCEMENT}),
        ("mails", {ANNOUNCEMENT}),
        ("about", {ANNOUNCEMENT}),
        ("result", {THANKS}),
        ("employer", set(FIELDS)),
        ("week", set(FIELDS)),
        ("sender", set(FIELDS)),
        ("closes", {ANNOUNCEMENT, INVITATION, REMINDER}),
    ],
)
def test_a_field_belongs_to_some_kinds_only(field, kinds):
    link = {INVITATION: "{link} ", REMINDER: "{link} "}
    for kind in FIELDS:
        expected = [] if kind in kinds else [(TextFault.UNKNOWN_FIELD, False, field)]
        assert faults(kind=kind, body=link.get(kind, "") + f"{{{field}}}") == expected


@pytest.mark.parametrize(("kind", "field"), [(ANNOUNCEMENT, "about"), (THANKS, "result")])
def test_an_address_or_a_sentence_stays_out_of_the_subject(kind, field):
    assert faults(kind=kind, subject=f"{{{field}}}", body="x") == [(TextFault.FIELD_IN_SUBJECT, True, field)]


def test_problem_says_where_it_is_and_what_there_is_instead():
    [problem] = text_problems(kind=THANKS, subject="Hoi", body="{x}")
    assert problem == TextProblem(
        fault=TextFault.UNKNOWN_FIELD,
        is_in_subject=False,
        field="x",
        allowed=("employer", "week", "result", "sender"),
    )


def test_a_value_is_never_read_as_a_field_again():
    assert filled_in("{sender} {week}", {"sender": "{week}", "week": "9–15 maart"}) == "{week} 9–15 maart"


@given(st.sampled_from(sorted(FIELDS)), st.text(), st.text())
def test_any_text_has_an_answer(kind, subject, body):
    if not text_problems(kind=kind, subject=subject, body=body):
        values = dict.fromkeys(FIELDS[kind], "x")
        assert "{" not in filled_in(body, values)


def test_link_on_its_own_becomes_a_button():
    blocks = body_blocks("Beste,\r\n\r\n{link}\r\n\r\n\r\nGroet,\r\n{sender}", {"link": "http://x/", "sender": "HR"})
    assert blocks == (
        TextBlock(text="Beste,"),
        TextBlock(text="http://x/", is_link=True),
        TextBlock(text="Groet,\r\nHR"),
    )
