"""The whole report once more, written from the rules alone: nothing of the product is imported here.

`computed_report(inputs, parameters)` takes what an evidence file holds under these names and gives the 44 figures:
{(block, line): kilometres, cents for euros, or None where there is no figure}. It is plain and slow on purpose. Where
the product has classes and steps, this has one sum after the other, so that both are wrong together only by accident.
"""

import calendar
from fractions import Fraction

LINES = [
    *("car_petrol", "car_diesel", "car_hybrid", "car_electric", "car_other"),
    *("motorcycle_petrol", "motorcycle_electric", "moped_petrol", "moped_electric"),
    *("bicycle_walking", "public_transport"),
]
WITH_FUEL = ("car", "motorcycle", "moped")


def computed_report(inputs, parameters):
    lines = {}
    for place in parameters["form"]["places"]:
        for fuel in place["fuels"]:
            lines[place["mode"], fuel] = place["line"]
    values = {name: row.get("value") for name, row in parameters["values"].items()}
    year_sums = commute_per_year(inputs, values)
    figures = dict.fromkeys(((block, line) for block in (1, 2, 3, 4) for line in LINES), None)
    figures |= estimated(inputs, commuting(year_sums, lines))
    year_sums = year_sums and as_estimated(inputs, year_sums, lines)
    business = inputs.get("business") or {"files": [], "fleet": [], "travel": []}
    blocks_with_files = {file["block"] for file in business["files"]}
    if 1 in blocks_with_files:
        figures |= fleet(inputs, business, year_sums, lines, values)
    for block in {2, 3} & blocks_with_files:
        figures |= travel(block, inputs, business, year_sums, lines)
    for row in inputs["manual"]:
        euro = row["block"] == 3 and row["line"] == "public_transport"
        figures[row["block"], row["line"]] = int(Fraction(row["value"]) * (100 if euro else 1))
    return figures


def half_up(amount):
    whole = amount.numerator // amount.denominator
    return whole + 1 if amount - whole >= Fraction(1, 2) else whole


# Commuting: week kilometres × 45 ÷ respondents × employees with a fixed workplace, by mode, fuel and provider.


def commute_per_year(inputs, values):
    method = inputs.get("choice", {"method": "survey"})["method"]
    if method != "survey":
        return register_per_year(method, inputs.get("register"), inputs["headcount"]["commute_multiplier"], values)
    survey = inputs["survey"]
    if survey is None or not survey["weeks"]:
        return None
    per_week = [week["submitted"] - week["not_worked"] - week["unusable"] for week in survey["weeks"]]
    employees = inputs["headcount"]["commute_multiplier"]
    people = sum(per_week) if survey.get("has_one_week_each") else max(per_week)
    if sum(per_week) == 0 or people < inputs.get("least_people", 1) or employees == 0:
        return None
    factor = Fraction(values["weeks_per_year"], sum(per_week)) * employees / 1000
    return [
        (row["mode"], row["fuel"], row["is_employer_provided"], Fraction(row["metres"]) * factor)
        for row in survey["sums"]
    ]


def register_per_year(method, register, employees, values):
    """214 days: a standard week × 214 ÷ 5, from the known to all; a registration is the year itself."""
    if not register or not register["files"]:
        return None
    factor = Fraction(1)
    if method == "standard_days":
        days, least = values["standard_working_days"], values["standard_days_minimum_share"]
        known = register["with_rhythm"]
        if days is None or least is None or not known or not employees or Fraction(known, employees) < Fraction(least):
            return None
        factor = Fraction(days, 5) / known * employees
    return [
        (row["mode"], row["fuel"], row["is_employer_provided"], Fraction(row["metres"]) / 1000 * factor)
        for row in register["sums"]
    ]


def commuting(year_sums, lines):
    if year_sums is None:
        return {}
    return {(4, line): None if km is None else half_up(km) for line, km in per_line(year_sums, lines).items()}


# An estimate that HR chose: its whole kilometres; and what the employer provides of each line keeps its share.


