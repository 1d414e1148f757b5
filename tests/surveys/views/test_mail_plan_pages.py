"""The planning page of a campaign: looking, moving, leaving out, another last day."""

import datetime

import pytest
from django.urls import reverse

from surveys.domain.step_moves import MoveProblem
from surveys.models import MailStep, SurveyWeek
from surveys.services.mail_plan import skip_step
from surveys.services.mail_plan.refusals import MOVE_MESSAGES
from tests.factories import as_owner, make_employee, make_member, make_organisation, make_site
from tests.surveys.campaigns import advance, events, local, make_draft, make_started, plan_step, rows
from tests.surveys.work_patterns import make_work_pattern
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db
THURSDAY, OPENING = local("2026-03-12"), local("2026-03-16")
TEN_MINUTES = datetime.timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _thursday(time_machine):
    time_machine.move_to(THURSDAY, tick=False)


@pytest.fixture
def organisation():
    organisation = make_organisation()
    make_employee(organisation, email="anna@voorbeeld.example")
    make_employee(organisation, email="bram@voorbeeld.example")
    make_employee(organisation, email="")
    return organisation


def owner_of(row):
    with as_owner():
        return row.organisation


def address(organisation, name, **kwargs):
    return reverse(name, kwargs={"slug": organisation.slug, **kwargs})


def plan_address(campaign):
    return address(owner_of(campaign), "campaign_mail_plan", code=campaign.code)


def step_address(step, name="campaign_mail_step", *, campaign=None):
    return address(owner_of(step), name, code=(campaign or step.campaign).code, step=step.code)


def closing_address(campaign, number=1):
    return address(owner_of(campaign), "campaign_mail_closing", code=campaign.code, number=number)


def errors(response):
    return {name: [str(text) for text in found] for name, found in response.context["form"].errors.items()}


def moved_to(organisation, kind, **number):
    return plan_step(organisation, kind, **number).due_at


# --- Looking ----------------------------------------------------------------------------------------


def test_the_plan_is_a_table_and_a_list_with_every_mail_on_its_day(hr, organisation):
    campaign = make_started(organisation)
    response = hr.get(plan_address(campaign))
    page = response.content.decode()
    for step in rows(MailStep, organisation):
        assert page.count(address(organisation, "campaign_mail_step", code=campaign.code, step=step.code)) >= 2
    weeks = response.context["weeks"]
    assert [week.number for week in weeks] == [11, 12, 13, 14]
    monday = weeks[1].days[0]
    assert (monday.date, [line.step.kind for line in monday.lines]) == (datetime.date(2026, 3, 16), ["invitation"])
    assert page.count('scope="col"') == 8
    assert page.count('scope="row"') == 4
    assert closing_address(campaign) in page


def test_a_draft_says_who_gets_its_mails_and_how_many_there_are(hr, organisation):
    page = hr.get(plan_address(make_draft(organisation)))
    expected = page.context["expected"]
    assert (expected.receiving, [(reason.code, reason.people) for reason in expected.reasons]) == (
        2,
        [("no_address", 1)],
    )
    [count] = page.context["calendar"].counts
    assert (count.planned, count.limit) == (6, 8)
    assert "8" in page.content.decode()


def test_a_running_plan_forecasts_the_next_mail_and_fetches_the_others(hr, organisation, time_machine):
    campaign = make_started(organisation)
    with organisation_scope(organisation):
        announcement = plan_step(organisation, "announcement")
    response = hr.get(plan_address(campaign))
    assert response.context["expected"].receiving == 2
    assert response.content.decode().count("hx-get") == 4
    assert announcement.state == "expired"


def test_warnings_stand_beside_the_mail(hr, organisation):
    campaign = make_started(organisation)
    with as_owner(organisation):
        MailStep.objects.filter(kind="thanks").update(
            due_at=local("2026-04-06", "21:30"), expires_at=local("2026-04-20")
        )
    step = plan_step(organisation, "thanks")
    for page in (plan_address(campaign), step_address(step)):
        shown = hr.get(page).content.decode()
        assert 'class="plan-warning"' in shown
        assert "Easter Monday" in shown or "paasdag" in shown.lower()


def test_a_draft_about_a_week_that_is_not_normal_says_why(hr, organisation):
    campaign = make_draft(organisation, mondays=(datetime.date(2026, 4, 27),))
    for path in (plan_address(campaign), address(organisation, "campaign_start", code=campaign.code)):
        page = hr.get(path).content.decode()
        assert "Koningsdag" in page
        assert "note-warning" in page
        assert "Meivakantie" in page


