"""Pooling: nothing under five employers, coefficients only, without who withdrew, never one's own answers."""

import datetime
import json

import pytest
from django.db import DatabaseError, connection

from reporting.models import EstimationResult
from reporting.tasks.prior import pool_prior as pooling_task
from surveys.models import Campaign
from tests.factories import NOW, as_owner, make_organisation
from tests.reporting.services.estimation.estimating import estimated
from tests.reporting.services.prior.sharing import (
    consent,
    employer,
    pool,
    prior_of,
    rows_of,
    shared,
    withdraw,
)
from tests.reporting.surveyed_employer import make_surveyed_report
from wpm_platform.scoping import Role, organisation_scope

pytestmark = pytest.mark.django_db
LATER = NOW + datetime.timedelta(days=7)


def employers(count):
    return [employer(seed=seed) for seed in range(1, count + 1)]


def test_four_employers_share_nothing():
    four = employers(4)
    assert pool() == 0
    assert shared() is None
    assert [prior_of(one) for one in four] == [None] * 4


def test_five_employers_share_a_model_with_who_does_not_take_part():
    five, outsider = employers(5), make_organisation()
    assert pool() == 5
    assert prior_of(outsider).employers == 5
    # Their own answers are in it, and without each there are four.
    assert [prior_of(one) for one in five] == [None] * 5


def test_of_six_each_gets_the_model_of_the_other_five():
    six = employers(6)
    assert pool() == 6
    assert shared().prior["employers"] == 6
    own = [prior_of(one) for one in six]
    assert [prior.employers for prior in own] == [5] * 6
    assert len({prior.to_json() for prior in own}) == 6


def test_only_coefficients_and_a_number_are_kept():
    five = employers(5)
    pool()
    stored = shared().prior
    assert set(stored) == {"format", "modes", "employers", "encoder", "coefficients", "intercept_variance"}
    assert stored["encoder"]["levels"] == []
    assert set(stored["encoder"]["names"]) <= {
        *("one_way_km log", "one_way_km over 5", "one_way_km over 15", "work_days", "one_way_km missing"),
    }
    numbers = [number for row in stored["coefficients"] for number in row]
    assert len(numbers) == (1 + len(stored["encoder"]["names"])) * len(stored["modes"])
    text = json.dumps(stored)
    for one in five:
        assert one.name not in text
        assert one.slug not in text


def test_a_model_under_five_is_gone_after_a_withdrawal():
    five, outsider = employers(5), make_organisation()
    pool()
    withdraw(five[0])
    # Effective at the next pooling; until then the one who withdrew does not use a model with itself in it.
    assert prior_of(five[0]) is None
    assert pool(now=LATER) == 0
    assert shared() is None
    assert prior_of(outsider) is None
    assert [rows_of(one) for one in five] == [[]] * 5


def test_who_withdrew_is_out_and_uses_the_model_of_the_others():
    six = employers(6)
    pool()
    without_first = prior_of(six[0]).to_json()
    withdraw(six[0])
    assert pool(now=LATER) == 5
    assert rows_of(six[0]) == []
    assert prior_of(six[0]).to_json() == without_first


def test_pooling_twice_gives_the_same_model():
    employers(5)
    pool()
    first = shared().prior
    pool(now=LATER)
    assert shared().prior == first
    assert shared().pooled_at == LATER


def test_an_employer_without_a_survey_that_can_be_used_does_not_count():
    five = employers(5)
    consent(make_organisation())
    employer(seed=8, answered=19)
    assert pool() == 5
    with as_owner(five[0]):
        Campaign.objects.filter(organisation=five[0]).update(state="running", closed_at=None)
    assert pool() == 0


def test_a_survey_of_joiners_does_not_count():
    five = employers(5)
    with as_owner(five[2]):
        first = Campaign.objects.get(organisation=five[2])
        Campaign.objects.filter(pk=first.pk).update(asks="joiners", asked_since=first)
    assert pool() == 0


def test_a_survey_of_more_than_three_years_ago_does_not_count():
    employers(5)
    assert pool(now=NOW + datetime.timedelta(days=1200)) == 0


def test_who_did_not_agree_is_not_read():
    employers(4)
    employer(seed=5, consents=False)
    assert pool() == 0


def test_the_task_pools():
    employers(5)
    pooling_task(later_argument="x")
    assert shared() is not None


def test_hr_reads_the_shared_model_and_changes_nothing():
    organisation = make_organisation()
    for statement in ("DELETE FROM reporting_sharedprior", "UPDATE reporting_sharedprior SET prior = '{}'"):
        with pytest.raises(DatabaseError), organisation_scope(organisation), connection.cursor() as cursor:
            cursor.execute(statement)
    with organisation_scope(organisation), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reporting_sharedprior")


@pytest.mark.parametrize("role", [Role.RESPONDENT, Role.REPORTING])
def test_other_roles_do_not_read_it(role):
    organisation = make_organisation()
    with (
        pytest.raises(DatabaseError),
        organisation_scope(organisation, role=role, employee_id=1),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM reporting_sharedprior")


def test_a_small_survey_leans_on_the_others_once_they_are_five():
    report = make_surveyed_report(people=40, answered=25, seed=50)
    assert estimate_of(report)["method"] == "post_stratified_distance"
    employers(5)
    pool()
    found = estimate_of(report)
    assert found["method"] == "prior_offset"
    assert "no_pooled_prior" not in found["cautions"]


def estimate_of(report):
    run = estimated(report, features=())
    with as_owner(report.organisation):
        return EstimationResult.objects.get(run=run).estimate
