"""Domains that asked for less mail, and the pace at which each gets it."""

import datetime

import pytest
from django.db import connection
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


def test_earliest_due_mail_of_the_domains_that_do_not_rest_comes_first():
    organisation, other = make_organisation(), make_organisation()
    strike_domain(domain="druk.example", now=NOW)
    with organisation_scope(other):
        plan_mails(organisation=other, mails=[planned("theirs", recipient="a@aa.example", due_at=NOW - 9 * MINUTE)])
    with organisation_scope(organisation):
        plan_mails(
            organisation=organisation,
            mails=[
                planned("1", recipient="a@a.example", due_at=NOW - MINUTE),
                planned("2", recipient="a@b.example", due_at=NOW - 3 * MINUTE),
                planned("3", recipient="a@druk.example", due_at=NOW - 4 * MINUTE),
                planned("4", recipient="b@b.example", due_at=NOW - 2 * MINUTE),
                planned("5", recipient="", due_at=NOW),
                planned("6", recipient="a@later.example", due_at=NOW + MINUTE),
                planned("7", recipient="a@z.example", kind="surveys.other", due_at=NOW - 5 * MINUTE),
            ],
        )
        claims = [claim_mail(organisation=organisation, kinds=[KIND], now=NOW) for _ in range(5)]
    assert [claim and claim.occasion for claim in claims] == ["2", "4", "1", "5", None]


def rows_fetched():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'mailing_outgoingmail'"
        )
        return cursor.fetchone()[0]


def test_rows_of_a_domain_that_rests_are_not_looked_at():
    organisation = make_organisation()
    crowd = [planned(f"druk:{n}", recipient=f"a{n}@druk.example", due_at=NOW - 2 * MINUTE) for n in range(3000)]
    few = [planned(f"b:{n}", recipient=f"a{n}@b.example", due_at=NOW - MINUTE) for n in range(20)]
    strike_domain(domain="druk.example", now=NOW)
    with organisation_scope(organisation):
        plan_mails(organisation=organisation, mails=[*crowd, *few])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE mailing_outgoingmail")
        # A plan kept from another test was made for a few rows, for which reading all of them is as quick.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; DISCARD PLANS")
    with organisation_scope(organisation):
        before = rows_fetched()
        claims = [claim_mail(organisation=organisation, kinds=[KIND], now=NOW) for _ in range(20)]
        fetched = rows_fetched() - before
    assert [claim.recipient_domain for claim in claims] == ["b.example"] * 20
    assert fetched < 20 * 30


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
