"""Employers that share a model, as the tests make them."""

from reporting.models import PriorConsent, PriorOfOthers, SharedPrior
from reporting.selectors.current_prior import current_prior
from reporting.services.prior.consent import give_prior_consent, withdraw_prior_consent
from reporting.services.prior.pooling import pool_prior
from tests.factories import NOW, as_owner
from tests.reporting.surveyed_employer import make_surveyed_report
from wpm_platform.scoping import organisation_scope


def employer(*, seed, answered=30, consents=True, **fields):
    """An organisation with a closed survey."""
    organisation = make_surveyed_report(people=40, answered=answered, seed=seed, **fields).organisation
    if consents:
        consent(organisation)
    return organisation


def consent(organisation, *, actor=None, now=NOW):
    with organisation_scope(organisation):
        return give_prior_consent(organisation=organisation, actor=actor, now=now)


def withdraw(organisation, *, actor=None, now=NOW):
    with organisation_scope(organisation):
        return withdraw_prior_consent(organisation=organisation, actor=actor, now=now)


def pool(*, now=NOW):
    return pool_prior(now=now)


def prior_of(organisation):
    with organisation_scope(organisation):
        return current_prior(organisation=organisation)


def shared():
    with as_owner():
        return SharedPrior.objects.first()


def rows_of(organisation, model=PriorOfOthers):
    with as_owner(organisation):
        return list(model.objects.filter(organisation=organisation))


def consents_of(organisation):
    return rows_of(organisation, PriorConsent)
