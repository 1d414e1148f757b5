"""The words of the CO2 indication."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FACTOR_LABELS: dict[str, Promise] = {
    "emission_car_petrol": _("Car, petrol"),
    "emission_car_diesel": _("Car, diesel"),
    "emission_car_plug_in_hybrid": _("Car, plug-in hybrid"),
    "emission_car_hybrid": _("Car, hybrid without a plug"),
    "emission_car_electric": _("Car, fully electric"),
    "emission_car_lpg": _("Car, LPG"),
    "emission_car_cng": _("Car, CNG"),
    "emission_car_lng": _("Car, LNG"),
    "emission_car_hydrogen": _("Car, hydrogen"),
    "emission_car_biofuel": _("Car, biofuel"),
    "emission_motorcycle_combustion": _("Motorcycle, not electric"),
    "emission_motorcycle_electric": _("Motorcycle, electric"),
    "emission_moped_petrol": _("Moped or scooter, not electric"),
    "emission_moped_electric": _("Moped, scooter or speed pedelec, electric"),
    "emission_bicycle_walking": _("(E-)bicycle and walking"),
    "emission_public_transport": _("Public transport"),
}
"""In the order of the form."""
