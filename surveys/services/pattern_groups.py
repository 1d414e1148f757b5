"""Gives a work pattern to a group or to one person, and takes it back."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from surveys.models import Employee, PatternChange, WorkPattern
from surveys.selectors.staff import StaffFilter
from surveys.selectors.work_patterns import UNDONE_WITHIN, group_members, group_version
from surveys.services.staff_lock import lock_staff_list
from surveys.services.work_patterns import PatternChangedMeanwhile, PatternRefused
from wpm_platform.organisations.models import Organisation, User
from wpm_platform.organisations.services.audit import record_event
from wpm_platform.scoping import call_system_function

NO_PATTERN = "0"
_AT_ONCE = 5000


class GroupChangedMeanwhile(PatternRefused):
    """Other people are in the group than the preview showed, or they have other patterns."""

    def __str__(self) -> str:
        return _("The staff list changed meanwhile. Look at the numbers as they are now, and confirm again.")


class ChangeNotUndoable(PatternRefused):
    """It was undone already, or too long ago."""

    def __str__(self) -> str:
        return _("This change has been undone already, or was too long ago.")


@dataclass(frozen=True, kw_only=True)
class UndoneChange:
    """returned: who got back what they had. kept: who was changed again meanwhile, or whose pattern is gone."""

    returned: int
    kept: int


@transaction.atomic
def give_pattern(
    *,
    organisation: Organisation,
    actor: User | None,
    now: datetime.datetime,
    wanted: StaffFilter,
    pattern: WorkPattern | None,
    seen: str,
    group: str = "",
) -> PatternChange:
    """Everybody of the filtered list who works here gets the pattern, or none; surveys that have begun keep theirs.

    seen: `group_version` of the preview. group: the filters in words. Raises GroupChangedMeanwhile, or
    PatternChangedMeanwhile when the pattern is no longer there.
    """
    lock_staff_list(organisation)
    _check_there(organisation, pattern)
    members = group_members(organisation=organisation, wanted=wanted)
    if group_version(members) != seen:
        raise GroupChangedMeanwhile
    chosen = pattern.pk if pattern else None
    before: dict[str, list[int]] = defaultdict(list)
    for person, pattern_id in members:
        if pattern_id != chosen:
            before[str(pattern_id or NO_PATTERN)].append(person)
    changed = [person for people in before.values() for person in people]
    _set_pattern(organisation, changed, pattern_id=chosen)
    change = PatternChange.objects.create(
        organisation=organisation,
        pattern=pattern,
        name=pattern.name if pattern else "",
        group=group[:300],
        before=before,
        people=len(changed),
        made_at=now,
        made_by=actor,
    )
    record_event(
        organisation=organisation,
        actor=actor,
        action="work_pattern.given" if pattern else "work_pattern.taken",
        now=now,
        subject=change.name,
        detail={"people": change.people, "group": change.group},
    )
    return change


@transaction.atomic
def undo_change(*, change: PatternChange, actor: User | None, now: datetime.datetime) -> UndoneChange:
    """Give everybody back what they had before, but for who got another pattern since. Raises ChangeNotUndoable."""
    organisation = change.organisation
    lock_staff_list(organisation)
    stored = PatternChange.objects.filter(
        organisation=organisation, pk=change.pk, undone_at=None, made_at__gt=now - UNDONE_WITHIN
    ).first()
    if stored is None:
        raise ChangeNotUndoable
    returned = _give_back(stored)
    outcome = UndoneChange(returned=returned, kept=stored.people - returned)
    stored.before, stored.undone_at = {}, now
    stored.save(update_fields=["before", "undone_at"])
    record_event(
        organisation=organisation,
        actor=actor,
        action="work_pattern.undone",
        now=now,
        subject=stored.name,
        detail={"people": outcome.returned, "group": stored.group},
    )
    return outcome


def forget_changes(*, now: datetime.datetime) -> int:
    """Delete what can no longer be undone, of every organisation. Returns how many."""
    (row,) = call_system_function("forget_pattern_changes", now - UNDONE_WITHIN)
    return int(row["forgotten"])


@transaction.atomic
def give_person_pattern(
    *, employee: Employee, pattern: WorkPattern | None, seen: int | None, actor: User | None, now: datetime.datetime
) -> bool:
    """One person gets the pattern, or none. seen: the id of the pattern that was shown. Returns whether it differs.

    Raises PatternChangedMeanwhile when the pattern is gone, or the person has another one than was shown.
    """
    organisation = employee.organisation
    lock_staff_list(organisation)
    _check_there(organisation, pattern)
    chosen = pattern.pk if pattern else None
    stored = Employee.objects.select_for_update(of=("self",)).get(organisation=organisation, pk=employee.pk)
    if stored.work_pattern_id == chosen:
        return False
    if stored.work_pattern_id != seen:
        raise PatternChangedMeanwhile
    stored.work_pattern_id = chosen
    stored.save(update_fields=["work_pattern"])
    record_event(
        organisation=organisation,
        actor=actor,
        action="employee.changed",
        now=now,
        subject=stored.staff_number,
        detail={"fields": ["work_pattern"], "name": pattern.name if pattern else ""},
    )
    return True


def _check_there(organisation: Organisation, pattern: WorkPattern | None) -> None:
    if pattern and not WorkPattern.objects.filter(organisation=organisation, pk=pattern.pk).exists():
        raise PatternChangedMeanwhile


def _give_back(change: PatternChange) -> int:
    """Returns how many. A pattern can be deleted only once everybody has another one: then nobody is left."""
    if change.name and change.pattern_id is None:
        return 0
    organisation = change.organisation
    there = {str(pk) for pk in WorkPattern.objects.filter(organisation=organisation).values_list("pk", flat=True)}
    return sum(
        _set_pattern(organisation, people, pattern_id=None if had == NO_PATTERN else int(had), having=change.pattern_id)
        for had, people in change.before.items()
        if had in there | {NO_PATTERN}
    )


def _set_pattern(
    organisation: Organisation, people: Iterable[int], *, pattern_id: int | None, **having: int | None
) -> int:
    """Returns how many. having: only who has this pattern now."""
    people = list(people)
    rows = 0
    for start in range(0, len(people), _AT_ONCE):
        some = Employee.objects.filter(organisation=organisation, pk__in=people[start : start + _AT_ONCE])
        if "having" in having:
            some = some.filter(work_pattern=having["having"])
        rows += some.update(work_pattern=pattern_id)
    return rows
