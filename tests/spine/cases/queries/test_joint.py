"""What lies with the joint check."""

from bihuan.spine.cases import actions
from bihuan.spine.cases.models import JointCheck
from bihuan.spine.cases.queries import list_joint
from tests.spine.cases.known import World, make_case


def test_each_case_comes_with_its_running_check(world: World) -> None:
    case = actions.refer(case=make_case(world), by=world.max, reason="whose?")
    assert list_joint(world.max) == [(case, JointCheck.objects.get())]


def test_an_officer_sees_those_of_the_own_office_only(world: World) -> None:
    actions.refer(case=make_case(world), by=world.max, reason="whose?")
    assert len(list_joint(world.ben)) == 1
    assert list_joint(world.eve) == []


def test_the_list_costs_the_same_for_many(world: World, django_assert_num_queries: object) -> None:
    for _ in range(3):
        actions.refer(case=make_case(world), by=world.max, reason="whose?")
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(list_joint(world.max)) == 3
