"""Who gets a mail and who does not, and how many mails there are, in sentences."""

import datetime

import pytest
from django.utils.translation import override

from surveys.domain.eligibility import Withdrawal
from surveys.domain.mail_limit import PlannedCount
from surveys.domain.school_holidays import SchoolHoliday, SchoolHolidayKind, SchoolRegion
from surveys.mail_sentences import CLAUSES, count_sentence, people_in_words, school_holiday_words
from surveys.selectors.mail_reason_labels import REASON_LABELS


def test_the_sentence_before_sending_is_the_promised_one():
    with override("nl"):
        people = people_in_words(
            receiving=412, left_out=(("answered", 18), ("on_leave", 5)), languages=(("nl", 380), ("en", 32))
        )
    assert people.getting == "412 mensen krijgen deze mail."
    assert people.not_getting == "23 niet:"
    assert [reason.text for reason in people.reasons] == ["18 hebben al geantwoord", "5 zijn met verlof"]
    assert people.languages == "Nederlands: 380, Engels: 32"


def test_one_person_and_thousands_are_written_as_dutch_readers_do():
    with override("nl"):
        people = people_in_words(receiving=1, left_out=(("answered", 1),), languages=(("nl", 1),))
        many = people_in_words(receiving=12345, left_out=())
    assert (people.getting, people.reasons[0].text) == ("1 persoon krijgt deze mail.", "1 heeft al geantwoord")
    assert (people.languages, many.not_getting, many.reasons) == ("", "", ())
    assert many.getting == "12.345 mensen krijgen deze mail."


def test_an_undone_list_says_who_would_have_got_the_mail():
    with override("nl"):
        assert people_in_words(receiving=412, left_out=(), is_undone=True).getting == (
            "412 mensen zouden deze mail krijgen."
        )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("people", [1, 2])
def test_every_reason_names_its_number(language, people):
    with override(language):
        for code in {*REASON_LABELS, *CLAUSES, *(str(reason) for reason in Withdrawal), "intern", "new_one"}:
            [reason] = people_in_words(receiving=0, left_out=((code, people),)).reasons
            assert str(people) in reason.text
            assert "%" not in reason.text


def count(**fields):
    return PlannedCount(**({"name": "2026", "planned": 5, "earlier": 0, "limit": 8} | fields))


def test_mails_per_person_stand_beside_what_was_promised():
    with override("nl"):
        assert count_sentence(count()) == (
            "Je medewerkers krijgen in 2026 hoogstens 5 mails van deze campagne; de afspraak is 8 per jaar."
        )
        assert count_sentence(count(earlier=3)).endswith("Iemand krijgt ook 3 mails van andere campagnes.")
        assert count_sentence(count(name="panel:x", planned=14)) == (
            "Je medewerkers krijgen hoogstens 14 mails van deze campagne; dat staat in de aankondiging."
        )


@pytest.mark.parametrize(("earlier", "limit", "over"), [(0, 8, 0), (3, 8, 0), (4, 8, 1), (0, 2, 3)])
def test_how_many_mails_are_too_many(earlier, limit, over):
    assert count(earlier=earlier, limit=limit).over == over


def test_a_school_holiday_names_its_regions_unless_it_is_everywhere():
    fields = {
        "kind": SchoolHolidayKind.SPRING,
        "first_day": datetime.date(2026, 2, 14),
        "last_day": datetime.date(2026, 2, 22),
        "is_fixed": False,
        "is_confirmed": True,
    }
    with override("nl"):
        some = SchoolHoliday(regions=(SchoolRegion.NORTH, SchoolRegion.SOUTH), **fields)
        everywhere = SchoolHoliday(regions=tuple(SchoolRegion), **fields)
        assert school_holiday_words(some) == "Voorjaarsvakantie (noord, zuid)"
        assert school_holiday_words(everywhere) == "Voorjaarsvakantie"
