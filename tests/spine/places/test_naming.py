"""The names of the rows."""

import pytest

from bihuan.spine.places.models import District, Site
from bihuan.spine.places.queries import forget, gazetteer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city() -> None:
    forget()
    county = District.objects.create(
        code="430211", name_zh="天元区", name_en="Tianyuan District", level="county", aliases=["河西"]
    )
    District.objects.create(code="430223", name_zh="攸县", name_en="You County", level="county")
    street = District.objects.create(code="430211001", name_zh="嵩山路街道", level="street", parent=county)
    Site.objects.create(
        code="s", name_zh="银杏雅苑", name_en="Yinxing Court", kind="compound", district=county, street=street,
        lon=113.1, lat=27.8, aliases=["老电厂宿舍"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["天元区", "天元", "Tianyuan", "河西", "嵩山路街道", "老电厂宿舍", "yinxing court"]
)
def test_a_place_is_found_by_its_names_aliases_and_a_districts_short_form(text: str) -> None:
    assert gazetteer().read(f"{text}停电").found.district_id == District.objects.get(code="430211").pk


def test_a_name_of_two_characters_is_not_cut_short() -> None:
    assert gazetteer().read("攸县停电").found.district_id == District.objects.get(code="430223").pk
    assert gazetteer().read("攸然").reason == "none"


def test_the_names_are_kept_until_the_city_changes() -> None:
    first = gazetteer()
    assert gazetteer() is first
    forget()
    assert gazetteer() is not first
