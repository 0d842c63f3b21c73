"""When two quantities are the same: numbers to half a percent, units by dimension, open ends as in guide.md."""

from __future__ import annotations

from typing import Protocol

TOLERANCE = 0.005
"""Two numbers are equal within this share of the larger: "two-thirds" may be 66.7 percent."""

_SCALES: dict[str, dict[float, str]] = {
    "metre": {
        1: "m metre meter",
        1e3: "km kilometre kilometer",
        0.01: "cm centimetre centimeter",
        0.001: "mm millimetre millimeter",
        1609.344: "mi mile",
        0.3048: "ft foot feet",
        0.0254: "in inch inche",
        0.9144: "yd yard",
        1.8288: "fathom",
    },
    "square metre": {
        1: "m2 square_metre square_meter",
        1e6: "km2 square_kilometre square_kilometer sq_km",
        1e4: "ha hectare",
        4046.86: "acre",
    },
    "gram": {
        1: "g gram",
        1e3: "kg kilogram kilo",
        1e6: "t tonne ton metric_ton",
        1e-3: "mg milligram",
        1e-6: "µg μg microgram ug",
        1e12: "gigatonne gt",
    },
    "litre": {1: "l litre liter"},
    "second": {
        1: "s sec second",
        60: "min minute",
        3600: "h hr hour",
        86400: "d day",
        604800: "wk week",
        315576000: "decade",
        31557600: "yr year",
    },
    "month": {1: "month"},
    "night": {1: "night"},
    "watt": {1: "w watt", 1e3: "kw kilowatt", 1e6: "mw megawatt", 1e9: "gw gigawatt"},
    "byte": {1e6: "mb megabyte", 1e9: "gb gigabyte", 1e12: "tb terabyte"},
    "km/h": {1: "km/h kph kmh kilometres_per_hour", 1.609344: "mph miles_per_hour"},
    "celsius": {1: "celsius c °c degree_celsius degrees_celsius degree"},
    "percent": {1: "percent % per_cent"},
    "percentage_points": {1: "percentage_points percentage_point pp point", 0.01: "basis_points basis_point bp"},
    "times": {1: "times time"},
}
UNITS = {
    name: (base, factor) for base, table in _SCALES.items() for factor, names in table.items() for name in names.split()
}

Pair = tuple[float | None, float | None]


class Measured(Protocol):
    """What labelled and found quantities have in common."""

    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def role(self) -> str: ...


def unit_of(quantity: Measured) -> tuple[str | None, float]:
    """Return the dimension (or the currency or other unit as it is) and the factor to its base unit."""
    if quantity.unit is None or quantity.role == "factor":
        return None, 1.0  # "three times" may have the unit "times" or none
    name = quantity.unit.strip().lower().replace(" ", "_")
    for known in (name, name.removesuffix("s")):
        if known in UNITS:
            return UNITS[known]
    return quantity.unit.upper(), 1.0


def same_unit(label: Measured, found: Measured) -> bool:
    """Whether both are of one dimension; a frequency may have the unit "times" or none."""
    a, b = unit_of(label)[0], unit_of(found)[0]
    return a == b or {a, b} == {"times", None} or _plain_rate(label, found)


def _plain_rate(label: Measured, found: Measured) -> bool:
    """A label without unit is also met by a unit that begins with "per": the schema leaves rates open."""
    return label.unit is None and (found.unit or "").lower().replace("_", " ").startswith("per ")


def same_interval(label: Measured, found: Measured) -> bool:
    """Whether the ends are equal after conversion where the dimensions are, and as they stand where not."""
    (a, scale), (b, other) = unit_of(label), unit_of(found)
    first, second = (scale, other) if a == b else (1.0, 1.0)
    share = label.unit == "percent"
    return _same_low(_times(label.low, first), _times(found.low, second)) and _same_high(
        _times(label.high, first), _times(found.high, second), share
    )


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _same_low(a: float | None, b: float | None) -> bool:
    return _near(a or 0.0, b or 0.0)


def _same_high(a: float | None, b: float | None, share: bool) -> bool:
    if share:
        a, b = (100.0 if one is None else one for one in (a, b))
    return a == b if a is None or b is None else _near(a, b)


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))
