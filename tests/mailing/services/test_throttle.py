"""Domains that asked for less mail, and the pace at which each gets it."""

import datetime

import pytest
from django.test import override_settings

from tests.factories import NOW, make_organisation
from tests.mailing.services.test_outbox import KIND, planned
from wpm_platform.mailing.models import DomainPause
from wpm_platform.mailing.services.outbox import claim_mail, plan_mails
from wpm_platform.mailing.services.throttle import Pace, forgive_domain, strike_domain
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
NOWHERE = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
MINUTE = datetime.timedelta(minutes=1)
SECOND = datetime.timedelta(seconds=1)


def pauses():
    return list(DomainPause.objects.order_by("domain").values_list("domain", "until", "strikes"))


def test_refusals_that_two_workers_hear_at_once_are_one_strike():
    strike_domain(domain="druk.example", now=NOW)
    strike_domain(domain="druk.example", now=NOW + SECOND)
    assert pauses() == [("druk.example", NOW + MINUTE, 1)]


def test_forgiving_leaves_a_pause_that_was_just_heard():
    strike_domain(domain="druk.example", now=NOW)
    forgive_domain(domain="druk.example", now=NOW + SECOND)
    assert pauses() == [("druk.example", NOW + MINUTE, 1)]
    forgive_domain(domain="druk.example", now=NOW + MINUTE)
    assert pauses() == []


def test_other_domains_go_on_while_one_rests():
    organisation = make_organisation()
    strike_domain(domain="druk.example", now=NOW)
    with organisation_scope(organisation):
        plan_mails(
            organisation=organisation,
            mails=[planned(name, recipient=f"a@{domain}") for name, domain in (("1", "druk.example"), ("2", "b.nl"))],
        )
        claims = [claim_mail(organisation=organisation, kinds=[KIND], now=NOW) for _ in range(2)]
        later = claim_mail(organisation=organisation, kinds=[KIND], now=NOW + MINUTE)
    assert [claim and claim.occasion for claim in claims] == ["2", None]
    assert (later.occasion, later.is_struck, claims[0].is_struck) == ("1", True, False)


def allowed(pace, *, domain, now=NOW, tries=100):
    count = 0
    while count < tries and pace.allows(domain=domain, now=now):
        count += 1
    return count


@override_settings(MAIL_PER_MINUTE=30)
def test_a_domain_gets_no_more_than_its_pace_in_a_minute_from_all_workers():
    first, second = Pace(), Pace()
    assert allowed(first, domain="a.nl", tries=20) + allowed(second, domain="a.nl") == 30
    assert pauses() == [("a.nl", NOW.replace(second=0) + MINUTE, 0)]
    assert allowed(second, domain="b.nl", tries=5) == 5
    assert allowed(first, domain="a.nl", now=NOW + MINUTE) == 30


@override_settings(MAIL_PER_MINUTE=30)
def test_refusal_during_a_pause_of_the_pace_counts_as_the_first():
    pace = Pace()
    allowed(pace, domain="a.nl")
    strike_domain(domain="a.nl", now=NOW + SECOND)
    assert pauses() == [("a.nl", NOW + SECOND + MINUTE, 1)]


@override_settings(MAIL_PER_MINUTE=0)
def test_pace_can_be_switched_off():
    assert allowed(Pace(), domain="a.nl", tries=5000) == 5000


@override_settings(
    MAIL_PER_MINUTE=1,
    CACHES={"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}},
)
def test_without_redis_mail_goes_on():
    assert allowed(Pace(), domain="a.nl", tries=50) == 50
