"""Personal links open one invitation and cannot be made up."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.domain.personal_link import claimed_code, is_genuine, personal_token

CODE = uuid.UUID("6f9619ff-8b86-4011-b42d-00c04fc964ff")
KEY = "a key"


def test_token_is_the_same_each_time_and_tells_its_invitation():
    token = personal_token(code=CODE, version=1, key=KEY)
    assert token == personal_token(code=CODE, version=1, key=KEY)
    assert len(token) == 43
    assert claimed_code(token) == CODE
    assert is_genuine(token=token, code=CODE, version=1, key=KEY)


@pytest.mark.parametrize(
    "other",
    [
        {"code": uuid.UUID(int=1), "version": 1, "key": KEY},
        {"code": CODE, "version": 2, "key": KEY},
        {"code": CODE, "version": 1, "key": "another key"},
    ],
)
def test_token_belongs_to_one_invitation_version_and_key(other):
    token = personal_token(code=CODE, version=1, key=KEY)
    assert not is_genuine(token=token, **other)


@given(position=st.integers(0, 42), letter=st.sampled_from("ABCabc019-_"))
def test_altered_token_is_not_genuine(position, letter):
    token = personal_token(code=CODE, version=1, key=KEY)
    altered = token[:position] + letter + token[position + 1 :]
    assert is_genuine(token=altered, code=CODE, version=1, key=KEY) is (altered == token)


@given(st.text(max_size=80))
def test_any_text_is_a_code_or_nothing(text):
    code = claimed_code(text)
    assert code is None or not is_genuine(token=text, code=code, version=1, key=KEY)
