"""Two of HR at the same button, and two workers at the same pooling."""

import pytest

from reporting.models import SharedPrior
from tests.factories import as_owner, make_organisation
from tests.reporting.services.prior.sharing import consent, consents_of, employer, pool, rows_of, withdraw
from tests.wpm_platform.organisations.concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_agreeing_at_once_is_one_consent():
    organisation = make_organisation()
    found = at_once(*[lambda: consent(organisation)] * 3)
    assert len({row.pk for row in found}) == 1
    assert len(consents_of(organisation)) == 1


def test_withdrawing_at_once_is_one_withdrawal():
    organisation = make_organisation()
    consent(organisation)
    found = at_once(*[lambda: withdraw(organisation)] * 3)
    assert sum(row is not None for row in found) == 1
    assert consents_of(organisation)[0].withdrawn_at is not None


def test_two_workers_keep_one_model():
    employers = [employer(seed=seed) for seed in range(1, 7)]
    assert at_once(pool, pool) == [6, 6]
    with as_owner():
        assert SharedPrior.objects.count() == 1
    assert [len(rows_of(one)) for one in employers] == [1] * 6
