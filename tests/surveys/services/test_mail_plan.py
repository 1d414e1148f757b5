"""The rows of a mail plan: laid, laid anew, moved, left out and taken back in."""

import datetime
from dataclasses import replace

import pytest

from surveys.domain.step_moves import MoveProblem
from surveys.models import Campaign, Employee, MailStep
from surveys.services.campaign_start import PlanAboveLimit, start_campaign
from surveys.services.campaign_states import close_campaign
from surveys.services.campaigns import update_campaign
from surveys.services.mail_plan import lay_mail_plan, move_step, restore_step, skip_step
from surveys.services.mail_plan.refusals import (
    CampaignOver,
    InvitationNeeded,
    MailLimitReached,
    MoveRejected,
    StepNotLeftOut,
    StepNotOpen,
    StepTooLate,
)
from tests.factories import as_owner, audited, make_employee, make_organisation
from tests.surveys.campaigns import (
    DETAILS,
    advance,
    local,
    make_draft,
    make_started,
    plan,
    plan_step,
    rows,
    send_all,
    step_states,
)
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
NOW = local("2026-03-10")
MONDAYS = (datetime.date(2026, 3, 9), datetime.date(2026, 3, 16))
USUAL = [
    ("announcement", 0, local("2026-03-11"), local("2026-03-16")),
    ("invitation", 0, local("2026-03-16"), local("2026-03-30", "23:59")),
    ("reminder", 1, local("2026-03-18"), local("2026-03-23")),
    ("reminder", 2, local("2026-03-23"), local("2026-03-27")),
    ("reminder", 3, local("2026-03-27"), local("2026-03-30", "23:59")),
    ("thanks", 0, local("2026-03-31"), local("2026-04-14")),
]


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_employee(organisation)
    return organisation


def laid(organisation):
    found = rows(MailStep, organisation, "kind", "number", "due_at", "expires_at")
    return sorted(found, key=lambda step: step[2])


def change(service, organisation, step, *, now=NOW, **arguments):
    with organisation_scope(organisation):
        return service(organisation=organisation, actor=None, now=now, step=step, **arguments)


def update(organisation, campaign, *, details=DETAILS, **fields):
    with organisation_scope(organisation):
        return update_campaign(
            organisation=organisation, actor=None, now=NOW, campaign=campaign, plan=plan(**fields), details=details
        )


def test_draft_has_its_plan_from_the_beginning(organisation):
    make_draft(organisation)
    assert laid(organisation) == USUAL
    assert {state for *_step, state, _reason in step_states(organisation)} == {"planned"}


def test_plan_laid_twice_is_one_plan(organisation):
    campaign = make_draft(organisation)
    before = rows(MailStep, organisation, "pk")
    with organisation_scope(organisation):
        assert lay_mail_plan(campaign=campaign, now=NOW) == []
    assert rows(MailStep, organisation, "pk") == before
    assert laid(organisation) == USUAL


def test_changed_draft_moves_its_mails_and_leaves_moved_ones(organisation):
    campaign = make_draft(organisation)
    moved_to = local("2026-03-20", "14:00")
    change(move_step, organisation, plan_step(organisation, "reminder", number=2), due_at=moved_to)
    update(organisation, campaign, opens_on=datetime.date(2026, 3, 17))
    found = {(kind, number): due_at for kind, number, due_at, _end in laid(organisation)}
    assert found == {
        ("announcement", 0): local("2026-03-12"),
        ("invitation", 0): local("2026-03-17"),
        ("reminder", 1): local("2026-03-19"),
        ("reminder", 2): moved_to,
        ("reminder", 3): local("2026-03-30"),
        ("thanks", 0): local("2026-04-01"),
    }


def test_moved_mail_that_no_longer_fits_goes_back_to_its_usual_place(organisation):
    campaign = make_draft(organisation)
    change(move_step, organisation, plan_step(organisation, "announcement"), due_at=local("2026-03-13", "15:00"))
    update(organisation, campaign, mondays=(datetime.date(2026, 3, 2),), opens_on=datetime.date(2026, 3, 12))
    step = plan_step(organisation, "announcement")
    assert (step.due_at, step.is_moved) == (local("2026-03-09"), False)


def test_draft_about_another_week_has_no_row_of_the_old_one(organisation):
    campaign = make_draft(organisation)
    update(organisation, campaign, mondays=(datetime.date(2026, 3, 23),))
    assert [due_at for *_step, due_at, _end in laid(organisation)][:2] == [local("2026-03-25"), local("2026-03-30")]
    assert len(laid(organisation)) == 6