def test_a_site_lead_and_a_reader_look_and_find_nothing_to_press(client, organisation):
    campaign = make_started(organisation)
    step = plan_step(organisation, "reminder", number=1)
    for role, site in (("site_lead", make_site(organisation)), ("reader", None)):
        client.force_login(make_member(organisation, role=role, site=site))
        for path in (plan_address(campaign), step_address(step)):
            response = client.get(path)
            assert response.status_code == 200
            page = response.content.decode().split("<main", 1)[1]
            assert 'method="post"' not in page
            assert closing_address(campaign) not in page
        assert (response.context.get("people") is None) == (role == "site_lead")
        assert client.post(step_address(step), {"due_on": "2026-03-19"}).status_code == 403
        for name in ("campaign_mail_step_skip", "campaign_mail_step_restore"):
            assert client.post(step_address(step, name)).status_code == 403


def test_another_organisations_plan_and_mails_do_not_exist(hr, organisation):
    stranger = make_organisation()
    make_employee(stranger)
    theirs = make_started(stranger)
    step = plan_step(stranger, "invitation")
    own = make_started(organisation)
    for code in (theirs.code, own.code):
        path = address(organisation, "campaign_mail_step", code=code, step=step.code)
        assert hr.get(path).status_code == 404
        assert hr.post(path, {"due_on": "2026-03-19", "due_time": "10:00"}).status_code == 404
    assert hr.get(address(organisation, "campaign_mail_plan", code=theirs.code)).status_code == 404
    assert hr.get(plan_address(theirs)).status_code == 404


@pytest.mark.parametrize("weeks", [1, 8])
def test_as_many_queries_for_many_weeks(hr, organisation, weeks, django_assert_max_num_queries):
    mondays = tuple(datetime.date(2026, 3, 9) + datetime.timedelta(weeks=number) for number in range(weeks))
    campaign = make_draft(organisation, kind="weekly_panel" if weeks > 1 else "one_week", mondays=mondays)
    path = plan_address(campaign)
    with django_assert_max_num_queries(26):
        assert hr.get(path).status_code == 200


# --- Moving -----------------------------------------------------------------------------------------


def test_a_mail_is_moved_and_what_follows_moves_along(hr, organisation):
    campaign = make_started(organisation)
    invitation = plan_step(organisation, "invitation")
    response = hr.post(step_address(invitation), {"due_on": "2026-03-17", "due_time": "10:30"})
    assert (response.status_code, response["Location"]) == (302, plan_address(campaign))
    assert moved_to(organisation, "invitation") == local("2026-03-17", "10:30")
    assert moved_to(organisation, "reminder", number=1) == local("2026-03-19")
    assert events(organisation)[-1] == "mail_step.moved"


@pytest.mark.parametrize(
    ("typed", "field", "problem"),
    [
        ({"due_on": "2026-03-11", "due_time": "10:00"}, "due_on", MoveProblem.PAST),
        ({"due_on": "2026-03-19", "due_time": "21:00"}, "due_time", MoveProblem.AT_NIGHT),
        ({"due_on": "2026-03-20", "due_time": "06:59"}, "due_time", MoveProblem.AT_NIGHT),
        ({"due_on": "2026-03-23", "due_time": "10:00"}, "due_on", MoveProblem.SAME_DAY),
        ({"due_on": "2026-05-01", "due_time": "10:00"}, "due_on", MoveProblem.AFTER_CLOSING),
        ({"due_on": "2026-03-16", "due_time": "12:00"}, "due_on", MoveProblem.TOO_SOON),
    ],
)
def test_a_moment_that_cannot_be_is_refused_with_what_to_do_and_kept(hr, organisation, typed, field, problem):
    make_started(organisation)
    step = plan_step(organisation, "reminder", number=1)
    response = hr.post(step_address(step), typed)
    assert (response.status_code, errors(response)) == (422, {field: [str(MOVE_MESSAGES[problem])]})
    page = response.content.decode()
    assert f'value="{typed["due_on"]}"' in page
    assert f'value="{typed["due_time"]}"' in page
    assert moved_to(organisation, "reminder", number=1) == step.due_at


@pytest.mark.parametrize(
    "typed", [{}, {"due_on": "morgen", "due_time": "x"}, {"due_on": "0001-01-01", "due_time": "25:00"}]
)
def test_what_is_no_moment_is_refused(hr, organisation, typed):
    make_started(organisation)
    step = plan_step(organisation, "reminder", number=1)
    response = hr.post(step_address(step), typed)
    assert (response.status_code, sorted(errors(response))) == (422, ["due_on", "due_time"])


