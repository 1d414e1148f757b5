"""Groups of vehicles in words and colours, for figures on pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.domain.rvo import RvoLine
from reporting.domain.week_by_week import ModeGroup

GROUP_LABELS: dict[ModeGroup, Promise] = {
    ModeGroup.CAR: pgettext_lazy("vehicle", "Car"),
    ModeGroup.PUBLIC_TRANSPORT: pgettext_lazy("line", "Public transport"),
    ModeGroup.BICYCLE_WALKING: pgettext_lazy("line", "(E-)bicycle and walking"),
    ModeGroup.MOTORCYCLE_MOPED: _("Motorcycle, moped, scooter"),
    ModeGroup.OTHERS: _("Other vehicles together"),
}
GROUP_COLOURS: dict[ModeGroup, str] = {
    ModeGroup.CAR: "car",
    ModeGroup.PUBLIC_TRANSPORT: "public_transport",
    ModeGroup.BICYCLE_WALKING: "bicycle",
    ModeGroup.MOTORCYCLE_MOPED: "motorcycle",
    ModeGroup.OTHERS: "home",
}
"""The part of the class names of console-parts.css that comes after `mode-`."""

GROUP_OF_LINE: dict[RvoLine, ModeGroup] = {
    **dict.fromkeys((line for line in RvoLine if line.value.startswith("car_")), ModeGroup.CAR),
    **dict.fromkeys((line for line in RvoLine if line.value.startswith("mo")), ModeGroup.MOTORCYCLE_MOPED),
    RvoLine.BICYCLE_WALKING: ModeGroup.BICYCLE_WALKING,
    RvoLine.PUBLIC_TRANSPORT: ModeGroup.PUBLIC_TRANSPORT,
}
