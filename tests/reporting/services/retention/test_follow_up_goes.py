"""A follow-up's questions and answers go with the invitations they were asked through."""

import pytest

from surveys.models import FollowUp, FollowUpAnswer, FollowUpQuestion, Invitation
from tests.factories import as_owner
from tests.reporting.report_rows import freeze, make_report
from tests.reporting.services.retention.rows import BEFORE, left, run_of, told_and_gone

pytestmark = pytest.mark.django_db


def test_questions_and_answers_are_counted_and_go():
    report = make_report()
    freeze(report)
    organisation = report.organisation
    before = left(report.campaign)
    with as_owner(organisation):
        invitation = Invitation.objects.filter(campaign=report.campaign).first()
        row = {"organisation": organisation}
        asked = FollowUp.objects.create(
            **row, campaign=report.campaign, size=10, silent=10, asked_at=BEFORE, closes_at=BEFORE
        )
        person = {"employee_id": invitation.employee_id}
        question = FollowUpQuestion.objects.create(**row, **person, follow_up=asked, invitation=invitation)
        FollowUpAnswer.objects.create(**row, **person, question=question, usual_mode="car", answered_at=BEFORE)
    counted = left(report.campaign)
    assert counted["answers"] == before["answers"] + 1
    assert counted["invitations"] == before["invitations"] + 1
    told_and_gone(organisation)
    run = run_of(report.campaign)
    assert (run.removed["answers"], run.removed["invitations"]) == (counted["answers"], counted["invitations"])
    assert not any(run.after.values())
    with as_owner(organisation):
        assert (FollowUpAnswer.objects.count(), FollowUpQuestion.objects.count(), FollowUp.objects.count()) == (0, 0, 1)
