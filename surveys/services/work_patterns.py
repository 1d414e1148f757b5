"""Work patterns: made, changed and deleted, one change of the staff list at a time."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.domain.weekdays import weekdays_of
from surveys.domain.work_pattern import WorkCycle
from surveys.models import WorkPattern
from surveys.selectors.work_patterns import pattern_version, people_with
from surveys.services.staff_lock import lock_staff_list
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event


class PatternRefused(Exception):
    """The pattern cannot be kept like this; the subclass says why, in words for people."""


class PatternNameTaken(PatternRefused):
    def __str__(self) -> str:
        return _("There is a pattern with this name already. Choose another name.")


class PatternNameMeansOtherDays(PatternRefused):
    """The name reads as fixed weekdays, and a staff file would mean these by it."""

    def __str__(self) -> str:
        return _("This name reads as fixed days, and the pattern has other ones. Change the days or the name.")


class PatternChangedMeanwhile(PatternRefused):
    def __str__(self) -> str:
        return _("Somebody changed this pattern meanwhile. Look at it as it is now, and change it again.")


class PatternInUse(PatternRefused):
    """People work by it. people: how many."""

    def __init__(self, people: int) -> None:
        super().__init__(people)
        self.people = people

    def __str__(self) -> str:
        return ngettext(
            "%(people)s person works by this pattern. Give them another one first, or none.",
            "%(people)s people work by this pattern. Give them another one first, or none.",
            self.people,
        ) % {"people": self.people}


@transaction.atomic
def make_pattern(
    *, organisation: Organisation, actor: User | None, now: datetime.datetime, name: str, cycle: WorkCycle
) -> WorkPattern:
    """Add a pattern. Raises PatternNameTaken or PatternNameMeansOtherDays."""
    lock_staff_list(organisation)
    _check_name(organisation, name=name, cycle=cycle)
    pattern = WorkPattern.objects.create(
        organisation=organisation, name=name, starts_on=cycle.starts_on, weeks=cycle.stored_weeks
    )
    _record(pattern, actor=actor, now=now, action="made")
    return pattern


@transaction.atomic
def change_pattern(
    *, pattern: WorkPattern, seen: str, actor: User | None, now: datetime.datetime, name: str, cycle: WorkCycle
) -> bool:
    """Change a pattern for everybody who has it; surveys that have begun keep their days. Returns whether it differs.

    seen: `pattern_version` of what was changed. Raises PatternChangedMeanwhile, also when it was deleted,
    PatternNameTaken or PatternNameMeansOtherDays.
    """
    stored = _locked(pattern)
    if stored is None or pattern_version(stored) != seen:
        raise PatternChangedMeanwhile
    _check_name(pattern.organisation, name=name, cycle=cycle, besides=stored)
    stored.name, stored.starts_on, stored.weeks = name, cycle.starts_on, cycle.stored_weeks
    if pattern_version(stored) == seen:
        return False
    stored.save(update_fields=["name", "starts_on", "weeks"])
    _record(stored, actor=actor, now=now, action="changed", before=pattern.name if pattern.name != name else "")
    return True


@transaction.atomic
def delete_pattern(*, pattern: WorkPattern, actor: User | None, now: datetime.datetime) -> bool:
    """Delete a pattern that nobody who works here has. Returns whether it was still there. Raises PatternInUse."""
    stored = _locked(pattern)
    if stored is None:
        return False
    people = people_with(stored).count()
    if people:
        raise PatternInUse(people)
    _record(stored, actor=actor, now=now, action="deleted")
    stored.delete()
    return True


def _locked(pattern: WorkPattern) -> WorkPattern | None:
    lock_staff_list(pattern.organisation)
    return (
        WorkPattern.objects.select_related("organisation")
        .filter(organisation=pattern.organisation_id, pk=pattern.pk)
        .first()
    )


def _check_name(organisation: Organisation, *, name: str, cycle: WorkCycle, besides: WorkPattern | None = None) -> None:
    others = WorkPattern.objects.filter(organisation=organisation)
    if besides:
        others = others.exclude(pk=besides.pk)
    if name.casefold() in {other.casefold() for other in others.values_list("name", flat=True)}:
        raise PatternNameTaken
    meant = weekdays_of(name)
    if meant is not None and meant != cycle.fixed_days:
        raise PatternNameMeansOtherDays


def _record(pattern: WorkPattern, *, actor: User | None, now: datetime.datetime, action: str, before: str = "") -> None:
    record_event(
        organisation=pattern.organisation,
        actor=actor,
        action=f"work_pattern.{action}",
        now=now,
        subject=pattern.name,
        detail={"name_before": before} if before else {},
    )
