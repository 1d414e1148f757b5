"""Made-up overviews in the layouts that lease companies, card providers and claim systems use; each differs.

Names of companies and plates are invented; XX and 00 stand in plates that are not given out.
"""

from datetime import date
from typing import NamedTuple

from reporting.domain.rvo import RvoBlock
from tests.surveys.domain.staff_file.files import separated, workbook


class Example(NamedTuple):
    """A file, the columns that HR has to choose by hand, and the block's figures that follow without a survey's
    commuting (lines that are not named are 0)."""

    block: RvoBlock
    filename: str
    content: bytes
    chosen: dict[str, str]
    wrong_rows: int
    figures: dict[str, object]


# Excel: a title, a blank line, plates with and without hyphens, odometer readings, fuels as the vehicle register says.
LEASE_READINGS = Example(
    block=RvoBlock.FLEET,
    filename="Wagenparkoverzicht 2025.xlsx",
    content=workbook(
        [
            ["Wagenparkoverzicht Voorbeeld Fietsfabriek B.V.", None, None, None, None, None, None],
            [],
            ["Kenteken", "Merk en model", "Brandstofsoort", "Beginstand", "Eindstand", "Ingangsdatum", "Einddatum"],
            ["XX-001-X", "Merk A", "Benzine", 10_000, 40_000, date(2023, 5, 1), date(2027, 4, 30)],
            ["XX002X", "Merk B", "Elektriciteit", 500, 30_500, date(2024, 1, 1), None],
            ["XX-003-X", "Merk C", "Benzine/Elektriciteit", 0, 12_000, date(2025, 7, 1), None],
            ["XX-004-X", "Merk D", "Diesel", 90_000, 101_000, date(2021, 1, 1), date(2025, 3, 31)],
        ],
        title="Overzicht",
    ),
    chosen={},
    wrong_rows=0,
    # 30 000 − 8 900 · the same · 12 000 − 8 900 × 184 ÷ 365 · 11 000 − 8 900 × 90 ÷ 365
    figures={"car_petrol": 21_100, "car_electric": 21_100, "car_hybrid": 7_513, "car_diesel": 8_805},
)

# Semicolons, thousands with dots, Windows characters; contractual km only; a column with a name nobody can recognise.
LEASE_CONTRACTS = Example(
    block=RvoBlock.FLEET,
    filename="export_contracten.csv",
    content=separated(
        [
            ["Contractnr", "Berijder", "Soort voertuig", "Aandrijving", "Kmtr/jr", "VGPA", "Leasevorm"],
            ["100234", "niet lezen", "Personenauto", "PHEV", "25.000", "J", "Operational lease"],
            ["100235", "niet lezen", "Personenauto", "BEV", "30.000", "N", "Operational lease"],
            ["100236", "niet lezen", "Bestelauto", "Diesel", "40.000", "N", "Operational lease"],
            ["100237", "niet lezen", "Motorfiets", "Benzine", "12.500", "N", "Eigendom"],
            ["100238", "niet lezen", "Personenauto", "stoom", "9.000", "N", "Operational lease"],
        ],
        encoding="cp1252",
    ),
    chosen={"contract_km": "Kmtr/jr"},
    wrong_rows=1,
    figures={"car_hybrid": 25_000, "car_electric": 21_100, "motorcycle_petrol": 12_500},
)

# English headers, commas, actual mileage, bicycles and a speed pedelec, dates with the month in words.
LEASE_MIXED = Example(
    block=RvoBlock.FLEET,
    filename="fleet-report.csv",
    content=separated(
        [
            ["Vehicle ID", "Vehicle type", "Fuel type", "Actual mileage", "Annual mileage", "Start date", "Ownership"],
            ["V-1", "Lease car", "Diesel", "20000", "25000", "1 January 2025", "leased"],
            ["V-2", "Lease car", "LPG", "", "18250", "1 July 2025", "leased"],
            ["V-3", "Lease bike", "", "1500", "", "1 March 2024", "leased"],
            ["V-4", "Lease bike", "", "", "", "1 March 2024", "leased"],
            ["V-5", "Speed pedelec", "", "3000", "", "1 March 2024", "leased"],
        ],
        separator=",",
    ),
    chosen={},
    wrong_rows=0,
    # 18 250 × 184 ÷ 365 = 9 200; − 8 900 × 184 ÷ 365 = 4 486.58
    figures={"car_diesel": 11_100, "car_other": 4_713, "bicycle_walking": 1_395, "moped_electric": 2_790},
)

