"""The check of the sender, against a real name server on loopback."""

import pytest
from django.core.cache import cache

from tests.mailing.name_server import name_server, silent_server
from wpm_platform.mailing.domain.sender_check import Finding, Verdict
from wpm_platform.mailing.services import sender_check as service
from wpm_platform.mailing.services.sender_check import envelope_domain, sender_check

KEY = "v=DKIM1; k=rsa; p=" + "MIGf" * 100
GOOD = {
    "voorbeeld.nl": ["andere tekst", "v=spf1 ip4:192.0.2.1 -all"],
    "s1._domainkey.voorbeeld.nl": [KEY],
    "_dmarc.voorbeeld.nl": ["v=DMARC1; p=quarantine"],
}


@pytest.fixture(autouse=True)
def _sender(settings):
    settings.MAIL_DOMAIN, settings.DKIM_SELECTOR, settings.BOUNCE_ADDRESS = "voorbeeld.nl", "s1", ""
    settings.MAIL_PROVIDER = ""
    cache.clear()


def found(settings, records):
    with name_server(records) as server:
        settings.DNS_SERVER = server.address
        check = sender_check()
    return check, server


def findings(check):
    return [line.finding for line in check.checks]


def test_domain_in_order_is_good(settings):
    check, _server = found(settings, GOOD)
    assert findings(check) == [Finding.SPF_GOOD, Finding.DKIM_GOOD, Finding.DMARC_GOOD]
    assert (check.domain, check.verdict) == ("voorbeeld.nl", Verdict.GOOD)
    assert check.checks[1].record == KEY  # put together from its pieces


def test_domain_without_records_is_bad(settings):
    check, _server = found(settings, {})
    assert findings(check) == [Finding.SPF_MISSING, Finding.DKIM_MISSING, Finding.DMARC_MISSING]
    assert check.verdict is Verdict.BAD


def test_server_that_fails_leaves_it_unchecked(settings):
    check, _server = found(settings, dict.fromkeys(GOOD))
    assert findings(check) == [Finding.NO_ANSWER] * 3
    assert check.verdict is Verdict.UNCHECKED


def test_one_bad_record_is_told_from_one_that_did_not_come(settings):
    check, _server = found(settings, GOOD | {"voorbeeld.nl": [], "_dmarc.voorbeeld.nl": None})
    assert findings(check) == [Finding.SPF_MISSING, Finding.DKIM_GOOD, Finding.NO_ANSWER]
    assert check.verdict is Verdict.BAD


def test_silence_is_given_up_soon_and_harms_nothing(settings, monkeypatch):
    monkeypatch.setattr(service, "PATIENCE", 0.2)
    with silent_server() as address:
        settings.DNS_SERVER = address
        check = sender_check()
    assert findings(check) == [Finding.NO_ANSWER] * 3


@pytest.mark.parametrize("server", ["127.0.0.1:1", "geen adres", "127.0.0.1:poort", "999.1.1.1"])
def test_no_server_at_all_harms_nothing(settings, monkeypatch, server):
    monkeypatch.setattr(service, "PATIENCE", 0.2)
    settings.DNS_SERVER = server
    assert findings(sender_check()) == [Finding.NO_ANSWER] * 3


def test_policy_of_the_domain_above_counts(settings):
    settings.MAIL_DOMAIN = "mail.voorbeeld.nl"
    check, server = found(settings, {"_dmarc.voorbeeld.nl": ["v=DMARC1; p=reject; sp=none"]})
    assert check.checks[2].finding is Finding.DMARC_WATCHES
    assert sorted(server.asked) == [
        "_dmarc.mail.voorbeeld.nl",
        "_dmarc.voorbeeld.nl",
        "mail.voorbeeld.nl",
        "s1._domainkey.mail.voorbeeld.nl",
    ]


def test_spf_is_that_of_the_address_for_bounces(settings):
    settings.BOUNCE_ADDRESS = "bounces@Retour.voorbeeld.nl"
    check, server = found(settings, {"retour.voorbeeld.nl": ["v=spf1 mx -all"]})
    assert (check.checks[0].place, check.checks[0].finding) == ("retour.voorbeeld.nl", Finding.SPF_GOOD)
    assert "voorbeeld.nl" not in server.asked
    settings.MAIL_PROVIDER = "mailgun"  # takes bounces itself
    assert envelope_domain() == "voorbeeld.nl"


def test_without_a_selector_no_key_is_asked_for(settings):
    settings.DKIM_SELECTOR = ""
    check, server = found(settings, GOOD)
    assert check.checks[1].finding is Finding.DKIM_UNKNOWN
    assert sorted(server.asked) == ["_dmarc.voorbeeld.nl", "voorbeeld.nl"]


def test_what_was_found_is_kept_for_ten_minutes_and_no_answer_for_one(settings):
    _check, server = found(settings, GOOD)
    settings.DNS_SERVER = "127.0.0.1:1"
    assert sender_check().verdict is Verdict.GOOD
    assert len(server.asked) == 3
    [key] = cache._cache.get_client(None).keys("*sender-check*")
    assert 540 < cache._cache.get_client(None).ttl(key) <= 600
    cache.clear()
    found(settings, dict.fromkeys(GOOD))
    [key] = cache._cache.get_client(None).keys("*sender-check*")
    assert 30 < cache._cache.get_client(None).ttl(key) <= 60


def test_without_redis_it_is_looked_up_each_time(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    for _ in range(2):
        check, server = found(settings, GOOD)
        assert (check.verdict, len(server.asked)) == (Verdict.GOOD, 3)


def test_another_domain_is_not_answered_from_what_was_kept(settings):
    found(settings, GOOD)
    settings.MAIL_DOMAIN = "ander.nl"
    check, _server = found(settings, {})
    assert (check.domain, check.verdict) == ("ander.nl", Verdict.BAD)


def test_example_domain_asks_nobody(settings):
    settings.MAIL_DOMAIN, settings.DNS_SERVER = "platform.example", ""
    check = sender_check()
    assert findings(check) == [Finding.NO_ANSWER] * 3
