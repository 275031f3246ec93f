"""The city map's pages."""

from bihuan.kernel import geo
from bihuan.spine.places.models import District
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case

BOX = "113.1,27.8,113.16,27.86"  # about six kilometres wide


def test_the_map_says_the_same_as_a_list(world: World, sign_in: SignIn) -> None:
    District.objects.create(
        code="430211", level="county", name_zh="天元区", name_en="Tianyuan", lon=113.1, lat=27.8
    )
    assert b"Tianyuan" in sign_in(world.max).get("/desk/map/").content


def test_near_by_the_points_and_the_list_hold_the_same_cases(world: World, sign_in: SignIn) -> None:
    case = make_case(world, lon=113.13, lat=27.83, cell=geo.cell(113.13, 27.83))
    client = sign_in(world.max)
    points = client.get(f"/desk/map/cases.json?zoom=14&bbox={BOX}").json()["features"]
    assert [point["properties"]["id"] for point in points] == [case.pk]
    assert f"/desk/case/{case.pk}/".encode() in client.get(f"/desk/map/list/?zoom=14&bbox={BOX}").content


def test_a_spoilt_view_is_a_view_from_afar(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.max).get("/desk/map/cases.json?bbox=a,b").json()["features"] == []


def test_the_map_is_for_those_whose_role_allows_it(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.ben)
    for path in ("", "cases.json", "list/"):
        assert client.get(f"/desk/map/{path}").status_code == 403
