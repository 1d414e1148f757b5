"""Whatever somebody taps, in whatever order: no error, and the stored week is what they last answered."""

import datetime

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from surveys.enums import Fuel, Mode, Whereabouts
from surveys.models import DayAnswer, Invitation, Response, VehicleFacts
from tests.factories import as_owner, make_site, personal_path
from tests.surveys.views.respond.test_pages import PAGES
from tests.surveys.views.respond.walk import OPEN, make_open_invitation

WITHOUT_DISTANCE = [Whereabouts.HOME, Whereabouts.CLIENT, Whereabouts.NOT_WORKED, Whereabouts.UNKNOWN]
SATURDAY, SUNDAY = datetime.date(2026, 3, 14), datetime.date(2026, 3, 15)


class AnyOrder(RuleBasedStateMachine):
    """A person with two devices beside a plain model of what they last said."""

    devices = Bundle("devices")

    @initialize(roster=st.sampled_from(["", "", "146"]))
    def begin(self, roster):
        self.invitation = make_open_invitation()
        make_site(self.invitation.organisation)
        with as_owner(self.invitation.organisation):
            Invitation.objects.filter(pk=self.invitation.pk).update(asked_days=roster)
        self.roster = roster
        self.week, self.works_in_weekend, self.is_started, self.metres = {}, None, False, None

    @rule(target=devices)
    def start(self):
        client = Client()
        assert client.post(personal_path(self.invitation)).status_code == 302
        self.is_started = True
        return client

    @rule(client=devices, kilometres=st.integers(1, 300))
    def give_facts(self, client, kilometres):
        site = str(self.invitation.employee.site.code)
        path = "/answer/facts/change/"
        if self._post(client, path, one_way=str(kilometres), site=site):
            self.metres = kilometres * 1000

    @rule(
        client=devices,
        offset=st.integers(0, 6),
        choice=st.sampled_from([*Mode.values, *WITHOUT_DISTANCE]),
    )
    def answer_a_day(self, client, offset, choice):
        date = datetime.date(2026, 3, 9) + datetime.timedelta(days=offset)
        is_taken = self.metres and self._is_asked(offset)
        if self._post(client, f"/answer/day/{date}/", choice=choice) and is_taken:
            self.week[date] = choice

    def _is_asked(self, offset):
        return str(offset + 1) in self.roster if self.roster else offset < 5 or self.works_in_weekend

    @rule(
        client=devices,
        chosen=st.dictionaries(st.integers(0, 6), st.sampled_from([*Mode.values, *WITHOUT_DISTANCE])),
        worked=st.none() | st.booleans(),
        button=st.sampled_from(["", "one_by_one"]),
    )
    def answer_the_week_on_one_page(self, client, chosen, worked, button):
        days = {datetime.date(2026, 3, 9) + datetime.timedelta(days=offset): offset for offset in chosen}
        taken = {date: chosen[offset] for date, offset in days.items() if self._is_asked(offset)}
        fields = {f"day-{date}": chosen[offset] for date, offset in days.items()}
        if worked is not None:
            fields["weekend"] = "yes" if worked else "no"
        if not (self._post(client, "/answer/week/", choice=button, **fields) and self.metres):
            return
        if worked is not None and not self.roster:
            self.works_in_weekend = worked
        if self.works_in_weekend is False:
            taken = {date: choice for date, choice in taken.items() if date not in (SATURDAY, SUNDAY)}
            self.week.pop(SATURDAY, None)
            self.week.pop(SUNDAY, None)
        self.week |= taken

    @rule(client=devices, worked=st.booleans())
    def answer_the_weekend(self, client, worked):
        path, choice = "/answer/weekend/", "yes" if worked else "no"
        if self._post(client, path, choice=choice) and self.metres and not self.roster:
            self.works_in_weekend = worked
            if not worked:
                self.week.pop(SATURDAY, None)
                self.week.pop(SUNDAY, None)

    @rule(
        client=devices,
        path=st.sampled_from(PAGES),
        choice=st.sampled_from(["", "fill", "keep", "own", "x", "send", "3"]),
    )
    def tap_something_else(self, client, path, choice):
        if path not in ("/answer/delete/", "/answer/facts/"):
            assert client.post(path, {"choice": choice}).status_code in (200, 302, 403, 404, 422)

    @rule(client=devices, mode=st.sampled_from(Mode.values), fuel=st.sampled_from(Fuel.values))
    def tell_about_a_vehicle(self, client, mode, fuel):
        for path, choice in ((f"/answer/vehicle/{mode}/fuel/", fuel), (f"/answer/vehicle/{mode}/provider/", "own")):
            assert client.post(path, {"choice": choice}).status_code in (200, 302, 403, 404)

    @rule(client=devices)
    def send(self, client):
        self._post(client, "/answer/check/", choice="normal_week")

    @rule(client=devices, path=st.sampled_from(PAGES))
    def reload(self, client, path):
        assert client.get(path, follow=True).status_code in (200, 403, 404)

    @rule(client=devices)
    def delete(self, client):
        if self.is_started:
            assert client.post("/answer/delete/").status_code in (302, 403)
            with as_owner(self.invitation.organisation):
                self.is_started = Response.objects.filter(invitation=self.invitation).exists()
            if not self.is_started:
                self.week, self.works_in_weekend, self.metres = {}, None, None

    @invariant()
    def what_is_stored_is_what_was_said(self):
        if not hasattr(self, "invitation"):
            return
        with as_owner(self.invitation.organisation):
            days = DayAnswer.objects.filter(response__invitation=self.invitation, is_normal_week=False)
            stored = {day.date: day.mode or day.whereabouts for day in days}
            metres = {day.date: day.return_metres for day in days}
            facts = {
                facts.mode: (facts.fuel, facts.is_employer_provided)
                for facts in VehicleFacts.objects.filter(employee=self.invitation.employee)
            }
            vehicles = {day.mode: (day.fuel, day.is_employer_provided) for day in days if day.mode}
            response = Response.objects.filter(invitation=self.invitation).first()
            answered_at = Invitation.objects.get(pk=self.invitation.pk).answered_at
        assert stored == self.week
        assert metres == {date: 2 * self.metres if choice in Mode.values else 0 for date, choice in self.week.items()}
        assert vehicles == {mode: facts.get(mode, ("", None)) for mode in vehicles}
        assert answered_at == (response.submitted_at if response else None)

    def _post(self, client, path, **fields):
        """Whether the answer went to a started response."""
        response = client.post(path, fields)
        assert response.status_code in (200, 302, 403, 422)
        return self.is_started and bool(client.cookies["answer"].value)


@pytest.mark.django_db
def test_any_order_of_taps_on_two_devices():
    with time_machine.travel(OPEN, tick=False):
        run_state_machine_as_test(
            AnyOrder,
            settings=settings(
                max_examples=25,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
