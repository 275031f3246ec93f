"""A place as somebody at the desk names it."""

from collections.abc import Iterator

import pytest

from bihuan.faces.desk.places import site_or_district
from bihuan.kernel.errors import Refused
from bihuan.spine.places.models import District, Site
from bihuan.spine.places.queries import forget
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case


@pytest.fixture(autouse=True)
def _city(db: None) -> Iterator[None]:
    for code, name in (("1", "天元区"), ("2", "荷塘区")):
        district = District.objects.create(code=code, name_zh=name, level="county")
        Site.objects.create(
            code=code, name_zh="银杏雅苑", kind="compound", district=district, lon=113, lat=27
        )
    forget()
    yield
    forget()


def test_a_name_with_its_district_or_a_number_is_one_place() -> None:
    site = Site.objects.get(code="2")
    assert site_or_district(None, "荷塘区银杏雅苑") == (site, None)
    assert site_or_district(site.pk, "") == (site, None)
    assert site_or_district(None, "天元") == (None, District.objects.get(code="1"))


@pytest.mark.parametrize(("words", "why"), [("银杏雅苑", "天元区"), ("nowhere", "."), ("", ".")])
def test_what_is_not_clear_is_refused_with_the_choice(words: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        site_or_district(None, words)
    with pytest.raises(Refused):
        site_or_district(999_999, words)


def test_the_case_page_corrects_a_place(world: World, sign_in: SignIn) -> None:
    case = make_case(world)
    sign_in(world.sam).post(f"/desk/case/{case.pk}/relocate/", {"seen": "waiting", "place": "荷塘区银杏雅苑"})
    case.refresh_from_db()
    assert case.site == Site.objects.get(code="2")
