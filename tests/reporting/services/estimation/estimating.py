"""How the tests ask for an estimation and let a worker make it."""

import datetime
import json

from reporting.models import EstimationResult, EstimationRun
from reporting.services.estimation.run import run_estimation
from reporting.services.estimation.start import start_estimation
from tests.factories import as_owner
from tests.reporting.report_rows import NOW, in_scope

FEATURES = ("site", "department", "provision")
NOTE = "Besproken met de ondernemingsraad op 3 maart."
LATER = NOW + datetime.timedelta(minutes=6)


def start(report, *, features=FEATURES, council_note=NOTE):
    with in_scope(report) as where:
        return start_estimation(**where, features=features, council_note=council_note)


def work(run, *, at=NOW):
    """One worker, at one moment. Returns whether there was something to do."""
    return run_estimation(organisation_id=run.organisation_id, code=run.code, clock=lambda: at)


def estimated(report, **options):
    """An estimation that was asked for and made, as it is now."""
    run = start(report, **options)
    work(run)
    return fresh(run)


def fresh(run):
    with as_owner(run.organisation):
        return EstimationRun.objects.select_related("same_as", "organisation", "report__organisation").get(pk=run.pk)


def result_of(run):
    """What was kept of this very run, or None."""
    with as_owner(run.organisation):
        return EstimationResult.objects.filter(run=run).first()


def bytes_of(run):
    return json.dumps(result_of(run).estimate, sort_keys=True)
