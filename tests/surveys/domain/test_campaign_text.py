"""Texts with fields between braces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.campaign_text import TextBlock, TextFault, TextProblem, body_blocks, filled_in, text_problems


def faults(*, subject="Hoe reisde je?", body="Klik op {link}"):
    return [
        (problem.fault, problem.is_in_subject, problem.field) for problem in text_problems(subject=subject, body=body)
    ]


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
        ({"subject": "Klik {link}"}, [(TextFault.LINK_IN_SUBJECT, True, "")]),
        ({"subject": "  "}, [(TextFault.SUBJECT_EMPTY, True, "")]),
        ({"subject": "a\nBcc: b@voorbeeld.example"}, [(TextFault.SUBJECT_HAS_LINES, True, "")]),
        ({"subject": "{naam}"}, [(TextFault.UNKNOWN_FIELD, True, "naam")]),
    ],
)
def test_problems_of_a_text(texts, expected):
    assert faults(**texts) == expected


def test_problem_says_where_it_is():
    [problem] = text_problems(subject="Hoi", body="{link} {x}")
    assert problem == TextProblem(fault=TextFault.UNKNOWN_FIELD, is_in_subject=False, field="x")


def test_a_value_is_never_read_as_a_field_again():
    assert filled_in("{sender} {week}", {"sender": "{week}", "week": "9–15 maart"}) == "{week} 9–15 maart"


@given(st.text(), st.text())
def test_any_text_has_an_answer(subject, body):
    if not text_problems(subject=subject, body=body):
        values = dict.fromkeys(("employer", "week", "link", "minutes", "closes", "sender"), "x")
        assert "{" not in filled_in(body, values)


def test_link_on_its_own_becomes_a_button():
    blocks = body_blocks("Beste,\r\n\r\n{link}\r\n\r\n\r\nGroet,\r\n{sender}", {"link": "http://x/", "sender": "HR"})
    assert blocks == (
        TextBlock(text="Beste,"),
        TextBlock(text="http://x/", is_link=True),
        TextBlock(text="Groet,\r\nHR"),
    )
