"""Vehicles, fuels and purposes as lease companies, card providers and claim systems spell them."""

from collections.abc import Mapping
from typing import NamedTuple

from reporting.domain.business.vehicles import LeftOut, VehicleKind
from reporting.domain.rvo import Fuel
from surveys.domain.staff_file.errors import CellError
from surveys.domain.staff_file.text import words_of

BUSINESS = "business"


class Vehicle(NamedTuple):
    """What a cell says about the vehicle; `fuel` is None where it says nothing about it."""

    kind: VehicleKind
    fuel: Fuel | None


def _by_spelling(spellings: Mapping[str, str]) -> dict[str, str]:
    return {
        "".join(words_of(spelling)): code
        for code, listed in spellings.items()
        for spelling in (code, *listed.split(","))
    }


FUELS = _by_spelling(
    {
        Fuel.PETROL: "benzine, euro 95, E10, super, gasoline, petrol car, B",
        Fuel.DIESEL: "gasolie, D",
        Fuel.HYBRID: (
            "hybride, HEV, MHEV, mild hybrid, mild hybride, full hybrid, zelfopladend hybride, benzine "
            "elektrisch, elektrisch benzine, benzine elektriciteit, elektriciteit benzine, benzine hybride, "
            "hybride benzine, diesel elektrisch, diesel hybride, hybride diesel, H"
        ),
        Fuel.PLUG_IN_HYBRID: (
            "plug in hybride, plugin hybride, plug in, PHEV, stekkerhybride, hybride plug in, hybrid plug in, "
            "benzine plug in hybride, benzine PHEV, diesel PHEV"
        ),
        Fuel.ELECTRIC: (
            "elektrisch, elektrische, elektriciteit, volledig elektrisch, elektro, EV, BEV, FEV, stroom, "
            "fully electric, full electric, battery electric, 100 elektrisch, E"
        ),
        Fuel.LPG: "autogas, G, benzine LPG, LPG benzine",
        Fuel.CNG: "aardgas, groengas, biogas, natural gas, CNG aardgas",
        Fuel.LNG: "vloeibaar aardgas",
        Fuel.HYDROGEN: "waterstof, FCEV, H2",
        Fuel.BIOFUEL: (
            "biobrandstof, biodiesel, HVO, HVO100, HVO 100, bio ethanol, bioethanol, ethanol, E85, B100, alcohol"
        ),
        Fuel.UNKNOWN: "onbekend, niet bekend, weet niet, overig onbekend, not known",
    }
)
KINDS = _by_spelling(
    {
        VehicleKind.CAR: (
            "auto, personenauto, personenwagen, leaseauto, bedrijfsauto, poolauto, deelauto, huurauto, eigen "
            "auto, prive auto, auto eigen, auto prive, dienstauto, passenger car, lease car, company car, rental "
            "car, own car, private car, kilometervergoeding auto, km vergoeding auto, kilometers auto, PKW, "
            "wagen, M1"
        ),
        VehicleKind.MOTORCYCLE: "motor, motorfiets, leasemotor, motorbike, eigen motor",
        VehicleKind.MOPED: (
            "bromfiets, brommer, snorfiets, snorscooter, scooter, deelscooter, leasescooter, bromscooter, motorscooter"
        ),
        VehicleKind.SPEED_PEDELEC: "speedpedelec, snelle e bike, snelle elektrische fiets",
        VehicleKind.BICYCLE: (
            "fiets, e bike, elektrische fiets, leasefiets, ov fiets, deelfiets, e fiets, bike, cycle, eigen "
            "fiets, kilometervergoeding fiets, km vergoeding fiets, pedelec, electric bicycle, lease bike"
        ),
        VehicleKind.WALKING: "lopen, te voet, wandelen, walk, on foot",
        VehicleKind.PUBLIC_TRANSPORT: (
            "ov, openbaar vervoer, trein, bus, tram, metro, bus tram metro, btm, ns, train, trein bus tram metro, "
            "treinkaartje, treinreis, ov kosten, reiskosten ov, ov chipkaart, ov chip, trein ns, veerpont, "
            "transit, ov kaartje"
        ),
        VehicleKind.TAXI: "taxirit, taxi rit, taxikosten, uber, bolt, cab",
        VehicleKind.GREY_PLATE_VAN: (
            "bestelauto, bestelbus, bestelwagen, bedrijfswagen grijs kenteken, grijs kenteken, bestelbusje, van, "
            "N1, lichte bedrijfsauto, serviceauto, servicewagen, servicebus, LCV"
        ),
        VehicleKind.GOODS_VEHICLE: (
            "vrachtwagen, vrachtauto, truck, trekker, bakwagen, lorry, N2, N3, aanhanger, aanhangwagen, oplegger"
        ),
        VehicleKind.ADAPTED_VEHICLE: (
            "aangepast voertuig, speciaal voertuig, bijzonder voertuig, werkvoertuig, veegwagen, heftruck, "
            "tractor, politieauto, ambulance, brandweerauto, rolstoelbus, adapted car"
        ),
        VehicleKind.AIRCRAFT: (
            "vliegtuig, vlucht, vliegen, vliegreis, vliegticket, plane, flight, aeroplane, air, airplane"
        ),
        VehicleKind.SHIP: "boot, schip, ferry, veerboot, boat",
        VehicleKind.NO_TRAVEL: (
            "parkeren, parkeerkosten, parking, tol, toll, lunch, diner, dinner, maaltijd, maaltijden, hotel, "
            "overnachting, verblijf, verblijfkosten, representatie, telefoon, thuiswerkvergoeding, wasstraat, "
            "kantoorartikelen, laadkosten, tanken, brandstofkosten, boete"
        ),
    }
)
_WORDS_BETWEEN = frozenset({"op", "met", "per", "en", "de", "een", "on", "by", "a", "the", "with"})

