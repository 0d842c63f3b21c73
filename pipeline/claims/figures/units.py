"""Units of measure and currencies: how they are written, and their canonical names with a factor.

Canonical names are symbols for metric units ("km", "kg", "MW") and the singular word for the rest ("mile", "hour"),
ISO 4217 codes for currencies; a subunit has its factor ("p" is 0.01 GBP).
"""

from __future__ import annotations

from pipeline.claims.wordlist import words

Unit = tuple[str, float]


def _table(text: str) -> dict[str, Unit]:
    """Read lines "canonical factor: spelling spelling …"; an "_" in a spelling is a space."""
    found: dict[str, Unit] = {}
    for line in text.strip().splitlines():
        name, spellings = line.split(":")
        canonical, _, factor = name.strip().partition(" ")
        found.update((one.replace("_", " "), (canonical, float(factor or 1))) for one in spellings.split())
    return found


UNITS = _table("""
percent: % percent per_cent pc percents
percentage_points: percentage_point percentage_points pp ppt ppts pct_point pct_points percent_points
basis_points: basis_point basis_points bp bps
point: point points pts
km: km kilometre kilometres kilometer kilometers kms
m: metre metres meter meters
cm: cm centimetre centimetres centimeter centimeters
mm: mm millimetre millimetres millimeter millimeters
nm: nm nanometre nanometres nanometer nanometers
micron: micron microns
mile: mile miles
nautical_mile: nautical_mile nautical_miles
foot: foot feet ft
inch: inch inches
yard: yard yards yd yds
fathom: fathom fathoms
light_year: light_year light_years light-year light-years
m2: square_metre square_metres square_meter square_meters sqm sq_m m² square_m
km2: square_kilometre square_kilometres square_kilometer square_kilometers sq_km km² square_km
square_mile: square_mile square_miles sq_miles sq_mile
square_foot: square_foot square_feet sq_ft
hectare: hectare hectares ha
acre: acre acres
m3: cubic_metre cubic_metres cubic_meter cubic_meters
cubic_foot: cubic_foot cubic_feet
mg: mg milligram milligrams
µg: microgram micrograms mcg µg μg
g: gram grams gramme grammes
kg: kg kilo kilos kilogram kilograms kilogramme kilogrammes kgs
tonne: tonne tonnes metric_ton metric_tons metric_tonnes
ton: ton tons short_ton short_tons
ounce: ounce ounces oz
lb: lb lbs
stone: stone stones
carat: carat carats
litre: litre litres liter liters
ml: ml millilitre millilitres milliliter milliliters
gallon: gallon gallons
pint: pint pints
barrel: barrel barrels bbl
bushel: bushel bushels
barrel 1: bpd barrels_per_day
second: second seconds sec secs
millisecond: millisecond milliseconds ms
minute: minute minutes min mins
hour: hour hours hr hrs
day: day days
night: night nights
week: week weeks
fortnight: fortnight fortnights
month: month months
year: year years yr yrs
decade: decade decades
century: century centuries
celsius: °c degree_celsius degrees_celsius degree_centigrade degrees_centigrade celsius degrees_c degree_c ℃ °_c
fahrenheit: °f degree_fahrenheit degrees_fahrenheit fahrenheit degrees_f degree_f ℉ °_f
degree: degree degrees °
km/h: km/h kph kmh km_per_hour kilometres_per_hour kilometers_per_hour kilometres_an_hour kilometers_an_hour km_an_hour
mph: mph miles_per_hour miles_an_hour
knot: knot knots kt kts
m/s: m/s metres_per_second meters_per_second
W: watt watts
kW: kw kilowatt kilowatts
MW: mw megawatt megawatts
GW: gw gigawatt gigawatts
TW: tw terawatt terawatts
kWh: kwh kilowatt_hour kilowatt_hours kilowatt-hour kilowatt-hours
MWh: mwh megawatt_hour megawatt_hours megawatt-hour megawatt-hours
GWh: gwh gigawatt_hour gigawatt_hours gigawatt-hour gigawatt-hours
TWh: twh terawatt_hour terawatt_hours terawatt-hour terawatt-hours
horsepower: horsepower hp bhp
volt: volt volts
kV: kv kilovolt kilovolts
KB: kilobyte kilobytes
MB: mb megabyte megabytes
GB: gb gigabyte gigabytes
TB: tb terabyte terabytes
PB: petabyte petabytes
Mbps: mbps megabits_per_second
Gbps: gbps gigabits_per_second
megapixel: megapixel megapixels
Hz: hz hertz
kHz: khz kilohertz
MHz: mhz megahertz
GHz: ghz gigahertz
decibel: decibel decibels db
calorie: calorie calories kcal
kiloton: kiloton kilotons kilotonne kilotonnes
megatonne: megatonne megatonnes megaton megatons
gigatonne: gigatonne gigatonnes gt
ppm: ppm parts_per_million
ppb: ppb parts_per_billion
magnitude: magnitude
times: times
""")
"""Spelling in lower case → canonical name and factor."""

