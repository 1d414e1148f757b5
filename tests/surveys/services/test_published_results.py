"""The result for employees: its figures, publishing and withdrawing, and what nobody can work out from it."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection

from reporting.selectors.survey import survey_sums
from surveys.domain.published_result import ResultFigures, figures_from_json, figures_to_json
from surveys.models import DayAnswer, PublishedResult, Response
from surveys.selectors.published_result import published_figures, result_to_publish
from surveys.services.published_results import (
    ResultNotPublished,
    ResultNotReady,
    ResultPublished,
    ResultTooSmall,
    publish_result,
    withdraw_result,
)
from surveys.services.retention.totals import keep_answer_totals
from tests.factories import (
    NOW,
    as_owner,
    make_campaign,
    make_legal_entity,
    make_member,
    make_organisation,
    make_week,
)
from tests.surveys.answered_weeks import AWAY, HOME, UNKNOWN, answer_week
from wpm_platform.organisations.models import AuditEvent
from wpm_platform.scoping import organisation_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def week():
    return make_week(make_campaign(make_organisation(), state="closed"))


def everybody(week, *, people=6, entity=None, days=("car", "car", "bicycle", HOME, AWAY), km=10):
    return [answer_week(week, days, km=km, legal_entity=entity) for _ in range(people)]


def figures(week):
    with organisation_scope(week.organisation):
        return result_to_publish(week.campaign)


def publish(week, *, organisation=None, actor=None):
    organisation = organisation or week.organisation
    with organisation_scope(organisation):
        return publish_result(organisation=organisation, actor=actor, now=NOW, campaign=week.campaign)


def withdraw(week):
    with organisation_scope(week.organisation):
        return withdraw_result(organisation=week.organisation, actor=None, now=NOW, campaign=week.campaign)


def published(week):
    with organisation_scope(week.organisation):
        return published_figures(week.campaign)


def test_the_figures_are_means_and_shares_of_everybody(week):
    everybody(week, people=6)
    for _ in range(5):
        answer_week(week, ["bicycle"] * 4, km=5)
    # 6 people × 3 days × 20 km + 5 people × 4 days × 10 km = 560 km over 11 people; 6 of 44 days at home.
    assert figures(week) == ResultFigures(
        people=11,
        answered=11,
        shares=(("bicycle", 68), ("car", 32)),
        mean_km=51,
        home_percentage=14,
        burden=None,
    )


def test_how_hard_it_was_is_a_mean_of_five_people_and_more(week):
    for burden in (1, 1, 2, 2, 3):
        answer_week(week, ["car"], burden=burden)
    assert figures(week).burden == Decimal("1.8")


def test_the_mean_follows_the_rules_of_the_report(week):
    """A forgotten day is the person's mean, a normal week replaces an unusual one, who did not work is left out."""
    for _ in range(5):
        answer_week(week, ["car", "car", UNKNOWN, UNKNOWN], km=10)
    answer_week(week, ["car"] * 5, km=50, normal_days=["car"] * 2)
    answer_week(week, [AWAY] * 5)
    # 5 × 40 km × 4/2 + 200 km = 600 km over six people.
    assert figures(week).mean_km == 100


def test_home_is_left_out_when_few_worked_there_or_few_did_not(week):
    for _ in range(5):
        answer_week(week, ["car"] * 4)
    for _ in range(4):
        answer_week(week, [HOME] * 4)
    assert figures(week).home_percentage is None
    answer_week(week, [HOME] * 4)
    assert figures(week).home_percentage == 50


def test_there_is_no_result_while_the_campaign_is_open():
    week = make_week(make_campaign(make_organisation(), state="running"))
    everybody(week)
    assert figures(week) is None
    with pytest.raises(ResultNotReady):
        publish(week)


def test_four_people_give_no_result(week):
    everybody(week, people=4)
    assert figures(week) is None
    with pytest.raises(ResultTooSmall):
        publish(week)
    with as_owner(week.organisation):
        assert not PublishedResult.objects.exists()


def test_publishing_keeps_the_figures_and_says_who(week):
    everybody(week)
    actor = make_member(week.organisation)
    publish(week, actor=actor)
    assert published(week) == figures(week)
    with as_owner(week.organisation):
        event = AuditEvent.objects.get(action="campaign.result_published")
        assert (event.actor, event.subject) == (actor, str(week.campaign.code))


def test_publishing_twice_is_refused_and_changes_nothing(week):
    everybody(week)
    publish(week)
    with pytest.raises(ResultPublished):
        publish(week)
    with as_owner(week.organisation):
        assert AuditEvent.objects.filter(action="campaign.result_published").count() == 1


def test_withdrawn_is_not_to_be_read_any_more(week):
    everybody(week)
    publish(week)
    withdraw(week)
    assert published(week) is None
    with pytest.raises(ResultNotPublished):
        withdraw(week)
    with as_owner(week.organisation):
        assert AuditEvent.objects.filter(action="campaign.result_withdrawn").count() == 1


