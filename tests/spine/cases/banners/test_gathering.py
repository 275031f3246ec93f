"""What was asked before a banner was up."""

from bihuan.spine.cases.banners.gathering import gather, list_under
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Priority, Status
from tests.spine.cases.banners.area_of import put_up
from tests.spine.cases.known import World, make_case, make_service
from tests.spine.cases.twins.town import place


def test_untouched_cases_of_the_fault_are_merged_a_few_at_a_time(world: World) -> None:
    before = [make_case(world, **place(number)) for number in range(5)]
    banner = put_up(world)
    assert list_under(banner, world.olga) == before
    assert gather(banner=banner, by=world.olga, limit=3) == (3, 2)
    assert gather(banner=banner, by=world.olga, limit=3) == (2, 0)
    assert Case.objects.filter(merged_into=banner.case).count() == 5
    assert banner.case.askers.count() == 6


def test_what_is_urgent_far_away_or_in_hand_is_left_to_a_person(world: World) -> None:
    make_case(world, **place(0), priority=Priority.URGENT)
    make_case(world, **place(5000))
    make_case(world, Status.WORKING, **place(0))
    make_case(world, **place(0), service=make_service("water"))
    assert list_under(put_up(world), world.olga) == []
