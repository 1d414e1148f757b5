"""Signed links: made again for each mail, worthless when one bit or the purpose differs."""

import uuid

import pytest

from surveys.domain.personal_link import is_genuine as is_personal
from surveys.domain.personal_link import personal_token
from wpm_platform.organisations.domain.member_link import genuine_code, member_token
from wpm_platform.signed_links import claimed_code, is_genuine, signed_token

CODE = uuid.UUID("11111111-2222-4333-8444-555555555555")
KEY = "tests-only-link-key"


def token(**changes):
    return signed_token(**{"purpose": "test", "code": CODE, "key": KEY, **changes})


def test_token_is_the_same_each_time_and_carries_its_code():
    assert token() == token()
    assert len(token()) == 43
    assert claimed_code(token()) == CODE
    assert is_genuine(token=token(), purpose="test", code=CODE, key=KEY)


@pytest.mark.parametrize("changes", [{"purpose": "other"}, {"code": uuid.uuid4()}, {"key": "other"}, {"version": 2}])
def test_token_made_for_something_else_is_not_genuine(changes):
    assert not is_genuine(token=token(**changes), purpose="test", code=CODE, key=KEY)


@pytest.mark.parametrize("position", range(43))
def test_no_changed_character_passes(position):
    ours = token()
    other = "A" if ours[position] != "A" else "B"
    changed = ours[:position] + other + ours[position + 1 :]
    assert not is_genuine(token=changed, purpose="test", code=CODE, key=KEY)


@pytest.mark.parametrize("text", ["", "x", "é" * 43, "a b", "=" * 43, "A" * 42, "A" * 44, "A" * 5000, "../../etc"])
def test_what_is_no_token_claims_nothing(text):
    assert claimed_code(text) is None
    assert genuine_code(token=text, key=KEY) is None


def test_survey_link_does_not_open_a_members_invitation():
    survey = personal_token(code=CODE, version=1, key=KEY)
    member = member_token(code=CODE, key=KEY)
    assert genuine_code(token=member, key=KEY) == CODE
    assert genuine_code(token=survey, key=KEY) is None
    assert not is_personal(token=member, code=CODE, version=1, key=KEY)
