"""Stopped addresses."""

import datetime

import pytest

from tests.factories import NOW, make_organisation
from wpm_platform.mailing.enums import MailEventKind
from wpm_platform.mailing.models import AddressStop
from wpm_platform.mailing.services.stops import ComplaintStays, lift_stop, stop_address, stop_of, stopped_addresses
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import NoScope, organisation_scope

pytestmark = pytest.mark.django_db
ADDRESS = "piet@voorbeeld.example"
LATER = NOW + datetime.timedelta(days=1)


def _stop(organisation: Organisation, kind: MailEventKind, *, now: datetime.datetime = NOW) -> AddressStop:
    with organisation_scope(organisation):
        return stop_address(organisation=organisation, address=ADDRESS, kind=kind, now=now)


def _kind(organisation: Organisation) -> str | None:
    with organisation_scope(organisation):
        stop = stop_of(organisation=organisation, address=ADDRESS)
    return stop.kind if stop else None


def test_stopped_twice_is_one_stop_of_the_first_moment() -> None:
    organisation = make_organisation()
    _stop(organisation, MailEventKind.HARD_BOUNCE)
    assert _stop(organisation, MailEventKind.SOFT_BOUNCE, now=LATER).stopped_at == NOW
    assert _kind(organisation) == MailEventKind.HARD_BOUNCE


def test_a_lifted_stop_no_longer_holds_and_may_come_back() -> None:
    organisation = make_organisation()
    _stop(organisation, MailEventKind.HARD_BOUNCE)
    with organisation_scope(organisation):
        assert lift_stop(organisation=organisation, address="PIET@voorbeeld.example", now=LATER) is True
        assert lift_stop(organisation=organisation, address=ADDRESS, now=LATER) is False
    assert _kind(organisation) is None
    _stop(organisation, MailEventKind.SOFT_BOUNCE, now=LATER)
    assert _kind(organisation) == MailEventKind.SOFT_BOUNCE


def test_a_complaint_replaces_a_bounce_and_is_never_lifted() -> None:
    organisation = make_organisation()
    _stop(organisation, MailEventKind.HARD_BOUNCE)
    _stop(organisation, MailEventKind.COMPLAINT)
    _stop(organisation, MailEventKind.HARD_BOUNCE, now=LATER)
    with organisation_scope(organisation), pytest.raises(ComplaintStays):
        lift_stop(organisation=organisation, address=ADDRESS, now=LATER)
    assert _kind(organisation) == MailEventKind.COMPLAINT


def test_another_organisation_neither_sees_nor_lifts_it() -> None:
    organisation, neighbour = make_organisation(), make_organisation()
    _stop(organisation, MailEventKind.HARD_BOUNCE)
    with organisation_scope(neighbour):
        assert lift_stop(organisation=organisation, address=ADDRESS, now=LATER) is False
        assert stopped_addresses(organisation=organisation, addresses=[ADDRESS]) == {}
    assert _kind(organisation) == MailEventKind.HARD_BOUNCE


def test_of_a_list_the_stopped_ones_are_found_at_once() -> None:
    organisation = make_organisation()
    _stop(organisation, MailEventKind.HARD_BOUNCE)
    with organisation_scope(organisation):
        found = stopped_addresses(organisation=organisation, addresses=["Piet@Voorbeeld.example", "jan@x.example", ""])
        assert found == {"Piet@Voorbeeld.example": MailEventKind.HARD_BOUNCE}
        assert stop_of(organisation=organisation, address="") is None


def test_outside_a_scope_nothing_is_read() -> None:
    with pytest.raises(NoScope):
        stop_of(organisation=make_organisation(), address=ADDRESS)
