"""Every number of the dated files and the unit it has there."""

from collections.abc import Mapping

GRAMS = "g_per_passenger_km"
_LATER_EMISSIONS: Mapping[str, str] = {
    "emission_car_hybrid": GRAMS,
    "emission_car_cng": GRAMS,
    "emission_car_lng": GRAMS,
    "emission_car_hydrogen": GRAMS,
    "emission_car_biofuel": GRAMS,
    "emission_motorcycle_electric": GRAMS,
    "emission_moped_electric": GRAMS,
}
_CHECKS: Mapping[str, str] = {
    "check_commute_above_postcodes": "share",
    "check_commute_below_postcodes": "share",
    "check_postcodes_known": "share",
    "check_change": "share",
    "check_change_from_km": "km",
    "check_public_transport_least": "share",
    "check_public_transport_most": "share",
    "check_fuel_mix": "share",
    "check_one_way_walking": "km",
    "check_one_way_bicycle": "km",
    "check_one_way_speed_pedelec": "km",
    "check_one_way_moped": "km",
    "check_one_way_any": "km",
}
PARAMETER_UNITS: Mapping[str, str] = {
    "weeks_per_year": "weeks",
    "minimum_monthly_hours": "hours",
    "reference_date": "date",
    "filing_deadline": "date",
    "commute_headcount_rule": "text",
    "sample_margin": "share",
    "sample_confidence": "share",
    "sample_z": "number",
    "sample_basis": "text",
    "private_km_per_leased_car": "km",
    "private_km_per_leased_motorcycle": "km",
    "proven_private_km_limit": "km",
    "private_share_leased_two_wheeler": "share",
    "carpool_occupants": "number",
    "standard_working_days": "days",
    "standard_days_minimum_share": "share",
    "public_transport_km_per_euro": "km_per_euro",
    "emission_car_petrol": GRAMS,
    "emission_car_diesel": GRAMS,
    "emission_car_plug_in_hybrid": GRAMS,
    "emission_car_lpg": GRAMS,
    "emission_car_electric": GRAMS,
    "emission_motorcycle_combustion": GRAMS,
    "emission_moped_petrol": GRAMS,
    "emission_public_transport": GRAMS,
    "emission_bicycle_walking": GRAMS,
    **_LATER_EMISSIONS,
    **_CHECKS,
}
ADDED_LATER = frozenset({*_LATER_EMISSIONS, *_CHECKS})
"""Versions that were stored before these numbers existed are read without them."""
EMISSIONS = frozenset(key for key, unit in PARAMETER_UNITS.items() if unit == GRAMS)
WHOLE_UNITS = frozenset({"weeks", "hours", "km", "days", GRAMS, "employees"})
DECIMAL_UNITS = frozenset({"share", "number", "km_per_euro"})