def test_nothing_to_withdraw_before_it_is_published(week):
    everybody(week)
    with pytest.raises(ResultNotPublished):
        withdraw(week)


def test_publishing_again_never_shows_what_was_deleted_in_between(week):
    responses = everybody(week, people=7)
    publish(week)
    first = published(week)
    withdraw(week)
    with as_owner(week.organisation):
        Response.objects.filter(pk=responses[0].pk).delete()
    assert figures(week) == first
    publish(week)
    assert published(week) == first


def test_who_deletes_after_the_closing_moves_no_mean_before_it_is_published_either(week):
    responses = everybody(week, people=7)
    before = figures(week)
    with organisation_scope(week.organisation):
        keep_answer_totals(organisation=week.organisation, campaign=week.campaign, now=NOW)
    with as_owner(week.organisation):
        Response.objects.filter(pk=responses[0].pk).delete()
    assert figures(week) == before


def test_it_stays_when_all_answers_are_gone(week):
    everybody(week)
    publish(week)
    first = published(week)
    with as_owner(week.organisation):
        Response.objects.all().delete()
    assert published(week) == first


def test_another_organisations_campaign_is_not_there_to_be_published(week):
    everybody(week)
    with pytest.raises(week.campaign.DoesNotExist):
        publish(week, organisation=make_organisation())
    with as_owner(week.organisation):
        assert not PublishedResult.objects.exists()


def test_figures_are_read_back_as_they_were_written():
    whole = ResultFigures(
        people=640,
        answered=412,
        shares=(("car", 60), ("bicycle", 40)),
        mean_km=84,
        home_percentage=23,
        burden=Decimal("1.8"),
    )
    assert figures_from_json(figures_to_json(whole)) == whole
    empty = ResultFigures(people=5, answered=5)
    assert figures_from_json(figures_to_json(empty)) == empty
    assert (whole.percentage, ResultFigures(people=0, answered=0).percentage) == (64, 0)


# --- The attack: everything that HR and a colleague can read of the campaign, put together ---


def test_the_mean_less_the_report_of_the_large_entity_gives_nothing_of_the_small_one(week):
    """HR's report of the large entity holds its exact week total; the small one of four people has no figures."""
    large, small = make_legal_entity(week.organisation), make_legal_entity(week.organisation)
    everybody(week, people=9, entity=large)
    for km in (10, 90, 170, 400):
        answer_week(week, ["motorcycle"] * 5, km=km, legal_entity=small)
    found = figures(week)
    with organisation_scope(week.organisation):
        sums = survey_sums(organisation=week.organisation, campaign=week.campaign, legal_entity=large)
    of_large = sum((row.metres for row in sums.sums), Fraction(0)) / sums.respondents / 1000
    assert found.mean_km == round(of_large)
    assert found.home_percentage == 25
    assert dict(found.shares).keys() == {"car", "bicycle"}


@pytest.mark.parametrize(
    ("days", "change"),
    [
        ("car", {"return_metres": 900_000}),
        ("car", {"mode": "moped"}),
        ("car", {"whereabouts": HOME, "mode": "", "return_metres": 0}),
        ("", {"whereabouts": AWAY}),
    ],
)
def test_no_answer_of_a_small_entity_moves_any_figure(week, days, change):
    large, small = make_legal_entity(week.organisation), make_legal_entity(week.organisation)
    everybody(week, people=9, entity=large)
    few = everybody(week, people=4, entity=small)
    before = figures(week)
    with as_owner(week.organisation):
        DayAnswer.objects.filter(response=few[0], mode=days).update(**change)
    assert figures(week) == before


def test_a_mode_of_four_people_moves_no_share(week):
    everybody(week, people=6)
    few = [answer_week(week, ["motorcycle"] * 5) for _ in range(4)]
    before = figures(week)
    with as_owner(week.organisation):
        DayAnswer.objects.filter(response=few[0]).update(mode="speed_pedelec")
    assert figures(week) == before
    assert sum(share for _mode, share in before.shares) == 100


def test_hr_reads_the_means_of_closed_campaigns_of_its_own_organisation_only(week):
    everybody(week)
    other = make_week(make_campaign(make_organisation(), state="closed"))
    everybody(other)
    running = make_week(make_campaign(week.organisation, state="running"))
    everybody(running)
    with organisation_scope(week.organisation), connection.cursor() as cursor:
        cursor.execute("SELECT campaign_id FROM wpm.week_means")
        assert cursor.fetchall() == [(week.campaign_id,)]


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_result(week):
    everybody(week)

    def attempt(_number):
        try:
            publish(week)
        except ResultPublished:
            return "refused"
        finally:
            connection.close()
        return "published"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, range(2))) == ["published", "refused"]