# A card provider that states business and commuting km per product.
CARD_SPLIT = Example(
    block=RvoBlock.MOBILITY_SERVICE,
    filename="Jaaroverzicht mobiliteitskaart.xlsx",
    content=workbook(
        [
            ["Dienst", "Brandstof", "Totaal km", "Waarvan zakelijk", "Waarvan woon-werk", "Bedrag"],
            ["Trein", None, 120_000, 45_000, 75_000, 21_500.5],
            ["Bus, tram, metro", None, 8_000, 2_000, 6_000, 1_900],
            ["OV-fiets", None, 900, 700, 200, 410],
            ["Deelauto", "Elektrisch", 3_200, 3_200, 0, 1_750],
            ["Taxi", None, 150, 150, 0, 320],
        ]
    ),
    chosen={},
    wrong_rows=0,
    figures={"public_transport": 47_000, "bicycle_walking": 700, "car_electric": 3_200},
)

# Trips of shared cars with private use; the kind and fuel in one cell; parking among the rows.
CARD_TRIPS = Example(
    block=RvoBlock.MOBILITY_SERVICE,
    filename="ritten.csv",
    content=separated(
        [
            ["Ritnummer", "Productgroep", "Afstand (km)", "Type rit", "Bedrag (€)"],
            ["1", "Auto (elektrisch)", "1.250", "Zakelijk", "€ 612,40"],
            ["2", "Auto (elektrisch)", "320", "Privé", "€ 151,00"],
            ["3", "Auto (benzine)", "80,5", "Zakelijk", "€ 44,10"],
            ["4", "Parkeren", "", "Zakelijk", "€ 12,00"],
            ["5", "Deelscooter", "14,2", "Zakelijk", "€ 9,95"],
            ["6", "Fiets", "12", "Woon-werk", ""],
        ]
    ),
    chosen={"business_km": "Afstand (km)"},
    wrong_rows=0,
    # The scooter's fuel is not known and no other scooter's either: its lines stay empty.
    figures={"car_electric": 1_250, "car_petrol": 81, "moped_petrol": None, "moped_electric": None},
)

# One row per trip, as a claim app exports it.
CLAIM_TRIPS = Example(
    block=RvoBlock.EXPENSE_CLAIM,
    filename="Declaraties januari-december.csv",
    content=separated(
        [
            ["Datum", "Declaratiesoort", "Brandstof", "Aantal km", "Bedrag", "Reisdoel"],
            ["03-02-2025", "Eigen auto", "Benzine", "42,6", "9,80", "Klantbezoek"],
            ["04-02-2025", "Eigen auto", "Diesel", "1.120,4", "257,69", "Zakelijk"],
            ["04-02-2025", "Eigen auto", "", "96", "22,08", "Zakelijk"],
            ["05-02-2025", "Eigen auto", "Benzine", "30", "6,90", "Woon-werk"],
            ["06-02-2025", "OV", "", "", "31,20", "Zakelijk"],
            ["07-02-2025", "Fiets", "", "7", "1,61", "Zakelijk"],
            ["09-02-2025", "Lunch", "", "", "14,50", "Zakelijk"],
            ["10-02-2025", "Vliegticket", "", "", "210,00", "Zakelijk"],
            ["11-02-2025", "Eigen auto", "Benzine", "", "12,00", "Zakelijk"],
            ["23-12-2024", "Eigen auto", "Benzine", "88", "20,24", "Zakelijk"],
        ]
    ),
    chosen={},
    wrong_rows=1,
    # 96 km of unknown fuel over 42.6 petrol and 1 120.4 diesel
    figures={"car_petrol": 46, "car_diesel": 1_213, "bicycle_walking": 7, "public_transport": "31.20"},
)

# Totals per kind of claim, as a salary system gives them.
CLAIM_TOTALS = Example(
    block=RvoBlock.EXPENSE_CLAIM,
    filename="looncomponenten.xlsx",
    content=workbook(
        [
            ["Jaar 2025", None, None, None],
            ["Kostensoort", "Aantal eenheden", "Bedrag €", "Omschrijving"],
            ["Auto elektrisch", 18_204.5, 4_187.04, "zakelijk"],
            ["Auto benzine", 60_122, 13_828.06, "zakelijk"],
            ["Motor benzine", 310, 71.3, "zakelijk"],
            ["Treinkaartje", None, 8_120.35, "zakelijk"],
            ["Bus", None, 402.1, "zakelijk"],
            ["Te voet", 12, None, "zakelijk"],
        ]
    ),
    chosen={"purpose": "Omschrijving"},
    wrong_rows=0,
    figures={
        "car_electric": 18_205,
        "car_petrol": 60_122,
        "motorcycle_petrol": 310,
        "bicycle_walking": 12,
        "public_transport": "8522.45",
    },
)

EXAMPLES = {
    "lease_readings": LEASE_READINGS,
    "lease_contracts": LEASE_CONTRACTS,
    "lease_mixed": LEASE_MIXED,
    "card_split": CARD_SPLIT,
    "card_trips": CARD_TRIPS,
    "claim_trips": CLAIM_TRIPS,
    "claim_totals": CLAIM_TOTALS,
}
