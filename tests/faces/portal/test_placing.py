import pytest

from bihuan.faces.portal.placing import Place, find_place
from bihuan.kernel.errors import Refused
from bihuan.spine.places.models import Site


def test_a_point_is_taken_as_it_is(db: None) -> None:
    assert find_place("门口", "", "", 113.1, 27.9) == Place("门口", 113.1, 27.9)


def test_a_point_off_the_globe_is_refused(db: None) -> None:
    with pytest.raises(Refused):
        find_place("", "", "", 200.0, 27.9)


def test_a_known_name_gives_its_point(places_of_city: list[Site]) -> None:
    assert find_place("Heping", "", "", None, None) == Place("和平小区", 113.1, 27.9)


def test_a_name_in_two_districts_asks_for_the_district(places_of_city: list[Site]) -> None:
    with pytest.raises(Refused) as refused:
        find_place("桃源里", "", "", None, None)
    assert refused.value.field == "district"


def test_the_district_tells_two_of_one_name_apart(places_of_city: list[Site]) -> None:
    assert find_place("桃源里", "430202", "荷塘区", None, None).lon == places_of_city[1].lon


def test_unknown_words_go_on_with_the_district_before_them(places_of_city: list[Site]) -> None:
    assert find_place("河边老屋", "430202", "荷塘区", None, None) == Place("荷塘区 河边老屋")


def test_a_district_alone_is_a_place_and_nothing_is_none(db: None) -> None:
    assert find_place("", "430202", "荷塘区", None, None)
    assert not find_place("", "", "", None, None)