PURPOSES = _by_spelling(
    {
        BUSINESS: (
            "zakelijk, zakelijke rit, zakelijke kilometers, zakelijke reis, dienstreis, klantbezoek, business "
            "trip, werk, zakelijk verkeer, Z, business travel, client visit, dienstreizen"
        ),
        LeftOut.COMMUTE: (
            "woon werk, woon werkverkeer, woonwerk, woonwerkverkeer, woon werk verkeer, reiskosten woon werk, ww, "
            "home work, commuting, W, woon werk vergoeding"
        ),
        LeftOut.PRIVATE: "prive, prive rit, prive gebruik, private use, personal, P",
        LeftOut.OUTSIDE_NETHERLANDS: (
            "buitenland, geheel buitenland, volledig buitenland, outside the netherlands, abroad only"
        ),
        LeftOut.NO_TRAVEL: "geen reis, overig geen reis, verblijf, parkeren, maaltijd, no trip",
    }
)
SPECIAL_USES = _by_spelling(
    {
        BUSINESS: "nee, geen, no, n, normaal, false, 0, onwaar",
        LeftOut.GREY_PLATE: "grijs kenteken, grijs, bestel",
        LeftOut.ADAPTED_VEHICLE: (
            "aangepast, aangepast voertuig, speciaal, speciaal aangepast, vracht, adapted, service"
        ),
        LeftOut.EMERGENCY_DUTY: (
            "hulpdienst, hulpdiensten, nooddienst, nood en hulpdienst, politie, brandweer, ambulance, emergency, "
            "emergency service"
        ),
        LeftOut.PAID_TRANSPORT: (
            "personenvervoer, betaald personenvervoer, taxichauffeur, chauffeur personenvervoer, buschauffeur, "
            "conducteur, machinist, passenger transport, taxi driver"
        ),
    }
)


def read_vehicle(text: str) -> Vehicle:
    """A kind of vehicle, alone or with its fuel: "Auto", "Personenauto (benzine)", "Auto - diesel".

    Raises CellError `unknown_vehicle`.
    """
    words = [word for word in words_of(text) if word not in _WORDS_BETWEEN]
    whole = "".join(words)
    if whole in KINDS:
        return Vehicle(VehicleKind(KINDS[whole]), None)
    for at in range(1, len(words)):
        first, last = "".join(words[:at]), "".join(words[at:])
        for kind, fuel in ((first, last), (last, first)):
            if kind in KINDS and fuel in FUELS:
                return Vehicle(VehicleKind(KINDS[kind]), Fuel(FUELS[fuel]))
    raise CellError("unknown_vehicle")


def read_fuel(text: str) -> Fuel:
    """One of the decree's fuels. Raises CellError `unknown_fuel`."""
    code = FUELS.get("".join(words_of(text)))
    if code is None:
        raise CellError("unknown_fuel")
    return Fuel(code)


def read_purpose(text: str) -> LeftOut | None:
    """Why a trip is not business travel; None when it is. Raises CellError `unknown_purpose`."""
    return _reason(PURPOSES, text, code="unknown_purpose")


def read_special_use(text: str) -> LeftOut | None:
    """Why a vehicle or trip is left out of the report; None for "no". Raises CellError `unknown_special_use`."""
    return _reason(SPECIAL_USES, text, code="unknown_special_use")


def read_ownership(text: str) -> bool:
    """Whether a vehicle is leased; any form of lease is. Raises CellError `unknown_ownership`."""
    words = words_of(text)
    found = _OWNERSHIP.get("".join(words))
    if found is None and any("lease" in word for word in words):
        return True
    if found is None:
        raise CellError("unknown_ownership")
    return found


_LEASED = (
    "lease, leased, ja, yes, operational lease, operationele lease, financial lease, private lease, huur, "
    "rental, full operational lease, shortlease, short lease"
)
_OWNED = "eigendom, eigen, koop, gekocht, owned, own, nee, no, in eigendom, eigen beheer, bought"
_OWNERSHIP = {
    "".join(words_of(spelling)): is_leased
    for listed, is_leased in ((_LEASED, True), (_OWNED, False))
    for spelling in listed.split(",")
}


def _reason(codes: Mapping[str, str], text: str, *, code: str) -> LeftOut | None:
    found = codes.get("".join(words_of(text)))
    if found is None:
        raise CellError(code)
    return None if found == BUSINESS else LeftOut(found)