GLUED = {"c": ("celsius", 1.0), "f": ("fahrenheit", 1.0), "g": ("g", 1.0), "l": ("litre", 1.0), "h": ("hour", 1.0),
         "s": ("second", 1.0), "v": ("volt", 1.0), "w": ("W", 1.0), "st": ("stone", 1.0), "in": ("inch", 1.0),
         "m": ("m", 1.0), "t": ("tonne", 1.0)}  # fmt: skip
"""Units of one or two letters, which are units only when written onto the digits: "38C", "500g"."""

DURATIONS = words("second minute hour day night week fortnight month year decade century")
LENGTHS = words("km m cm mm mile foot inch yard fathom")
METRES = {"mm": 0.001, "cm": 0.01, "m": 1.0, "km": 1000.0}
COMPOUND = {
    ("hour", "minute"): 60.0, ("minute", "second"): 60.0, ("foot", "inch"): 12.0, ("stone", "lb"): 14.0,
    ("year", "month"): 12.0, ("day", "hour"): 24.0, ("week", "day"): 7.0, ("m", "cm"): 100.0, ("kg", "g"): 1000.0,
    ("hour", "second"): 3600.0, ("lb", "ounce"): 16.0, ("month", "day"): 30.4375, ("stone", "pound"): 14.0,
}  # fmt: skip
"""Units that together make one measure ("two hours 40 minutes"): how many of the second make one of the first."""

SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₦": "NGN",
           "₪": "ILS", "₴": "UAH", "฿": "THB", "₫": "VND", "₱": "PHP"}  # fmt: skip
DOLLARS = {"us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD",
           "nt": "TWD", "r": "BRL", "mx": "MXN", "cdn": "CAD", "sg": "SGD", "z": "ZWL"}  # fmt: skip
CODES = words(
    "USD EUR GBP JPY CHF CAD AUD NZD CNY RMB SEK NOK DKK INR RUB KRW TRY PLN CZK HUF ZAR BRL MXN SGD HKD ILS AED SAR "
    "NGN KES EGP THB IDR MYR PHP VND UAH RON BGN ISK ARS CLP COP PEN PKR BDT LKR QAR KWD TWD"
)
PREFIXES = {"Rs": "INR", "R": "ZAR", "kr": "crown", "Fr": "CHF", "Kč": "CZK", "zł": "PLN", "KSh": "KES", "Sh": "KES",
            "RM": "MYR", "Rp": "IDR"}  # fmt: skip
"""Letters before the digits of a sum; "R500", "Rs 40"."""