def test_a_mail_that_is_ready_can_no_longer_be_moved(client, organisation, settings, time_machine):
    settings.MAIL_UNDO_MINUTES = 10
    make_started(organisation)
    advance(organisation, now=OPENING - TEN_MINUTES)
    time_machine.move_to(OPENING - TEN_MINUTES, tick=False)
    client.force_login(make_member(organisation))
    hr = client
    step = plan_step(organisation, "invitation")
    response = hr.post(step_address(step), {"due_on": "2026-03-18", "due_time": "10:00"})
    assert (response.status_code, response["Location"]) == (302, step_address(step))
    page = hr.get(step_address(step)).content.decode()
    assert 'name="due_on"' not in page
    assert "/mail-batches/" in page


def test_the_yearly_limit_refuses_another_mail_above_the_form(hr, organisation):
    campaign = make_draft(organisation)
    step = plan_step(organisation, "announcement")
    with organisation_scope(organisation):
        skip_step(organisation=organisation, actor=None, now=THURSDAY, step=step)
    with as_owner(organisation):
        organisation.yearly_mail_limit = 5
        organisation.save()
    response = hr.post(step_address(step, "campaign_mail_step_restore"))
    assert response["Location"] == step_address(step)
    assert "6" in hr.get(step_address(step)).content.decode()
    assert plan_step(organisation, "announcement").state == "skipped"
    assert hr.get(plan_address(campaign)).context["calendar"].exceeded is None


# --- Leaving out and putting back -------------------------------------------------------------------


def test_a_mail_is_left_out_and_put_back(hr, organisation):
    campaign = make_started(organisation)
    step = plan_step(organisation, "reminder", number=2)
    assert hr.post(step_address(step, "campaign_mail_step_skip"))["Location"] == plan_address(campaign)
    assert plan_step(organisation, "reminder", number=2).state == "skipped"
    assert step_address(step, "campaign_mail_step_restore") in hr.get(plan_address(campaign)).content.decode()
    again = hr.post(step_address(step, "campaign_mail_step_skip"))
    assert again["Location"] == step_address(step)
    hr.post(step_address(step, "campaign_mail_step_restore"))
    assert plan_step(organisation, "reminder", number=2).state == "planned"
    assert events(organisation)[-2:] == ["mail_step.skipped", "mail_step.restored"]


def test_the_invitation_stays(hr, organisation):
    make_started(organisation)
    step = plan_step(organisation, "invitation")
    assert step_address(step, "campaign_mail_step_skip") not in hr.get(step_address(step)).content.decode()
    assert hr.post(step_address(step, "campaign_mail_step_skip"))["Location"] == step_address(step)
    assert plan_step(organisation, "invitation").state == "planned"


@pytest.mark.parametrize("name", ["campaign_mail_step_skip", "campaign_mail_step_restore"])
def test_asking_changes_nothing(hr, organisation, name):
    make_started(organisation)
    assert hr.get(step_address(plan_step(organisation, "reminder", number=1), name)).status_code == 405


# --- Another last day -------------------------------------------------------------------------------


def test_another_last_day_is_shown_first_and_changes_nothing_until_confirmed(hr, organisation):
    campaign = make_started(organisation)
    before = rows(MailStep, organisation, "due_at", "state")
    response = hr.get(closing_address(campaign), {"closes_on": "2026-03-23", "closes_time": "23:59"})
    changes = {(change.after.kind, change.after.number): change for change in response.context["changes"]}
    assert changes["thanks", 0].after.due_at == local("2026-03-24")
    assert changes["thanks", 0].before.due_at == local("2026-03-31")
    assert (rows(MailStep, organisation, "due_at", "state"), events(organisation)[-1]) == (before, "campaign.started")
    typed = {"closes_on": "2026-03-23", "closes_time": "23:59"}
    assert hr.post(closing_address(campaign), typed)["Location"] == plan_address(campaign)
    assert moved_to(organisation, "thanks") == local("2026-03-24")
    assert rows(SurveyWeek, organisation, "closes_at") == [local("2026-03-23", "23:59")]


