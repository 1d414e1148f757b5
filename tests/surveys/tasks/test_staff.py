import pytest
from celery import current_app

from surveys.services.staff_import import choose_mapping
from surveys.tasks.staff import TASK_OF_STATE, apply_staff_import, check_staff_import, staff_tick
from tests.factories import make_legal_entity, make_organisation
from tests.surveys.staff_imports import applied, confirmed, people, stored, uploaded
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


def test_tasks_do_their_work_once():
    organisation = make_organisation()
    make_legal_entity(organisation)
    staff_import = uploaded(organisation)
    with organisation_scope(organisation):
        choose_mapping(staff_import=staff_import, mapping=staff_import.mapping)
    arguments = {"organisation_id": organisation.pk, "code": str(staff_import.code)}
    check_staff_import(**arguments, newer_argument=1)
    assert stored(staff_import).state == "checked"
    apply_staff_import(**arguments)
    assert people(organisation) == []


def test_names_are_registered():
    assert [name in current_app.tasks for name in (*TASK_OF_STATE.values(), "surveys.staff_tick")] == [True] * 3


def test_tick_takes_up_what_waits(django_capture_on_commit_callbacks):
    organisation, other = make_organisation(), make_organisation()
    for employer in (organisation, other):
        make_legal_entity(employer)
    waiting = confirmed(organisation)
    applied(other)
    with django_capture_on_commit_callbacks() as callbacks:
        staff_tick()
    sent = [(callback.args, callback.keywords) for callback in callbacks]
    assert sent == [
        (
            ("surveys.apply_staff_import",),
            {"kwargs": {"organisation_id": organisation.pk, "code": str(waiting.code)}},
        )
    ]