MONEY: dict[str, Unit] = {
    **{one.lower(): (one, 1.0) for one in sorted(CODES - words("TRY ALL RON COP PEN SAR"))},
    **_table("""
USD: dollar dollars buck bucks greenback greenbacks
EUR: euro euros
GBP: pound pounds quid sterling
GBP 5: fiver
GBP 10: tenner
GBP 1000: grand
JPY: yen
CNY: yuan renminbi rmb
INR: rupee rupees
RUB: ruble rubles rouble roubles
KRW: won
TRY: lira liras lire
CHF: franc francs
SEK: krona kronor
krone: krone kroner
crown: crown crowns
CZK: koruna koruny korun
PLN: zloty zlotys zloties
HUF: forint forints
ZAR: rand rands
BRL: real reais reals
MXN: peso pesos
ILS: shekel shekels
AED: dirham dirhams
SAR: riyal riyals
IRR: rial rials
KWD: dinar dinars
NGN: naira
GHS: cedi cedis
KES: shilling shillings
THB: baht
IDR: rupiah
MYR: ringgit
VND: dong
UAH: hryvnia hryvnias
RON: leu lei
BGN: lev leva
ETB: birr
BDT: taka
cent 0.01: cent cents
GBP 0.01: pence penny p
RUB 0.01: kopeck kopecks kopek kopeks
INR 0.01: paise paisa
"""),
}
del MONEY["won"]
MONEY["south korean won"] = MONEY["korean won"] = ("KRW", 1.0)

_OF_COUNTRY = {
    "dollar": "american:USD us:USD canadian:CAD australian:AUD kong:HKD singapore:SGD zealand:NZD taiwanese:TWD "
    "taiwan:TWD jamaican:JMD zimbabwean:ZWL namibian:NAD fijian:FJD",
    "pound": "british:GBP egyptian:EGP lebanese:LBP syrian:SYP sudanese:SDG",
    "crown": "czech:CZK swedish:SEK norwegian:NOK danish:DKK icelandic:ISK estonian:EEK slovak:SKK",
    "krone": "norwegian:NOK danish:DKK",
    "krona": "swedish:SEK icelandic:ISK",
    "peso": "mexican:MXN argentine:ARS argentinian:ARS chilean:CLP colombian:COP philippine:PHP cuban:CUP "
    "uruguayan:UYU filipino:PHP dominican:DOP",
    "rupee": "indian:INR pakistani:PKR lankan:LKR nepali:NPR nepalese:NPR mauritian:MUR",
    "franc": "swiss:CHF cfa:XOF french:FRF congolese:CDF rwandan:RWF burundian:BIF",
    "dinar": "kuwaiti:KWD iraqi:IQD jordanian:JOD serbian:RSD tunisian:TND algerian:DZD libyan:LYD bahraini:BHD",
    "lira": "turkish:TRY lebanese:LBP syrian:SYP italian:ITL",
    "shilling": "kenyan:KES ugandan:UGX tanzanian:TZS somali:SOS",
    "rial": "iranian:IRR omani:OMR yemeni:YER",
    "riyal": "saudi:SAR qatari:QAR",
    "dirham": "emirati:AED moroccan:MAD uae:AED",
    "won": "korean:KRW",
}
COUNTRY_CURRENCY: dict[tuple[str, str], str] = {
    (country, name): code
    for name, pairs in _OF_COUNTRY.items()
    for country, code in (pair.split(":") for pair in pairs.split())
}
"""(adjective, currency in the singular) → code: ("canadian", "dollar") → CAD."""
NAMED = {"krona": "krona", "kronor": "krona", "kroner": "krone", "lire": "lira", "pence": "pence"}
SHARED = {
    "crown": "sweden:SEK swedish:SEK norway:NOK norwegian:NOK oslo:NOK denmark:DKK danish:DKK copenhagen:DKK czech:CZK "
    "prague:CZK iceland:ISK icelandic:ISK stockholm:SEK",
    "krone": "norway:NOK norwegian:NOK oslo:NOK denmark:DKK danish:DKK copenhagen:DKK greenland:DKK",
}
"""Currencies of several countries: the code by a country that the sentence names."""
