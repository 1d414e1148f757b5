"""How many workers send one organisation's mails at the same time."""

from contextlib import ExitStack

import pytest
from django.core.cache import cache
from django.test import override_settings

from wpm_platform.mailing.services.sender_places import RENEWED_AFTER_SECONDS, SenderPlace, sender_place

# The cache is emptied after tests that use the database.
pytestmark = pytest.mark.django_db
NOWHERE = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}


@override_settings(MAIL_SENDERS=2)
def test_third_worker_finds_no_place_until_one_leaves():
    with ExitStack() as stack:
        places = [stack.enter_context(sender_place(organisation_id=number)) for number in (1, 1, 1, 2)]
        held = [place.is_held for place in places]
    with sender_place(organisation_id=1) as later:
        assert [*held, later.is_held] == [True, True, False, True, True]


def test_worker_that_lost_its_place_stops_and_leaves_the_new_owner_alone():
    with sender_place(organisation_id=1) as place:
        cache.set(place.name, "another")
        long_ago = SenderPlace(name=place.name, owner=place.owner, is_held=True, _renewed=-RENEWED_AFTER_SECONDS)
        assert (place.keep(), long_ago.keep()) == (True, False)
    assert cache.get(place.name) == "another"


def test_place_that_redis_forgot_is_taken_again():
    with sender_place(organisation_id=1) as place:
        cache.clear()
        place._renewed = -RENEWED_AFTER_SECONDS
        assert place.keep()
        assert cache.get(place.name) == place.owner


@override_settings(CACHES=NOWHERE)
def test_without_redis_everybody_has_a_place():
    with sender_place(organisation_id=1) as place:
        assert (place.is_held, place.keep()) == (True, True)
