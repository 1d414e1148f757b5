"""The tick and its tasks, in this process: what they hand on, and workers in parallel threads."""

import datetime
from threading import Barrier, Thread

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test import override_settings

from surveys.services.campaign_progress import advance_campaigns as advance
from surveys.services.survey_mail import send_next_mail
from surveys.tasks.campaigns import advance_campaigns, send_due_mails
from tests.factories import make_employee, make_organisation
from tests.surveys.campaigns import local, mails, make_draft, make_started
from wpm_platform.mailing.models import OutgoingMail
from wpm_platform.mailing.services.sender_places import sender_place
from wpm_platform.scoping import call_system_function, organisation_scope

OPENING = local("2026-03-16")


@pytest.fixture
def organisation():
    organisation = make_organisation()
    for _ in range(12):
        make_employee(organisation)
    return organisation


def running_organisations():
    return {row["organisation_id"] for row in call_system_function("organisations_with_running_campaigns")}


@pytest.mark.django_db
def test_tick_finds_running_and_paused_campaigns_but_no_drafts(organisation):
    make_draft(organisation)
    assert organisation.pk not in running_organisations()
    make_started(organisation)
    assert organisation.pk in running_organisations()


@pytest.mark.django_db
def test_tasks_plan_and_send_what_is_due(organisation, time_machine):
    time_machine.move_to(OPENING, tick=False)
    make_started(organisation)
    advance_campaigns(organisation_id=organisation.pk)
    send_due_mails(organisation_id=organisation.pk)
    assert mails(organisation, "state") == ["sent"] * 12


@pytest.mark.django_db
@override_settings(MAIL_RUN_SECONDS=0)
def test_sending_that_is_not_done_after_its_time_asks_for_another_turn(
    organisation, time_machine, django_capture_on_commit_callbacks
):
    time_machine.move_to(OPENING, tick=False)
    make_started(organisation)
    with organisation_scope(organisation):
        advance(organisation=organisation, now=OPENING)
    with django_capture_on_commit_callbacks() as again:
        send_due_mails(organisation_id=organisation.pk)
    assert [(call.args, call.keywords["kwargs"]) for call in again] == [
        (("surveys.send_due_mails",), {"organisation_id": organisation.pk})
    ]


@pytest.mark.django_db
@override_settings(MAIL_SENDERS=1)
def test_sending_leaves_the_work_to_who_has_the_place(organisation, time_machine, django_capture_on_commit_callbacks):
    time_machine.move_to(OPENING, tick=False)
    make_started(organisation)
    with organisation_scope(organisation):
        advance(organisation=organisation, now=OPENING)
    with sender_place(organisation_id=organisation.pk), django_capture_on_commit_callbacks() as again:
        send_due_mails(organisation_id=organisation.pk)
    assert (again, set(mails(organisation, "state"))) == ([], {"queued"})


@pytest.mark.django_db
def test_sending_first_decides_about_mails_of_dead_workers(organisation, time_machine):
    time_machine.move_to(OPENING, tick=False)
    make_started(organisation)
    with organisation_scope(organisation):
        advance(organisation=organisation, now=OPENING)
        OutgoingMail.objects.update(state="inflight", claimed_at=OPENING, attempts=1)
    time_machine.move_to(OPENING + datetime.timedelta(minutes=11), tick=False)
    send_due_mails(organisation_id=organisation.pk)
    assert mails(organisation, "state", "attempts") == [("sent", 2)] * 12


@pytest.mark.django_db
def test_tasks_tolerate_arguments_of_a_newer_version(organisation, time_machine):
    time_machine.move_to(OPENING, tick=False)
    advance_campaigns(organisation_id=organisation.pk, reason="newer")
    send_due_mails(organisation_id=organisation.pk, reason="newer")
    assert mails(organisation) == []


def in_threads(work, *, count):
    barrier = Barrier(count)

    def run():
        barrier.wait()
        try:
            work()
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_four_planners_and_four_senders_at_once_send_one_mail_per_person(organisation):
    make_started(organisation)

    def plan_and_send():
        with organisation_scope(organisation):
            advance(organisation=organisation, now=OPENING)
        while send_next_mail(organisation_id=organisation.pk, now=OPENING):
            pass

    in_threads(plan_and_send, count=4)
    assert mails(organisation, "state", "attempts") == [("sent", 1)] * 12
    assert len(django_mail.outbox) == 12
    assert len({message.to[0] for message in django_mail.outbox}) == 12
