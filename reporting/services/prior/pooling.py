"""Pooling: each consenting employer is read in its own scope, and only coefficients are kept."""

import datetime
import json
from typing import Any

import structlog
from django.db import connection, transaction
from threadpoolctl import threadpool_limits

from reporting.domain.estimation.people import People
from reporting.domain.estimation.pooled_prior import PooledPrior
from reporting.domain.estimation.shared_prior import pooled, without_each
from reporting.models import PriorOfOthers, SharedPrior
from reporting.selectors.prior_people import prior_people
from wpm_platform.organisations.models import Organisation
from wpm_platform.scoping import call_system_function, organisation_scope

log = structlog.get_logger(__name__)


def pool_prior(*, now: datetime.datetime) -> int:
    """Make the shared model anew from who consents now. Returns how many employers took part: none, or five and more.

    What was made before goes, so that nothing of an employer that withdrew stays. Call it outside any scope; two at
    once wait for each other.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('reporting_sharedprior'))")
        concerned = [row["organisation_id"] for row in call_system_function("organisations_of_the_shared_prior")]
        people = {number: found for number in concerned if (found := _people(number, now=now)) is not None}
        with threadpool_limits(limits=1):
            shared = pooled(list(people.values()))
            others = without_each(list(people.values())) if shared is not None else []
        _keep(shared, now=now)
        by_organisation = dict(zip(people, others, strict=True)) if shared is not None else {}
        for number in concerned:
            _keep_others(number, takes_part=number in by_organisation, prior=by_organisation.get(number), now=now)
    taking_part = 0 if shared is None else len(people)
    log.info("prior_pooled", employers=taking_part)
    return taking_part


def _people(organisation_id: int, *, now: datetime.datetime) -> People | None:
    with organisation_scope(organisation_id):
        return prior_people(organisation=Organisation.objects.get(pk=organisation_id), now=now)


def _keep(prior: PooledPrior | None, *, now: datetime.datetime) -> None:
    SharedPrior.objects.all().delete()
    if prior is not None:
        SharedPrior.objects.create(prior=_stored(prior), pooled_at=now)


def _keep_others(organisation_id: int, *, takes_part: bool, prior: PooledPrior | None, now: datetime.datetime) -> None:
    with organisation_scope(organisation_id):
        PriorOfOthers.objects.filter(organisation=organisation_id).delete()
        if takes_part:
            stored = None if prior is None else _stored(prior)
            PriorOfOthers.objects.create(organisation_id=organisation_id, prior=stored, pooled_at=now)


def _stored(prior: PooledPrior) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(prior.to_json())
    return document
