"""Year on year in words: changes, breaks of method, and the names of what is compared."""

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.domain.cell import CellMethod
from reporting.domain.rvo import RvoBlock
from reporting.domain.years.breaks import THRESHOLD, Break, BreakKind
from reporting.domain.years.changes import Change, ChangeKind
from reporting.domain.years.figures import ModeGroup
from reporting.labels import BLOCK_LABELS, METHOD_LABELS, SETTING_VALUE_LABELS
from reporting.parameter_labels import PARAMETER_LABELS

GROUP_LABELS: dict[ModeGroup, Promise] = {
    ModeGroup.CAR: gettext_lazy("Car"),
    ModeGroup.PUBLIC_TRANSPORT: gettext_lazy("Public transport"),
    ModeGroup.BICYCLE_WALKING: gettext_lazy("(E-)bicycle and walking"),
    ModeGroup.MOTORCYCLE_MOPED: gettext_lazy("Motorcycle, moped or scooter"),
}
BLOCKS = {block.code: BLOCK_LABELS[block] for block in RvoBlock}


def change_in_words(change: Change | None) -> str:
    """“+3.4 %”, “new” from 0, and nothing where there is nothing to compare."""
    if change is None or change.kind is ChangeKind.UNKNOWN:
        return ""
    if change.kind is ChangeKind.NEW or change.percentage is None:
        return _("new")
    if not change.percentage:
        return "0 %"
    sign = "+" if change.percentage > 0 else "−"
    return f"{sign}{number_format(abs(change.percentage), decimal_pos=1)} %"


def break_in_words(found: Break) -> str:
    """One break as a sentence, without its years."""
    named = {"before": _values(found, found.before), "after": _values(found, found.after)}
    if found.kind is BreakKind.METHOD:
        sentence = _("%(block)s was made differently: first %(before)s, then %(after)s.")
        return sentence % {**named, "block": BLOCKS[found.subject]}
    if found.kind is BreakKind.WEEKS:
        return _("The survey asked about another number of weeks: first %(before)s, then %(after)s.") % named
    if found.kind is BreakKind.FORM:
        return _("RVO's form has another version: first %(before)s, then %(after)s.") % named
    return _("%(factor)s: first %(before)s, then %(after)s.") % {**named, "factor": _factor(found.subject)}


def _factor(key: str) -> str:
    if key == THRESHOLD:
        return _("Employees from which the duty holds")
    return str(PARAMETER_LABELS.get(key, key))


def _values(found: Break, values: tuple[str, ...]) -> str:
    if not values:
        return _("not set")
    if found.kind is BreakKind.METHOD:
        return f" {_('and')} ".join(str(METHOD_LABELS[CellMethod(value)]).lower() for value in values)
    if found.kind is BreakKind.FACTOR:
        return str(SETTING_VALUE_LABELS.get(values[0], values[0].replace(".", ",")))
    return values[0]
