"""Where a Submission's matter is, and how that is known."""

from collections.abc import Iterator

import pytest

from bihuan.spine.cases import triage
from bihuan.spine.cases.models import Asker, Case, PlaceFrom
from bihuan.spine.places.models import District, Site
from bihuan.spine.places.queries import forget
from tests.spine.cases.known import World, make_rule, make_submission

HERE = {"lon": 113.1, "lat": 27.8}


@pytest.fixture(autouse=True)
def _fresh_city() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def site(world: World) -> Site:
    square = [[113, 27], [114, 27], [114, 28], [113, 28], [113, 27]]
    outline = {"type": "Polygon", "coordinates": [square]}
    county = District.objects.create(code="1", name_zh="天元区", level="county", outline=outline)
    return Site.objects.create(code="s", name_zh="银杏雅苑", kind="compound", district=county, **HERE)


def opened(**fields: object) -> Case:
    said = make_submission(**fields)
    triage.open_cases()
    return Asker.objects.get(submission=said).case


def test_the_place_in_the_words_finds_the_owner_and_is_marked_as_such(world: World, site: Site) -> None:
    make_rule(1, world.crew, district=site.district)
    case = opened(text="银杏雅苑5栋停电了")
    assert (case.site, case.district, case.place_from) == (site, site.district, PlaceFrom.TEXT)
    assert (case.agency, case.lon) == (world.crew, 113.1)
    assert case.cell


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ({"text": "荷塘停电", **HERE}, PlaceFrom.POINT),
        ({"site": "银杏雅苑", "text": "停电"}, PlaceFrom.SITE),
        ({"text": "停电"}, ""),
        ({"text": "去银杏雅苑看病"}, ""),
    ],
)
def test_position_and_place_name_count_before_the_words(
    world: World, site: Site, said: dict[str, object], how: str
) -> None:
    assert opened(**said).place_from == how


def test_an_answer_that_names_a_hospital_to_go_to_is_no_place(world: World, site: Site) -> None:
    assert opened(text="明早透析", answers={"hospital": "银杏雅苑"}).site is None


def test_a_name_in_the_words_is_told_apart_by_the_district_in_the_place(world: World, site: Site) -> None:
    other = District.objects.create(code="2", name_zh="荷塘区", level="county")
    there = Site.objects.create(
        code="t", name_zh="银杏雅苑", kind="compound", district=other, lon=113.2, lat=27.9
    )
    forget()
    assert opened(site="荷塘区", text="银杏雅苑停电").site == there