def test_draft_without_reminders_plans_none(organisation):
    campaign = make_draft(organisation)
    update(organisation, campaign, details=replace(DETAILS, has_reminders=False))
    assert [kind for kind, *_rest in laid(organisation)] == ["announcement", "invitation", "thanks"]


def test_panel_has_one_announcement_and_announces_its_own_number(organisation):
    make_draft(organisation, kind="weekly_panel", mondays=MONDAYS)
    assert [(kind, number) for kind, number, *_moments in laid(organisation)] == [
        ("announcement", 0),
        ("invitation", 0),
        ("reminder", 1),
        ("invitation", 0),
        ("reminder", 1),
        ("thanks", 0),
    ]
    assert rows(Campaign, organisation, "mail_limit") == [6]


def test_campaign_that_starts_after_its_announcement_sends_none(organisation):
    make_started(organisation, now=local("2026-03-12"))
    assert step_states(organisation)[0] == ("announcement", 0, "expired", "started_later")
    advance(organisation, now=local("2026-03-12"))
    assert step_states(organisation)[0] == ("announcement", 0, "expired", "started_later")


def test_campaign_that_starts_in_time_announces(organisation):
    make_started(organisation, now=NOW)
    assert step_states(organisation)[0] == ("announcement", 0, "planned", "")


def test_moved_step_leaves_at_its_new_moment_and_ends_the_one_before_it(organisation):
    make_started(organisation)
    step = change(
        move_step,
        organisation,
        plan_step(organisation, "reminder", number=2),
        due_at=local("2026-03-20", "10:30"),
        now=local("2026-03-12"),
    )
    assert (step.due_at, step.expires_at, step.is_moved) == (local("2026-03-20", "10:30"), local("2026-03-27"), True)
    assert plan_step(organisation, "reminder", number=1).expires_at == local("2026-03-20", "10:30")
    assert "mail_step.moved" in [action for action, _subject in audited(organisation)]


def test_reminders_follow_a_moved_invitation(organisation):
    make_draft(organisation)
    change(move_step, organisation, plan_step(organisation, "invitation"), due_at=local("2026-03-19"))
    assert [(kind, due_at) for kind, _number, due_at, _end in laid(organisation)] == [
        ("announcement", local("2026-03-16")),
        ("invitation", local("2026-03-19")),
        ("reminder", local("2026-03-23")),
        ("reminder", local("2026-03-26")),
        ("reminder", local("2026-03-27")),
        ("thanks", local("2026-03-31")),
    ]
    assert plan_step(organisation, "announcement").expires_at == local("2026-03-19")


def test_moment_that_cannot_be_is_refused_and_changes_nothing(organisation):
    make_draft(organisation)
    with pytest.raises(MoveRejected) as refusal:
        change(move_step, organisation, plan_step(organisation, "announcement"), due_at=local("2026-03-16"))
    assert refusal.value.problem == MoveProblem.AFTER_INVITATION
    assert str(refusal.value) == "De aankondiging moet vóór de uitnodiging weg. Kies een eerder moment."
    assert laid(organisation) == USUAL


def test_step_that_was_left_out_ends_no_other_and_comes_back(organisation):
    make_draft(organisation)
    step = plan_step(organisation, "reminder", number=2)
    assert change(skip_step, organisation, step).state == "skipped"
    assert plan_step(organisation, "reminder", number=1).expires_at == local("2026-03-27")
    with pytest.raises(StepNotOpen):
        change(skip_step, organisation, step)
    assert change(restore_step, organisation, step).state == "planned"
    assert laid(organisation) == USUAL
    with pytest.raises(StepNotLeftOut):
        change(restore_step, organisation, step)
    assert [action for action, _subject in audited(organisation)] == [
        "campaign.created",
        "mail_step.skipped",
        "mail_step.restored",
    ]


def test_left_out_step_stays_out_when_the_plan_is_laid_anew(organisation):
    campaign = make_draft(organisation)
    change(skip_step, organisation, plan_step(organisation, "announcement"))
    update(organisation, campaign, opens_on=datetime.date(2026, 3, 17))
    step = plan_step(organisation, "announcement")
    assert (step.state, step.due_at) == ("skipped", local("2026-03-12"))


def test_invitation_cannot_be_left_out(organisation):
    make_draft(organisation)
    with pytest.raises(InvitationNeeded):
        change(skip_step, organisation, plan_step(organisation, "invitation"))