def test_the_same_last_day_changes_no_mail(hr, organisation):
    campaign = make_started(organisation)
    response = hr.get(closing_address(campaign), {"closes_on": "2026-03-30", "closes_time": "23:59"})
    assert (response.status_code, response.context["changes"]) == (200, ())


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("day", "time", "field"),
    [
        ("2026-03-11", "12:00", "closes_on"),
        ("2026-03-17", "12:00", "closes_on"),
        ("2026-09-17", "12:00", "closes_on"),
        ("geen dag", "12:00", "closes_on"),
        ("2026-03-27", "noen", "closes_time"),
    ],
)
def test_a_last_day_that_cannot_be_is_refused_and_kept(hr, organisation, method, day, time, field):
    campaign = make_started(organisation)
    response = getattr(hr, method)(closing_address(campaign), {"closes_on": day, "closes_time": time})
    assert (response.status_code, list(errors(response))) == (422, [field])
    assert f'value="{day}"' in response.content.decode()
    assert rows(SurveyWeek, organisation, "closes_at") == [local("2026-03-30", "23:59")]


def test_a_draft_and_a_closed_campaign_have_no_last_day_to_change_here(hr, organisation):
    draft = make_draft(organisation)
    edit = address(organisation, "campaign_edit", code=draft.code)
    assert hr.get(closing_address(draft))["Location"] == edit
    with as_owner(organisation):
        draft.state, draft.started_at, draft.closed_at = "closed", THURSDAY, THURSDAY
        draft.save()
    typed = {"closes_on": "2026-03-23", "closes_time": "23:59"}
    assert hr.post(closing_address(draft), typed)["Location"] == plan_address(draft)
    assert rows(SurveyWeek, organisation, "closes_at") == [local("2026-03-30", "23:59")]


@pytest.mark.parametrize("number", [0, 2, 99])
def test_a_week_that_the_campaign_does_not_have_is_not_found(hr, organisation, number):
    assert hr.get(closing_address(make_started(organisation), number)).status_code == 404


# --- Before a start ---------------------------------------------------------------------------------


def test_the_start_page_shows_the_plan_and_the_number_of_mails(hr, organisation):
    draft = make_draft(organisation)
    response = hr.get(address(organisation, "campaign_start", code=draft.code))
    # The announcement would have left on Wednesday 11 March: it no longer counts.
    assert (response.context["missed"].kind, [count.planned for count in response.context["counts"]]) == (
        "announcement",
        [5],
    )
    assert plan_address(draft) in response.content.decode()


def test_a_plan_above_the_limit_is_not_started_and_says_what_to_do(hr, organisation):
    with as_owner(organisation):
        organisation.yearly_mail_limit = 4
        organisation.save()
    draft = make_draft(organisation)
    start = address(organisation, "campaign_start", code=draft.code)
    assert "note-danger" in hr.get(start).content.decode()
    assert hr.post(start)["Location"] == plan_address(draft)
    page = hr.get(plan_address(draft)).content.decode()
    assert address(organisation, "settings_edit") in page
    assert rows(MailStep, organisation, "state") == ["planned"] * 6
    hr.post(step_address(plan_step(organisation, "reminder", number=2), "campaign_mail_step_skip"))
    assert "note-danger" not in hr.get(start).content.decode()
    assert hr.post(start)["Location"] == address(organisation, "campaign", code=draft.code)
    assert plan_step(organisation, "invitation").campaign.state == "running"


def test_the_campaign_page_leads_to_the_plan_and_to_its_lists(hr, organisation):
    campaign = make_started(organisation)
    advance(organisation, now=OPENING)
    page = hr.get(address(organisation, "campaign", code=campaign.code)).content.decode()
    assert plan_address(campaign) in page
    assert step_address(plan_step(organisation, "reminder", number=1)) in page
    assert "/mail-batches/" in page


def test_plan_says_how_many_work_by_a_roster(hr, organisation):
    hr.cookies["django_language"] = "en"
    draft = make_draft(organisation)
    assert "by a roster" not in hr.get(plan_address(draft)).content.decode()
    make_employee(organisation, work_pattern=make_work_pattern(organisation))
    make_employee(organisation, work_pattern=make_work_pattern(organisation, name="Weg"), left_at=THURSDAY)
    assert (
        "1 person works by a roster and gets mail half an hour before" in hr.get(plan_address(draft)).content.decode()
    )
    running = make_started(organisation)
    make_employee(organisation, work_pattern=make_work_pattern(organisation, name="Later"))
    page = hr.get(plan_address(running)).content.decode()
    assert "1 person works by a roster" in page
    assert "not before 7:00 and not after 20:00" in page
