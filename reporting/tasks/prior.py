"""The shared model for small surveys is made anew each week from who consents then."""

from celery import shared_task

from reporting.services.prior.pooling import pool_prior as pool
from wpm_platform import clock


@shared_task(name="reporting.pool_prior")
def pool_prior(**_newer: object) -> None:
    pool(now=clock.now())