def test_what_has_left_cannot_be_changed(organisation):
    make_started(organisation)
    opening = local("2026-03-16")
    advance(organisation, now=opening)
    send_all(organisation, now=opening)
    step = plan_step(organisation, "invitation")
    assert step.state == "released"
    with pytest.raises(StepNotOpen):
        change(move_step, organisation, step, due_at=local("2026-03-17"), now=opening)
    with pytest.raises(StepTooLate):
        change(restore_step, organisation, plan_step(organisation, "announcement"), now=opening)


def test_closed_campaign_only_lets_its_thanks_be_changed(organisation):
    campaign = make_started(organisation)
    now = local("2026-03-20")
    with organisation_scope(organisation):
        close_campaign(organisation=organisation, actor=None, now=now, campaign=campaign)
    with pytest.raises(CampaignOver):
        change(move_step, organisation, plan_step(organisation, "reminder", number=3), due_at=local("2026-03-26"))
    assert change(skip_step, organisation, plan_step(organisation, "thanks"), now=now).state == "skipped"


def test_step_of_another_organisation_is_not_found(organisation):
    make_draft(organisation)
    step = plan_step(organisation, "reminder", number=1)
    other = make_organisation()
    with pytest.raises(Campaign.DoesNotExist):
        change(move_step, other, step, due_at=local("2026-03-17"))
    with pytest.raises(Campaign.DoesNotExist):
        change(skip_step, other, step)
    assert laid(organisation) == USUAL


def set_limit(organisation, limit):
    with as_owner(organisation):
        Organisation.objects.filter(pk=organisation.pk).update(yearly_mail_limit=limit)


def start(organisation, campaign, *, now=NOW):
    with organisation_scope(organisation):
        return start_campaign(organisation=organisation, actor=None, now=now, today=now.date(), campaign=campaign)


def test_plan_above_the_limit_cannot_start_until_a_mail_is_left_out(organisation):
    set_limit(organisation, 5)
    draft = make_draft(organisation)
    with pytest.raises(PlanAboveLimit) as refusal:
        start(organisation, draft)
    assert "6" in str(refusal.value)
    assert "5" in str(refusal.value)
    assert rows(Campaign, organisation, "state") == ["draft"]
    change(skip_step, organisation, plan_step(organisation, "reminder", number=3))
    assert start(organisation, draft).state == "running"
    with pytest.raises(MailLimitReached):
        change(restore_step, organisation, plan_step(organisation, "reminder", number=3))
    assert plan_step(organisation, "reminder", number=3).state == "skipped"


def test_limit_counts_what_other_campaigns_sent_and_plan(organisation):
    start(organisation, make_draft(organisation))  # six mails a person
    second = make_draft(organisation, mondays=(datetime.date(2026, 6, 8),))
    with pytest.raises(PlanAboveLimit) as refusal:
        start(organisation, second)
    assert (refusal.value.count.planned, refusal.value.count.earlier) == (6, 6)
    for day in ("2026-03-11", "2026-03-16", "2026-03-18"):
        advance(organisation, now=local(day))
        send_all(organisation, now=local(day))
    with pytest.raises(PlanAboveLimit) as refusal:
        start(organisation, second, now=local("2026-03-18"))
    assert (refusal.value.count.planned, refusal.value.count.earlier) == (6, 6)
    set_limit(organisation, 12)
    assert start(organisation, second, now=local("2026-03-18")).state == "running"


def test_limit_begins_anew_each_year(organisation):
    start(organisation, make_draft(organisation))
    next_year = make_draft(organisation, reporting_year=2027, mondays=(datetime.date(2027, 3, 8),))
    assert start(organisation, next_year).state == "running"


def test_people_that_another_campaign_did_not_ask_do_not_count(organisation):
    start(organisation, make_draft(organisation))
    with as_owner(organisation):
        Employee.objects.filter(organisation=organisation).update(left_at=local("2026-04-01"))
    make_employee(organisation)
    second = make_draft(organisation, mondays=(datetime.date(2026, 6, 8),))
    assert start(organisation, second, now=local("2026-06-10")).state == "running"


def test_panel_counts_for_itself(organisation):
    set_limit(organisation, 3)
    panel = make_draft(organisation, kind="weekly_panel", mondays=MONDAYS)
    assert start(organisation, panel).state == "running"
    assert rows(Campaign, organisation, "mail_limit") == [6]
