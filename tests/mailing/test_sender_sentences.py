"""Each finding has a sentence, in Dutch too, and what is wrong says whom to ask."""

import pytest
from django.utils import translation

from wpm_platform.mailing.domain.sender_check import GOOD, UNCHECKED, Check, Finding, Verdict
from wpm_platform.mailing.sender_sentences import SENTENCES, VERDICTS, sender_in_words
from wpm_platform.mailing.services.sender_check import SenderCheck


def test_every_finding_and_verdict_has_words():
    assert (set(SENTENCES), set(VERDICTS)) == (set(Finding), set(Verdict))


@pytest.mark.parametrize("finding", [finding for finding in Finding if finding not in (*GOOD, *UNCHECKED)])
def test_what_is_wrong_says_whom_to_ask(finding):
    with translation.override("nl"):
        assert "Vraag de beheerder van het domein om " in str(SENTENCES[finding])


def test_check_in_words():
    check = Check(name="SPF", place="voorbeeld.nl", finding=Finding.SPF_OPEN, record="v=spf1 +all")
    with translation.override("nl"):
        words = sender_in_words(SenderCheck(domain="voorbeeld.nl", checks=(check,)))
        assert (words["domain"], words["verdict"], str(words["word"])) == ("voorbeeld.nl", "bad", "Niet in orde")
        [line] = words["lines"]
        assert (line["name"], line["verdict"], line["record"]) == ("SPF", "bad", "v=spf1 +all")
