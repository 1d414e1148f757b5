"""A week under every kind of traffic: several devices, old tabs, taps at the same moment, rosters, other languages.

Whatever comes in whatever order: one response, never an error of ours, and stored is what was last confirmed. Always
the same examples (derandomize), on a real PostgreSQL with transactions of the product's own.
"""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from surveys.enums import Mode, Whereabouts
from surveys.models import DayAnswer, Invitation, Response
from tests.factories import MONDAY, as_owner, personal_path
from tests.surveys.views.respond.test_pages import PAGES
from tests.surveys.views.respond.walk import OPEN, make_open_invitation

ROSTERS = ("", "12345", "146", "67")
ANSWERS = [*Mode.values, *(place.value for place in Whereabouts if place not in ("workplace", "other_site"))]
NONSENSE = ["", "copy ", "workplace", "bicycle;", "0", "ja", "🚲", "x" * 300]
LANGUAGES = [code for code, _ in django_settings.EMPLOYEE_LANGUAGES]
OUTSIDE = ["2026-03-08", "2026-03-16", "0001-01-01", "9999-12-31", "2026-02-30"]
CALM = (200, 302, 403, 404, 422)

offsets, answers = st.integers(0, 6), st.sampled_from(ANSWERS)


class Week(RuleBasedStateMachine):
    """One person's devices beside a plain model of what was confirmed to them."""

    devices = Bundle("devices")

    @initialize(roster=st.sampled_from(ROSTERS))
    def invite(self, roster):
        self.invitation = make_open_invitation()
        with as_owner(self.invitation.organisation):
            Invitation.objects.filter(pk=self.invitation.pk).update(asked_days=roster)
        self.roster = [int(number) - 1 for number in roster]
        self._forget()

    @rule(target=devices, language=st.sampled_from(LANGUAGES))
    def open_on_another_device(self, language):
        client = Client(headers={"accept-language": language})
        assert client.get(personal_path(self.invitation)).status_code == 200
        assert client.post(personal_path(self.invitation)).status_code == 302
        self.is_started = True
        return client

    @rule(client=devices, kilometres=st.integers(1, 300))
    def give_facts(self, client, kilometres):
        if self._confirmed(client, "/answer/facts/change/", one_way=str(kilometres)):
            self.has_facts = True

    @rule(client=devices, offset=offsets, answer=answers)
    def answer_a_day(self, client, offset, answer):
        if self._confirmed(client, self._day(offset), choice=answer) and self._is_asked(offset):
            self.week[offset] = answer

    @rule(client=devices, offset=offsets)
    def same_as_before(self, client, offset):
        earlier = [day for day, answer in self.week.items() if day < offset and answer != Whereabouts.UNKNOWN]
        is_copied = self._confirmed(client, self._day(offset), choice="copy")
        if is_copied and self._is_asked(offset) and earlier:
            self.week[offset] = self.week[max(earlier)]

    @rule(client=devices, has_worked=st.booleans())
    def tell_about_the_weekend(self, client, has_worked):
        if self._confirmed(client, "/answer/weekend/", choice="yes" if has_worked else "no") and not self.roster:
            self._note_weekend(has_worked=has_worked)

    @rule(client=devices, answer=answers)
    def answer_all_on_one_page(self, client, answer):
        days = self.roster or range(5)
        fields = {f"day-{self._date(offset)}": answer for offset in days}
        if self._confirmed(client, "/answer/week/", weekend="no", **fields) and self.has_facts:
            self.week |= dict.fromkeys(days, answer)
            if not self.roster:
                self._note_weekend(has_worked=False)

    @rule(client=devices, taps=st.lists(st.tuples(offsets, answers), min_size=2, max_size=4))
    def tap_at_the_same_moment(self, client, taps):
        """Two tabs and a phone at once: of each day one of the answers, whole."""
        cookie = client.cookies["answer"].value

        def tap(offset, answer):
            device = Client()
            device.cookies["answer"] = cookie
            try:
                return device.post(self._day(offset), {"choice": answer}).status_code
            finally:
                connection.close()

        with ThreadPoolExecutor(len(taps)) as threads:
            statuses = list(threads.map(lambda each: tap(*each), taps))
        assert set(statuses) <= set(CALM)
        if not (self.is_started and cookie and self.has_facts):
            return
        stored = self._stored()
        for offset in {offset for offset, _ in taps if self._is_asked(offset)}:
            assert stored[offset] in [answer for each, answer in taps if each == offset]
            self.week[offset] = stored[offset]

    @rule(client=devices, path=st.sampled_from(PAGES), choice=st.sampled_from(NONSENSE))
    def post_nonsense(self, client, path, choice):
        if path != "/answer/delete/" and not (path == "/answer/facts/" and self.has_facts):
            self._calm(client.post(path, {"choice": choice, "one_way": choice, "site": choice}))

    @rule(client=devices, date=st.sampled_from(OUTSIDE), answer=answers)
    def answer_another_week(self, client, date, answer):
        self._calm(client.post(f"/answer/day/{date}/", {"choice": answer}))

    @rule(client=devices, path=st.sampled_from(PAGES))
    def load_again(self, client, path):
        self._calm(client.get(path, follow=True))

    @rule(client=devices, path=st.sampled_from(PAGES), language=st.sampled_from(LANGUAGES))
    def switch_language(self, client, path, language):
        response = client.post(path, {"language": language})
        assert (response.status_code, response["Location"]) == (302, path)

    @rule(client=devices)
    def send(self, client):
        self._confirmed(client, "/answer/check/", choice="normal_week")

    @rule(client=devices)
    def delete(self, client):
        if self._confirmed(client, "/answer/delete/"):
            self._forget()

    @invariant()
    def stored_is_what_was_confirmed(self):
        if not hasattr(self, "invitation"):
            return
        with as_owner(self.invitation.organisation):
            found = list(Response.objects.filter(invitation=self.invitation))
            answered_at = Invitation.objects.get(pk=self.invitation.pk).answered_at
        assert len(found) == self.is_started
        assert answered_at == (found[0].submitted_at if found else None)
        assert self._stored() == self.week

    def _stored(self):
        with as_owner(self.invitation.organisation):
            days = DayAnswer.objects.filter(response__invitation=self.invitation, is_normal_week=False)
            return {(day.date - MONDAY).days: day.mode or day.whereabouts for day in days}

    def _confirmed(self, client, path, **fields):
        """Whether the answer went to a response that was begun, from a browser that is known."""
        is_known = bool(client.cookies["answer"].value)
        self._calm(client.post(path, fields))
        return self.is_started and is_known

    def _calm(self, response):
        assert response.status_code in CALM, response.content.decode()

    def _date(self, offset):
        return MONDAY + datetime.timedelta(days=offset)

    def _day(self, offset):
        return f"/answer/day/{self._date(offset)}/"

    def _is_asked(self, offset):
        is_day = offset in self.roster if self.roster else offset < 5 or self.works_in_weekend
        return bool(self.has_facts and is_day)

    def _note_weekend(self, *, has_worked):
        if self.has_facts:
            self.works_in_weekend = has_worked
            if not has_worked:
                self.week = {offset: answer for offset, answer in self.week.items() if offset < 5}

    def _forget(self):
        self.week, self.works_in_weekend, self.is_started, self.has_facts = {}, False, False, False


@pytest.mark.django_db(transaction=True)
def test_a_week_stays_what_was_confirmed_under_every_kind_of_traffic():
    with time_machine.travel(OPEN, tick=False):
        run_state_machine_as_test(
            Week,
            settings=settings(
                max_examples=12,
                stateful_step_count=25,
                derandomize=True,
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