def estimated(inputs, by_guidance):
    estimate = inputs.get("estimate")
    if estimate is None:
        return by_guidance
    is_old = estimate["headcount"] != inputs["headcount"]["commute_multiplier"]
    km = {row["line"]: None if is_old else row["km"] for row in estimate["lines"]}
    return {(4, line): km[line] if value is not None else None for (_, line), value in by_guidance.items()}


def as_estimated(inputs, year_sums, lines):
    """Kilometres per year of which every line adds up to its estimate; nothing from an estimate that is too old."""
    estimate = inputs.get("estimate")
    if estimate is None:
        return year_sums
    if estimate["headcount"] != inputs["headcount"]["commute_multiplier"]:
        return None
    told = per_line(year_sums, lines)
    result = [row for row in year_sums if row[1] == "unknown" and told[lines_of_mode(row[0], lines)[0]] is None]
    for mode, fuel, provided, km in known_fuels(year_sums)[0]:
        wanted = next(row["km"] for row in estimate["lines"] if row["line"] == lines[mode, fuel])
        total = told[lines[mode, fuel]]
        if total and wanted is not None:
            result.append((mode, fuel, provided, km / total * wanted))
    transport = next(row["km"] for row in estimate["lines"] if row["line"] == "public_transport")
    if not told["public_transport"] and transport:
        result.append(("public_transport", "", None, Fraction(transport)))
    return result


def lines_not_estimated(inputs, lines):
    """Lines of which the estimate gives no kilometres though people told that the employer provides their vehicle."""
    estimate = inputs.get("estimate")
    if estimate is None:
        return set()
    empty = {row["line"] for row in estimate["lines"] if row["km"] is None}
    sums = [
        (row["mode"], row["fuel"], row["is_employer_provided"], Fraction(row["metres"]))
        for row in inputs["survey"]["sums"]
    ]
    told = provided_per_line(sums, lines)
    return {line for line in empty if told[line] or line == "public_transport"}


def lines_of_mode(wanted, lines):
    return [line for (mode, _), line in lines.items() if mode == wanted]


def known_fuels(rows):
    """Rows of unknown fuel as shares of the known fuels of their mode; and the modes of which no fuel is known."""
    result, open_modes = [], set()
    for mode, fuel, provided, km in rows:
        if fuel != "unknown" or km == 0:
            result += [(mode, fuel, provided, km)] if fuel != "unknown" else []
            continue
        same = [(other, amount) for m, other, _, amount in rows if m == mode and other != "unknown" and amount]
        if not same:
            open_modes.add(mode)
        for other, amount in same:
            result.append((mode, other, provided, km * amount / sum(amount for _, amount in same)))
    return result, open_modes


def per_line(rows, lines):
    rows, open_modes = known_fuels(rows)
    found = dict.fromkeys(LINES, Fraction(0))
    for mode, fuel, _, km in rows:
        found[lines[mode, fuel]] += km
    for (mode, _), line in lines.items():
        if mode in open_modes:
            found[line] = None
    return found


# Business travel. What the employer provides comes off the fleet; public transport off the cards.


def provided_per_line(rows, lines):
    rows, _ = known_fuels(rows)
    found = dict.fromkeys(LINES, Fraction(0))
    for mode, fuel, provided, km in rows:
        if mode == "public_transport" or (provided is True and mode != "walking"):
            found[lines[mode, fuel]] += km
    return found


def lines_with_open_commuting(rows, lines):
    _, open_modes = known_fuels(rows)
    modes = {mode for mode, fuel, provided, km in rows if mode in open_modes and provided is True and km}
    return {line for (mode, _), line in lines.items() if mode in modes}


