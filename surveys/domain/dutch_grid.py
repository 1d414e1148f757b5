"""The Dutch grid (Rijksdriehoek, EPSG:28992) to degrees (WGS84).

The polynomial of F.H. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor de transformatie tussen RD- en
WGS84-kaartcoördinaten", Geodesia 2001: right to within a metre, which is far less than a postcode area is wide.
"""

# Amersfoort, the origin: in the grid (metres) and in degrees.
_X, _Y = 155_000, 463_000
_LATITUDE, _LONGITUDE = 52.15517440, 5.38720621
# (power of x, power of y, coefficient in seconds of arc); x and y in units of 100 km from the origin.
_TO_LATITUDE = (
    *((0, 1, 3235.65389), (2, 0, -32.58297), (0, 2, -0.24750), (2, 1, -0.84978), (0, 3, -0.06550)),
    *((2, 2, -0.01709), (1, 0, -0.00738), (4, 0, 0.00530), (2, 3, -0.00039), (4, 1, 0.00033), (1, 1, -0.00012)),
)
_TO_LONGITUDE = (
    *((1, 0, 5260.52916), (1, 1, 105.94684), (1, 2, 2.45656), (3, 0, -0.81885), (1, 3, 0.05594)),
    *((3, 1, -0.05607), (0, 1, 0.01199), (3, 2, -0.00256), (1, 4, 0.00128), (0, 2, 0.00022)),
    *((2, 0, -0.00022), (5, 0, 0.00026)),
)


def is_in_grid(x: float, y: float) -> bool:
    """Whether the grid means anything here: the Netherlands lie within x 0–300 km and y 300–625 km."""
    return 0 <= x <= 300_000 and 300_000 <= y <= 625_000


def degrees_of(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of a point of the grid. x, y: metres."""
    p, q = (x - _X) / 100_000, (y - _Y) / 100_000
    north = sum(factor * p**i * q**j for i, j, factor in _TO_LATITUDE)
    east = sum(factor * p**i * q**j for i, j, factor in _TO_LONGITUDE)
    return _LATITUDE + north / 3_600, _LONGITUDE + east / 3_600
