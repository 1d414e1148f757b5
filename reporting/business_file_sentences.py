"""What people read about business files: their columns, and what to do about what can be wrong with them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.domain.business_file.columns import COLUMNS_OF
from reporting.domain.business_file.subjects import FileSubject
from reporting.services.business_files import MISSING_AMOUNT
from surveys.domain.staff_file import MappingProblem
from surveys.staff_file_sentences import FILE_SENTENCES, MAPPING_SENTENCES, ROW_SENTENCES

FIELD_LABELS: dict[str, Promise] = {
    "reference": _("Plate or contract number"),
    "vehicle": _("Kind of vehicle"),
    "fuel": _("Fuel"),
    "odometer_begin": _("Odometer at the beginning"),
    "odometer_end": _("Odometer at the end"),
    "driven_km": _("Kilometres driven in the year"),
    "contract_km": _("Contractual kilometres a year"),
    "available_from": _("In use from"),
    "available_until": _("In use until (last day)"),
    "is_leased": _("Lease or owned"),
    "proves_private_limit": _("At most 500 private km proven (yes/no)"),
    "has_trip_registration": _("Trip registration (yes/no)"),
    "registered_km": _("Business kilometres by trip registration"),
    "has_grey_plate": _("Grey plate (yes/no)"),
    "special_use": _("Special use"),
    "total_km": _("Kilometres"),
    "business_km": _("Business kilometres"),
    "commute_km": _("Commuting kilometres"),
    "private_km": _("Private kilometres"),
    "euro": _("Amount in euros"),
    "date": _("Date of the trip"),
    "purpose": _("Business, commuting or private"),
    "staff_number": _("Staff number"),
    "days_per_week": _("Commuting days a week"),
    "one_way_km": _("Kilometres one way"),
    "is_employer_provided": _("Provided by the employer (yes/no)"),
    "months": _("Months in the year"),
}
FIELD_MEANINGS: dict[str, Promise] = {
    "reference": _("Needed. Recognises the vehicle in the next file; we keep only a code made of it."),
    "vehicle": _("Car, motorcycle, moped, bicycle, public transport, taxi, van … May hold the fuel as well."),
    "fuel": _("Petrol, diesel, hybrid, plug-in hybrid, electric, LPG, CNG, LNG, hydrogen, biofuel."),
    "odometer_begin": _("The reading on 1 January, or on the first day of use. Of another day: leave both empty."),
    "odometer_end": _("The reading on 31 December, or on the last day of use. The difference counts as it is."),
    "driven_km": _("Instead of two readings."),
    "contract_km": _("For a whole year; counts where there are no readings."),
    "available_from": _("For part of a year we count by days: the flat rate and contractual kilometres."),
    "available_until": _("Empty while the vehicle is in use."),
    "is_leased": _("Empty is lease. For owned vehicles there is no flat rate for private use."),
    "proves_private_limit": _("With proof for the tax authorities; then private use counts as 0."),
    "has_trip_registration": _("Only when all vehicles have it, the registered kilometres count."),
    "registered_km": _("Without commuting and private trips."),
    "has_grey_plate": _("Vehicles with a grey plate do not count; we note them."),
    "special_use": _("Adapted, emergency service or passenger transport: does not count; we note it."),
    "total_km": _("All kilometres of the row."),
    "business_km": _("Where the provider splits them; then nothing is taken off."),
    "commute_km": _("Where the provider knows them; else we take commuting from the survey."),
    "private_km": _("Where the provider knows them."),
    "euro": _("For public transport on claims; we never turn euros into kilometres."),
    "date": _("Trips of another year are left out."),
    "purpose": _("Commuting and private rows are left out; without this column every row is business travel."),
}
_COMMUTE_MEANINGS: dict[str, Promise] = {
    "staff_number": _("Needed. As on the staff list; we keep no figure of a person, only sums."),
    "days_per_week": _("Needed. How many days a week somebody travels to work: 3 or 2,5; 0 for only at home."),
    "one_way_km": _("From home to work. Empty only for somebody who works at home all week."),
    "vehicle": _("What somebody mostly travels with: car, bicycle, public transport … May hold the fuel as well."),
    "is_employer_provided": _("Needed to take commuting off the kilometres of your fleet."),
    "months": _("How many months of the year this rhythm holds. Empty: the months in service by the staff list."),
}
_REGISTRATION_MEANINGS: dict[str, Promise] = {
    "total_km": _("Needed. Commuting kilometres, there and back, of the row."),
    "purpose": _("Business and private rows are left out; without this column every row is commuting."),
}
_MEANINGS_OF: dict[FileSubject, dict[str, Promise]] = {
    FileSubject.RHYTHMS: _COMMUTE_MEANINGS,
    FileSubject.COMMUTE_REGISTRATION: {
        "is_employer_provided": _COMMUTE_MEANINGS["is_employer_provided"],
        **_REGISTRATION_MEANINGS,
    },
}
_OWN_ROW_SENTENCES: dict[str, Promise] = {
    "amount_missing": _("there are no kilometres and no amount here. Fill in one of both."),
    "amount_too_large": _("this number cannot be right. Correct it."),
    "fuel_missing": _("the fuel is missing. Fill it in: it decides the line of the form."),
    "km_missing": _("the kilometres are missing. Fill them in; we cannot turn euros into kilometres."),
    "negative_amount": _("this is less than 0. Correct it, or leave the row out."),
    "odometer_runs_back": _("the odometer runs back: the end is lower than the beginning. Correct one of both."),
    "other_year": _("this vehicle was not in use in the year of the report. Leave the row out, or correct the dates."),
    "parts_exceed_total": _("commuting and private kilometres are more than all kilometres. Correct one of them."),
    "required": _("this cell is empty. Fill it in: we need it in every row."),
    "unclear_number": _("is this a thousand, or one and a bit? Write 1234, or 1,23 with at most two decimals."),
    "unknown_fuel": _("we do not know this fuel. Write for instance: petrol, diesel, electric, plug-in hybrid."),
    "unknown_ownership": _("write lease or owned here."),
    "unknown_purpose": _("we do not know this purpose. Write business, commuting or private."),
    "unknown_special_use": _("we do not know this use. Write adapted, emergency service or passenger transport."),
    "unknown_vehicle": _("we do not know this vehicle. Write for instance: car, bicycle, public transport, taxi, van."),
    "vehicle_twice": _("this vehicle is in the file twice. Keep one row per vehicle."),
}
_COMMUTE_ROW_SENTENCES: dict[str, Promise] = {
    "days_out_of_range": _("a week has seven days. Fill in 0 to 7; half days are possible."),
    "months_out_of_range": _("a year has twelve months. Fill in 0 to 12."),
    "one_way_too_long": _("this is more than 1,000 km one way. Fill in the distance from home to work, not of a year."),
    "one_way_missing": _("the distance is missing. Fill in the kilometres from home to work, one way."),
    "vehicle_missing": _("the vehicle is missing. Fill in what this person mostly travels with."),
    "unknown_staff_number": _("we do not find this staff number on the staff list. Correct it, or leave the row out."),
    "rhythm_twice": _("this person has more than twelve months together. Keep one rhythm at a time."),
}
BUSINESS_ROW_SENTENCES: dict[str, str | Promise] = {**ROW_SENTENCES, **_OWN_ROW_SENTENCES, **_COMMUTE_ROW_SENTENCES}
_OWN_FILE_SENTENCES: dict[str, Promise] = {
    "empty": _("This file is empty. Choose another file."),
    "too_large": _("This file is too large (at most %(detail)s). Leave out what is not needed, or split it."),
}
BUSINESS_FILE_SENTENCES: dict[str, str | Promise] = {**FILE_SENTENCES, **_OWN_FILE_SENTENCES}


def field_meanings(subject: FileSubject) -> list[tuple[str, str]]:
    """Every column of such files with what it is for, in the order of the template."""
    meanings = {**FIELD_MEANINGS, **_MEANINGS_OF.get(subject, {})}
    return [(str(FIELD_LABELS[column.name]), str(meanings[column.name])) for column in COLUMNS_OF[subject]]


def problem_sentence(*, code: str, detail: str = "") -> str:
    """What is wrong with a cell and what to do, beginning with a capital."""
    sentence = _filled(BUSINESS_ROW_SENTENCES[code], detail=detail)
    return sentence[:1].upper() + sentence[1:]


def file_sentence(*, code: str, detail: str = "") -> str:
    """Why a file as a whole cannot be read, and what to do."""
    return _filled(BUSINESS_FILE_SENTENCES[code], detail=detail)


def mapping_sentence(problem: MappingProblem) -> str:
    """Why a choice of columns cannot be used, and what to do."""
    if problem.code == MISSING_AMOUNT:
        return str(_("Choose which column holds kilometres or an amount: without one there is nothing to add up."))
    return str(MAPPING_SENTENCES[problem.code]) % {"field": str(FIELD_LABELS[problem.field])}


def _filled(sentence: str | Promise, *, detail: str) -> str:
    return str(sentence) % {"detail": detail} if "%(detail)s" in str(sentence) else str(sentence)
