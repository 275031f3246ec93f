"""What the API shows."""

from bihuan.faces.api.shapes import Brief, Whole, brief, whole
from bihuan.kernel import private
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_asker, make_case

NAME, DOOR = "王小明", "3-502"


def test_a_whole_case_shows_no_name_and_no_door_in_the_clear(world: World) -> None:
    case = make_case(world, askers=0)
    make_asker(case, name_sealed=private.seal(NAME), door_sealed=private.seal(DOOR))
    shown = Whole(**whole(case, world.ben)).model_dump_json()
    assert NAME not in shown
    assert DOOR not in shown
    assert "王••" in shown


def test_an_unsorted_case_without_service_and_agency_can_be_shown(world: World) -> None:
    shown = Brief(**brief(make_case(world, Status.TRIAGE, service=None)))
    assert (shown.service, shown.agency, shown.officer) == (None, None, "")


def test_a_whole_case_costs_the_same_however_many_asked(
    world: World, django_assert_max_num_queries: object
) -> None:
    case = make_case(world, askers=40)
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        assert len(whole(case, world.ben)["askers"]) == 40
