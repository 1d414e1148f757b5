"""How Dutch and English business files call each column; the first name is Dutch, the second English.

Compared without capitals, accents, spaces and punctuation.
"""

# fmt: off
HEADERS: dict[str, tuple[str, ...]] = {
    "reference": (
        "kenteken", "licence plate", "license plate", "plate", "registration", "registratienummer",
        "contractnummer", "contract nr", "contractnr", "contract number", "contract no", "voertuignummer",
        "voertuig-ID", "vehicle ID", "vehicle number", "framenummer", "frame number", "objectnummer",
        "wagennummer", "kenteken/framenummer", "nummerplaat", "fietsnummer", "chassisnummer", "VIN",
        "kenteken voertuig",
    ),
    "vehicle": (
        "vervoermiddel", "vehicle", "soort voertuig", "voertuigsoort", "type voertuig", "voertuigtype",
        "voertuig", "vervoersmiddel", "vervoerwijze", "modaliteit", "soort vervoer", "type vervoer",
        "productgroep", "product", "vehicle type", "kind of vehicle", "vehicle kind", "mode",
        "mode of transport", "transport mode", "vehicle category", "categorie", "soort declaratie",
        "declaratiesoort", "type declaratie", "vergoedingssoort", "kostensoort", "expense type",
        "claim type", "dienst", "service", "voertuigcategorie", "RDW categorie", "soort",
        "vervoersmiddel/brandstof", "type kosten",
    ),
    "fuel": (
        "brandstof", "fuel", "brandstofsoort", "brandstoftype", "type brandstof", "soort brandstof",
        "fuel type", "kind of fuel", "aandrijving", "energie", "energietype", "powertrain", "motortype",
        "brandstofomschrijving", "propulsion",
    ),
    "odometer_begin": (
        "kilometerstand begin", "odometer begin", "km-stand begin", "beginstand", "begin km-stand",
        "km stand 1 januari", "kilometerstand 1-1", "stand 1-1", "km stand 1-1",
        "kilometerstand begin jaar", "start odometer", "odometer start", "beginkilometerstand",
        "begin kilometerstand", "stand begin", "opening odometer", "vorige km-stand", "km begin",
        "kilometerstand start", "eerste km-stand",
    ),
    "odometer_end": (
        "kilometerstand eind", "odometer end", "km-stand eind", "eindstand", "eind km-stand",
        "km stand 31 december", "kilometerstand 31-12", "stand 31-12", "km stand 31-12",
        "kilometerstand eind jaar", "end odometer", "odometer stop", "eindkilometerstand",
        "kilometerstand einde", "stand eind", "closing odometer", "laatste km-stand",
        "laatste kilometerstand", "km eind", "actuele km-stand", "last odometer",
    ),
    "driven_km": (
        "gereden kilometers", "driven km", "gereden km", "werkelijke kilometers", "werkelijk gereden km",
        "kilometers gereden", "jaarkilometers werkelijk", "gereden km per jaar", "actual km",
        "actual mileage", "kilometers driven", "distance driven", "verreden kilometers", "verreden km",
        "kilometrage werkelijk", "werkelijk jaarkilometrage", "km gereden",
    ),
    "contract_km": (
        "contractkilometers per jaar", "contract km per year", "contractkilometers", "contract km",
        "contractuele kilometers", "jaarkilometrage", "kilometrage per jaar", "jaarkilometers",
        "km per jaar", "jaarkilometrage contract", "contractueel jaarkilometrage", "contractual km",
        "contract mileage", "annual mileage", "km/jaar", "contract kilometrage", "kilometers per jaar",
        "looptijd km per jaar",
    ),
    "available_from": (
        "in gebruik vanaf", "in use from", "ingangsdatum", "startdatum", "begindatum",
        "startdatum contract", "ingangsdatum contract", "datum in", "inzetdatum", "start date",
        "contract start", "delivery date", "afleverdatum", "leverdatum", "datum inzet", "begindatum lease",
        "aanvangsdatum", "start contract",
    ),
    "available_until": (
        "in gebruik tot en met", "in use until", "einddatum", "einddatum contract", "datum uit",
        "inleverdatum", "end date", "contract end", "datum inlevering", "einddatum lease", "return date",
        "eind contract", "werkelijke einddatum",
    ),
    "is_leased": (
        "lease of eigendom", "lease or owned", "lease/eigendom", "eigendom", "contractvorm", "leasevorm",
        "financiering", "ownership", "type contract", "contract type", "lease", "leased",
    ),
    "proves_private_limit": (
        "bewijs hoogstens 500 km privé", "proven at most 500 km private", "verklaring geen privégebruik",
        "max 500 km privé", "verklaring geen privé gebruik auto", "geen bijtelling",
        "minder dan 500 km privé", "vgpa", "no private use", "500 km verklaring", "geen privégebruik",
        "maximaal 500 km privé",
    ),
    "has_trip_registration": (
        "ritregistratie", "trip registration", "ritregistratie aanwezig", "blackbox", "kastje",
        "track and trace", "rittenregistratie", "trip log", "ritregistratiesysteem",
        "has trip registration",
    ),
    "registered_km": (
        "zakelijke kilometers ritregistratie", "business km registered", "zakelijke km",
        "zakelijke kilometers", "zakelijk km", "business km", "km zakelijk", "kilometers zakelijk",
        "zakelijk gereden", "business kilometres",
    ),
    "has_grey_plate": (
        "grijs kenteken", "grey plate", "bestelauto (grijs kenteken)", "is grijs kenteken", "gray plate",
    ),
    "special_use": (
        "bijzonder gebruik", "special use", "bijzonderheid", "uitzondering", "telt niet mee",
        "reden telt niet mee", "exclusion", "gebruik", "bijzonder",
    ),
    "total_km": (
        "kilometers", "km", "aantal km", "aantal kilometers", "totaal km", "totaal kilometers", "total km",
        "kilometres", "afstand", "afstand km", "afstand (km)", "distance", "distance km", "km totaal",
        "kilometers totaal", "reisafstand", "gereisde kilometers", "gereisde km", "total kilometres",
        "mileage", "aantal eenheden", "gedeclareerde km", "totale afstand", "km enkele reis/retour",
    ),
    "business_km": (
        "zakelijke kilometers", "business km", "zakelijke km", "zakelijk km", "km zakelijk",
        "kilometers zakelijk", "waarvan zakelijk", "business kilometres", "zakelijk",
    ),
    "commute_km": (
        "woon-werkkilometers", "commuting km", "woon-werk km", "woon-werk kilometers", "km woon-werk",
        "kilometers woon-werk", "waarvan woon-werk", "commute km", "woonwerk km", "woon-werk",
    ),
    "private_km": (
        "privékilometers", "private km", "privé km", "privé kilometers", "km privé", "kilometers privé",
        "waarvan privé", "privé",
    ),
    "euro": (
        "bedrag", "amount", "bedrag in euro", "bedrag (€)", "bedrag €", "euro", "kosten", "totaalbedrag",
        "bedrag incl. btw", "gedeclareerd bedrag", "amount eur", "amount in euros", "cost", "vergoeding",
        "total amount", "reiskosten", "bedrag eur", "bedrag incl btw",
    ),
    "date": (
        "datum", "date", "ritdatum", "reisdatum", "datum rit", "datum reis", "datum declaratie", "declaratiedatum",
        "transactiedatum", "datum transactie", "trip date", "travel date", "claim date", "transaction date",
        "vertrekdatum", "start rit", "begindatum rit", "boekdatum",
    ),
    "purpose": (
        "doel", "purpose", "soort rit", "ritsoort", "type rit", "reisdoel", "zakelijk/woon-werk/privé",
        "rittype", "trip type", "trip purpose", "reden", "soort reis", "doel van de reis",
        "zakelijk of woon-werk", "kind of trip", "reistype",
    ),
    "staff_number": (
        "personeelsnummer", "staff number", "medewerkernummer", "werknemernummer", "personeelsnr", "medewerkernr",
        "employee number", "employee ID", "medewerker-ID", "persnr", "registratienummer medewerker", "staff no",
    ),
    "days_per_week": (
        "reisdagen per week", "commuting days per week", "dagen per week", "dagen op kantoor", "kantoordagen per week",
        "dagen op locatie", "aantal reisdagen", "reisdagen", "days per week", "office days", "woon-werkdagen",
        "aantal dagen woon-werk", "werkdagen op locatie", "dagen woon-werk per week",
    ),
    "one_way_km": (
        "enkele reis km", "one way km", "enkele reis", "afstand enkele reis", "woon-werkafstand", "km enkele reis",
        "reisafstand enkele reis", "afstand woon-werk", "one way", "one-way distance", "commuting distance",
        "woon-werkafstand enkele reis", "km woon-werk enkele reis", "enkele reisafstand",
    ),
    "is_employer_provided": (
        "van de werkgever", "provided by the employer", "door werkgever verstrekt", "verstrekt door werkgever",
        "leaseauto", "auto van de zaak", "zakelijke auto", "employer provided",
        "vervoermiddel van de werkgever", "van de zaak",
    ),
    "months": (
        "maanden in het jaar", "months in the year", "maanden", "aantal maanden", "maanden in dienst", "months",
        "aantal maanden in dienst", "months employed",
    ),
    "registered_commute_km": (
        "woon-werkkilometers", "commuting km", "woon-werk km", "kilometers woon-werk", "km woon-werk", "kilometers",
        "km", "aantal km", "aantal kilometers", "totaal km", "totaal kilometers", "commute km", "kilometres",
        "geregistreerde km", "geregistreerde kilometers", "woonwerk km", "registered km", "afstand", "distance",
    ),
}
