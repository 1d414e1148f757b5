"""Guessing codes: slowed down per list and network, and an office is never locked out."""

import pytest

from surveys.domain.guessing import FREE_MISTAKES, PAUSE_SECONDS
from surveys.services import paper_attempts
from surveys.services.paper_attempts import TooManyAttempts
from surveys.services.paper_entry import NoCode, WrongCode, open_with_code
from tests.factories import make_organisation
from tests.surveys.paper_rows import make_paper_people, print_list

pytestmark = pytest.mark.django_db
OFFICE, HOME = "192.0.2.1", "198.51.100.7"


def attempt(organisation, text, *, address=OFFICE):
    try:
        return open_with_code(organisation_id=organisation.pk, text=str(text), address=address)
    except (NoCode, WrongCode, TooManyAttempts) as refusal:
        return type(refusal).__name__


def wrong_secret(code):
    """Another secret to the same look-up part."""
    return f"{code.lookup}-{'CCCC' if code.secret != 'CCCC' else 'DDDD'}"


def unknown(*codes):
    taken = {code.lookup for code in codes}
    return next(f"{lookup}-CCCC" for lookup in ("CCCC", "DDDD", "FFFF", "HHHH", "JJJJ") if lookup not in taken)


@pytest.fixture
def printed():
    organisation, campaign, invitations = make_paper_people(2)
    _made, slips = print_list(campaign)
    return organisation, [slip.code for slip in slips], [invitation.code for invitation in invitations]


@pytest.fixture
def hashed(monkeypatch):
    """The secrets that were compared with a hash."""
    seen = []

    def compared(text, *, hashed):
        seen.append(text)
        return real(text, hashed=hashed)

    from surveys.services import paper_entry

    real = paper_entry.is_right_secret
    monkeypatch.setattr(paper_entry, "is_right_secret", compared)
    return seen


def test_the_right_code_opens_its_week_as_often_as_wanted(printed):
    organisation, (first, second), (asked, other) = printed
    assert [attempt(organisation, first), attempt(organisation, second)] == [asked, other]
    assert attempt(organisation, str(first).lower().replace("-", " ")) == asked


def test_what_cannot_be_a_code_is_said_and_counts_as_nothing(printed):
    organisation, (first, _second), (asked, _other) = printed
    assert {attempt(organisation, "hallo") for _time in range(3 * FREE_MISTAKES)} == {"NoCode"}
    assert attempt(organisation, first) == asked


def test_another_employers_code_opens_nothing(printed):
    _organisation, (first, _second), _asked = printed
    assert attempt(make_organisation(), first) == "WrongCode"


def test_halves_of_two_codes_open_nothing(printed):
    organisation, (first, second), _asked = printed
    assert attempt(organisation, f"{first.lookup}{second.secret}") == "WrongCode"


def test_after_twenty_mistakes_one_attempt_is_looked_at_and_the_next_waits(printed, hashed):
    organisation, (first, _second), (asked, _other) = printed
    assert {attempt(organisation, wrong_secret(first)) for _time in range(FREE_MISTAKES)} == {"WrongCode"}
    assert attempt(organisation, first) == asked
    looked_at = len(hashed)
    assert [attempt(organisation, first), attempt(organisation, wrong_secret(first))] == ["TooManyAttempts"] * 2
    assert len(hashed) == looked_at


def test_who_must_wait_is_told_how_long(printed):
    organisation, (first, _second), _asked = printed
    for _time in range(FREE_MISTAKES + 1):
        attempt(organisation, wrong_secret(first))
    with pytest.raises(TooManyAttempts) as refusal:
        open_with_code(organisation_id=organisation.pk, text=str(first), address=OFFICE)
    assert refusal.value.retry_after == PAUSE_SECONDS


def test_a_guesser_at_the_office_slows_nobody_elsewhere_down(printed):
    organisation, (first, second), (asked, other) = printed
    for _time in range(3 * FREE_MISTAKES):
        attempt(organisation, wrong_secret(first))
    assert [attempt(organisation, first, address=HOME) for _time in range(5)] == [asked] * 5
    assert attempt(organisation, second, address=HOME) == other


def test_a_guesser_at_one_list_slows_no_other_list_and_no_other_employer_down(printed):
    organisation, (first, _second), _asked = printed
    _same, campaign, (someone,) = make_paper_people(1, organisation=organisation)
    _made, (slip,) = print_list(campaign, name="Kantoor")
    theirs, their_campaign, (stranger,) = make_paper_people(1)
    _made, (their_slip,) = print_list(their_campaign)
    for _time in range(2 * FREE_MISTAKES):
        attempt(organisation, wrong_secret(first))
    assert [attempt(organisation, slip.code) for _time in range(3)] == [someone.code] * 3
    assert [attempt(theirs, their_slip.code) for _time in range(3)] == [stranger.code] * 3


def test_an_office_is_slowed_down_and_never_shut_out(printed, monkeypatch):
    """Every five seconds somebody has a turn, for as long as the guessing goes on."""
    monkeypatch.setattr(paper_attempts, "PAUSE_SECONDS", None)
    organisation, (first, _second), (asked, _other) = printed
    for _time in range(5 * FREE_MISTAKES):
        attempt(organisation, wrong_secret(first))
    turns = []
    for _turn in range(3):
        paper_attempts.cache.delete(paper_attempts._key("turn", organisation.pk, list_of(first, organisation), OFFICE))
        turns.append(attempt(organisation, first))
    assert turns == [asked] * 3


def list_of(code, organisation):
    from surveys.models import PaperCode
    from tests.surveys.campaigns import rows

    return rows(PaperCode, organisation, "paper_list_id", lookup=code.lookup)[0]


def test_right_codes_set_no_count_back(printed):
    organisation, (first, _second), (asked, _other) = printed
    outcomes = []
    for _time in range(FREE_MISTAKES):
        outcomes += [attempt(organisation, first), attempt(organisation, wrong_secret(first))]
    assert outcomes == [asked, "WrongCode"] * FREE_MISTAKES
    assert [attempt(organisation, first), attempt(organisation, first)] == [asked, "TooManyAttempts"]


def test_two_thousand_right_codes_from_one_address_meet_no_limit(printed):
    organisation, (first, _second), (asked, _other) = printed
    assert {attempt(organisation, first) for _time in range(60)} == {asked}


def test_codes_on_no_list_are_counted_apart_and_waiting_does_not_tell_which_exist(printed, hashed):
    organisation, codes, _asked = printed
    for _time in range(FREE_MISTAKES):
        assert attempt(organisation, unknown(*codes)) == "WrongCode"
    assert [attempt(organisation, unknown(*codes)), attempt(organisation, unknown(*codes))] == [
        "WrongCode",
        "TooManyAttempts",
    ]
    # One turn for the list, and then it waits as an unknown code does.
    assert [attempt(organisation, wrong_secret(codes[0])), attempt(organisation, wrong_secret(codes[0]))] == [
        "WrongCode",
        "TooManyAttempts",
    ]


def test_an_unknown_code_is_compared_too_so_that_it_takes_as_long(printed, hashed):
    organisation, codes, _asked = printed
    attempt(organisation, unknown(*codes))
    attempt(organisation, wrong_secret(codes[0]))
    assert len(hashed) == 2


def test_no_address_and_no_code_stand_in_redis_in_the_clear(printed):
    organisation, (first, _second), _asked = printed
    attempt(organisation, wrong_secret(first))
    client = paper_attempts.cache._cache.get_client()
    kept = b"".join(client.keys("*"))
    assert b"paper:" in kept
    assert OFFICE.encode() not in kept
    assert first.lookup.encode() not in kept
