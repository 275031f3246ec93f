"""GCJ-02, the shifted datum of maps in China, to WGS 84 and back."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

AXIS_M = 6_378_245.0  # Krasovsky 1940
SQUARED_ECCENTRICITY = 0.006_693_421_622_965_943
# Outside this frame maps are not shifted. The frame is coarse, as in every implementation.
FRAME = (72.004, 137.8347, 0.8293, 55.8271)
ROUNDS = 12


def wgs84_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Return positions as maps in China show them; outside China as they are.

    Parameters
    ----------
    lon, lat
        WGS 84 degrees, any shape.

    Notes
    -----
    The transform was never published; this is the widely used reconstruction, which agrees with map
    services to about a metre.
    """
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    east, north = _shift(x, y)
    inside = _is_shifted(x, y)
    return np.where(inside, x + east, x), np.where(inside, y + north, y)


def gcj02_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Return WGS 84 positions of what a map in China shows; the inverse of `wgs84_to_gcj02` to below a millimetre.

    Notes
    -----
    Fixed point: the shift changes so slowly over the ground that each round gains about three digits.
    """
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    guess_x, guess_y = x, y
    for _ in range(ROUNDS):
        shown_x, shown_y = wgs84_to_gcj02(guess_x, guess_y)
        guess_x, guess_y = guess_x + x - shown_x, guess_y + y - shown_y
    return guess_x, guess_y


def _is_shifted(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    west, east, south, north = FRAME
    inside: NDArray[np.bool_] = (lon > west) & (lon < east) & (lat > south) & (lat < north)
    return inside


def _shift(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return the shift in degrees east and north."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    wave = 20 * np.sin(6 * x * np.pi) + 20 * np.sin(2 * x * np.pi)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (
        (wave + _waves(y, 20, 40, 3) + 160 * np.sin(y / 12 * np.pi) + 320 * np.sin(y / 30 * np.pi)) * 2 / 3
    )
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (
        (wave + _waves(x, 20, 40, 3) + 150 * np.sin(x / 12 * np.pi) + 300 * np.sin(x / 30 * np.pi)) * 2 / 3
    )
    angle = np.radians(lat)
    magic = 1 - SQUARED_ECCENTRICITY * np.sin(angle) ** 2
    meridian = AXIS_M * (1 - SQUARED_ECCENTRICITY) / magic**1.5
    parallel = AXIS_M / np.sqrt(magic) * np.cos(angle)
    return np.degrees(east / parallel), np.degrees(north / meridian)


def _waves(value: Floats, whole: float, third: float, parts: int) -> Floats:
    waves: Floats = whole * np.sin(value * np.pi) + third * np.sin(value / parts * np.pi)
    return waves