def fleet(inputs, business, year_sums, lines, values):
    year = inputs["reporting_year"]
    days = 366 if calendar.isleap(year) else 365
    counted = [row for row in business["fleet"] if not row["left_out"]]
    figures = {}
    all_registered = counted and all(row["registered"] == row["vehicles"] for row in counted)
    for line in LINES:
        rows = [row for row in counted if lines[row["kind"], row["fuel"]] == line]
        if all_registered:
            figures[1, line] = half_up(sum((Fraction(row["registered_km"]) for row in rows), Fraction(0)))
            continue
        km = Fraction(0)
        for row in rows:
            total = Fraction(row["driven_km"]) + Fraction(row["contract_km_days"]) / days
            km += total - private(row, total=total, days=days, values=values)
        commuting_belongs_here = bool(rows) or line not in lines_without_split(business, lines)
        bicycles_left_out = line == "bicycle_walking" and not rows
        if year_sums is not None and line != "public_transport" and commuting_belongs_here and not bicycles_left_out:
            km -= provided_per_line(year_sums, lines)[line]
        no_commuting = year_sums is None or line in lines_with_open_commuting(year_sums, lines)
        no_commuting = no_commuting or line in lines_not_estimated(inputs, lines)
        is_open = any(row["without_km"] for row in rows) or (rows and no_commuting) or km < 0
        figures[1, line] = None if is_open else half_up(km)
    return figures


def private(row, *, total, days, values):
    if not row["is_leased"] or row["proves_private_limit"]:
        return Fraction(0)
    flat = {"car": "private_km_per_leased_car", "motorcycle": "private_km_per_leased_motorcycle"}.get(row["kind"])
    if flat:
        return Fraction(values[flat]) * row["vehicle_days"] / days
    return total * Fraction(values["private_share_leased_two_wheeler"])


def lines_without_split(business, lines):
    """Lines on which mobility services state kilometres that can hold commuting."""
    found = set()
    for row in business["travel"]:
        if row["block"] == 2 and not row["left_out"] and not row["is_split"]:
            if row["fuel"] == "unknown":
                found |= {line for (mode, _), line in lines.items() if mode == row["kind"]}
            else:
                found.add(lines[row["kind"], row["fuel"]])
    return found


def travel(block, inputs, business, year_sums, lines):
    rows = [row for row in business["travel"] if row["block"] == block and not row["left_out"]]
    parts = [(row, line, share) for row in rows for line, share in shares(row, rows, lines)]
    is_open = {line for row, line, share in parts if share is None or row["rows_without_amount"]}
    km, cents = dict.fromkeys(LINES, Fraction(0)), Fraction(0)
    for row, line, share in parts:
        if share is not None:
            km[line] += (Fraction(row["km"]) - Fraction(row["private_km"])) * share
            cents += Fraction(row["euro"]) * 100 if line == "public_transport" else 0
    has_unsplit = {line for row, line, share in parts if share is not None and not row["is_split"]}
    for line in has_unsplit:
        taken_off = commuting_of_cards(line, inputs, business, year_sums, lines)
        if taken_off is None:
            is_open.add(line)
        else:
            km[line] -= taken_off
    figures = {(block, line): None if line in is_open or km[line] < 0 else half_up(km[line]) for line in LINES}
    if block == 3 and "public_transport" not in is_open:
        figures[3, "public_transport"] = half_up(cents)
    return figures


def commuting_of_cards(line, inputs, business, year_sums, lines):
    """What comes off kilometres that are not split; nothing where the fleet has such vehicles; None when not known."""
    if year_sums is None or line in lines_with_open_commuting(year_sums, lines) | lines_not_estimated(inputs, lines):
        return None
    fleet_lines = {lines[row["kind"], row["fuel"]] for row in business["fleet"] if not row["left_out"]}
    return Fraction(0) if line in fleet_lines else provided_per_line(year_sums, lines)[line]


def shares(row, rows, lines):
    """(line, share) of a row; an unknown fuel goes to the known fuels of the same vehicle, by kilometres."""
    if row["fuel"] != "unknown":
        return [(lines[row["kind"], row["fuel"]], Fraction(1))]
    known = [
        (other["fuel"], Fraction(other["km"]))
        for other in rows
        if other["kind"] == row["kind"] and other["fuel"] != "unknown" and Fraction(other["km"])
    ]
    if row["kind"] not in WITH_FUEL or not known:
        return [(line, None) for line in sorted({line for (mode, _), line in lines.items() if mode == row["kind"]})]
    total = sum(km for _, km in known)
    return [(lines[row["kind"], fuel], km / total) for fuel, km in known]
