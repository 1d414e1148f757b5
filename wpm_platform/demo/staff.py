"""A made-up employer's staff file: 240 people, with the odd cases that a real list has."""

import datetime
import random
from dataclasses import dataclass
from pathlib import Path

import openpyxl

PEOPLE = 240
SITES = (("Utrecht Werkspoor", "3542AA", 0.5), ("Venlo Noord", "5928AA", 0.3), ("Zwolle Hessenpoort", "8028AA", 0.2))
DEPARTMENTS = ("Productie", "Magazijn", "Kantoor", "Ontwerp", "Klantenservice")
HEADERS = (
    "Personeelsnummer",
    "E-mail werk",
    "Vestiging",
    "Afdeling",
    "Functie",
    "Taal",
    "Postcode thuis",
    "Uren per maand",
    "Soort contract",
    "In dienst vanaf",
    "In dienst tot",
    "Dagen per week",
    "Met verlof",
    "Mobiliteitsregeling",
)


@dataclass(frozen=True, kw_only=True)
class Traveller:
    """How a made-up person travels. one_way_km with one decimal; modes and home days on five weekdays."""

    staff_number: str
    email: str
    language: str
    one_way_km: float
    week: tuple[str, ...]
    fuel: str
    is_employer_provided: bool


def write_staff_file(path: Path, *, seed: int, today: datetime.date) -> list[Traveller]:
    """Write the XLSX and return who would answer how. The same seed gives the same people."""
    chance = random.Random(seed)  # noqa: S311 (made-up people, not secrets)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Personeel")
    sheet.append(["Personeelsbestand Voorbeeld Fietsfabriek B.V. (verzonnen)"])
    sheet.append([])
    sheet.append(HEADERS)
    travellers = []
    for number in range(1, PEOPLE + 1):
        traveller = _traveller(number, chance)
        travellers.append(traveller)
        sheet.append(_row(number, traveller, chance, today))
    book.save(path)
    return travellers


def _row(number: int, traveller: Traveller, chance: random.Random, today: datetime.date) -> list[object]:
    site = chance.choices([name for name, _, _ in SITES], [share for _, _, share in SITES])[0]
    contract, hours, until = "vast", chance.choice((80, 104, 128, 156, 173)), None
    if number % 40 == 0:
        contract, hours = "nul-uren", 12
    elif number % 60 == 1:
        contract = "uitzendkracht"
    elif number % 9 == 0:
        contract = "bepaalde tijd"
    if number % 80 == 7:
        until = today - datetime.timedelta(days=40)
    return [
        traveller.staff_number,
        "" if number % 60 == 30 else traveller.email,
        site,
        chance.choice(DEPARTMENTS),
        "Medewerker",
        traveller.language,
        f"{chance.randint(1000, 9990)} {chance.choice('ABCDEGHJKLMN')}{chance.choice('ABCDEGHJKLMN')}",
        hours,
        contract,
        today - datetime.timedelta(days=chance.randint(400, 6000)),
        until,
        len([day for day in traveller.week if day != "not_worked"]),
        "ja" if number % 70 == 3 else "nee",
        "ja" if number % 3 else "nee",
    ]


def _traveller(number: int, chance: random.Random) -> Traveller:
    distance = round(min(95.0, max(0.8, chance.lognormvariate(2.6, 0.8))), 1)
    main = _main_mode(distance, chance)
    second = "public_transport" if main == "car" else "car"
    fuel = chance.choices(("petrol", "diesel", "electric", "hybrid", "plug_in_hybrid", "lpg"), (45, 14, 22, 10, 7, 2))[
        0
    ]
    if main in ("moped", "motorcycle"):
        fuel = chance.choice(("petrol", "electric"))
    week = []
    for _ in range(5):
        drawn = chance.random()
        week.append("home" if drawn < 0.22 else "not_worked" if drawn < 0.34 else second if drawn < 0.42 else main)
    return Traveller(
        staff_number=f"{number:05d}",
        email=f"medewerker{number:03d}@fietsfabriek.example",
        language="en" if number % 12 == 5 else "nl",
        one_way_km=distance,
        week=tuple(week),
        fuel=fuel,
        is_employer_provided=chance.random() < 0.2,
    )


def _main_mode(distance: float, chance: random.Random) -> str:
    if distance < 2:
        return chance.choices(("walking", "bicycle", "car"), (35, 55, 10))[0]
    if distance < 10:
        return chance.choices(("bicycle", "car", "moped", "public_transport"), (55, 32, 4, 9))[0]
    if distance < 25:
        return chance.choices(
            ("car", "bicycle", "public_transport", "motorcycle", "speed_pedelec"), (58, 16, 18, 3, 5)
        )[0]
    return chance.choices(("car", "public_transport"), (68, 32))[0]
