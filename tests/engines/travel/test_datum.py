import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.engines.travel.datum import gcj02_to_wgs84, wgs84_to_gcj02

IN_CHINA = (st.floats(75, 134), st.floats(5, 52))


def test_tiananmen_is_where_maps_show_it() -> None:
    # Published by the coordtransform packages for (116.404, 39.915).
    lon, lat = wgs84_to_gcj02(116.404, 39.915)
    assert (float(lon), float(lat)) == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-9)


@given(*IN_CHINA)
def test_there_and_back_is_the_same_place(lon: float, lat: float) -> None:
    back = gcj02_to_wgs84(*wgs84_to_gcj02(lon, lat))
    assert np.allclose(back, (lon, lat), rtol=0, atol=1e-9)


@given(*IN_CHINA)
def test_the_shift_is_some_hundred_metres(lon: float, lat: float) -> None:
    x, y = wgs84_to_gcj02(lon, lat)
    moved_m = np.hypot((x - lon) * np.cos(np.radians(lat)), y - lat) * 111_195
    assert 1 < moved_m < 1500


def test_outside_china_nothing_is_shifted() -> None:
    assert [float(v) for v in wgs84_to_gcj02(24.94, 60.17)] == [24.94, 60.17]


def test_whole_arrays_are_shifted_at_once() -> None:
    lon, lat = wgs84_to_gcj02([113.13, 24.94], [27.83, 60.17])
    assert lon.shape == lat.shape == (2,)
    assert lon[0] != 113.13 and lon[1] == 24.94
