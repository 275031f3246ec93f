"""The city in memory."""

from bihuan.spine.places.atlas import Atlas, Found, Spot

WEST = {"type": "Polygon", "coordinates": [[[113, 27], [114, 27], [114, 28], [113, 28], [113, 27]]]}
EAST = {"type": "Polygon", "coordinates": [[[114, 27], [115, 27], [115, 28], [114, 28], [114, 27]]]}
PINE = Spot(1, 113.5, 27.5, 10, 100)
PINE_TWO = Spot(2, 113.6, 27.6, 10, 101)
RIVER_WEST = Spot(3, 113.2, 27.2, 10, 102)
RIVER_EAST = Spot(4, 114.2, 27.2, 20, 200)


def city() -> Atlas:
    sites = [
        (PINE, ("松林苑", "Pine Court")),
        (PINE_TWO, ("松林苑二期", "Pine Court Two")),
        (RIVER_WEST, ("滨江小区", "Riverside")),
        (RIVER_EAST, ("滨江小区", "Riverside")),
    ]
    return Atlas({10: WEST, 20: EAST}, sites)


def test_a_point_lies_in_its_district() -> None:
    assert city().locate(113.9, 27.9).district_id == 10
    assert city().locate(114.1, 27.9).district_id == 20


def test_a_point_outside_lies_in_none() -> None:
    assert city().locate(100.0, 10.0) == Found(None, None, None, 100.0, 10.0)


def test_a_point_on_the_border_lies_in_one_of_both() -> None:
    assert city().locate(114.0, 27.5).district_id in {10, 20}


def test_a_point_near_a_site_is_in_its_street() -> None:
    assert city().locate(113.501, 27.501).street_id == 100
    assert city().locate(113.9, 27.9).street_id is None


def test_near_is_measured_on_the_ground_not_in_degrees() -> None:
    # 0.0110 degrees of longitude are 0.61 km at 60 degrees north, 0.0100 of latitude 1.11 km.
    east, north = Spot(1, 113.0110, 60.0, 10, 100), Spot(2, 113.0, 60.0100, 10, 101)
    far_north = {"type": "Polygon", "coordinates": [[[112, 59], [114, 59], [114, 61], [112, 61], [112, 59]]]}
    atlas = Atlas({10: far_north}, [(north, ("North",)), (east, ("East",))])
    assert atlas.locate(113.0, 60.0).street_id == 100


def test_a_name_alone_gives_district_street_site_and_position() -> None:
    assert city().locate(None, None, "松林苑") == Found(10, 100, 1, 113.5, 27.5)


def test_names_are_found_in_either_language_and_any_width() -> None:
    assert city().locate(None, None, "PINE  court").site_id == 1
    assert city().locate(None, None, "Ｐine Court").site_id == 1


def test_the_longest_name_inside_a_text_counts() -> None:
    assert city().locate(None, None, "天元区松林苑二期 3 栋").site_id == 2


def test_a_name_that_two_sites_bear_says_nothing_without_a_point() -> None:
    assert city().locate(None, None, "滨江小区") == Found()


def test_a_name_that_two_sites_bear_means_the_nearer_one() -> None:
    assert city().locate(114.3, 27.3, "滨江小区").site_id == 4


def test_nothing_at_all_finds_nothing() -> None:
    assert city().locate(None, None, "") == Found()
    assert Atlas({}, []).locate(113.5, 27.5, "松林苑") == Found(None, None, None, 113.5, 27.5)


def test_a_chance_syllable_is_no_site() -> None:
    one = Atlas({10: WEST}, [(PINE, ("A1", "松"))])
    assert one.locate(None, None, "松树倒了 A1").site_id is None
    assert one.locate(None, None, "松").site_id == 1
