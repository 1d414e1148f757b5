"""What SPF, DKIM and DMARC records mean for the sender."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wpm_platform.mailing.domain.sender_check import (
    Check,
    Finding,
    Verdict,
    dkim_check,
    dmarc_check,
    dmarc_domains,
    is_reserved,
    overall,
    spf_check,
)

DOMAIN = "mail.voorbeeld.nl"
KEY = "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ=="


@pytest.mark.parametrize(
    ("records", "finding", "verdict"),
    [
        (["v=spf1 ip4:192.0.2.1 -all"], Finding.SPF_GOOD, Verdict.GOOD),
        (["V=SPF1 include:spf.voorbeeld.nl ~ALL"], Finding.SPF_GOOD, Verdict.GOOD),
        (["v=spf1 redirect=_spf.voorbeeld.nl"], Finding.SPF_GOOD, Verdict.GOOD),
        (["google-site-verification=x", "v=spf1 mx -all"], Finding.SPF_GOOD, Verdict.GOOD),
        ([], Finding.SPF_MISSING, Verdict.BAD),
        (["v=spf10 -all", "spf1 -all"], Finding.SPF_MISSING, Verdict.BAD),
        (["v=spf1 -all", "v=spf1 mx -all"], Finding.SPF_TWICE, Verdict.BAD),
        (["v=spf1 mx +all"], Finding.SPF_OPEN, Verdict.BAD),
        (["v=spf1 all"], Finding.SPF_OPEN, Verdict.BAD),
        (["v=spf1 mx"], Finding.SPF_ENDLESS, Verdict.BAD),
        (["v=spf1 mx ?all"], Finding.SPF_ENDLESS, Verdict.BAD),
        (["v=spf1"], Finding.SPF_ENDLESS, Verdict.BAD),
        (None, Finding.NO_ANSWER, Verdict.UNCHECKED),
    ],
)
def test_spf(records, finding, verdict):
    check = spf_check(domain=DOMAIN, records=records)
    assert (check.finding, check.verdict, check.place) == (finding, verdict, DOMAIN)


@pytest.mark.parametrize(
    ("records", "finding", "verdict"),
    [
        ([KEY], Finding.DKIM_GOOD, Verdict.GOOD),
        (["k=rsa;p=MIGf MA0G"], Finding.DKIM_GOOD, Verdict.GOOD),
        (["v=DKIM1; p="], Finding.DKIM_REVOKED, Verdict.BAD),
        (["v=DKIM1; p=MIGfM…"], Finding.DKIM_BROKEN, Verdict.BAD),
        (["v=DKIM1; p=MIGfM"], Finding.DKIM_BROKEN, Verdict.BAD),
        ([], Finding.DKIM_MISSING, Verdict.BAD),
        (["v=spf1 -all"], Finding.DKIM_MISSING, Verdict.BAD),
        (None, Finding.NO_ANSWER, Verdict.UNCHECKED),
    ],
)
def test_dkim(records, finding, verdict):
    check = dkim_check(domain=DOMAIN, selector="s1", records=records)
    assert (check.finding, check.verdict, check.place) == (finding, verdict, "s1._domainkey.mail.voorbeeld.nl")


def test_key_cannot_be_looked_for_without_its_selector():
    check = dkim_check(domain=DOMAIN, selector="", records=())
    assert (check.finding, check.verdict, check.place) == (Finding.DKIM_UNKNOWN, Verdict.UNCHECKED, "")


GOOD_DMARC = "v=DMARC1; p=reject; rua=mailto:x@voorbeeld.nl"


@pytest.mark.parametrize(
    ("own", "above", "finding", "place"),
    [
        ([GOOD_DMARC], [], Finding.DMARC_GOOD, "_dmarc.mail.voorbeeld.nl"),
        (["v=DMARC1;p=quarantine"], [], Finding.DMARC_GOOD, "_dmarc.mail.voorbeeld.nl"),
        (["v=dmarc1; p=none"], [], Finding.DMARC_WATCHES, "_dmarc.mail.voorbeeld.nl"),
        ([], [GOOD_DMARC], Finding.DMARC_GOOD, "_dmarc.voorbeeld.nl"),
        ([], ["v=DMARC1; p=reject; sp=none"], Finding.DMARC_WATCHES, "_dmarc.voorbeeld.nl"),
        (["v=DMARC1; p=reject; sp=none"], [], Finding.DMARC_GOOD, "_dmarc.mail.voorbeeld.nl"),
        (["v=DMARC1; p=reject", "v=DMARC1; p=none"], [], Finding.DMARC_TWICE, "_dmarc.mail.voorbeeld.nl"),
        (["v=DMARC1; rua=mailto:x@voorbeeld.nl"], [], Finding.DMARC_BROKEN, "_dmarc.mail.voorbeeld.nl"),
        (["v=DMARC1; p=weiger"], [], Finding.DMARC_BROKEN, "_dmarc.mail.voorbeeld.nl"),
        (["v=spf1 -all"], ["tekst"], Finding.DMARC_MISSING, "_dmarc.mail.voorbeeld.nl"),
        (None, [GOOD_DMARC], Finding.NO_ANSWER, "_dmarc.mail.voorbeeld.nl"),
        ([], None, Finding.NO_ANSWER, "_dmarc.voorbeeld.nl"),
    ],
)
def test_dmarc(own, above, finding, place):
    check = dmarc_check(domain=DOMAIN, records_by_domain=[(DOMAIN, own), ("voorbeeld.nl", above)])
    assert (check.finding, check.place) == (finding, place)


def test_domains_that_may_speak_for_the_sender():
    assert dmarc_domains("a.b.voorbeeld.nl") == ["a.b.voorbeeld.nl", "b.voorbeeld.nl", "voorbeeld.nl"]
    assert dmarc_domains("voorbeeld.nl") == ["voorbeeld.nl"]
    assert dmarc_domains("localhost") == ["localhost"]


@pytest.mark.parametrize(
    ("domain", "reserved"),
    [
        ("platform.example", True),
        ("localhost", True),
        ("a.test.", True),
        ("voorbeeld.nl", False),
        ("example.nl", False),
    ],
)
def test_example_names_are_not_asked_for(domain, reserved):
    assert is_reserved(domain) is reserved


def test_the_worst_check_counts():
    good = Check(name="SPF", place="x", finding=Finding.SPF_GOOD)
    unknown = Check(name="DKIM", place="", finding=Finding.DKIM_UNKNOWN)
    bad = Check(name="DMARC", place="x", finding=Finding.DMARC_MISSING)
    assert overall([good, unknown, bad]) is Verdict.BAD
    assert overall([good, unknown]) is Verdict.UNCHECKED
    assert overall([good]) is Verdict.GOOD
    assert overall([]) is Verdict.GOOD


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_records_have_a_finding(records):
    checks = [
        spf_check(domain=DOMAIN, records=records),
        dkim_check(domain=DOMAIN, selector="s", records=records),
        dmarc_check(domain=DOMAIN, records_by_domain=[(DOMAIN, records)]),
    ]
    assert overall(checks) in Verdict
