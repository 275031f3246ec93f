"""GCJ-02 against the published cases of googollee/eviltransform, and against itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel import gcj
from bihuan.kernel.geo import distance_m

PUBLISHED = [  # lat and lon in WGS 84, lat and lon in GCJ-02
    (31.1774276, 121.5272106, 31.17530398364597, 121.531541859215),
    (22.543847, 113.912316, 22.540796131694766, 113.9171764808363),
    (39.911954, 116.377817, 39.91334545536069, 116.38404722455657),
]


@pytest.mark.parametrize(("lat", "lon", "gcj_lat", "gcj_lon"), PUBLISHED)
def test_published_positions_come_out_to_two_centimetres_both_ways(
    lat: float, lon: float, gcj_lat: float, gcj_lon: float
) -> None:
    assert distance_m(gcj.from_wgs(lon, lat), (gcj_lon, gcj_lat)) < 0.02
    assert distance_m(gcj.to_wgs(gcj_lon, gcj_lat), (lon, lat)) < 0.03


@given(st.floats(74, 135), st.floats(18, 53))
def test_there_and_back_is_the_same_place(lon: float, lat: float) -> None:
    assert distance_m(gcj.to_wgs(*gcj.from_wgs(lon, lat)), (lon, lat)) < 0.05


def test_outside_china_nothing_is_shifted() -> None:
    assert gcj.from_wgs(2.35, 48.85) == gcj.to_wgs(2.35, 48.85) == (2.35, 48.85)
